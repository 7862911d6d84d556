"""A folder with settings and a store in which notices are owed, and rector-notifier at it."""
import os
import pathlib
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "house"), str(ROOT / "fake"), str(ROOT)]

BUILD = pathlib.Path(os.environ.get("RECTOR_BUILD", "."))
PROGRAM = BUILD / "notifier" / "rector-notifier"
NOW = 1795330000  # 2026-11-22T11:46:40+05:00


class Desk:
    def __init__(self, deliver: str, **settings: object):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="notifier-"))
        self.database = self.folder / "rector.db"
        self.write(deliver, **settings)
        self.run(now=NOW)  # makes the store

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        shutil.rmtree(self.folder)

    def write(self, deliver: str, **settings: object) -> None:
        lines = ["[university]"]
        lines += [f"name.{language} = Sample University" for language in ("kk", "ru", "en")]
        lines += [f"{each} = {each if each != 'address' else 'rector'}@univ.example"
            for each in ("address", "moderator", "administrator")]
        lines += ["[store]", "path = rector.db", "[notifier]", f"deliver = {deliver}"]
        lines += [f"{name} = {value}" for name, value in settings.items()]
        (self.folder / "rector.conf").write_text("\n".join(lines) + "\n")

    def command(self, *arguments: str, now: float | None = None) -> list[str]:
        command = [str(PROGRAM), "--config", str(self.folder / "rector.conf"), *arguments]
        if now is not None:
            stamp = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(now))
            command += ["--now", stamp]
        return command

    def run(self, *arguments: str, now: float | None = None) -> subprocess.CompletedProcess:
        return subprocess.run(self.command(*arguments, now=now), capture_output=True, text=True,
            timeout=120)

    def start(self, *arguments: str, now: float | None = None) -> subprocess.Popen:
        return subprocess.Popen(self.command(*arguments, now=now), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)

    def query(self, sql: str, *values: object) -> list[tuple]:
        with sqlite3.connect(self.database, timeout=20) as store:
            return store.execute(sql, values).fetchall()

    def owe(self, count: int = 1, recipient: str = "reader{}@univ.example", role: str = "moderator",
            kind: str = "stuck", at: float = NOW, bounce: str | None = None,
            facts: str = "{}") -> list[int]:
        """Notices of a letter that could not be read: they need no reading."""
        with sqlite3.connect(self.database, timeout=20) as store:
            first = store.execute("SELECT coalesce(max(id), 0) FROM notices").fetchone()[0] + 1
            store.execute("INSERT OR IGNORE INTO letters (id, received_at, fetched_at, size, whole, "
                "digest, spool_file, spool_offset, spool_length, state) VALUES (1, ?1, ?1, 99, 1, "
                "zeroblob(32), 0, 0, -1, 'stuck')", (int(at),))
            store.executemany("INSERT INTO notices (id, letter, kind, role, language, recipient, "
                "recipient_key, message_id, bounce, facts, not_before, state, state_at, next_at, "
                "created_at) VALUES (?, 1, ?, ?, 'en', ?, ?, ?, ?, ?, ?, 'waiting', ?, ?, ?)",
                [(number, kind, role, recipient.format(number), recipient.format(number).lower(),
                    f"<n{number}@univ.example>", bounce, facts, *[int(at)] * 4)
                    for number in range(first, first + count)])
        return list(range(first, first + count))

    def states(self) -> dict[str, int]:
        return dict(self.query("SELECT state, count(*) FROM notices GROUP BY state"))

    def outcomes(self) -> list[str]:
        return [row[0] for row in self.query("SELECT outcome FROM deliveries ORDER BY id")]

    def next_at(self) -> int:
        return self.query("SELECT min(next_at) FROM notices WHERE state = 'waiting'")[0][0]

    def alarms(self) -> list[str]:
        return [row[0] for row in
            self.query("SELECT kind FROM alarms WHERE cleared_at IS NULL ORDER BY id")]
