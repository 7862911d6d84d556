#!/usr/bin/env python3
"""What an administrator sees: lists with their filters, whole stories, counts; and what he must
never see: personal data unasked, and whatever could take his terminal."""
import base64
import json
import subprocess
import unicodedata

from window import DUE, LETTER, MODERATOR, SETUP, Window, contains, sample, settings, window
from tap import equal, main, test

ACCEPTED = sample("15-en-academic")

# Escape sequences, a line break, direction marks, a C1 control, invisible and wide letters.
EVIL = "\x1b]0;mine\x07\x1b[2J\r\n2026-11-23 10:00:00  router  \u202e\u2066\x9b31m\u200b\u2028漢字"
NAME, PHONE, ADDRESS, WORD = "Ақбота Сержанова", "+7 701 555 12 34", "aqbota@hostile.example", \
    "қызылқоңыз"


def word(text: str) -> str:
    return f"=?utf-8?B?{base64.b64encode(text.encode()).decode()}?="


def hostile(text: str) -> bytes:
    body = base64.encodebytes(f"{text}\n\n{NAME}\n{PHONE}\n".encode()).decode()
    return "\r\n".join([f"From: {word(NAME + EVIL)} <{ADDRESS}>", "To: rector@univ.example",
        f"Reply-To: {word(EVIL)} <\"a\x1b[31mb\"@hostile.example>", f"Subject: {word(WORD + EVIL)}",
        f"Message-ID: <1{EVIL[4:8]}@hostile.example>", "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: base64", "",
        body]).encode()


HOSTILE = hostile("Здравствуйте! В общежитии нет воды. Прошу починить." + EVIL + WORD)
HOSTILE_ABUSE = hostile("Вы все суки и бляди." + EVIL + WORD)
COMMANDS = [["list"], ["held"], ["log"], ["stats"], ["verify"], ["show", "1"], ["show", "2"],
    ["list", "--json"], ["held", "--json"], ["log", "--json"], ["stats", "--json"],
    ["show", "1", "--json"], ["show", "2", "--json"], ["show", "1", "--personal"],
    ["show", "1", "--personal", "--json"], ["show", "2", "--personal"],
    ["show", "2", "--personal", "--json"]]


def dangerous(text: str) -> set[str]:
    return {f"U+{ord(char):04X}" for char in text if char != "\n" and (
        unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp"))}


def spoil(house: Window) -> None:
    """What else may one day stand in the store: servers' answers, settings, people's reasons."""
    house.tamper("UPDATE notices SET recipient = ?, state = 'waiting', attempts = 2", "x@" + EVIL)
    house.tamper("UPDATE deliveries SET outcome = 'retry', code = 451, text = ?", EVIL)
    house.tamper("UPDATE cases SET official = ?, due_why = ?, calendar = ?", *[EVIL] * 3)
    house.tamper("INSERT INTO decisions (letter, outcome, who, reason, decided_at) "
        "VALUES (1, 'accept', ?1, ?1, 0)", EVIL)
    house.tamper("INSERT INTO alarms (kind, detail, raised_at) VALUES (?1, ?1, 0)", EVIL)


@test("nothing of a letter, a server or a setting can take the terminal, in any command")
def terminal_safe() -> None:
    with window(HOSTILE, HOSTILE_ABUSE) as house:
        for spoilt in (False, True):
            if spoilt:
                spoil(house)
            for words in COMMANDS:
                equal(dangerous(house.queue(*words)), set(), f"{words}, spoilt: {spoilt}")
        house.tamper("UPDATE events SET detail = json_object('why', ?1), kind = ?1", EVIL)
        for words in (["log"], ["log", "--json"], ["show", "1"], ["show", "1", "--json"]):
            text = house.queue(*words)
            equal(dangerous(text), set(), " ".join(words))
        equal(len(house.queue("log").splitlines()), house.count("events"), "lines of the log")
        equal(house.objects("log")[0]["detail"]["why"], EVIL, "the value behind the escapes")


@test("no personal data unless asked for: neither in text nor in JSON")
def personal() -> None:
    with window(HOSTILE, HOSTILE_ABUSE) as house:
        secrets = (NAME, NAME.split()[0], PHONE, ADDRESS, "hostile.example", WORD, MODERATOR,
            "суки", "общежитии") + tuple(name for name, *_ in (
            (group["name"],) for key, group in settings().items() if key.startswith("official ")))
        for words in COMMANDS:
            text = house.queue(*words)
            if "--personal" in words:
                contains(text, NAME, ADDRESS, WORD)
            else:
                equal([each for each in secrets if each in text], [], " ".join(words))


@test("show tells a case's whole story: official and why, the term day by day, mails, events")
def shows_case() -> None:
    with window(ACCEPTED) as house:
        number = house.rows("SELECT number FROM cases")[0][0]
        text = house.queue("show", number)
        equal(text, house.queue("show", "1"), "by number and by letter")
        contains(text, f"case {number}", "official       studies",
            "the topic is the official's", f"due            {DUE}, in 21 days", "2026-11-23 registered",
            "2026-11-24 day 1", "2026-11-28..2026-11-29 weekend", f"{DUE} day 15",
            "acknowledgement to citizen", "forward         to official", "letter 1: received",
            "opened number=")
        story = house.story(number)
        equal(story["case"]["due"], DUE, "due")
        equal([(mail["kind"], mail["state"]) for mail in story["mails"]],
            [("forward", "sent"), ("acknowledgement", "sent")], "mails")
        equal([event["event"] for event in story["events"]],
            [each["event"] for each in house.objects("log")
                if each.get("letter") == 1 or each.get("case") == number], "events")


@test("show of a rejected letter: the paragraph; of an urgent, held, stuck one: why, what to do")
def shows_others() -> None:
    with window(sample("30-ru-obscene"), sample("50-ru-urgent"), sample("52-ru-photo"),
            sample("15-en-academic")) as house:
        house.tamper("UPDATE letters SET state = 'stuck', state_why = 'timeout' WHERE id = 4")
        contains(house.queue("show", "1"), "closed", "rejected", "obscene (5.3 (6))", "rejection")
        contains(house.queue("show", "2"), "held", "a crime, violence, danger or self-harm",
            "rector-queue accept or reject")
        contains(house.queue("show", "3"), "held", "not sure enough", "rector-queue accept or reject")
        contains(house.queue("show", "4"), "stuck", "took too long", "rector-queue accept or reject")
        equal([(each["letter"], each["state"], each["why"], each["urgent"])
            for each in house.objects("held")], [(2, "held", "urgent", True),
            (3, "held", "verdict", False), (4, "stuck", "timeout", False)], "the urgent one first")


@test("no text is wider than 80 columns, except the log's lines")
def narrow() -> None:
    with window(ACCEPTED, HOSTILE, sample("50-ru-urgent"), sample("30-ru-obscene")) as house:
        for words in (["list"], ["held"], ["stats"], ["show", "1"], ["show", "2", "--personal"],
                ["show", "3"], ["show", "4", "--personal"], ["check"], ["verify"], ["--help"],
                ["log", "--help"]):
            story = house.queue(*words).partition("\nevents\n")[0]
            wide = [line for line in story.splitlines() if len(line) > 80]
            equal(wide, [], " ".join(words))


@test("list shows open cases by due date, and each filter leaves what it names")
def lists() -> None:
    with window(ACCEPTED, sample("12-ru-digital"), sample("11-ru-infra")) as house:
        for case, state, due in ((1, "extended", "2026-12-30"), (2, "closed", DUE)):
            house.tamper("UPDATE cases SET state = ?, due_on = ? WHERE letter = ?", state, due, case)

        def letters(*words: str) -> list[int]:
            return [row["letter"] for row in house.objects("list", *words)]
        equal(letters(), [3, 1], "open and extended, by due date")
        equal(letters("--state", "open"), [3], "open")
        equal(letters("--state", "extended"), [1], "extended")
        equal(letters("--state", "closed"), [2], "closed")
        equal(letters("--state", "answered"), [], "answered")
        equal(letters("--topic", "academic"), [1], "topic")
        equal(letters("--official", "economy"), [3], "official")
        equal(letters("--official", "nobody"), [], "an official who has none")
        equal(letters("--due-by", DUE), [3], "due by that day")
        equal(letters("--due-by", "2026-12-13"), [], "due by the day before")
        equal(letters("--limit", "1"), [3], "limit")
        equal([row["days_left"] for row in house.objects("list")], [21, 37], "days left")
        for words in (["--state", "lost"], ["--topic", "astrology"], ["--due-by", "tomorrow"],
                ["--due-by", "2026-02-30"], ["--limit", "-1"]):
            contains(house.queue("list", *words, status=SETUP), words[0][2:])


@test("stats counts what became of the letters, in JSON too")
def counts() -> None:
    with window(ACCEPTED, sample("30-ru-obscene"), sample("52-ru-photo")) as house:
        found = {(row["group"], row["name"]): row["count"] for row in house.objects("stats")}
        for group, name in (("letters", "routed"), ("letters", "closed"), ("letters", "held"),
                ("refusals", "obscene"), ("cases", "open"), ("topics", "academic")):
            equal(found[group, name], 1, f"{group} {name}")
        equal(found["notices", "sent"], house.count("notices", "state = 'sent'"), "mails")
        for (_, name), count in found.items():
            assert any(line.split() == [name, str(count)]
                for line in house.queue("stats").splitlines()), f"{name} {count} in the text"


# what is wrong, the words, the exit status, what the message names
MISUSE = [
    ("no command", [], SETUP, "accept"),
    ("an unknown command", ["lits"], SETUP, "no such command: lits"),
    ("an unknown option", ["list", "--colour"], SETUP, "--colour"),
    ("a word too many", ["held", "1"], SETUP, "usage: rector-queue held"),
    ("a word too few", ["show"], SETUP, "usage: rector-queue show"),
    ("an option of another command", ["held", "--topic", "social"], SETUP, "--topic"),
    ("--watch", ["list", "--watch"], SETUP, "log --follow"),
    ("neither letter nor case", ["show", "a'; DROP TABLE letters"], SETUP, "2026-000123"),
    ("a letter that is none", ["show", "99"], LETTER, "no letter 99"),
    ("a case that is none", ["show", "2026-000099"], LETTER, "no case 2026-000099"),
    ("a number too large", ["show", "9" * 30], SETUP, "2026-000123"),
    ("explain without a file", ["explain"], SETUP, "usage: rector-queue explain"),
    ("explain of no file", ["explain", "/nowhere.eml"], LETTER, "/nowhere.eml"),
    ("explain of a letter, without --personal", ["explain", "1"], SETUP, "add --personal"),
    ("explain of two letters", ["explain", "1", "1", "--personal"], SETUP, "one letter"),
    ("explain of a letter that is none", ["explain", "99", "--personal"], LETTER, "no letter 99"),
]


@test("wrong words leave the right exit status, and say what is right")
def misuse() -> None:
    with window(ACCEPTED) as house:
        for what, words, status, named in MISUSE:
            text = house.queue(*words, status=status)
            assert named in text, f"{what}: {text}"


@test("explain needs neither settings nor a store, and takes any file name")
def explains() -> None:
    with window() as house:
        house.config.unlink()
        (house.folder / "--json.eml").write_bytes(ACCEPTED)
        contains(house.queue("explain", str(house.folder / "--json.eml")), "accept", "academic")
        equal(house.objects("explain", str(house.folder / "--json.eml"))[0]["verdict"], "accept",
            "verdict")
        equal(json.loads(subprocess.run([house.program("queue"), "explain", "--json", "-"],
            input=ACCEPTED, stdout=subprocess.PIPE, check=True).stdout)["verdict"], "accept",
            "standard input")
        (house.folder / "hostile.eml").write_bytes(HOSTILE)
        for words in ([], ["--json"]):
            text = house.queue("explain", str(house.folder / "hostile.eml"), *words)
            equal(dangerous(text), set(), "what a terminal would obey")


@test("explain tells of a stored letter what it tells of the file")
def explains_letter() -> None:
    with window(ACCEPTED) as house:
        number = house.objects("list")[0]["number"]
        (house.folder / "letter.eml").write_bytes(ACCEPTED)
        of_file = house.queue("explain", str(house.folder / "letter.eml")).splitlines()[1:]
        for word in ("1", number):
            equal(house.queue("explain", word, "--personal").splitlines()[1:], of_file, word)
        told = house.objects("explain", "1", "--personal")[0]
        equal((told["verdict"], told["topic"], len(told["tests"])), ("accept", "academic", 14),
            "JSON")


main()
