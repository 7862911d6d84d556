"""What is looked at besides behaviour: both compilers, the sources, the manuals, what is linked."""
import pathlib
import re
import subprocess
from typing import Callable, Iterator

from .build import TOP, BuildFailed, build, run
from .tap import Result

ROOMS = ("schema", "fetcher", "classifier", "router", "notifier", "queue")
MOST_LINES = 600
# A hostile letter meets programs without a socket (ARCHITECTURE: who may touch what).
OFFLINE = ("classifier/rector-classifier", "router/rector-router")
NETWORK_LIBRARIES = ("libcurl", "libetpan")
# Words and carries; what it needs for that belongs to no other room.
NO_CALENDAR = (*OFFLINE, "fetcher/rector-fetcher", "queue/rector-queue")


def sources(*patterns: str) -> list[pathlib.Path]:
    return sorted(path for room in (*ROOMS, "tests") for pattern in patterns
        for path in (TOP / room).rglob(pattern))


def checks() -> Iterator[tuple[str, Callable[[], str]]]:
    """Name and check; a check returns what is wrong, "" for nothing."""
    yield "gcc builds without a warning", lambda: built("gcc")
    yield "clang builds without a warning", lambda: built("clang")
    for program in OFFLINE:
        yield (f"{program} links no network library",
            lambda program=program: linked(program, NETWORK_LIBRARIES))
    for program in NO_CALENDAR:
        yield f"{program} links no libical", lambda program=program: linked(program, ("libical",))
    yield f"no source file is over {MOST_LINES} lines", too_long
    yield "clang-format would change nothing", unformatted
    for page in sources("*.1", "*.5", "*.8"):
        yield f"mandoc finds nothing in {page.relative_to(TOP)}", lambda page=page: manual(page)


def built(compiler: str) -> str:
    try:
        build(f"build-{compiler}", compiler=compiler)
    except BuildFailed as failed:
        return str(failed)
    return ""


def linked(program: str, libraries: tuple[str, ...]) -> str:
    try:
        lines = run(["ldd", TOP / "build-gcc" / program]).splitlines()
    except BuildFailed as failed:
        return str(failed)
    return "\n".join(line for line in lines if any(name in line for name in libraries))


def too_long() -> str:
    lengths = [(path, len(path.read_text(errors="replace").splitlines()))
        for path in sources("*.c", "*.h", "*.py")]
    return "\n".join(f"{path.relative_to(TOP)}: {length}" for path, length in lengths
        if length > MOST_LINES)


def unformatted() -> str:
    try:
        run(["clang-format", "--dry-run", "--Werror", *sources("*.c", "*.h")])
    except BuildFailed as failed:
        files = re.findall(r"^(\S+?):\d+:\d+: error", str(failed), re.MULTILINE)
        return "clang-format -i " + " ".join(str(pathlib.Path(file).relative_to(TOP))
            for file in sorted(set(files)))
    return ""


def manual(page: pathlib.Path) -> str:
    said = subprocess.run(["mandoc", "-Tlint", page], stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True).stdout
    # Which manuals are installed here says nothing about this one.
    return "\n".join(line for line in said.splitlines()
        if "referenced manual not found" not in line and "mandoc.db" not in line)


def run_checks() -> list[Result]:
    results = []
    for name, check in checks():
        wrong = check().strip()
        print("not ok" if wrong else "ok", "-", name, flush=True)
        if wrong:
            print(wrong, flush=True)
        results.append(Result(name, "failed" if wrong else "passed", wrong))
    return results
