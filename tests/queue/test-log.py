#!/usr/bin/env python3
"""The queue log: what comes is shown at once, line by line, and a reader may leave at any time."""
import json
import os
import select
import signal
import subprocess
import time

from window import LETTER, NOW, SETUP, Window, contains, sample, window
from tap import equal, main, test

ACCEPTED = sample("15-en-academic")
PATIENCE_S = 60


class Follower:
    """rector-queue log --follow with the test at the other end of its output."""

    def __init__(self, house: Window, *words: str):
        self.popen = subprocess.Popen([str(word) for word in house.command("queue", "log",
            "--follow", *words, now=NOW)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.rest = b""

    def __enter__(self) -> "Follower":
        return self

    def __exit__(self, *_) -> None:
        if self.popen.poll() is None:
            self.popen.kill()
        self.popen.wait()
        if not self.popen.stdout.closed:
            self.popen.stdout.close()

    def line(self) -> str:
        """The next whole line, as soon as it comes."""
        until = time.monotonic() + PATIENCE_S
        while b"\n" not in self.rest:
            ready, _, _ = select.select([self.popen.stdout], [], [], until - time.monotonic())
            assert ready, "nothing came"
            more = os.read(self.popen.stdout.fileno(), 65536)
            assert more, f"it ended: {self.popen.wait()}"
            self.rest += more
        line, _, self.rest = self.rest.partition(b"\n")
        return line.decode()

    def until(self, word: str) -> list[str]:
        lines = [self.line()]
        while word not in lines[-1]:
            lines.append(self.line())
        return lines


@test("--follow prints the past, then what other programs write while it runs")
def follows() -> None:
    with window(ACCEPTED) as house:
        past = house.queue("log").splitlines()
        with Follower(house) as follower:
            equal([follower.line() for _ in past], past, "the past")
            house.take(sample("30-ru-obscene"))
            contains(follower.until("letter 2")[-1], "fetcher", "letter 2: received")
            contains(follower.until("rejected")[-1], "router", "letter 2: rejected")
            assert follower.popen.poll() is None, "it left"
            equal(len(house.queue("log").splitlines()), house.count("events"), "lines")


@test("--json gives an object a line; the ids follow one another")
def json_lines() -> None:
    with window(ACCEPTED) as house, Follower(house, "--json") as follower:
        house.take(sample("30-ru-obscene"))
        events = [json.loads(line) for line in follower.until('"rejected"')]
        equal([event["id"] for event in events], list(range(1, len(events) + 1)), "ids")
        equal(events[-1]["letter"], 2, "letter")
        received = [each["detail"]["size"] for each in events if each["event"] == "received"]
        equal(received, [str(len(ACCEPTED)), str(len(sample("30-ru-obscene")))], "sizes")


@test("--limit starts with the last N")
def limit() -> None:
    with window(ACCEPTED) as house:
        every = house.objects("log")
        for count in (1, 3, 1000):
            equal(house.objects("log", "--limit", str(count)), every[-count:], f"last {count}")
        contains(house.queue("log", "--limit", "-1", status=SETUP), "usage: rector-queue log")
        with Follower(house, "--json", "--limit", "1") as follower:
            equal(json.loads(follower.line()), every[-1], "the first that it prints")


@test("SIGINT and SIGTERM end it, and that is no failure")
def signals() -> None:
    with window(ACCEPTED) as house:
        for number in (signal.SIGINT, signal.SIGTERM):
            with Follower(house) as follower:
                follower.line()
                follower.popen.send_signal(number)
                equal(follower.popen.wait(PATIENCE_S), 0, number.name)


@test("a reader that goes away ends it, even when nothing happens any more")
def reader_leaves() -> None:
    with window(ACCEPTED) as house, Follower(house) as follower:
        follower.line()
        follower.popen.stdout.close()
        equal(follower.popen.wait(PATIENCE_S), 0, "exit status")


@test("a full disk at the other end is told, not passed over")
def full_disk() -> None:
    with window(ACCEPTED) as house, open("/dev/full", "w") as full:
        for words in (["log"], ["list"], ["stats", "--json"], ["show", "1"]):
            done = subprocess.run([str(word) for word in house.command("queue", *words)],
                stdout=full, stderr=subprocess.PIPE, text=True, timeout=PATIENCE_S)
            equal(done.returncode, 75, f"{words}: {done.stderr}")


@test("no letter yet: nothing, and that is no failure")
def empty() -> None:
    with window() as house:
        house.passes("classifier") # the router owes a digest, letters or not
        equal(house.queue("log"), "", "log")
        equal(house.queue("list"), "no cases\n", "list")
        equal(house.queue("held"), "nothing is held\n", "held")
        equal(house.queue("stats"), "nothing has come yet\n", "stats")
        equal([house.objects(each) for each in ("log", "list", "held", "stats")], [[]] * 4, "JSON")
        contains(house.queue("show", "1", status=LETTER), "no letter 1")
        house.queue("verify")


main()
