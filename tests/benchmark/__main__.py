"""tests/bench: see there."""
import argparse
import os
import pathlib
import platform
import shutil
import sys
import tempfile

from runner.build import build
from sandbox.house import House
from sandbox.sandbox import Sandbox
from sandbox.servers import mail_user
from sandbox.settings import settings as sandbox_settings

from . import carry, chain, fetch, full, judge
from .letters import fair, fill_maildir, mixed
from .measure import Cost, Table, run

ROWS = {"fetch": fetch.fetch, "distant": fetch.distant, "classify": judge.classify,
    "stored": judge.stored, "send": carry.send, "chain": chain.chain, "latency": chain.latency,
    "memory": chain.memory, "full": full.full}


class Bench:
    """What the rows share: a sandbox, houses, letters."""

    def __init__(self, count: int, stored: int, folder: pathlib.Path, build_folder: pathlib.Path):
        self.count, self.stored, self.folder, self.build = count, stored, folder, build_folder
        self.houses = 0
        self.sandbox = Sandbox.start(folder / "s", postfix=False)

    def settings(self):
        found = sandbox_settings(self.sandbox)
        found["notifier"] = {"deliver": "maildir:mail"}
        return found

    def house(self, settings) -> House:
        """A new one; the one before is cleared away."""
        shutil.rmtree(self.folder / f"house{self.houses}", ignore_errors=True)
        self.houses += 1
        folder = self.folder / f"house{self.houses}"
        folder.mkdir()
        return House(folder, self.build, settings)

    def program(self, room: str) -> pathlib.Path:
        return self.build / room / f"rector-{room}"

    def mixed_letters(self, count: int) -> pathlib.Path:
        folder = self.folder / f"mixed{count}"
        if not folder.exists():
            mixed(count, folder)
        return folder

    def empty_mailbox(self) -> pathlib.Path:
        folder = self.sandbox.maildir(self.sandbox.rector)
        shutil.rmtree(folder, ignore_errors=True)
        folder.parent.mkdir(exist_ok=True)
        owner = mail_user()
        os.chown(folder.parent, owner.pw_uid, owner.pw_gid)
        return folder

    def fill_mailbox(self, count: int) -> None:
        source, folder = self.mixed_letters(count), self.empty_mailbox()
        shutil.copytree(source, folder)
        owner = mail_user()
        for path in [folder, *folder.rglob("*")]:
            os.chown(path, owner.pw_uid, owner.pw_gid)

    def fill_mailbox_with(self, letters: list[bytes]) -> None:
        fill_maildir(self.empty_mailbox(), letters, mail_user())

    def import_fair(self, house: House, count: int) -> Cost:
        path = house.folder / "fair.mbox"
        with open(path, "wb") as file:
            for number in range(count):
                file.write(b"From bench Mon Nov 23 10:00:00 2026\n")
                file.write(fair(number, "mbox").replace(b"\r\n", b"\n") + b"\n")
        return run(house.command("fetcher", "--import", path))


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests/bench")
    parser.add_argument("count", nargs="?", type=int, default=10000, help="letters (10000)")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS), metavar="ROW")
    parser.add_argument("--store", type=int, default=100000)
    options = parser.parse_args()
    binaries = build("build-bench", "-Dbuildtype=release")
    folder = pathlib.Path(tempfile.mkdtemp(prefix="bench-", dir=os.environ.get("TMPDIR", "/tmp")))
    folder.chmod(0o711)  # the servers' users pass through
    print(f"{os.cpu_count()} processors, {platform.release()}, in {folder}")
    try:
        bench = Bench(options.count, options.store, folder, binaries)
        try:
            for name in options.only:
                ROWS[name](bench, Table())
        finally:
            bench.sandbox.remove()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
