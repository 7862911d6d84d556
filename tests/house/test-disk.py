#!/usr/bin/env python3
"""The disk is full: every program says "later", and goes on when there is room again."""
import contextlib
import os
import pathlib
from typing import Iterator

from fixture import check_nothing_lost_or_doubled, deliver, mailbox_of, new_house, the_sandbox
from letters import anonymous, appeal
from sandbox.house import House
from sandbox.process import Failure, as_root
from tap import Skip, equal, main, test

RETRY = 75
SMALL, LARGE = "4M", "64M"


@contextlib.contextmanager
def small_disk() -> Iterator[pathlib.Path]:
    folder = the_sandbox().folder / "disk"
    folder.mkdir(exist_ok=True)
    try:
        as_root("mount", "-t", "tmpfs", "-o", f"size={SMALL},uid={os.geteuid()}", "tmpfs", folder)
    except (Failure, FileNotFoundError) as why:
        raise Skip(f"a file system can't be mounted here: {why}") from None
    try:
        yield folder
    finally:
        as_root("umount", folder)


def fill(folder: pathlib.Path) -> pathlib.Path:
    """Takes all the room that is left."""
    ballast = folder / "ballast"
    with open(ballast, "wb", buffering=0) as file, contextlib.suppress(OSError):
        while True:
            file.write(bytes(4096))
    return ballast


def seen(house: House) -> int:
    connection = the_sandbox().imap(mailbox_of(house))
    connection.select(readonly=True)
    _, found = connection.search(None, "SEEN")
    connection.logout()
    return len(found[0].split())


@test("the fetcher on a full disk marks no letter that it has not kept, and goes on later")
def fetcher_full() -> None:
    with small_disk() as disk, new_house({"fetcher": {"after": "seen"}}, disk / "house") as house:
        letters = [appeal(n, padding=500_000) for n in range(12)]
        deliver(house, letters)
        result = house.run("fetcher")
        equal(result.returncode, RETRY, f"exit status on a full disk: {result.stdout}")
        marked = seen(house)
        as_root("mount", "-o", f"remount,size={LARGE}", disk)
        kept = house.count("letters")
        assert kept < len(letters), "the disk was not full"
        assert marked <= kept, f"{marked} marked, {kept} kept"
        house.passes()
        equal(seen(house), len(letters), "letters marked in the end")
        check_nothing_lost_or_doubled(house, letters)


@test("each later room on a full disk says \"later\", and goes on when there is room")
def later_rooms_full() -> None:
    with small_disk() as disk, new_house({}, disk / "house") as house:
        letters = [appeal(1), anonymous(2), appeal(3)]
        deliver(house, letters)
        house.passes("fetcher")
        for room in ("classifier", "router", "notifier"):
            ballast = fill(disk)
            result = house.run(room)
            ballast.unlink()
            equal(result.returncode, RETRY, f"{room} on a full disk: {result.stdout}")
            house.passes(room)
        check_nothing_lost_or_doubled(house, letters)


main()
