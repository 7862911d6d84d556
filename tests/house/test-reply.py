#!/usr/bin/env python3
"""What comes back: a reply that brings what was missing, and mail that is no new matter."""
import calendar
import email.message
import email.policy

from fixture import deliver, new_house
from letters import appeal
from sandbox.house import House
from tap import equal, main, test

# Friday 20 March 2026, 10:00 in Almaty; the reply comes on Thursday 26 March, after Nauryz.
FIRST = calendar.timegm((2026, 3, 20, 5, 0, 0))
LATER = calendar.timegm((2026, 3, 26, 5, 0, 0))

AUTHOR = "a.zhumabekova@mail.example"
REQUEST = ("Здравствуйте! Я студентка третьего курса. В ведомости по биологии стоит чужая оценка: "
    "экзамен я сдала на девяносто баллов, а в транскрипте указано шестьдесят. Прошу проверить "
    "ведомость и исправить ошибку.\n\n")


def letter(sender: str, text: str, subject: str, answers: str | None = None) -> bytes:
    message = email.message.EmailMessage()
    message["From"] = sender
    message["To"] = "rector@university.example"
    message["Subject"] = subject
    message["Message-ID"] = email.utils.make_msgid(domain="mail.example")
    if answers:
        message["In-Reply-To"] = message["References"] = answers
    message.set_content(text)
    return message.as_bytes(policy=email.policy.SMTP)


def states(house: House) -> list[tuple]:
    return [(row["state"], row["state_why"]) for row in
        house.rows("SELECT state, state_why FROM letters ORDER BY id")]


def notice(house: House, kind: str, **where) -> str:
    rows = house.rows("SELECT message_id FROM notices WHERE kind = ? ORDER BY id DESC", kind)
    assert rows, f"no notice of the kind {kind}"
    return rows[0]["message_id"]


def refused(house: House, signature: str) -> str:
    """A letter that lacks something is refused; the notice's Message-ID."""
    deliver(house, [letter(AUTHOR, REQUEST + signature, "Ошибка в ведомости")], FIRST)
    house.passes(now=FIRST + 60)
    equal(states(house), [("closed", "rejected")], "the first letter")
    return notice(house, "rejection")


@test("a telephone number sent in reply to the refusal makes a case of the first letter")
def completes() -> None:
    with new_house() as house:
        answers = refused(house, "Жумабекова Айгерим Серикова")
        deliver(house, [letter(f"Айгерим <{AUTHOR}>", "Мой телефон: +7 701 555 12 34",
            "Re: Ваше обращение не принято", answers)], LATER)
        house.passes(now=LATER + 60)
        equal(states(house)[1], ("closed", "completion"), "the reply")
        # A pass takes the letters in their order; the next one finds the first letter again.
        house.passes("classifier", "router", "notifier", now=LATER + 120)
        equal(states(house)[0], ("routed", None), "the first letter")
        case = house.rows("SELECT * FROM cases")[0]
        equal(case["letter"], 1, "the case's letter")
        equal(case["registered_on"], "2026-03-26", "the term runs from the completion")
        assert house.run("queue", "verify").returncode == 0


@test("the term of a completed letter can run from its first arrival")
def from_arrival() -> None:
    with new_house({"router": {"term_from": "arrival"}}) as house:
        answers = refused(house, "Жумабекова Айгерим Серикова")
        deliver(house, [letter(AUTHOR, "+7 701 555 12 34", "Re: отказ", answers)], LATER)
        house.passes(now=LATER + 60)
        house.passes("classifier", "router", now=LATER + 120)
        equal(house.rows("SELECT registered_on FROM cases")[0][0], "2026-03-20", "registered")


@test("a reply that brings only one of two missing things is asked for the other")
def half() -> None:
    with new_house() as house:
        answers = refused(house, "Ваша студентка")
        deliver(house, [letter(AUTHOR, "+7 701 555 12 34", "Re: отказ", answers)], LATER)
        house.passes(now=LATER + 60)
        house.passes("classifier", "router", "notifier", now=LATER + 120)
        equal(states(house)[0], ("closed", "rejected"), "the first letter")
        equal(house.count("notices", "kind = 'rejection'"), 2, "refusals told")
        deliver(house, [letter(AUTHOR, "Меня зовут Жумабекова Айгерим Серикова.", "Re: отказ",
            notice(house, "rejection"))], LATER + 3600)
        house.passes(now=LATER + 3700)
        house.passes("classifier", "router", now=LATER + 3800)
        equal(states(house)[0], ("routed", None), "the first letter, completed twice")


@test("nobody else can complete a letter")
def stranger() -> None:
    with new_house() as house:
        answers = refused(house, "Жумабекова Айгерим Серикова")
        deliver(house, [letter("other@mail.example", "+7 701 555 12 34", "Re: отказ", answers)],
            LATER)
        house.passes(now=LATER + 60)
        equal(states(house), [("closed", "rejected"), ("held", "reply")], "both letters")


@test("a reply that brings nothing is read by a person, and not refused")
def question() -> None:
    with new_house() as house:
        answers = refused(house, "Жумабекова Айгерим Серикова")
        deliver(house, [letter(AUTHOR, "А почему? Я же всё написала.", "Re: отказ", answers)],
            LATER)
        house.passes(now=LATER + 60)
        equal(states(house)[1], ("held", "reply"), "the reply")


@test("an official's answer without its secret is held, never refused as an anonymous letter")
def answered() -> None:
    with new_house() as house:
        deliver(house, [appeal(1)], FIRST)
        house.passes(now=FIRST + 60)
        forward = house.rows("SELECT * FROM notices WHERE kind = 'forward'")[0]
        deliver(house, [letter(forward["recipient"], "Исправлено.", "Re: № 2026-000001",
            forward["message_id"]),
            letter(forward["recipient"], "Коллеги, буду в отпуске с понедельника.", "Отпуск")],
            LATER)
        house.passes(now=LATER + 60)
        equal(states(house)[1:], [("held", "staff"), ("held", "staff")], "the official's mails")
        equal(house.count("notices", "kind = 'rejection'"), 0, "refusals")


@test("the moderator is not told of his own mail, so that no answering machine goes round")
def own_mail() -> None:
    with new_house() as house:
        moderator = house.settings["university"]["moderator"]
        deliver(house, [letter(moderator, "Я в отпуске до понедельника.", "Отпуск")], LATER)
        house.passes(now=LATER + 60)
        equal(states(house), [("held", "staff")], "the moderator's mail")
        equal(house.count("notices", "kind <> 'digest'"), 0, "notices")


main()
