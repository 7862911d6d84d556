"""tests/run: see its head."""
import argparse
import sys
import time

from .build import BuildFailed, build
from .checks import run_checks
from .coverage import coverage
from .suites import SUITES, run_suites
from .tap import Result


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests/run",
        description="Builds with the sanitizers and runs the tests.")
    parser.add_argument("--checks", action="store_true",
        help="also build with gcc and clang, and check sources and manuals")
    parser.add_argument("suite", nargs="*", metavar="SUITE",
        help=f"{', '.join(SUITES)}; all of them by default")
    options = parser.parse_args()
    suites = options.suite or list(SUITES)
    for suite in suites:
        if suite not in SUITES:
            parser.error(f"no suite is called {suite}; there are {', '.join(SUITES)}")

    started = time.monotonic()
    results = run_checks() if options.checks else []
    print("Building with AddressSanitizer and UndefinedBehaviorSanitizer ...", flush=True)
    try:
        folder = build("build-asan", "-Db_sanitize=address,undefined")
        print("Running the tests ...", flush=True)
        results += run_suites(folder, suites)
        if suites == list(SUITES):
            results += coverage(results)
    except BuildFailed as failed:
        print(failed)
        results.append(Result("build", "failed", "it does not build"))
    return summarise(results, time.monotonic() - started)


def summarise(results: list[Result], seconds: float) -> int:
    count = {outcome: [each for each in results if each.outcome == outcome]
        for outcome in ("passed", "failed", "skipped")}
    for outcome in ("skipped", "failed"):
        for each in count[outcome]:
            reason = each.why.splitlines()[0] if each.why else ""
            print(f"{outcome}: {each.name}{': ' if reason else ''}{reason}")
    print(f"{seconds:.0f} seconds")
    skipped = f", {len(count['skipped'])} skipped" if count["skipped"] else ""
    print(f"{len(count['passed'])} passed, {len(count['failed'])} failed{skipped}")
    return 1 if count["failed"] or not count["passed"] else 0


try:
    sys.exit(main())
except KeyboardInterrupt:
    sys.exit(130)
