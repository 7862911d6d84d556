"""The demo's letters with their labels, and what the store says became of each."""
import csv
import dataclasses
import hashlib
import pathlib
import re

from .house import House

FOLDER = pathlib.Path(__file__).resolve().parents[1] / "demo-letters"


@dataclasses.dataclass
class Sample:
    file: str
    outcome: str
    rules: list[str]
    topic: str
    content: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.content).digest()

    @property
    def expected(self) -> str:
        word = self.rules[0] if self.outcome == "reject" else self.topic
        return f"{self.outcome} {word}" if self.outcome in ("accept", "reject") else self.outcome


@dataclasses.dataclass
class Fate:
    """What became of a letter."""
    state: str
    outcome: str = ""
    word: str = ""     # the main rule or the topic
    rules: str = ""
    number: str = ""
    mails: int = 0     # sent because of it

    @property
    def verdict(self) -> str:
        shows_word = self.outcome in ("accept", "reject")
        return f"{self.outcome} {self.word}" if shows_word else self.outcome or "no verdict"


def load() -> list[Sample]:
    samples = []
    with open(FOLDER / "labels.tsv", encoding="utf-8", newline="") as labels:
        for row in csv.DictReader(labels, delimiter="\t", quoting=csv.QUOTE_NONE):
            samples.append(Sample(row["file"], row["outcome"], row["rules"].split(","),
                row["topic"], as_sent((FOLDER / row["file"]).read_bytes())))
    return samples


def as_sent(content: bytes) -> bytes:
    """With the line ends of mail, as imaplib and every server keep it."""
    return re.sub(rb"\r\n|\r|\n", b"\r\n", content)


def fates(house: House) -> dict[bytes, Fate]:
    """By the SHA-256 of the letter."""
    rows = house.rows("""
        SELECT letters.digest, letters.state, verdicts.outcome, verdicts.rule, verdicts.rules,
            verdicts.topic, cases.number,
            (SELECT count(*) FROM notices WHERE notices.letter = letters.id
                AND notices.state = 'sent') AS mails
        FROM letters LEFT JOIN verdicts ON verdicts.letter = letters.id
            LEFT JOIN cases ON cases.letter = letters.id""")
    return {row["digest"]: Fate(row["state"], row["outcome"] or "",
        (row["rule"] if row["outcome"] == "reject" else row["topic"]) or "",
        row["rules"] or "", row["number"] or "", row["mails"]) for row in rows}


def agrees(sample: Sample, fate: Fate | None) -> bool:
    """The outcome is as labelled; for a refusal also the ground, for an acceptance the topic."""
    if fate is None or fate.outcome != sample.outcome:
        return False
    if sample.outcome == "reject":
        return fate.word in sample.rules
    return sample.outcome != "accept" or fate.word == sample.topic
