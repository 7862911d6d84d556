#!/usr/bin/env python3
"""rector-queue verify: what was changed past the programs is found and named."""
import fcntl
import os
import pathlib
import pty
import struct
import subprocess
import termios

from window import NOW, SETUP, Window, contains, sample, window
from tap import equal, main, test

LETTERS = [sample(name) for name in ("15-en-academic", "30-ru-obscene", "52-ru-photo-only")]


def place(house: Window, letter: int) -> tuple[pathlib.Path, int, int]:
    """Where a letter's bytes lie."""
    row = house.rows("SELECT spool_file, spool_offset, spool_length FROM letters WHERE id = ?",
        letter)[0]
    return house.store.parent / f"spool/{row[0]:06}.spool", row[1], row[2]


def broken(house: Window, *told: str) -> str:
    text = house.queue("verify", status=SETUP)
    contains(text, "BROKEN", *told)
    return text


@test("an untouched store: the file, every event, every letter")
def untouched() -> None:
    with window(*LETTERS) as house:
        events = house.count("events")
        contains(house.queue("verify"), "ok      sound", f"ok      {events}, an unbroken chain",
            "ok      3, each with the bytes that arrived")


EDITS = [
    ("its detail", "UPDATE events SET detail = '{\"size\":\"1\"}' WHERE id = 3"),
    ("its time", "UPDATE events SET at = at + 1 WHERE id = 3"),
    ("its letter", "UPDATE events SET letter = letter + 1 WHERE id = 3"),
    ("its sum", "UPDATE events SET hash = zeroblob(32) WHERE id = 3"),
]


@test("an edited event is named: the first that does not fit")
def edited() -> None:
    for what, sql in EDITS:
        with window(*LETTERS) as house:
            house.tamper(sql)
            text = broken(house, "event 3:")
            assert "event 4" not in text, f"{what}: {text}"
            contains(text, "ok      3, each with the bytes that arrived")


@test("a missing event is named, the first one too")
def missing() -> None:
    for number in (1, 3):
        with window(*LETTERS) as house:
            house.tamper("DELETE FROM events WHERE id = ?", number)
            broken(house, f"event {number}: is missing")


@test("events that changed places are found")
def swapped() -> None:
    with window(*LETTERS) as house:
        for old, new in ((3, -3), (4, 3), (-3, 4)):
            house.tamper("UPDATE events SET id = ? WHERE id = ?", new, old)
        broken(house, "event 3:")


@test("one flipped bit in the spool names its letter, and no other")
def flipped() -> None:
    with window(*LETTERS) as house:
        file, offset, length = place(house, 2)
        with file.open("r+b") as spool:
            spool.seek(offset + length // 2)
            byte = spool.read(1)[0]
            spool.seek(-1, os.SEEK_CUR)
            spool.write(bytes([byte ^ 1]))
        text = broken(house, "letter 2:", str(file), "1 of 3")
        assert "letter 1" not in text and "letter 3" not in text, text
        contains(text, "an unbroken chain")


@test("a spool file that was cut names the letters behind the cut")
def truncated() -> None:
    with window(*LETTERS) as house:
        file, offset, length = place(house, 3)
        os.truncate(file, offset + length - 1)
        broken(house, "letter 3:", "ends early", "1 of 3")
        file.unlink()
        broken(house, "letter 1:", "letter 2:", "letter 3:", "3 of 3")


@test("an erased letter has no bytes to compare")
def erased() -> None:
    with window(*LETTERS) as house:
        file, offset, length = place(house, 2)
        with file.open("r+b") as spool:
            spool.seek(offset)
            spool.write(bytes(length))
        house.tamper("UPDATE letters SET spool_length = -1 WHERE id = 2")
        contains(house.queue("verify"), "ok      2, each with the bytes that arrived")


@test("many damaged letters are counted, not all listed")
def many() -> None:
    with window(*[sample("41-kk-auto").replace(b"Subject:", b"Subject: %d " % number)
            for number in range(30)]) as house:
        file, _, _ = place(house, 1)
        file.unlink()
        text = broken(house, "30 of 30")
        equal(text.count("No such file"), 20, "lines")


@test("a page of the file that was overwritten is found")
def overwritten() -> None:
    with window(*LETTERS) as house:
        house.tamper("PRAGMA wal_checkpoint(TRUNCATE)")
        root = house.rows("SELECT rootpage FROM sqlite_schema WHERE name = 'notices_sent'")[0][0]
        size = house.rows("PRAGMA page_size")[0][0]
        with house.store.open("r+b") as store:
            store.seek((root - 1) * size + 8)
            store.write(b"\xff" * 64)
        broken(house, "file")


@test("on a terminal a progress line comes and goes; elsewhere there is none")
def progress() -> None:
    with window(*LETTERS) as house:
        assert "of 3 letters" not in house.queue("verify"), "without a terminal"
        leader, terminal = pty.openpty()
        fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        done = subprocess.run([str(word) for word in house.command("queue", "verify", now=NOW)],
            stdout=subprocess.DEVNULL, stderr=terminal, timeout=120)
        os.close(terminal)
        shown = os.read(leader, 65536).decode()
        os.close(leader)
        equal(done.returncode, 0, "exit status")
        contains(shown, "3 of 3 letters")
        assert shown.endswith("\r\x1b[K"), repr(shown)


main()
