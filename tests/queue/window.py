"""What each test of rector-queue needs: a folder with settings and a store, letters that come
from files, mails that go into a Maildir, and the command's output."""
import contextlib
import datetime
import json
import os
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
from typing import Iterator

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "house"), str(TESTS / "fake"), str(TESTS)]

from sandbox.house import House, Settings  # noqa: E402
from sandbox.settings import OFFICIALS  # noqa: E402
from tap import comment, equal  # noqa: E402

BUILD = pathlib.Path(os.environ.get("RECTOR_BUILD", TESTS.parent / "build-asan"))
NOW = datetime.datetime(2026, 11, 23, 10, tzinfo=datetime.timezone(datetime.timedelta(hours=5))
    ).timestamp()
DUE = "2026-12-14"
LETTER, RETRY, SETUP = 65, 75, 78
MODERATOR = "moderator@univ.example"


def settings() -> Settings:
    groups: Settings = {
        "university": {"name.kk": "Үлгі университеті", "name.ru": "Образцовый университет",
            "name.en": "Sample University", "address": "rector@univ.example",
            "moderator": MODERATOR, "administrator": "administrator@univ.example"},
        "store": {"path": "store/rector.db"},
        "notifier": {"deliver": "maildir:mails"},
    }
    for key, (name, post, language, topics) in OFFICIALS.items():
        groups[f"official {key}"] = {"name": name, "post": post, "language": language,
            "topics": topics, "address": f"{key}@univ.example"}
    return groups


def sample(name: str) -> bytes:
    """A letter of the demo by the beginning of its file's name."""
    return next((TESTS / "demo-letters").glob(f"{name}*.eml")).read_bytes()


class Window(House):
    """A house with its administrators' window."""

    def take(self, *letters: bytes) -> None:
        """The letters come and go their way at NOW, in this order."""
        folder = pathlib.Path(tempfile.mkdtemp(dir=self.folder))
        files = []
        for number, letter in enumerate(letters):
            files.append(folder / f"{number:03}.eml")
            files[-1].write_bytes(letter)
            os.utime(files[-1], (NOW, NOW))
        result = self.run("fetcher", "--import", *map(str, files), now=NOW)
        equal(result.returncode, 0, f"import: {result.stdout}")
        self.go_on()

    def go_on(self) -> None:
        self.passes("classifier", "router", "notifier", now=NOW)

    def queue(self, *words: str, status: int = 0, env: dict | None = None,
            file: str | None = None) -> str:
        """What rector-queue says, both streams together, when it leaves with this status."""
        command = [str(word) for word in self.command("queue", *words, now=NOW)]
        done = subprocess.run(command, text=True, errors="surrogateescape", timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=os.environ | (env or {}))
        equal(done.returncode, status, f"rector-queue {' '.join(words)}: {done.stdout!r}")
        return done.stdout

    def objects(self, *words: str) -> list[dict]:
        return [json.loads(line) for line in self.queue(*words, "--json").splitlines()]

    def story(self, letter: str | int, *words: str) -> dict:
        return self.objects("show", str(letter), *words)[0]

    def state(self, letter: int = 1) -> tuple[str, str]:
        return tuple(self.rows("SELECT state, state_why FROM letters WHERE id = ?", letter)[0])

    def tamper(self, sql: str, *values: object) -> None:
        """As somebody would who can write the file, past all rooms."""
        with contextlib.closing(sqlite3.connect(self.store)) as store, store:
            store.execute(sql, values)


@contextlib.contextmanager
def window(*letters: bytes) -> Iterator[Window]:
    with tempfile.TemporaryDirectory(prefix="rector-queue-") as place:
        made = Window(pathlib.Path(place), BUILD, settings())
        try:
            made.take(*letters) if letters else None
            yield made
        except BaseException:
            for log in sorted(made.folder.glob("*.log")):
                comment(f"{log.name}:\n{log.read_text(errors='replace')[-3000:]}")
            raise
        finally:
            made.close()


def contains(text: str, *words: str) -> None:
    for word in words:
        assert word in text, f"{word!r} is not in:\n{text}"
