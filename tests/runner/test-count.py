#!/usr/bin/env python3
"""What a test program says and how it ends, and what is counted for it."""
import pathlib
import sys

sys.path[:0] = [str(pathlib.Path(__file__).resolve().parents[1] / name) for name in ("house", ".")]

from runner.suites import judge  # noqa: E402
from tap import equal, main, test  # noqa: E402

# label, output, exit status, meson's word, passed, failed, skipped
CASES = [
    ("two that pass", "1..2\nok 1 - a\nok 2 - b\n", 0, "OK", 2, 0, 0),
    ("one that fails", "1..2\nok 1 a\nnot ok 2 b\n", 1, "FAIL", 1, 1, 0),
    ("one that is skipped", "1..2\nok 1 a # SKIP why\nok 2 b\n", 0, "OK", 1, 0, 1),
    ("one that is still to do", "1..1\nnot ok 1 a # TODO later\n", 0, "OK", 0, 0, 1),
    ("all of it skipped", "1..0 # SKIP no root\n", 0, "SKIP", 0, 0, 1),
    ("the plan at the end", "ok 1 a\nok 2 b\n1..2\n", 0, "OK", 2, 0, 0),
    ("nested results, which do not count", "1..1\n    not ok 1 x\nok 1 a\n", 0, "OK", 1, 0, 0),
    ("comments that look like results", "# not ok 1 x\n1..1\nok 1 a\n", 0, "OK", 1, 0, 0),
    ("death after its first result", "1..2\nok 1 a\n", -11, "ERROR", 1, 1, 0),
    ("death before a plan", "ok 1 a\n", -11, "ERROR", 1, 1, 0),
    ("death after its last result", "1..1\nok 1 a\n", 1, "ERROR", 1, 1, 0),
    ("fewer results than planned", "1..3\nok 1 a\n", 0, "ERROR", 1, 1, 0),
    ("more results than planned", "1..1\nok 1 a\nok 2 b\n", 0, "ERROR", 2, 1, 0),
    ("giving up", "1..2\nok 1 a\nBail out! no server\n", 1, "ERROR", 1, 1, 0),
    ("no word at all", "", 0, "SKIP", 0, 1, 0),
    ("taking too long", "1..1\n", -15, "TIMEOUT", 0, 1, 0),
]


def counts(output: str, status: int, word: str, *expected: int) -> None:
    results = judge({"name": "x:unit / thing", "stdout": output, "stderr": "",
        "returncode": status, "result": word})
    found = tuple(sum(each.outcome == outcome for each in results)
        for outcome in ("passed", "failed", "skipped"))
    equal(found, expected, "passed, failed, skipped")


for case in CASES:
    test(f"{case[0]}: {case[4]} passed, {case[5]} failed, {case[6]} skipped")(
        lambda row=case: counts(*row[1:]))

main()
