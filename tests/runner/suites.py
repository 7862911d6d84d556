"""Runs the suites by meson and counts what their programs report, test point by test point."""
import json
import os
import pathlib
import signal
import subprocess

from .build import TOP
from .tap import Result, parse

SUITES = ("unit", "letters", "corpus", "crash", "queue", "house")
# The last lines of a failed program's output that are worth a screen.
SHOWN_LINES = 60


def environment() -> dict[str, str]:
    return os.environ | {
        "LSAN_OPTIONS": f"suppressions={TOP}/tests/lsan.supp:print_suppressions=0",
        # The sanitizers see each of GLib's blocks, not its slabs.
        "G_SLICE": "always-malloc",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def run_suites(folder: pathlib.Path, suites: list[str]) -> list[Result]:
    log = folder / "meson-logs/testlog.json"
    log.unlink(missing_ok=True)
    choice = [word for suite in suites for word in ("--suite", suite)]
    run_meson(["meson", "test", "-C", folder, "--no-rebuild", "--timeout-multiplier", "2",
        *choice])
    programs = [json.loads(line) for line in log.read_text().splitlines()] if log.exists() else []
    results = []
    for program in programs:
        found = judge(program)
        results += found
        if any(each.outcome == "failed" for each in found):
            show(program)
    for suite in suites:
        if not any(suite_of(program) == suite for program in programs):
            results.append(Result(f"suite {suite}", "failed", "it ran no test"))
    return results


def run_meson(command: list) -> None:
    """When we are asked to end, meson ends its tests first, so that they can tidy up."""
    running = subprocess.Popen(command, cwd=TOP, env=environment(), stdin=subprocess.DEVNULL)
    asked = []

    def leave(number: int, frame: object) -> None:
        asked.append(number)
        running.terminate()
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, leave)
    running.wait()
    if asked:
        raise SystemExit(128 + asked[0])


def suite_of(program: dict) -> str:
    """Meson's name is "rector-mail:suite / name"."""
    return program["name"].rpartition(" / ")[0].rpartition(":")[2]


def judge(program: dict) -> list[Result]:
    """The test points of one program, and one more that failed when it died or fell short."""
    name = program["name"].rpartition(":")[2]
    report = parse(program.get("stdout") or "")
    results = [Result(f"{name}: {each.name}", each.outcome, each.why) for each in report.results]
    if why := broken(program, report):
        results.append(Result(name, "failed", why))
    return results


def broken(program: dict, report) -> str | None:
    failed = any(each.outcome == "failed" for each in report.results)
    if program["result"] == "TIMEOUT":
        return "it took too long"
    if report.bailed:
        return report.bailed
    if not report.results:
        return f"it reported no test (exit status {program['returncode']})"
    if report.planned is None:
        return f"it ended before its plan (exit status {program['returncode']})"
    if report.planned not in (0, len(report.results)):
        return f"{report.planned} tests planned, {len(report.results)} reported"
    if program["returncode"] != 0 and not failed:
        return f"exit status {program['returncode']}"
    return None


def show(program: dict) -> None:
    print(f"\n---- {program['name']} ({program['result']}, exit status {program['returncode']})")
    for stream in ("stdout", "stderr"):
        lines = (program.get(stream) or "").splitlines()
        if len(lines) > SHOWN_LINES:
            print(f"[{len(lines) - SHOWN_LINES} lines of {stream} before]")
        for line in lines[-SHOWN_LINES:]:
            print(line)
    print("----", flush=True)
