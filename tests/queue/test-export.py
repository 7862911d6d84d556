#!/usr/bin/env python3
"""The letters that a person decided, as labelled letters: true, once each, and without personal
data where that is asked for."""
import email
import email.message
import email.policy
import hashlib
import json
import pathlib
import subprocess

from window import BUILD, LETTER, SETUP, TESTS, Window, contains, sample, window
from tap import equal, main, test

import sys
sys.path.insert(0, str(TESTS / "corpus"))
import measure  # noqa: E402

HELD = sample("52-ru-photo-only")
COMPLAINT = sample("48-ru-about-vice-rector")
URGENT = sample("50-ru-urgent")
FAIR = sample("15-en-academic")
REFUSED = sample("30-ru-obscene")
NAME, LATIN, PHONE, ADDRESS = "Сағындықова Перизат", "Perizat Sagyndykova", "8 701 604 85 30", \
    "perizat.s@kitap.example"
QUOTED = "Қоңырбаев"


def letter(text: str, name: str = LATIN, address: str = ADDRESS) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = email.headerregistry.Address(name, addr_spec=address)
    message["To"] = "rector@univ.example"
    message["Subject"] = f"Жатақхана, {NAME}"
    message["Message-ID"] = f"<{hashlib.sha1(text.encode()).hexdigest()}@kitap.example>"
    message.set_content(f"{text}\n\n{NAME}\n{PHONE}\n\nOn Mon, Dana Omar <d@x.example> wrote:\n"
        f"> сұрақты декан {QUOTED} шешеді\n")
    message.add_attachment(b"x", maintype="application", subtype="pdf",
        filename="Сағындықова.pdf")
    return message.as_bytes(policy=email.policy.SMTP)


ORDINARY = "Сәлеметсіз бе! Мен екінші курс студентімін. Жатақханада жылу жоқ, терезе сынған. " \
    "Осыны жөндеп беруіңізді сұраймын."
THREAT = "Жатақханада бір қыз өзін өлтіремін дейді. Көмектесіңіздерші."


def decide(house: Window, number: int, *words: str, reason: str = "it is a fair appeal") -> None:
    """Also over a verdict that nobody holds, as the moderator may do by mail."""
    house.tamper("UPDATE letters SET state = 'held' WHERE id = ?", number)
    house.queue(words[0], str(number), *words[1:], "--reason", reason, "--by", "moderator")


def export(house: Window, *words: str) -> tuple[pathlib.Path, list[dict]]:
    folder = house.folder / ("redacted" if words else "labels")
    house.queue("export", "--labels", str(folder), *words)
    return folder, measure.read_labels(folder)


@test("a hold, a refusal and an acceptance that a person decided are exported as they came")
def exported() -> None:
    with window(HELD, FAIR, COMPLAINT, URGENT, REFUSED) as house:
        equal(house.state(5), ("closed", "rejected"), "the machine's refusal")
        decide(house, 1, "reject", "unintelligible", reason="only a photo")
        decide(house, 2, "reject", "private")
        decide(house, 4, "accept", "--topic", "social")
        decide(house, 5, "accept", "--topic", "research")
        folder, rows = export(house)
        equal([(row["outcome"], row["rules"], row["topic"], row["why"]) for row in rows],
            [("reject", "unintelligible", "", "only a photo"),
            ("reject", "private", "", "it is a fair appeal"),
            ("accept", "", "social", "URGENT: it is a fair appeal"),
            ("accept", "", "research", "it is a fair appeal")], "labels")
        equal([(folder / row["file"]).read_bytes() for row in rows],
            [HELD, FAIR, URGENT, REFUSED], "bytes")
        equal(oct(folder.stat().st_mode & 0o777), "0o700", "who may look into the folder")
        equal({path.stat().st_mode & 0o77 for path in folder.iterdir()}, {0}, "into its files")
        table = measure.measure(rows, measure.classify(
            str(BUILD / "classifier/rector-classifier"), str(folder)))
        equal(table.of("answered"), (4, 4), "letters that the score finds")
        equal(table.of("urgent not refused"), (1, 1), "the mark of danger")


@test("a second run adds what is new, and nothing twice")
def twice() -> None:
    with window(HELD, FAIR) as house:
        decide(house, 1, "accept")
        folder, first = export(house)
        contains(house.queue("export", "--labels", str(folder)), "0 letters added, 1 were there")
        decide(house, 2, "reject", "private")
        equal(len(export(house)[1]), 2, "rows")
        # As a crash leaves it: the last line is cut.
        file = folder / "labels.tsv"
        file.write_bytes(file.read_bytes()[:-20])
        rows = export(house)[1]
        equal([row["outcome"] for row in rows], ["accept", "reject"], "rows after a crash")
        equal(rows[0], first[0], "the first row")


@test("a folder that holds something else is refused and stays as it was")
def foreign() -> None:
    with window(HELD) as house:
        decide(house, 1, "accept")
        for number, (name, text, told) in enumerate((("notes.txt", "mine", "notes.txt is no letter"),
                ("labels.tsv", "name\tgrade\n", "other columns"),
                ("redacted-00.eml", "", "redacted-00.eml is no letter of this kind"))):
            folder = house.folder / f"foreign-{number}"
            folder.mkdir()
            (folder / name).write_text(text)
            contains(house.queue("export", "--labels", str(folder), status=SETUP), told,
                "a folder of its own")
            equal([(path.name, path.read_text()) for path in folder.iterdir()], [(name, text)],
                "the folder")
        folder = export(house)[0]
        contains(house.queue("export", "--labels", str(folder), "--redact", status=SETUP),
            "no letter of this kind")
        contains(house.queue("export", status=SETUP), "--labels DIR")
        contains(house.queue("export", "--labels", "/nowhere/at/all", status=SETUP), "/nowhere")


@test("without a decision nothing is exported; nor is what is erased or was never read")
def left_out() -> None:
    with window(HELD, FAIR, COMPLAINT) as house:
        decide(house, 1, "accept")
        decide(house, 2, "reject", "obscene")
        house.tamper("UPDATE letters SET spool_length = -1 WHERE id = 1")
        house.tamper("DELETE FROM readings WHERE letter = 2")
        objects = [json.loads(line) for line in house.queue("export", "--labels",
            str(house.folder / "labels"), "--json").splitlines() if line.startswith("{")]
        equal(objects, [{"added": 0, "known": 0, "failed": 1}], "what is told")


@test("--json tells of each letter, and the sum")
def as_json() -> None:
    with window(FAIR) as house:
        decide(house, 1, "reject", "private")
        first, total = house.objects("export", "--labels", str(house.folder / "labels"))
        equal((first["letter"], first["outcome"], first["rules"], first["topic"]),
            (1, "reject", "private", ""), "letter")
        assert (house.folder / "labels" / first["file"]).exists(), first
        equal(total, {"added": 1, "known": 0, "failed": 0}, "sum")


def everything(folder: pathlib.Path) -> str:
    """All that somebody who gets the folder can read in it."""
    texts = [(folder / "labels.tsv").read_text()]
    for path in folder.glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        texts += [path.name, path.read_text()] + [str(value) for value in message.values()]
        texts += [part.get_payload(decode=True).decode() for part in message.walk()
            if not part.is_multipart()]
    return "\n".join(texts)


@test("--redact lets no personal data out, and keeps what the letter is judged by")
def redacted() -> None:
    with window(letter(ORDINARY), letter(THREAT)) as house:
        decide(house, 1, "accept", "--topic", "infrastructure", reason=f"{NAME} is right")
        decide(house, 2, "accept", "--topic", "social")
        folder, rows = export(house, "--redact")
        text = everything(folder)
        for secret in (*NAME.split(), *LATIN.split(), "604 85 30", "6048530", ADDRESS,
                "perizat", "kitap", QUOTED, "Сағындық"):
            assert secret not in text, f"{secret} is in:\n{text}"
        contains(text, "жылу жоқ, терезе сынған", "> сұрақты декан", "is right",
            "application/pdf")
        equal({row["name"] for row in rows} | {rows[0]["name"]}, {rows[0]["name"]},
            "one author, one invented name")
        equal([(row["outcome"], row["topic"], row["lang"]) for row in rows],
            [("accept", "infrastructure", "kk"), ("accept", "social", "kk")], "labels")
        table = measure.measure(rows, measure.classify(
            str(BUILD / "classifier/rector-classifier"), str(folder)))
        equal([error for error in table.errors if error[0] in ("name", "phone", "language")], [],
            "the classifier reads name and telephone as labelled")
        equal(table.of("phone"), (2, 2), "telephones")
        equal(table.of("urgent not refused"), (1, 1), "danger is seen")
        before = text
        contains(house.queue("export", "--labels", str(folder), "--redact"), "2 were there")
        again = house.folder / "again"
        house.queue("export", "--labels", str(again), "--redact")
        equal(everything(again), before, "another folder")


@test("nothing hostile in a letter gets into a redacted header")
def hostile() -> None:
    evil = letter(ORDINARY).replace(b"From: Perizat Sagyndykova <perizat.s@kitap.example>",
        b"From: =?utf-8?B?" + b"QQ0KQmNjOiB4QHkuZXhhbXBsZQ==" +
        b"?= <\"a\x1b[31m b\"@evil.ex\xc3\xa4mple>")
    with window(evil) as house:
        decide(house, 1, "reject", "private")
        folder, _ = export(house, "--redact")
        head = next(folder.glob("*.eml")).read_bytes().split(b"\r\n\r\n")[0]
        names = [line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] != b" "]
        assert set(names) <= {b"From", b"To", b"Subject", b"Date", b"Message-ID",
            b"MIME-Version", b"Content-Type"}, names
        assert all(32 <= char < 127 or char in b"\r\n" for char in head), head


main()
