#!/usr/bin/env python3
"""Every confidential letter of the corpus, from its bytes to the mails of the officials: no byte of
them tells the author's surname, telephone or address, in either script."""
import email
import email.policy
import glob
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

from desk import BUILD, ROOT

from tap import comment, equal, main, test

CORPUS = ROOT / "corpus"
MODERATOR = "moderator@univ.example"
SETTINGS = f"""[store]
path = rector.db
[university]
name.kk = Sample University
name.ru = Sample University
name.en = Sample University
address = rector@abai.example
moderator = {MODERATOR}
administrator = admin@univ.example
[notifier]
deliver = maildir:mail
cap_per_day_staff = 100000
breaker = 100000
[official one]
name = Пшенбай Өркен
address = one@univ.example
topics = academic;research;international
[official two]
name = Қоңыр Бәйшешек
address = two@univ.example
topics = social;infrastructure;digital;general
"""
# As the programs' table does, but made anew: the sounds of both scripts.
SOUNDS = dict(zip("аәбвгғдеёжзийіклмнңоөпрстуұүфхһцчшщъыьэюяқ",
    "a a b v g g d e e j z i i i k l m n n o o p r s t u u u f h h c c s s  i  e u a k".split(" ")))


def sound(text: str) -> str:
    text = text.lower()
    for pair, letter in (("zh", "j"), ("kh", "h"), ("gh", "g"), ("sh", "s"), ("ch", "c"),
            ("ya", "a"), ("yu", "u"), ("y", "i"), ("q", "k"), ("w", "v"), ("ia", "a"), ("iu", "u")):
        text = text.replace(pair, letter)
    text = "".join(SOUNDS.get(c, c) for c in unicodedata.normalize("NFC", text))
    return re.sub(r"(.)\1+", r"\1", text)


def letters() -> list[dict]:
    found = []
    for file in sorted(glob.glob(str(CORPUS / "dev-*.jsonl"))):
        with open(file, encoding="utf-8") as lines:
            found += [json.loads(line) for line in lines if line.strip()]
    return [each for each in found if each["confidential"]]


class Way:
    """The rooms one after the other, each letter accepted by a person where the machine waits."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="confidential-"))
        (self.folder / "rector.conf").write_text(SETTINGS)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def run(self, room: str, *arguments: str) -> str:
        command = [str(BUILD / room / f"rector-{room}"), "--config",
            str(self.folder / "rector.conf"), *arguments]
        result = subprocess.run(command, capture_output=True, text=True, timeout=300)
        equal(result.returncode, 0, f"{room} {' '.join(arguments)[-60:]}: {result.stderr}")
        return result.stdout

    def put(self, records: list[dict]) -> None:
        source = self.folder / "records.jsonl"
        source.write_text("".join(json.dumps(each) + "\n" for each in records), encoding="utf-8")
        eml = self.folder / "eml"
        subprocess.run([sys.executable, str(CORPUS / "mkeml.py"), str(source), str(eml)], check=True)
        self.run("fetcher", "--import", *[str(eml / f"{each['id']}.eml") for each in records])
        self.run("classifier")
        self.run("router")
        self.run("notifier")

    def mails_to(self, address: str) -> list[bytes]:
        return [pathlib.Path(file).read_bytes()
            for file in glob.glob(str(self.folder / "mail" / address / "new" / "*"))]


def everything(raw: bytes) -> str:
    """All that the mail says, encoded or decoded, in one text."""
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    heads = [f"{name}: {value}" for part in mail.walk() for name, value in part.items()]
    return "\n".join([raw.decode("utf-8", "replace"), *heads, *parts])


def stem(name: str) -> str:
    return re.sub("[aeiou]{1,2}$", "", sound(name))


def told(record: dict, text: str) -> list[str]:
    """What of the author stands in the text."""
    found = []
    words = {sound(word) for word in re.findall(r"[^\W\d_]+", text)}
    for part in re.findall(r"[^\W\d_]{4,}", record["name"] or ""):
        if len(stem(part)) >= 4 and any(word.startswith(stem(part)) for word in words):
            found.append(f"name {part}")
    digits = re.sub(r"\D", "", record["phone"] or "")[-10:]
    shown = re.sub(r"[\s().–/+-]", "", text)
    if len(digits) >= 6 and (digits in shown or digits[-7:] in shown):
        found.append("phone")
    if record["from_addr"].lower() in text.lower():
        found.append("address")
    return found


@test("no mail to an official tells who wrote a confidential letter")
def officials() -> None:
    records = letters()
    with Way() as way:
        way.put(records)
        mails = way.mails_to("one@univ.example") + way.mails_to("two@univ.example")
        comment(f"{len(records)} letters, {len(mails)} mails to officials")
        assert len(mails) >= 10, len(mails)
        leaks, spoken = [], 0
        for raw in mails:
            text = everything(raw)
            leaks += [f"{record['id']}: {what}" for record in records if about(record, text)
                for what in told(record, text)]
            spoken += sum(about(record, text) for record in records)
        assert spoken >= len(mails), f"{spoken} of {len(mails)} mails recognised"
        equal(leaks, [], "leaks")


def about(record: dict, text: str) -> bool:
    """The mail speaks of this letter: enough of its words stand there."""
    words = set(re.findall(r"[^\W\d_]{5,}", record["body"]))
    return len(words) > 0 and sum(word in text for word in words) * 2 > len(words)


@test("a letter's bytes are found in the mail to the official, embedded or as a file")
def embedded() -> None:
    plain = read_plain()[0]
    with Way() as way:
        way.put([plain])
        whole = way.folder / "eml" / f"{plain['id']}.eml"
        bare = way.folder / "bare.eml"
        head, _, body = whole.read_bytes().partition(b"\r\n\r\n")
        head = head.replace(b"Message-ID: <", b"Message-ID: <bare-")
        bare.write_bytes((head + b"\r\n\r\n" + body).replace(b"\r\n", b"\n"))
        way.run("fetcher", "--import", str(bare))
        for room in ("classifier", "router", "notifier"):
            way.run(room)
        seen = {}
        for raw in way.mails_to("one@univ.example") + way.mails_to("two@univ.example"):
            mail = email.message_from_bytes(raw)
            part = mail.get_payload(1)
            seen[part.get_content_type()] = part
            if part.get_content_type() == "message/rfc822":
                equal(part.get_payload(0)["Message-ID"] is not None, True, "nested head")
                assert whole.read_bytes() in raw, "the bytes"
            else:
                equal(part.get_payload(decode=True), bare.read_bytes(), "the file's bytes")
                equal(part.get_filename(), "2026-000002.eml", "the file's name")
        equal(sorted(seen), ["application/octet-stream", "message/rfc822"], "types")


def read_plain() -> list[dict]:
    with open(CORPUS / "dev-ru2.jsonl", encoding="utf-8") as lines:
        found = [json.loads(line) for line in lines]
    return [each for each in found if each["outcome"] == "accept" and not each["confidential"]
        and not each["hard"] and each["kind"] == "appeal"]


main()
