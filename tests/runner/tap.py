"""The Test Anything Protocol, as the test programs print it."""
import dataclasses
import re

POINT = re.compile(r"(not )?ok\b\s*(\d+)?\s*-?\s*([^#]*)(?:#\s*(\w+)\s*(.*))?")
PLAN = re.compile(r"1\.\.(\d+)\s*(?:#\s*skip\S*\s*(.*))?", re.IGNORECASE)


@dataclasses.dataclass
class Result:
    """One test point."""
    name: str
    outcome: str  # "passed", "failed", "skipped"
    why: str = ""


@dataclasses.dataclass
class Report:
    """What one test program said; only the outermost level counts."""
    results: list[Result] = dataclasses.field(default_factory=list)
    planned: int | None = None
    bailed: str | None = None


def parse(output: str) -> Report:
    report = Report()
    for line in output.splitlines():
        if match := POINT.match(line):
            refused, _, name, directive, why = match.groups()
            kind = (directive or "").lower()
            if kind.startswith("skip"):
                outcome = "skipped"
            else:
                # What is announced as undone is no failure, and no success either.
                outcome = "skipped" if kind == "todo" else "failed" if refused else "passed"
            report.results.append(Result(name.strip(), outcome, why or ""))
        elif match := PLAN.match(line):
            report.planned = int(match[1])
            if report.planned == 0:
                report.results.append(Result("all of it", "skipped", match[2] or ""))
        elif line.startswith("Bail out!"):
            report.bailed = line
    return report
