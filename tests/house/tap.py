"""Test programs in Python: labelled functions, reported as TAP."""
import os
import pathlib
import re
import sys
import traceback
from typing import Callable

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests"))

from sandbox import process  # noqa: E402

TESTS: list[tuple[str, Callable[[], None]]] = []


class Skip(Exception):
    """This machine can't run the test; the text says why."""


def test(label: str) -> Callable[[Callable[[], None]], Callable[[], None]]:
    """Registers a function; its label says what it proves."""
    def register(function: Callable[[], None]) -> Callable[[], None]:
        TESTS.append((label, function))
        return function
    return register


def equal(found: object, expected: object, what: str) -> None:
    assert found == expected, f"{what}: {found!r}, expected {expected!r}"


def comment(text: str) -> None:
    for line in text.splitlines():
        print("#", line, flush=True)


def run(number: int, label: str, function: Callable[[], None]) -> bool:
    try:
        function()
    except Skip as skip:
        print(f"ok {number} - {label} # SKIP {skip}", flush=True)
    except Exception as error:
        print(f"not ok {number} - {label}", flush=True)
        comment(f"{type(error).__name__}: {error}")
        for frame in traceback.extract_tb(error.__traceback__)[1:]:
            comment(f"  {frame.filename}:{frame.lineno}: {frame.line}")
        return False
    else:
        print(f"ok {number} - {label}", flush=True)
    return True


def main() -> None:
    """Runs all registered tests, or those whose label matches the program's argument, and ends
    the program."""
    process.end_properly()
    os.environ.setdefault("TZ", "Asia/Almaty")
    wanted = sys.argv[1] if len(sys.argv) > 1 else ""
    chosen = [each for each in TESTS if re.search(wanted, each[0])]
    print(f"1..{len(chosen)}", flush=True)
    passed = [run(number, *each) for number, each in enumerate(chosen, 1)]
    process.ending()
    sys.exit(0 if all(passed) else 1)
