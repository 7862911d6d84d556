#!/usr/bin/env python3
"""Mistakes in the settings are told as "file: [group] name: what", and change nothing."""
import re

from fixture import changed, new_house, the_sandbox
from sandbox.house import ROOMS
from tap import equal, main, test

SETUP = 78

# label, the programs that must say so, group, name, value, what the message names
MISTAKES = [
    ("an unknown name", ("fetcher",), "fetcher", "sever", "x", r"\[fetcher\] sever:"),
    ("an unknown name for everybody", ROOMS, "university", "colour", "red",
        r"\[university\] colour:"),
    ("an unknown group", ROOMS, "fetchers", "server", "x", r"\[fetchers\]:?"),
    ("a missing address", ROOMS, "university", "address", None, r"\[university\] address:"),
    ("an address that is none", ROOMS, "university", "moderator", "a b@c",
        r"\[university\] moderator:"),
    ("a control character", ("fetcher",), "fetcher", "user", "a\x07b", r"\[fetcher\] user:"),
    ("a number out of range", ("fetcher",), "fetcher", "batch", "0", r"\[fetcher\] batch:"),
    ("a time without unit", ("fetcher",), "fetcher", "poll", "15", r"\[fetcher\] poll:"),
    ("an unknown name of the notifier", ("notifier",), "notifier", "delivr", "x",
        r"\[notifier\] delivr:"),
    ("a topic with two officials", ("router",), "official science", "topics", "research;academic",
        r"\[official [^\]]+\] topics:"),
    ("a topic that does not exist", ("router",), "official science", "topics", "astrology",
        r"\[official science\] topics:"),
    ("a deputy who does not exist", ("router",), "official science", "deputy", "nobody",
        r"\[official science\] deputy:"),
]


def refuses(rooms: tuple[str, ...], group: str, name: str, value: str | None, what: str) -> None:
    with new_house() as house:
        house.write_settings(changed(house.settings, {group: {name: value}}))
        for room in rooms:
            for words in (["--check"], []):
                result = house.run(room, *words)
                equal(result.returncode, SETUP, f"{room} {words}: {result.stdout}")
                pattern = re.escape(f"{house.config}: ") + what
                assert re.search(pattern, result.stdout), f"{room}: {result.stdout!r}"
        assert not house.store.exists(), "a store was made"


for mistake in MISTAKES:
    test(f"{mistake[0]} is refused by name")(lambda row=mistake: refuses(*row[1:]))


@test("settings without a mistake pass --check, and make no store")
def passes_check() -> None:
    with new_house() as house:
        for room in ROOMS:
            result = house.run(room, "--check")
            equal(result.returncode, 0, f"{room}: {result.stdout}")
        assert not house.store.exists(), "a store was made"


@test("rector-queue check logs in to both servers, and names the one that refuses")
def check_logs_in() -> None:
    with new_house() as house:
        good = house.run("queue", "check")
        equal(good.returncode, 0, good.stdout)
        wrong = house.folder / "wrong"
        wrong.write_text("not the password\n")
        for room in ("fetcher", "notifier"):
            house.write_settings(changed(house.settings, {room: {"password_file": wrong}}))
            bad = house.run("queue", "check")
            assert bad.returncode != 0, f"{room}: {bad.stdout}"
            failed = re.findall(r"^rector-(\w+) +FAILED$", bad.stdout, re.MULTILINE)
            equal(failed, [room], bad.stdout)
            assert "not the password" not in bad.stdout, "it shows the password"
            house.write_settings(changed(house.settings, {room:
                {"password_file": the_sandbox().folder / "password"}}))


@test("a settings file that does not exist is named")
def no_file() -> None:
    with new_house() as house:
        house.config.unlink()
        for room in ROOMS:
            result = house.run(room)
            equal(result.returncode, SETUP, room)
            assert str(house.config) in result.stdout, result.stdout


main()
