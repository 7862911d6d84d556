#!/usr/bin/env python3
"""The conversation after the forward: replies made of the mails that Postfix delivered, as mail
programs make them, and what becomes of them."""
import calendar
import email.message
import email.policy
import itertools
import json
import re
import smtplib

from fixture import deliver, mail, mailbox_of, new_house, text_of, the_sandbox
from letters import appeal
from sandbox.house import House
from sandbox.replies import MANNERS, readable, reply
from tap import equal, main, test

# Monday 2 March 2026, 10:00 in Almaty; due on 27 March.
FIRST = calendar.timegm((2026, 3, 2, 5, 0, 0))
HOUR, DAY = 3600, 24 * 3600
DUE = "2026-03-27"
NUMBERS = itertools.count(1)
DIRECT = {"router": {"answers": "direct"}}

ANSWER = ("Құрметті Айгүл!\n\nЖылу жүйесі 2 наурызда жөнделді. Бөлмеде әлі де суық болса, "
    "комендантқа (101-бөлме) хабарласыңыз.")


# --- what lies in the mailboxes ---

def mails(house: House, kind: str, role: str) -> list[email.message.EmailMessage]:
    """Those of one kind as their readers got them, oldest first."""
    the_sandbox().await_delivery()
    found = []
    for row in house.rows("SELECT recipient, message_id FROM notices WHERE kind = ? AND role = ? "
            "AND state = 'sent' ORDER BY id", kind, role):
        found += [each for each in map(mail, the_sandbox().mail_files(row["recipient"]))
            if str(each["Message-ID"]).strip() == row["message_id"]]
    return found


def newest(house: House, kind: str, role: str) -> email.message.EmailMessage:
    found = mails(house, kind, role)
    assert found, f"no mail of the kind {kind} to {role}; there are " + str(
        [tuple(row) for row in house.rows("SELECT kind, role, state FROM notices")])
    return found[-1]


def mails_to_citizens(house: House) -> str:
    """Every byte that went to a citizen, decoded."""
    rows = house.rows("SELECT DISTINCT kind FROM notices WHERE role = 'citizen'")
    return "\n".join(each.as_string() + "".join(part.get_content() for part in each.walk()
        if part.get_content_maintype() == "text") for row in rows
        for each in mails(house, row["kind"], "citizen"))


# --- what people do ---

def opened(house: House, count: int = 1) -> list[email.message.EmailMessage]:
    """So many cases; their forwards."""
    deliver(house, [appeal(n) for n in range(1, count + 1)], FIRST)
    house.passes(now=FIRST + 60)
    equal(house.count("cases"), count, "cases")
    return mails(house, "forward", "official")


def answers(house: House, to: email.message.EmailMessage, text: str, at: float,
        manner: str = "gmail", language: str = "ru", **more) -> bytes:
    """A reply arrives and is dealt with."""
    letter = reply(to, text, manner, language, at, number=next(NUMBERS), **more).as_bytes()
    arrives(house, [letter], at)
    return letter


def arrives(house: House, letters: list[bytes], at: float) -> None:
    deliver(house, letters, at)
    house.passes(now=at + 60)


def refusals(house: House) -> list[str]:
    return [json.loads(row["facts"])["why"] for row in
        house.rows("SELECT facts FROM notices WHERE kind = 'command-refused' ORDER BY id")]


def cases(house: House) -> list[tuple]:
    return [(row["state"], row["due_on"]) for row in
        house.rows("SELECT state, due_on FROM cases ORDER BY id")]


# --- from any mail program ---

@test("a command is obeyed in the manner of every mail program")
def commands() -> None:
    with new_house() as house:
        forwards = opened(house, len(MANNERS))
        at = FIRST + DAY
        arrives(house, [reply(to, "продлить 8 апреля ждём насос для теплового узла", manner,
            language, at, number=next(NUMBERS)).as_bytes() for (manner, to), language in
            zip(zip(MANNERS, forwards), itertools.cycle(("ru", "kk", "en")))], at)
        for manner, case, told in zip(MANNERS, cases(house), mails(house, "extension", "citizen")):
            equal(case, ("extended", "2026-04-08"), f"the case answered from {manner}")
            assert "ждём насос" in text_of(told), f"{manner}: {text_of(told)}"
        reasons = [json.loads(row["facts"])["reason"] for row in
            house.rows("SELECT facts FROM notices WHERE kind = 'extension'")]
        equal(reasons, ["ждём насос для теплового узла"] * len(MANNERS), "reasons told")
        equal(refusals(house), [], "refusals")


@test("an answer leaves without the quote, whatever the mail program")
def answered() -> None:
    with new_house(DIRECT) as house:
        forwards = opened(house, len(MANNERS))
        at = FIRST + DAY
        arrives(house, [reply(to, ANSWER, manner, "ru", at, number=next(NUMBERS)).as_bytes()
            for manner, to in zip(MANNERS, forwards)], at)
        told = mails(house, "answer", "citizen")
        equal(len(told), len(MANNERS), "answers")
        for manner, each in zip(MANNERS, told):
            text = " ".join(text_of(each).split())
            assert "(101-бөлме) хабарласыңыз." in text, f"{manner}: {text}"
            for foreign in ("ҰЗАРТУ", "rector+c", "iPhone"):
                assert foreign not in text, f"{manner}: {foreign}: {text}"


# --- what is wrong ---

WRONG = [
    ("ПРОДЛИТЬ", "no-date", "ҰЗАРТУ"),
    ("ПРОДЛИТЬ 31.02.2026 ждём насос", "impossible-date", "ҰЗАРТУ"),
    ("ПРОДЛИТЬ 08.04.2026", "no-reason", "ҰЗАРТУ"),
    ("ПРОДЛИТЬ 20.03.2026 ждём насос", "not-later", "ҰЗАРТУ"),
    ("ПРОДЛИТЬ 01.12.2026 ждём насос", "beyond-limit", "4 мамыр"),
    ("ПЕРЕДАТЬ астрономия", "unknown-topic", "academic"),
    ("ПЕРЕДАТЬ social", "same-official", "БЕРУ"),
    ("ОДОБРИТЬ", "not-yours", ""),
]


@test("a wrong command changes nothing, and is answered with the right form")
def wrong() -> None:
    with new_house() as house:
        forward = opened(house)[0]
        at = FIRST + DAY
        arrives(house, [reply(forward, text, manner, "ru", at, number=next(NUMBERS)).as_bytes()
            for (text, _, _), manner in zip(WRONG, itertools.cycle(MANNERS))], at)
        equal(refusals(house), [why for _, why, _ in WRONG], "reasons")
        equal(cases(house), [("open", DUE)], "the case")
        for told, (text, _, form) in zip(mails(house, "command-refused", "official"), WRONG):
            assert form in " ".join(text_of(told).split()), f"{text}: {text_of(told)}"
        equal(house.count("notices", "role = 'citizen'"), 1, "mails to the citizen")


# --- who is not who he says ---

def forged(house: House, letter: bytes, at: float) -> None:
    """It arrives, is held and changes nothing."""
    held = house.count("letters", "state_why = 'unproven'")
    arrives(house, [letter], at)
    equal(house.count("letters", "state_why = 'unproven'"), held + 1, "letters held as unproven")
    equal(cases(house), [("open", DUE)], "the case")
    equal(house.count("steps"), 0, "steps")


COMMAND = "ПРОДЛИТЬ 08.04.2026 ждём насос"


@test("another sender, another secret and two senders change nothing")
def forgeries() -> None:
    with new_house() as house:
        forward = opened(house)[0]
        at = FIRST + DAY
        own = reply(forward, COMMAND, "gmail", "ru", at, number=next(NUMBERS))
        other = reply(forward, COMMAND, "gmail", "ru", at, "economy@evil.example", next(NUMBERS))
        forged(house, other.as_bytes(), at)
        secret = reply(forward, COMMAND, "gmail", "ru", at, number=next(NUMBERS))
        local, _, domain = str(own["To"]).partition("@")
        secret.replace_header("To", f"{local[:-1]}{'a' if local[-1] != 'a' else 'b'}@{domain}")
        forged(house, secret.as_bytes(), at + HOUR)
        two = own.as_bytes().replace(b"\r\nTo: ", b"\r\nFrom: mallory@evil.example\r\nTo: ", 1)
        forged(house, two, at + 2 * HOUR)


@test("where DMARC is asked for, only our own server's word counts, and only the topmost")
def authentication() -> None:
    with new_house({"router": {"authserv_id": "mx.university.example"}}) as house:
        forward = opened(house)[0]
        own = reply(forward, COMMAND, "outlook", "ru", FIRST + DAY, number=1).as_bytes()
        passed = b"Authentication-Results: mx.university.example; dmarc=pass\r\n"
        failed = b"Authentication-Results: mx.university.example; dmarc=fail\r\n"
        foreign = b"Authentication-Results: mx.evil.example; dmarc=pass\r\n"
        for number, above in enumerate([b"", foreign, failed, failed + passed, foreign + passed]):
            forged(house, above + own, FIRST + DAY + number * HOUR)
        arrives(house, [passed + foreign + own], FIRST + 2 * DAY)
        equal(cases(house), [("extended", "2026-04-08")], "the case")


@test("a command that comes a second time changes nothing more")
def replayed() -> None:
    with new_house() as house:
        forward = opened(house)[0]
        letter = answers(house, forward, COMMAND, FIRST + DAY)
        arrives(house, [letter], FIRST + 2 * DAY)
        equal(cases(house), [("extended", "2026-04-08")], "the case")
        equal(house.count("notices", "kind = 'extension'"), 1, "citizens told")
        equal(refusals(house), ["not-later"], "refusals")


# --- answers ---

@test("an answer and its files reach the citizen once the moderator approves")
def approved() -> None:
    with new_house() as house:
        file = b"%PDF-1.4\n" + bytes(range(256)) * 8
        answers(house, opened(house)[0], ANSWER, FIRST + DAY, "outlook",
            attachments=[("акт.pdf", file)])
        equal(house.count("notices", "kind = 'answer'"), 0, "answers before the approval")
        answers(house, newest(house, "approval", "moderator"), "Одобряю.", FIRST + 2 * DAY, "phone")
        told = newest(house, "answer", "citizen")
        equal(told["To"].addresses[0].addr_spec, "aigul1@student.example", "To")
        files = [(part.get_filename(), part.get_content()) for part in told.walk()
            if part.get_filename()]
        equal(files, [("акт.pdf", file)], "files")
        house.passes("router", now=FIRST + 3 * DAY)
        equal(cases(house)[0][0], "closed", "the case")


@test("a remark returns the answer to the official, and never reaches the citizen")
def returned() -> None:
    with new_house() as house:
        answers(house, opened(house)[0], ANSWER, FIRST + DAY)
        approval = newest(house, "approval", "moderator")
        answers(house, approval, "ВЕРНУТЬ Напишите, кто отвечает за теплоузел", FIRST + DAY + HOUR,
            "yandex")
        back = newest(house, "answer-returned", "official")
        assert "кто отвечает за теплоузел" in " ".join(text_of(back).split()), text_of(back)
        answers(house, back, "ЗАМЕТКА теплоузел на балансе города", FIRST + DAY + 2 * HOUR)
        answers(house, back, f"{ANSWER} Жауапты: инженер Ахметов.", FIRST + 2 * DAY, "mailru")
        # The first decision stands.
        answers(house, approval, "ОДОБРИТЬ", FIRST + 2 * DAY + HOUR)
        equal(len(mails(house, "already-decided", "moderator")), 1, "told that it is decided")
        answers(house, newest(house, "approval", "moderator"), "одобрить", FIRST + 3 * DAY)
        equal(house.count("notices", "kind = 'answer'"), 1, "answers")
        read = mails_to_citizens(house)
        assert "инженер Ахметов" in read, "the second answer"
        for remark in ("кто отвечает", "на балансе"):
            assert remark not in read, remark


@test("an objection opens the case once; the next letter is added to it")
def objected() -> None:
    with new_house(DIRECT) as house:
        answers(house, opened(house)[0], ANSWER, FIRST + DAY)
        house.passes("router", now=FIRST + DAY + HOUR)
        told = newest(house, "answer", "citizen")
        answers(house, told, "Бұл жауап емес, мәселе шешілген жоқ.", FIRST + 2 * DAY, "phone", "kk")
        equal(cases(house)[0][0], "open", "the case")
        for role in ("official", "moderator", "office"):
            newest(house, "objection", role)
        newest(house, "reopened", "citizen")
        answers(house, newest(house, "objection", "official"), ANSWER, FIRST + 3 * DAY)
        house.passes("router", now=FIRST + 3 * DAY + HOUR)
        answers(house, told, "Жауаппен келіспеймін.", FIRST + 4 * DAY, "gmail", "kk")
        equal(house.count("notices", "kind = 'reopened'"), 1, "times reopened")
        newest(house, "addition", "official")


# --- how far is it? ---

ASKS = {"kk": "Сәлеметсіз бе, өтінішім қандай сатыда?", "ru": "На какой стадии моё обращение?",
    "en": "Is there any news about my appeal?"}


@test("who asks how far his case is gets its dates, in each language")
def status() -> None:
    with new_house() as house:
        opened(house)
        told = newest(house, "acknowledgement", "citizen")
        for number, (language, text) in enumerate(ASKS.items(), 1):
            answers(house, told, text, FIRST + number * DAY, "phone", language)
            found = newest(house, "status", "citizen")
            equal(len(mails(house, "status", "citizen")), number, f"told in answer to {language}")
            assert "2026-000001" in text_of(found), text_of(found)
        equal(house.count("notices", "kind = 'addition'"), 0, "additions")


@test("who asks about a number that is not his gets the same words whether it exists or not")
def curious() -> None:
    with new_house() as house:
        opened(house)
        for number in ("2026-000001", "2026-000777"):
            letter = email.message.EmailMessage(policy=email.policy.SMTP)
            letter["From"], letter["To"] = "curious@mail.example", str(the_sandbox().rector)
            letter["Subject"] = f"Обращение {number}"
            letter["Message-ID"] = f"<asks-{number}@mail.example>"
            letter.set_content(f"Здравствуйте! На какой стадии обращение № {number}?\n")
            arrives(house, [letter.as_bytes()], FIRST + DAY)
        told = mails(house, "status-unknown", "citizen")
        equal(len(told), 2, "answers")
        equal(*(re.sub("2026-000(001|777)", "NUMBER", text_of(each)) for each in told), "words")
        assert "27" not in text_of(told[0]), "a date of the case"


# --- the whole way back ---

@test("a reply finds its way through the mail server, by plus address and by subject tag")
def by_server() -> None:
    for form in ("plus", "subject"):
        with new_house({"router": {"reply_address": form}}) as house:
            house.settings["university"]["address"] = mailbox_of(house)
            house.write_settings(house.settings)
            deliver(house, [appeal(1)])
            house.passes()
            forward = newest(house, "forward", "official")
            equal("[c1." in readable(forward, "Subject"), form == "subject", "tag in the subject")
            note = reply(forward, "Заметка: проверить теплоузел", "outlook", "ru",
                number=next(NUMBERS))
            with smtplib.SMTP("127.0.0.1", the_sandbox().smtp_port) as server:
                server.send_message(note, forward["To"].addresses[0].addr_spec,
                    [note["To"].addresses[0].addr_spec])
            the_sandbox().await_delivery()
            house.passes()
            equal(house.count("steps", "kind = 'remark'"), 1, f"remarks by {form}")


main()
