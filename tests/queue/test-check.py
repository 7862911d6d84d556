#!/usr/bin/env python3
"""rector-queue check: all well leaves 0; whatever is wrong is said with its place, and nothing is
changed by looking."""
import contextlib
import os
import re
import shutil
import socket
from typing import Iterator

from window import BUILD, RETRY, SETUP, Window, contains, sample, settings, window
from imap import FakeImap
from smtp import FakeSmtp
from tap import equal, main, test

SECRET = "pa55w0rd"


def results(text: str) -> dict[str, str]:
    """What is said of each thing that was checked."""
    return dict(re.findall(r"^([a-z-]+) {2,}(\S.*)$", text, re.MULTILINE))


def failed(text: str) -> list[str]:
    return [what for what, result in results(text).items() if result == "FAILED"]


@contextlib.contextmanager
def with_servers() -> Iterator[tuple[Window, FakeImap, FakeSmtp]]:
    with FakeImap(password=SECRET) as imap, FakeSmtp() as smtp, window() as house:
        groups = settings()
        (house.folder / "password").write_text(SECRET + "\n")
        groups["fetcher"] = {"server": f"imap://127.0.0.1:{imap.port}", "user": imap.user,
            "password_file": house.folder / "password", "timeout": "10 s"}
        groups["notifier"] = {"deliver": f"smtp://127.0.0.1:{smtp.port}"}
        house.write_settings(groups)
        yield house, imap, smtp


@test("all well: every program and both servers, and no store is made")
def all_well() -> None:
    with with_servers() as (house, imap, smtp):
        text = house.queue("check")
        equal(results(text), {"rector-fetcher": "ok", "rector-classifier": "ok",
            "rector-router": "ok", "rector-notifier": "ok", "store": "none yet", "disk": "ok"}, text)
        assert not house.store.exists(), "a store was made"
        assert any(b"AUTHENTICATE" in line or b"LOGIN" in line for line in imap.received), "IMAP"
        assert smtp.connections > 0, "SMTP"


@test("without a mailbox, letters come from files, and that is well, too")
def no_mailbox() -> None:
    with window(sample("15-en-academic")) as house:
        text = house.queue("check")
        equal(results(text), {"rector-fetcher": "no mailbox", "rector-classifier": "ok",
            "rector-router": "ok", "rector-notifier": "ok", "store": "ok", "disk": "ok"}, text)


# the program that says so, group, name, value
WRONG = [
    ("rector-fetcher", "fetcher", "poll", "15"),
    ("rector-classifier", "classifier", "colour", "red"),
    ("rector-router", "official science", "topics", "research;astrology"),
    ("rector-router", "router", "colour", "red"),
    ("rector-notifier", "notifier", "deliver", "pigeon://roof"),
]


@test("a wrong setting is told with file, group and name, by the program whose it is")
def wrong_setting() -> None:
    for program, group, name, value in WRONG:
        with with_servers() as (house, _, _):
            house.settings.setdefault(group, {})[name] = value
            house.write_settings(house.settings)
            text = house.queue("check", status=SETUP)
            equal(failed(text), [program], f"[{group}] {name}: {text}")
            contains(text, f"{house.config}: [{group}] {name}:")


@test("a wrong setting of rector-queue itself, and of all programs")
def wrong_own() -> None:
    for group, name, value in (("queue", "free_space", "much"), ("queue", "colour", "red"),
            ("university", "moderator", "a b@c"), ("store", "colour", "red")):
        with window() as house:
            house.settings.setdefault(group, {})[name] = value
            house.write_settings(house.settings)
            contains(house.queue("check", status=SETUP), f"{house.config}: [{group}] {name}:")


# the room whose data is spoilt, the file, a line that is none, the program that says so
DATA = [
    ("notifier", "templates/kk/held.txt", "{fullname}\n"),
    ("router", "kz-days.tsv", "2026-13-45\twork\n"),
    ("classifier", "obscene.txt", "nonsense without form\n"),
]


@test("a broken template, calendar or word list is told with file and line")
def broken_data() -> None:
    for room, name, line in DATA:
        with window() as house:
            programs = house.folder / "programs"
            for each in ("fetcher", "classifier", "router", "notifier", "queue"):
                (programs / each).mkdir(parents=True)
                shutil.copy2(BUILD / each / f"rector-{each}", programs / each)
                if (BUILD / each / "data").exists():
                    shutil.copytree(BUILD / each / "data", programs / each / "data")
            house.build = programs
            equal(failed(house.queue("check")), [], "before")
            file = programs / room / "data" / name
            count = len(file.read_text().splitlines())
            with file.open("a") as out:
                out.write(line)
            text = house.queue("check", status=SETUP)
            equal(failed(text), [f"rector-{room}"], text)
            assert re.search(rf"{re.escape(name.rpartition('/')[2])}:{count + 1}\b", text), text


@test("a refused login is told, the secret is not")
def refused_login() -> None:
    with with_servers() as (house, _, _):
        (house.folder / "password").write_text("wr0ng\n")
        text = house.queue("check", status=SETUP)
        equal(failed(text), ["rector-fetcher"], text)
        assert "wr0ng" not in text, text
    with FakeSmtp(login=("rector", SECRET)) as smtp, window() as house:
        (house.folder / "password").write_text("wr0ng\n")
        house.settings["notifier"] = {"deliver": f"smtp://127.0.0.1:{smtp.port}",
            "user": "rector", "password_file": house.folder / "password"}
        house.write_settings(house.settings)
        text = house.queue("check", status=SETUP)
        equal(failed(text), ["rector-notifier"], text)
        assert "wr0ng" not in text, text


@test("a server that is away may come back: not now, rather than wrong")
def server_away() -> None:
    with with_servers() as (house, _, _), socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
        nobody.close()
        house.settings["notifier"]["deliver"] = f"smtp://127.0.0.1:{port}"
        house.write_settings(house.settings)
        text = house.queue("check", status=RETRY)
        equal(failed(text), ["rector-notifier"], text)


@test("what a server says can't take the terminal")
def hostile_server() -> None:
    with with_servers() as (house, imap, _):
        imap.greeting = b"* BYE \x1b]0;mine\x07 \xc2\x9b2J \xe2\x80\xae\r\n"
        text = house.queue("check", status=RETRY)
        bad = [char for char in text if char != "\n" and not char.isprintable()]
        equal(bad, [], "unprintable characters")


@test("a store that can't be used is told")
def bad_store() -> None:
    with window(sample("15-en-academic")) as house:
        house.tamper("PRAGMA user_version = 99999")
        text = house.queue("check", status=SETUP)
        equal(failed(text), ["store"], text)
    with window(sample("15-en-academic")) as house:
        for each in house.store.parent.glob("rector.db*"):
            each.unlink()
        house.store.write_bytes(b"this is no database, and long enough to see it " * 100)
        text = house.queue("check", status=SETUP)
        equal(failed(text), ["store"], text)
    with window() as house:
        house.settings["store"]["path"] = "nowhere/rector.db"
        house.write_settings(house.settings)
        text = house.queue("check", status=SETUP)
        equal(failed(text), ["store"], text)
        contains(text, "nowhere")


@test("a disk with less free space than wanted is a warning")
def little_space() -> None:
    with window(sample("15-en-academic")) as house:
        house.settings["queue"] = {"free_space": f"{2 ** 30} G"}
        house.write_settings(house.settings)
        equal(results(house.queue("check"))["disk"], "WARNING", "disk")
        free = os.statvfs(house.folder)
        assert free.f_bavail > 0, "this test needs a disk that is not full"


main()
