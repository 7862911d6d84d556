"""A month in a minute: the script of tests/month, played through the real programs.

No server: letters come from files, mails go into Maildirs, and each program is told what time it
is.  A reply is made of the mail that really went out, by its reply address, so the play fails
where a mail would not bring its answer home."""
import dataclasses
import datetime
import email.message
import email.policy
import hashlib
import pathlib
import re
import sqlite3
from typing import Callable, Iterator

from . import samples
from .house import House
from .process import Failure
from .replies import ALMATY, Mail, readable, reply
from .sandbox import Sandbox
from .settings import settings

SCRIPT = pathlib.Path(__file__).resolve().parents[1] / "month/script.txt"
FIRST, LAST = datetime.date(2026, 3, 2), datetime.date(2026, 4, 3)
MORNING = datetime.time(9, 0)   # reminders, the digest, Monday's report
MOST_PASSES = 6                 # until a letter has come to rest
SECRETS = (
    (re.compile(r"\+([abch]\d*)\.[a-z2-9]{16}@"), r"+\1.SECRET@"),
    (re.compile(r"\[([ach]\d+)\.[a-z2-9]{16}\]"), r"[\1.SECRET]"),
    (re.compile(r"\b[0-9a-f]{16,64}\b"), "HASH"),
)


@dataclasses.dataclass
class Act:
    """What somebody does: its words are explained at the head of the script."""
    at: datetime.datetime
    words: list[str]
    text: str
    line: int


@dataclasses.dataclass
class Sent:
    """A mail that went out."""
    at: datetime.datetime
    notice: sqlite3.Row
    mail: Mail

    @property
    def line(self) -> str:
        return (f"{stamp(self.at)}  → {self.notice['role']:13} {self.notice['recipient']:34} "
            f"{self.notice['kind']:15} {masked(str(self.mail['Subject']))}")


def stamp(at: datetime.datetime) -> str:
    return f"{at:%a %d %b %H:%M}"


def masked(text: str) -> str:
    for pattern, mask in SECRETS:
        text = pattern.sub(mask, text)
    return text


def read_script(path: pathlib.Path = SCRIPT) -> list[Act]:
    acts: list[Act] = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if line.startswith("%% "):
            day, time, *words = line.split()[1:]
            at = datetime.datetime.fromisoformat(f"{day} {time}").replace(tzinfo=ALMATY)
            if acts and at < acts[-1].at:
                raise Failure(f"{path}:{number}: earlier than the act before")
            acts.append(Act(at, words, "", number))
        elif acts:
            acts[-1].text += line + "\n"
    return acts


class Month:
    """The house, its clock, and what lies in everybody's mailbox."""

    def __init__(self, folder: pathlib.Path, build: pathlib.Path, say: Callable[[str], None]):
        sandbox = Sandbox(folder)
        groups = settings(sandbox) | {"fetcher": {},
            "notifier": {"deliver": f"maildir:{folder}/mails"}}
        self.house = House(folder / "house", build, groups)
        self.folder, self.domain, self.say = folder, sandbox.domain, say
        self.letters = {each.file.removesuffix(".eml"): each for each in samples.load()}
        self.digests: dict[str, bytes] = {}
        self.sent: list[Sent] = []
        self.seen: set[str] = set()
        self.mails: dict[str, Mail] = {}
        self.lines: list[str] = []
        self.count = 0
        self.waiting: list[pathlib.Path] = []  # in the mailbox, while the programs are down
        self.down = False

    # --- the programs ---

    def run(self, room: str, at: datetime.datetime, *words: str) -> str:
        result = self.house.run(room, *words, now=at.timestamp())
        if result.returncode != 0:
            raise Failure(f"rector-{room} left {result.returncode}: {result.stdout}")
        return result.stdout

    def settle(self, at: datetime.datetime) -> None:
        """Passes until nothing moves any more."""
        if self.down:
            return
        if self.waiting:
            self.run("fetcher", at, "--import", *map(str, self.waiting))
            self.waiting.clear()
        for _ in range(MOST_PASSES):
            if self.house.count("letters", "state = 'received'"):
                self.run("classifier", at)
            self.run("router", at)
            self.run("notifier", at)
            if not self.house.count("letters", "state IN ('received', 'judged')") and not \
                    self.house.count("notices", "state = 'waiting' AND next_at <= ?",
                        int(at.timestamp())):
                break
        else:
            raise Failure(f"{stamp(at)}: no rest after {MOST_PASSES} passes")
        self.collect(at)

    def collect(self, at: datetime.datetime) -> None:
        """The mails that went out since the last look, in the order in which they were owed."""
        for file in (self.folder / "mails").glob("*/new/*"):
            if str(file) not in self.seen:
                self.seen.add(str(file))
                mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
                self.mails[str(mail["Message-ID"]).strip()] = mail
        known = {each.notice["id"] for each in self.sent}
        for row in self.house.rows("SELECT * FROM notices WHERE state = 'sent' ORDER BY id"):
            if row["id"] not in known:
                self.sent.append(Sent(at, row, self.mails[row["message_id"]]))
                self.tell(self.sent[-1].line)

    def tell(self, line: str) -> None:
        self.lines.append(line.rstrip())
        self.say(line.rstrip())

    # --- the people ---

    def play(self) -> None:
        for at, acts in days(read_script()):
            for act in acts:
                try:
                    self.act(act)
                except (Failure, KeyError, ValueError, IndexError) as error:
                    raise Failure(f"{SCRIPT}:{act.line}: {type(error).__name__}: "
                        f"{error}") from error
            self.settle(at)

    def act(self, act: Act) -> None:
        what, *words = act.words
        if what in ("off", "on"):
            self.down = what == "off"
            self.tell(f"{stamp(act.at)}  == the programs are {what} ==")
        elif what == "letters":
            for name in words:
                self.arrives(act.at, self.letters[name].content, name)
        elif what == "letter":
            self.arrives(act.at, act.text.encode(), words[0])
        elif what == "reply":
            self.replies(act, *words)
        elif what == "bounce":
            self.bounces(act, *words)
        elif what == "queue":
            self.tell(f"{stamp(act.at)}  $ rector-queue {' '.join(words)}")
            self.run("queue", act.at, words[0], str(self.letter(words[1])), *words[2:],
                "--reason", act.text.strip(), "--by", "moderator")
        else:
            raise Failure(f"unknown act {what}")

    def arrives(self, at: datetime.datetime, content: bytes, name: str) -> None:
        self.count += 1
        content = samples.as_sent(f"Received: from mx.example by mx.{self.domain}; "
            f"{at:%a, %d %b %Y %H:%M:%S} +0500\n".encode() + content)
        file = self.folder / f"letters/{self.count:03}.eml"
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(content)
        self.waiting.append(file)
        self.digests[name] = hashlib.sha256(content).digest()
        letter = email.message_from_bytes(content, policy=email.policy.default)
        sender = letter["From"].addresses[0].addr_spec
        self.tell(f"{stamp(at)}  ←               {sender:34} {'':15} "
            f"{masked(str(letter['Subject']))}")

    def letter(self, name: str) -> int:
        rows = self.house.rows("SELECT id FROM letters WHERE digest = ?", self.digests[name])
        if not rows:
            raise Failure(f"{name}: not in the store")
        return rows[0]["id"]

    def newest(self, name: str, kind: str, role: str) -> Sent:
        """The newest mail of this kind to that reader about the letter or its case."""
        found = self.find(name, kind, role)
        if found is None:
            raise Failure(f"nobody ({role}) has got a mail of the kind {kind} about {name}")
        return found

    def find(self, name: str, kind: str, role: str) -> Sent | None:
        letter = self.letter(name)
        cases = {row["id"] for row in self.house.rows("SELECT id FROM cases WHERE letter = ?",
            letter)}
        for each in reversed(self.sent):
            row = each.notice
            if (row["kind"], row["role"]) == (kind, role) and (row["letter"] == letter
                    or row["case_id"] in cases):
                return each
        return None

    def replies(self, act: Act, name: str, which: str, manner: str, language: str,
            *more: str) -> None:
        kind, _, role = which.partition("/")
        options = dict(each.split("=", 1) for each in more)
        files = [(options["attach"], b"%PDF-1.4\n% " + name.encode())
            ] if "attach" in options else []
        if "maybe" in options and self.find(name, kind, role) is None:
            return
        answer = reply(self.newest(name, kind, role).mail, as_typed(act.text), manner, language,
            act.at.timestamp(), options.get("sender"), self.count + 1, files)
        if "auto" in options:
            answer["Auto-Submitted"] = "auto-replied"
        self.arrives(act.at, answer.as_bytes(), options.get("as", f"{name}:{kind}"))

    def bounces(self, act: Act, name: str, which: str, status: str) -> None:
        """The other server's report that a mail of ours could not be delivered (RFC 3464)."""
        kind, _, role = which.partition("/")
        sent = self.newest(name, kind, role)
        report = f"""From: MAILER-DAEMON@mail.example
To: rector+b.{sent.notice['bounce']}@{self.domain}
Subject: Undelivered Mail Returned to Sender
Message-ID: <bounce-{self.count}@mail.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_bounce"

--=_bounce
Content-Type: text/plain; charset=utf-8

{act.text.strip()}

--=_bounce
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.mail.example

Final-Recipient: rfc822; {sent.notice['recipient']}
Action: failed
Status: {status}
Diagnostic-Code: smtp; 550 {status} {act.text.strip()}

--=_bounce
Content-Type: text/rfc822-headers

From: {sent.mail['From'].addresses[0].addr_spec}
To: {sent.notice['recipient']}
Message-ID: {sent.notice['message_id']}

--=_bounce--
"""
        self.arrives(act.at, report.encode(), f"{name}:bounce")

    # --- what is left ---

    def ledger(self) -> str:
        """What the administrator sees at the end."""
        at = datetime.datetime.combine(LAST, datetime.time(18, 0), ALMATY)
        parts = []
        for words in (["list"], ["list", "--state", "closed"], ["list", "--tasks"], ["held"],
                ["stats"], ["verify"]):
            said = self.run("queue", at, *words)
            parts.append(f"$ rector-queue {' '.join(words)}\n{masked(said).rstrip()}\n")
        return "\n".join(parts)

    def mailboxes(self) -> dict[str, str]:
        """By address, all that its owner has read."""
        found: dict[str, list[str]] = {}
        for each in self.sent:
            found.setdefault(each.notice["recipient"], []).append(as_read(each))
        return {address: masked("\n\n".join(texts)) + "\n" for address, texts in found.items()}


def as_typed(text: str) -> str:
    """People end a line at the end of a paragraph only; the script's long lines go on."""
    return re.sub(r"(?<=.{80})\n(?=\S)", " ", text.strip("\n"))


def days(acts: list[Act]) -> Iterator[tuple[datetime.datetime, list[Act]]]:
    """The moments at which the programs look: each morning, and after what people do at one
    time."""
    moments: dict[datetime.datetime, list[Act]] = {}
    for day in range((LAST - FIRST).days + 1):
        morning = datetime.datetime.combine(FIRST + datetime.timedelta(day), MORNING, ALMATY)
        if morning.weekday() < 5:
            moments[morning] = []
    for act in acts:
        moments.setdefault(act.at, []).append(act)
    yield from sorted(moments.items())


# --- a mail as its reader sees it ---

def as_read(sent: Sent) -> str:
    mail = sent.mail
    lines = [f"======== {sent.at:%A %d %B %Y, %H:%M} · {sent.notice['kind']}"]
    lines += [f"{name}: {readable(mail, name)}" for name in ("From", "To", "Reply-To", "Subject")
        if mail[name]]
    body = mail.get_body(("plain",))
    lines += ["", body.get_content().replace("\r", "").rstrip()]
    for part in mail.walk():
        if part.get_content_type() == "text/calendar":
            lines += ["", *entry(part)]
        elif part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
            lines += ["", f"[the whole letter: {inner['Subject']}]"]
            break
        elif part.get_filename():
            lines += ["", f"[file: {part.get_filename()}]"]
    return "\n".join(lines)


def entry(part: email.message.Message) -> list[str]:
    """The lines of a calendar entry that matter to its owner."""
    text = part.get_payload(decode=True).decode().replace("\r\n ", "").replace("\r\n", "\n")
    wanted = ("METHOD", "SUMMARY", "DTSTART", "SEQUENCE", "STATUS", "TRIGGER")
    return ["[calendar]", *(line for line in text.split("\n") if line.startswith(wanted))]
