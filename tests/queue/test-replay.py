#!/usr/bin/env python3
"""What new data files would change: found without touching the store, told in full."""
import email.message
import email.policy
import json
import os
import pathlib
import pty
import re
import shutil
import subprocess
import sqlite3
import contextlib

from window import LETTER, NOW, SETUP, TESTS, Window, contains, sample, window
from tap import equal, main, test

ALL = [path.read_bytes() for path in sorted((TESTS / "demo-letters").glob("*.eml"))]
FAIR = sample("15-en-academic")
OBSCENE = sample("30-")
HELD = sample("52-ru-photo-only")
WHY = ("--reason", "a person has looked")
DAY = 24 * 60 * 60


def letter(text: str, answers: str | None = None) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = "a.zhumabekova@mail.example"
    message["To"] = "rector@univ.example"
    message["Subject"] = "Ошибка в ведомости"
    message["Message-ID"] = f"<{abs(hash(text))}@mail.example>"
    if answers:
        message["In-Reply-To"] = answers
    message.set_content(text)
    return message.as_bytes(policy=email.policy.SMTP)


def data(house: Window, **sheets: tuple[str, str]) -> str:
    """A copy of the classifier's data files, with a line of some changed."""
    folder = house.folder / "data"
    shutil.copytree(TESTS.parent / "classifier/data", folder, dirs_exist_ok=True)
    for sheet, (line, instead) in sheets.items():
        file = folder / f"{sheet}.txt"
        text, found = re.subn(f"^{line}.*$", instead, file.read_text("utf-8"), flags=re.M)
        assert found, f"{file} has no line {line}"
        file.write_text(text, "utf-8")
    return str(folder)


def contents(house: Window) -> list[str]:
    """All that is in the store."""
    with contextlib.closing(sqlite3.connect(f"file:{house.store}?mode=ro", uri=True)) as store:
        return list(store.iterdump())


def changes(house: Window, *words: str) -> tuple[list[dict], dict]:
    *rows, total = house.objects("replay", *words)
    return rows, total


@test("the same data files change nothing, whatever became of a letter")
def same() -> None:
    with window(*ALL) as house:
        house.queue("accept", "52", *WHY)
        house.go_on()
        rows, total = changes(house)
        equal(rows, [], "changes")
        equal(total["letters"], len(ALL), "letters")
        equal([total[name] for name in ("verdicts", "rules", "topics", "damaged")], [0] * 4, "sums")
        contains(house.queue("replay"), f"{len(ALL)} letters judged again",
            "would change: verdicts 0, rules 0, topics 0")


@test("a letter's history and the reply that completed it count as they did")
def story() -> None:
    refused = letter("Здравствуйте! Я студентка третьего курса. В ведомости по биологии стоит "
        "чужая оценка. Прошу проверить ведомость.\n\nЖумабекова Айгерим Серикова")
    with window(refused, *[letter(f"Ну что там? {number}") for number in range(6)]) as house:
        equal(house.state(1), ("closed", "rejected"), "the first letter")
        equal(house.count("verdicts", "rule = 'flood'"), 5, "letters of a flood")
        notice = house.rows("SELECT message_id FROM notices WHERE kind = 'rejection'")[0][0]
        house.take(letter("Мой телефон: +7 701 555 12 34", notice))
        house.go_on()
        equal(house.state(1)[0], "routed", "the completed letter")
        equal(changes(house)[0], [], "changes")


@test("other thresholds: which verdicts, rules and topics would change, and nothing does")
def changed() -> None:
    with window(FAIR, OBSCENE) as house:
        before = contents(house)
        folder = data(house, obscene=("reject ", "reject 99"), secret=("(hold|reject) ", r"\1 -99"))
        rows, total = changes(house, "--data", folder)
        # What a test makes of its rule is one thing, what all together come to another.
        now = rows[0]["now"]["verdict"]
        assert now in ("hold", "reject"), rows
        equal([(row["letter"], row["stored"]["verdict"]) for row in rows],
            [(1, "accept"), (2, "reject")], "stored verdicts")
        assert all("secret" in row["now"]["rules"].split(",") for row in rows), rows
        equal(rows[0]["stored"]["topic"], "academic", "the stored topic")
        equal(total["verdicts"], sum(row["verdict"] for row in rows), "changed verdicts")
        equal(total["rules"], 2, "changed rules")
        assert {"from": "accept", "to": now, "letters": 1} in total["verdict_changes"], total
        assert {"rule": "secret", "gained": 2, "lost": 0} in total["rule_changes"], total
        assert total["version"] != rows[0]["stored"]["version"], "versions"
        text = house.queue("replay", "--data", folder)
        contains(text, "LETTER  RECEIVED", "1       2026-11-23  verdict  accept",
            f"{now} secret", f"1  verdict accept, now {now}", "2  now break secret")
        assert max(map(len, text.splitlines())) <= 80, text
        equal(contents(house), before, "the store")


@test("a topic counts where both verdicts have one")
def topics() -> None:
    with window(FAIR, OBSCENE) as house:
        folder = data(house, topics=("signal academic-exams ", "signal social-exams 90 most 90"))
        rows, total = changes(house, "--data", folder)
        equal([(row["letter"], row["verdict"], row["topic"]) for row in rows], [(1, False, True)],
            "rows")
        equal(total["topic_changes"], [{"from": "academic", "to": "social", "letters": 1}], "moves")


@test("a person's decision stands beside: how many verdicts were his, and would be")
def decided() -> None:
    with window(HELD, FAIR) as house:
        house.queue("reject", "1", "secret", *WHY)
        house.go_on()
        folder = data(house, secret=("(hold|reject) ", r"\1 -99"))
        rows, total = changes(house, "1", "--data", folder)
        equal((rows[0]["stored"]["verdict"], rows[0]["decided"]), ("hold", "reject"), "row")
        equal((total["decided"], total["agreed"]), (1, 0), "agreed")
        contains(house.queue("replay", "1", "--data", folder), "decided  by a person:",
            "decided by a person: 1; the verdict was his in 0")


@test("letters are chosen by number, case and day; what can't be judged again is named")
def chosen() -> None:
    with window(FAIR, OBSCENE) as house:
        number = house.objects("list")[0]["number"]
        equal(changes(house, "2")[1]["letters"], 1, "by letter")
        equal(changes(house, number, "2")[1]["letters"], 2, "by case and letter")
        house.tamper("UPDATE letters SET received_at = received_at - ? WHERE id = 1", 2 * DAY)
        for day, letters in (("2026-11-21", 2), ("2026-11-22", 1), ("2026-11-24", 0)):
            equal(changes(house, "--since", day)[1]["letters"], letters, day)
        contains(house.queue("replay", "--since", "today", status=SETUP), "2026-12-11")
        contains(house.queue("replay", "17", status=LETTER), "no letter 17")
        house.tamper("UPDATE letters SET state = 'received' WHERE id = 1")
        contains(house.queue("replay", "1", status=LETTER), "not judged yet")
        house.tamper("UPDATE letters SET spool_length = -1 WHERE id = 2")
        contains(house.queue("replay", "2", status=LETTER), "erased")
        equal(changes(house)[1]["letters"], 0, "neither is in the whole")


@test("a letter that could not be read, and one whose reading is damaged, are told apart")
def broken() -> None:
    with window(HELD, FAIR) as house:
        house.tamper("DELETE FROM verdicts WHERE letter = 1")
        house.tamper("DELETE FROM readings WHERE letter = 1")
        house.tamper("UPDATE letters SET state = 'stuck', state_why = 'crashed' WHERE id = 1")
        house.tamper("UPDATE readings SET value = x'00' WHERE letter = 2")
        rows, total = changes(house)
        equal([(row["letter"], row["stored"]["failure"], row["now"]["verdict"]) for row in rows],
            [(1, "crashed", "hold")], "rows")
        equal((total["letters"], total["damaged"]), (2, 1), "sums")
        contains(house.queue("replay"), "stuck: crashed", "reading is damaged: 1")


@test("a mistake in the new data files is told with file and line")
def mistaken() -> None:
    with window(FAIR) as house:
        folder = data(house, hate=("hold ", "hold much"))
        contains(house.queue("replay", "--data", folder, status=SETUP), f"{folder}/hate.txt:",
            "expected")
        contains(house.queue("replay", "--data", "/nowhere", status=SETUP), "/nowhere")


@test("a terminal sees how far it is, a pipe does not")
def progress() -> None:
    with window(FAIR) as house:
        main_side, terminal = pty.openpty()
        command = [str(word) for word in house.command("queue", "replay", now=NOW)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal) as popen:
            os.close(terminal)
            told = b""
            with contextlib.suppress(OSError):
                while some := os.read(main_side, 1000):
                    told += some
            out = popen.stdout.read()
        equal(popen.returncode, 0, "status")
        contains(told.decode(), "judged again: 1 of 1")
        assert b"\x1b" not in out and b"judged again: " not in out, out


@test("the classifier's own --replay answers for each id, and says what it does not take")
def asked() -> None:
    with window(FAIR) as house:
        def classifier(*words: str, ids: str = "") -> tuple[int, str]:
            done = subprocess.run([str(word) for word in house.command("classifier", *words)],
                input=ids, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            return done.returncode, done.stdout
        status, said = classifier("--replay", ids="1\n99\n")
        equal((status, [json.loads(line).get("verdict", json.loads(line).get("failure"))
            for line in said.splitlines()]), (0, ["damaged", "accept"]), "answers")
        for words, ids in ((["--replay"], "one\n"), (["--replay", "--watch"], ""),
                (["--replay", "--explain"], ""), (["--data", "/nowhere"], ""),
                (["--check", "--data", "/nowhere"], "")):
            equal(classifier(*words, ids=ids)[0], SETUP, f"{words} {ids!r}")
        equal(classifier("--check", "--data", data(house))[0], 0, "a sound folder")
        equal(house.count("letters", "attempts = 1"), 1, "attempts")


main()
