#!/usr/bin/env python3
"""The measure itself: hand-made answers, one for each way to be right or wrong, give the counts
that stand in golden/expected.tsv; and between authors nobody learns from the letters that he is
measured on."""
import csv
import json
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.dont_write_bytecode = True
sys.path[:0] = [str(HERE), str(HERE.parent / "house"), str(HERE.parent)]
import between  # noqa: E402
import measure  # noqa: E402
import report  # noqa: E402
from tap import equal, main, test  # noqa: E402

GOLDEN = HERE / "golden"


def rows(name: str) -> list[dict]:
    with (GOLDEN / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def golden() -> measure.Table:
    answers = map(json.loads, (GOLDEN / "answers.jsonl").read_text("utf-8").splitlines())
    return measure.measure(rows("labels.tsv"),
        {os.path.basename(answer["file"]): answer for answer in answers})


@test("each way to be right or wrong counts where it should")
def counts() -> None:
    table = golden()
    for row in rows("expected.tsv"):
        equal(table.of(row["measure"]), (int(row["right"]), int(row["every"])), row["measure"])


@test("languages add up to all, and tables add up to their sum")
def sums() -> None:
    table, twice = golden(), golden()
    twice.merge(table)
    for name in table.measures():
        parts = [table.of(name, language) for language in measure.LANGUAGES]
        equal(tuple(map(sum, zip(*parts))), table.of(name), name)
        equal(twice.of(name), tuple(2 * count for count in table.of(name)), name)
    equal(len(twice.errors), 2 * len(table.errors), "errors")


@test("the second choice counts for the topic, and danger refused is told")
def more() -> None:
    table = golden()
    equal(table.of("topic or second choice"), (2, 2), "second choice")
    equal(table.of("urgent not refused"), (0, 1), "danger")
    equal(table.of("named: petition"), (0, 1), "held without the rule's name")
    equal(dict(table.blamed), {("reject", "hate"): 1, ("hold", "private"): 1,
        ("hold", "other"): 1}, "fair letters")


@test("the report has a line for each measure and rule, a mark where a goal is missed, each error")
def reported() -> None:
    table = golden()
    lines = {line[:26].strip(): line for line in report.measure_lines(table)}
    for name in table.measures():
        assert ":" in name or name in lines, f"{name} is not in the report"
    assert "5/6  83.3!" in lines["legit not refused"], lines["legit not refused"]
    assert "!" not in lines["name"], lines["name"]
    rules = "\n".join(report.rule_lines(table))
    for rule in ("anonymous", "secret", "hate", "other"):
        assert f"\n{rule} " in rules, f"{rule} is not in:\n{rules}"
    equal(len(list(report.error_lines(table))), len(table.errors), "errors")
    equal(list(report.author_lines({"a": table, "b": table}))[2].split()[:3], ["a", "83.3", "66.7"],
        "the row of an author")
    equal(report.as_object(table)["measures"]["topic"]["all"], (1, 2), "for scripts")


VALUES = {"lang": (*measure.LANGUAGES,), "outcome": ("accept", "reject", "ignore"),
    "kind": ("appeal", "proposal", "question", "status", "thanks", "auto"),
    "topic": ("academic", "research", "social", "infrastructure", "digital", "international",
        "general", ""), "confidential": (True, False), "hard": (True, False)}


def mistakes(letter: dict) -> list[str]:
    """What is wrong with the form of one labelled letter."""
    missing = {*VALUES, "id", "from_name", "from_addr", "subject", "body", "rules", "name",
        "phone", "why"} - set(letter)
    if missing:
        return [f"no {name}" for name in sorted(missing)]
    wrong = [name for name, values in VALUES.items() if letter[name] not in values]
    wrong += [rule for rule in letter["rules"] if rule not in (*report.RULES, "flood")]
    if (letter["outcome"] == "reject") != bool(letter["rules"]):
        wrong.append("rules without a refusal, or a refusal without")
    if (letter["outcome"] == "ignore") != (letter["kind"] == "auto"):
        wrong.append("ignore is for what machines send, and that for ignore")
    if letter["outcome"] == "accept" and not letter["topic"]:
        wrong.append("an accepted letter has a topic")
    return wrong


@test("all labelled letters of this folder's neighbours are in form, and none has another's name")
def in_form() -> None:
    files = [file for folder in ("corpus", "train/letters", "letters-own")
        for file in sorted((HERE.parent / folder).glob("*.jsonl"))]
    assert len(files) > 5, files
    seen: dict[str, str] = {}
    for file in files:
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            letter = json.loads(line)
            equal(mistakes(letter), [], f"{file.name}:{number}")
            assert letter["id"] not in seen, f"{letter['id']}: also in {seen[letter['id']]}"
            seen[letter["id"]] = f"{file.name}:{number}"


LETTER = {"lang": "ru", "kind": "appeal", "from_name": "", "from_addr": "a@example.kz",
    "subject": "s", "body": "b", "outcome": "accept", "rules": [], "topic": "general", "name": "",
    "phone": "", "confidential": False, "hard": False, "why": ""}
# Answers with the names of the files that it was taught by.
PUPIL = """#!/usr/bin/env python3
import json, pathlib, sys
taught = pathlib.Path(sys.argv[sys.argv.index("--data") + 1], "taught").read_text()
for file in sys.argv[sys.argv.index("--") + 1:]:
    print(json.dumps({"file": file, "verdict": "accept", "topic": "general", "name": taught,
        "kind": "appeal", "language": "ru"}))
"""


@test("between authors each file is judged by what the others taught")
def left_out() -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        files = [str(folder / f"{name}.jsonl") for name in "abc"]
        for file in files:
            pathlib.Path(file).write_text(json.dumps(LETTER | {"id": file[-7]}) + "\n")
        program = folder / "pupil"
        program.write_text(PUPIL)
        program.chmod(0o755)
        between.learn = lambda build, data, others: pathlib.Path(data, "taught").write_text(
            " ".join(other[-7] for other in others))
        tables = dict(between.each("", str(program), files))
        equal([table.errors for table in tables.values()], [
            [("no name invented", "a.eml", "'b c'")], [("no name invented", "b.eml", "'a c'")],
            [("no name invented", "c.eml", "'a b'")]], "who was taught by whom")
        equal([table.of("legit not held") for table in tables.values()], [(1, 1)] * 3, "letters")


main()
