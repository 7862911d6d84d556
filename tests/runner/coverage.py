"""tests/coverage.tsv: each sentence of the regulation has a test that exists, ran and passed."""
import pathlib

from .tap import Result

TABLE = pathlib.Path(__file__).parent.parent / "coverage.tsv"


def rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def found(results: list[Result], test: str) -> list[Result]:
    """A floor's name ends in its figure, so the beginning of a test's name is enough."""
    program, _, name = test.partition(": ")
    return [each for each in results
        if each.name.partition(": ")[0].endswith(program)
        and each.name.partition(": ")[2].startswith(name)]


def coverage(results: list[Result]) -> list[Result]:
    """One result a row, from those of all suites."""
    covered = []
    for number, row in enumerate(rows(), 1):
        if len(row) != 4:
            covered.append(Result(f"coverage: row {number}", "failed", "expected four columns"))
            continue
        paragraph, _, does, test = row
        outcomes = {each.outcome for each in found(results, test)}
        why = "" if outcomes == {"passed"} else f"{test}: {', '.join(outcomes) or 'no such test'}"
        covered.append(Result(f"coverage: {paragraph}: {does}", "failed" if why else "passed", why))
    return covered
