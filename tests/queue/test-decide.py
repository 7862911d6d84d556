#!/usr/bin/env python3
"""A person's word over a letter that is held or stuck, through to the mails that follow."""
import os
import pwd

from window import DUE, LETTER, SETUP, Window, contains, sample, settings, window
from tap import equal, main, test

HELD = sample("52-ru-photo-only")
URGENT = sample("50-ru-urgent")
COMPLAINT = sample("48-ru-about-vice-rector")
ACCEPTED = sample("15-en-academic")
WHY = ("--reason", "a person has looked")


def owed(house: Window, letter: int = 1) -> set[tuple[str, str]]:
    return {tuple(row) for row in house.rows(
        "SELECT kind, role FROM notices WHERE letter = ? AND state = 'sent'", letter)}


def accused(house: Window) -> str:
    return str(house.story(1)["letter"]["complains_of"])


@test("a held letter is accepted: a case with a term, the forward, the acknowledgement")
def accepted() -> None:
    with window(HELD) as house:
        equal(house.state(), ("held", "verdict"), "before")
        contains(house.queue("accept", "1", "--topic", "research", *WHY, "--by", "Айгүл"),
            "letter 1: accepted by Айгүл; the router takes it from here")
        house.go_on()
        story = house.story(1)
        equal(story["case"]["official"], "science", "official")
        equal(story["case"]["due"], DUE, "due")
        equal(story["letter"]["decided_by"], "Айгүл", "who")
        equal(story["letter"]["reason"], WHY[1], "reason")
        equal(owed(house) - {("held", "moderator")},
            {("forward", "official"), ("acknowledgement", "citizen")}, "mails")
        house.queue("verify")


@test("an official may be named, whatever the topic")
def named() -> None:
    with window(URGENT) as house:
        house.queue("accept", "1", "--official", "foreign", *WHY)
        house.go_on()
        equal(house.story(1)["case"]["official"], "foreign", "official")


@test("a held letter is rejected: the author gets that ground's notice")
def rejected() -> None:
    with window(HELD) as house:
        house.queue("reject", "1", "unintelligible", *WHY)
        house.go_on()
        equal(house.state(), ("closed", "rejected"), "state")
        equal(house.story(1)["verdict"]["rules"], "unintelligible", "ground")
        equal(owed(house), {("held", "moderator"), ("rejection", "citizen")}, "mails")


@test("a second decision is refused, and names who decided")
def second() -> None:
    with window(HELD) as house:
        house.queue("accept", "1", *WHY, "--by", "first")
        for words in (["reject", "1", "obscene"], ["accept", "1"]):
            contains(house.queue(*words, *WHY, "--by", "second", status=LETTER),
                "already decided (accept) by first")
        house.go_on()
        contains(house.queue("reject", "1", "obscene", *WHY, status=LETTER),
            "already decided (accept) by first")
        equal(house.count("decisions"), 1, "decisions")


@test("a letter that nobody holds is left alone")
def not_held() -> None:
    with window(ACCEPTED) as house:
        contains(house.queue("accept", "1", *WHY, status=LETTER), "routed", "nothing to decide")
        contains(house.queue("accept", "17", *WHY, status=LETTER), "no letter 17")
        contains(house.queue("accept", "2026-000009", *WHY, status=LETTER), "2026-000009")
        equal(house.count("decisions"), 0, "decisions")


@test("a stuck letter, which nobody could read, is decided like a held one")
def stuck() -> None:
    for words, state in ((["accept", "1", "--topic", "social"], "routed"),
            (["reject", "1", "unintelligible"], "closed")):
        with window(HELD) as house:
            house.tamper("DELETE FROM verdicts")
            house.tamper("DELETE FROM readings")
            house.tamper("UPDATE letters SET state = 'stuck', state_why = 'crashed'")
            house.go_on()
            contains(house.queue("held"), "stuck: crashed")
            house.queue(*words, *WHY)
            house.go_on()
            equal(house.state()[0], state, " ".join(words))
            contains(house.queue("show", "1"), WHY[1])


def refused(house: Window, words: list[str], *told: str) -> None:
    contains(house.queue(*words, status=SETUP), *told)
    equal(house.count("decisions"), 0, "decisions")
    equal(house.state()[0], "held", "state")


@test("a decision without a reason, a person, or a known word is refused, and says what to do")
def incomplete() -> None:
    with window(HELD) as house:
        refused(house, ["accept", "1"], "--reason")
        refused(house, ["accept", "1", "--reason", "  "], "--reason")
        refused(house, ["accept", "1", "--reason", "two\nlines"], "--reason")
        refused(house, ["accept", "1", *WHY, "--by", "\x1b[31mred"], "--by")
        refused(house, ["accept", "1", *WHY, "--by", " "], "--by")
        refused(house, ["accept", *WHY], "usage: rector-queue accept")
        refused(house, ["accept", "first", *WHY], "a letter's number")
        refused(house, ["accept", "1", *WHY, "--topic", "astrology"], "astrology", "academic")
        refused(house, ["accept", "1", *WHY, "--official", "nobody"], "[official nobody]")
        refused(house, ["reject", "1", *WHY], "usage: rector-queue reject")
        refused(house, ["reject", "1", "rude", *WHY], "rude", "obscene")
        refused(house, ["reject", "1", "obscene", *WHY, "--official", "science"], "--official")


@test("who decides is the person logged in, also behind sudo, unless --by tells")
def who() -> None:
    for env, words, name in (({"SUDO_USER": ""}, [], pwd.getpwuid(os.getuid()).pw_name),
            ({"SUDO_USER": "dana"}, [], "dana"), ({"SUDO_USER": "dana"}, ["--by", "erik"], "erik")):
        with window(HELD) as house:
            said = house.queue("accept", "1", *WHY, *words, "--json", env=env)
            contains(said, f'"by":"{name}"')
            equal(house.rows("SELECT who FROM decisions")[0][0], name, "who")


@test("a complaint of an official is accepted only for another one")
def complaint() -> None:
    with window(COMPLAINT) as house:
        equal(house.state(), ("held", "complaint-of-official"), "before")
        of = accused(house)
        other = next(key.split()[1] for key in settings() if key.startswith("official ")
            and not key.endswith(f" {of}"))
        refused(house, ["accept", "1", *WHY], f"complains of [official {of}]", "--official KEY")
        refused(house, ["accept", "1", *WHY, "--official", of], "--official KEY")
        contains(house.queue("show", "1"), "--official")
        house.queue("accept", "1", *WHY, "--official", other)
        house.go_on()
        equal(house.story(1)["case"]["official"], other, "official")


main()
