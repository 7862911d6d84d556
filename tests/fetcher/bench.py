"""What each test of rector-fetcher needs: a folder with a store and settings, the program, and a
look at what it stored."""
import hashlib
import os
import pathlib
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "house"), str(HERE.parent / "fake"), str(HERE.parent)]

PROGRAM = pathlib.Path(os.environ.get("RECTOR_BUILD", "build")) / "fetcher/rector-fetcher"
LIMIT_S = 60

# Meson fills what malloc() gives, which makes four gigabytes of an announcement real.
os.environ.pop("MALLOC_PERTURB_", None)

SETTINGS = """[store]
path = {folder}/rector.db

[university]
name.kk = Университет
name.ru = Университет
name.en = University
address = rector@uni.example
moderator = moderator@uni.example
administrator = postmaster@uni.example

[fetcher]
{lines}
"""


class Bench:
    """A store and settings in a folder of its own.  Names and values are lines of [fetcher]."""

    def __init__(self, server=None, /, **settings):
        self.place = tempfile.TemporaryDirectory(prefix="rector-fetcher-")
        self.folder = pathlib.Path(self.place.name)
        lines = {}
        if server is not None:
            (self.folder / "password").write_text(server.password + "\n")
            lines = {"server": f"imap://127.0.0.1:{server.port}", "user": server.user,
                "password_file": self.folder / "password", "timeout": "10 s",
                "retry_least": "1 s", "retry_most": "1 s"}
        lines |= settings
        self.write({name: value for name, value in lines.items() if value is not None})

    def write(self, lines: dict) -> None:
        self.config = self.folder / "rector.conf"
        self.config.write_text(SETTINGS.format(folder=self.folder,
            lines="\n".join(f"{name} = {value}" for name, value in lines.items())))

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_) -> None:
        self.place.cleanup()

    def start(self, *words, **more) -> subprocess.Popen:
        return subprocess.Popen([PROGRAM, "--config", self.config, *words], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **more)

    def run(self, *words, **more) -> subprocess.CompletedProcess:
        return subprocess.run([PROGRAM, "--config", self.config, *words], text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=LIMIT_S, **more)

    def rows(self, sql: str) -> list[tuple]:
        with sqlite3.connect(self.folder / "rector.db", timeout=10) as store:
            return store.execute(sql).fetchall()

    def uids(self) -> list[int]:
        """What the ledger has under the present UIDVALIDITY."""
        return [uid for uid, in self.rows("SELECT s.uid FROM sources s JOIN mailboxes m ON "
            "m.id = s.mailbox AND m.uidvalidity = s.uidvalidity ORDER BY s.uid")]

    def letters(self) -> list[bytes]:
        """The bytes of all letters, as they were stored."""
        found = []
        for file, offset, length in self.rows("SELECT spool_file, spool_offset, spool_length "
                "FROM letters ORDER BY id"):
            with open(next((self.folder).glob(f"**/{file:06}.spool")), "rb") as spool:
                spool.seek(offset)
                found.append(spool.read(length))
        return found

    def digests_hold(self) -> bool:
        stored = [digest for digest, in self.rows("SELECT digest FROM letters ORDER BY id")]
        return stored == [hashlib.sha256(raw).digest() for raw in self.letters()]

    def alarms(self) -> set[str]:
        return {kind for kind, in self.rows("SELECT kind FROM alarms WHERE cleared_at IS NULL")}

    def wait(self, what, seconds: float = 20) -> None:
        """Until what() is true; the store may not be there yet."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if what():
                    return
            except (sqlite3.Error, StopIteration):
                pass
            time.sleep(0.01)
        raise AssertionError("it did not happen in time")


def stop(process: subprocess.Popen) -> str:
    """Asks it to end; its output."""
    process.terminate()
    output, _ = process.communicate(timeout=LIMIT_S)
    assert process.returncode == 0, f"ended with {process.returncode}:\n{output}"
    return output


def child_seconds() -> float:
    """The CPU time of all children that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def letter(number: int, size: int = 0) -> bytes:
    raw = (f"From: Citizen <c{number}@example.kz>\r\nSubject: letter {number}\r\n\r\n"
        f"This is letter {number}.\r\n").encode()
    return raw + b"x" * max(size - len(raw) - 2, 0) + (b"\r\n" if size > len(raw) else b"")
