"""The programs under test: their settings, their store, one pass or a watch of each."""
import contextlib
import dataclasses
import os
import pathlib
import signal
import sqlite3
import subprocess
import time
from typing import Callable

from . import process
from .process import Failure
from .wait import wait_until

ROOMS = ("fetcher", "classifier", "router", "notifier")
TOPICS = ("academic", "research", "social", "infrastructure", "digital", "international", "general")

Settings = dict[str, dict[str, object]]


@dataclasses.dataclass
class Running:
    """A program that watches."""
    room: str
    popen: subprocess.Popen
    log: pathlib.Path

    def stop(self, seconds: float = 60) -> int:
        """Asks it to end; its exit status."""
        self.popen.send_signal(signal.SIGTERM)
        return self.popen.wait(seconds)


class House:
    """A folder with settings and a store, and the programs of one build."""

    def __init__(self, folder: pathlib.Path, build: pathlib.Path, settings: Settings):
        self.folder, self.build = folder, build
        self.config, self.store = folder / "rector.conf", folder / "store/rector.db"
        self.running: list[Running] = []
        self.store.parent.mkdir(parents=True)
        self.store.parent.chmod(0o700)
        self.write_settings(settings)

    def write_settings(self, settings: Settings) -> None:
        self.settings = settings
        text = "".join(f"[{group}]\n" + "".join(f"{name} = {value}\n" for name, value in
            names.items()) + "\n" for group, names in settings.items())
        self.config.write_text(text)

    def program(self, room: str) -> pathlib.Path:
        return self.build / room / f"rector-{room}"

    def command(self, room: str, *words: str, now: float | None = None) -> list:
        command = [self.program(room), "--config", self.config, *words]
        return command + ["--now", instant(now)] if now is not None else command

    def run(self, room: str, *words: str, now: float | None = None,
            seconds: float = 300) -> subprocess.CompletedProcess:
        """One run to its end; output is kept together, and nobody looks at the exit status."""
        return subprocess.run([str(word) for word in self.command(room, *words, now=now)],
            text=True, errors="replace", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, timeout=seconds)

    def passes(self, *rooms: str, now: float | None = None) -> None:
        """One pass of each room, which must succeed."""
        for room in rooms or ROOMS:
            result = self.run(room, now=now)
            if result.returncode != 0:
                raise Failure(f"rector-{room} left {result.returncode}: {result.stdout}")

    def watch(self, room: str, *words: str, stays: bool = False) -> Running:
        log = self.folder / f"{room}.log"
        popen = process.start(self.command(room, "--watch", *words), log, stays)
        running = Running(room, popen, log)
        self.running.append(running)
        return running

    def kill(self, victim: Running) -> None:
        """As a power cut would: the program can't say a last word."""
        if victim.popen.poll() is not None:
            raise Failure(f"rector-{victim.room} had ended by itself: {victim.popen.returncode}")
        victim.popen.kill()
        victim.popen.wait()
        self.running.remove(victim)

    def close(self) -> None:
        """Ends whatever still runs."""
        for each in self.running:
            with contextlib.suppress(ProcessLookupError):
                if each.popen.poll() is None:
                    each.popen.terminate()
        for each in self.running:
            try:
                each.popen.wait(30)
            except subprocess.TimeoutExpired:
                each.popen.kill()
                each.popen.wait()
        self.running.clear()

    # --- what the store says ---

    def rows(self, sql: str, *values) -> list[sqlite3.Row]:
        """Looks, and never changes anything; none as long as there is no store."""
        if not self.store.exists():
            return []
        with contextlib.closing(sqlite3.connect(f"file:{self.store}?mode=ro", uri=True,
                timeout=30)) as connection:
            connection.row_factory = sqlite3.Row
            try:
                return connection.execute(sql, values).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise

    def count(self, table: str, where: str = "TRUE", *values) -> int:
        rows = self.rows(f"SELECT count(*) FROM {table} WHERE {where}", *values)
        return rows[0][0] if rows else 0

    def at_rest(self) -> bool:
        """Every letter has come as far as it can without a person, and no mail waits but those
        that the clock writes ahead."""
        return (self.count("letters") > 0
            and self.count("letters", "state IN ('received', 'judged')") == 0
            and self.count("notices", "state = 'waiting' AND series IS NULL") == 0)

    def wait(self, condition: Callable[[], object], seconds: float, what: str) -> None:
        """Waits for something that the watching programs do; one that ends is a failure."""
        def holds() -> object:
            for each in self.running:
                if each.popen.poll() is not None:
                    raise Failure(f"rector-{each.room} ended with {each.popen.returncode}: "
                        f"{each.log.read_text(errors='replace')[-3000:]}")
            return condition()
        wait_until(holds, seconds, what)

    def await_rest(self, letters: int, seconds: float = 120) -> None:
        self.wait(lambda: self.count("letters") >= letters and self.at_rest(), seconds,
            f"rest with {letters} letters")


def instant(at: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(at))
