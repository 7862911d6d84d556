"""What the whole-system tests share: one sandbox a test program, one house a test."""
import atexit
import contextlib
import copy
import email
import email.policy
import functools
import itertools
import os
import pathlib
from collections import Counter
from typing import Iterator

from tap import TOP, comment  # first: it knows where the sandbox is
from sandbox.house import House, Settings
from sandbox.sandbox import Sandbox
from sandbox.settings import settings

BUILD = pathlib.Path(os.environ.get("RECTOR_BUILD", TOP / "build-asan"))
NUMBERS = itertools.count(1)


@functools.cache
def the_sandbox() -> Sandbox:
    sandbox = Sandbox.start()
    atexit.register(sandbox.remove)
    return sandbox


def mailbox_of(house: House) -> str:
    return str(house.settings["fetcher"]["user"])


def deliver(house: House, letters: list[bytes], at: float | None = None) -> None:
    the_sandbox().deliver(letters, at, mailbox_of(house))


@contextlib.contextmanager
def new_house(changes: Settings | None = None, folder: pathlib.Path | None = None,
        sandbox: Sandbox | None = None) -> Iterator[House]:
    """A house with a mailbox and a store of its own.  `changes` go over the usual settings; a
    value of None takes a setting out.  What the programs said is shown when the test fails."""
    sandbox = sandbox or the_sandbox()
    number = next(NUMBERS)
    house = House(folder or sandbox.folder / f"house-{number}", BUILD,
        changed(settings(sandbox, f"rector-{number}@{sandbox.domain}"), changes or {}))
    try:
        yield house
    except BaseException:
        for log in sorted(house.folder.glob("*.log")):
            comment(f"{log.name}:\n{log.read_text(errors='replace')[-3000:]}")
        raise
    finally:
        house.close()


def changed(usual: Settings, changes: Settings) -> Settings:
    result = copy.deepcopy(usual)
    for group, names in changes.items():
        merged = result.setdefault(group, {}) | names
        result[group] = {name: value for name, value in merged.items() if value is not None}
    return result


def mail(file: pathlib.Path) -> email.message.EmailMessage:
    return email.message_from_bytes(file.read_bytes(), policy=email.policy.default)


def text_of(message: email.message.EmailMessage) -> str:
    return message.get_body(("plain",)).get_content()


def delivered_ids(house: House) -> Counter:
    """How often each Message-ID of this house's notices lies in a mailbox."""
    the_sandbox().await_delivery()
    owed = {row["message_id"] for row in house.rows("SELECT message_id FROM notices")}
    found = Counter(str(mail(file)["Message-ID"]).strip()
        for files in the_sandbox().all_mail_files().values() for file in files)
    return Counter({each: found[each] for each in owed})


def check_nothing_lost_or_doubled(house: House, letters: list[bytes]) -> None:
    """The oracle after every mishap: each letter once and in a final state, each notice (but
    for reminders, which are written ahead) delivered once, or more often only where a try ended unknown."""
    held = house.count("letters")
    assert held == len(letters), f"{held} letters in the store, {len(letters)} were sent"
    assert house.count("letters", "state NOT IN ('routed', 'closed', 'held')") == 0, \
        f"not final: {[tuple(row) for row in house.rows('SELECT id, state FROM letters')]}"
    without = house.rows("""SELECT id, state FROM letters WHERE state = 'routed' AND 2 > (SELECT
        count(*) FROM notices WHERE letter = letters.id)""")
    assert not without, f"routed without two notices: {[tuple(row) for row in without]}"
    copies = delivered_ids(house)
    for row in house.rows("""SELECT id, message_id, state, (SELECT count(*) FROM deliveries
            WHERE notice = notices.id AND outcome = 'unknown') AS unknown FROM notices
            WHERE series IS NULL OR state <> 'waiting'"""):
        assert row["state"] == "sent", f"notice {row['id']} is {row['state']}"
        count = copies[row["message_id"]]
        assert 1 <= count <= 1 + row["unknown"], \
            f"notice {row['id']}: {count} copies, {row['unknown']} tries with unknown end"
    chain = house.run("queue", "verify")
    assert chain.returncode == 0, f"rector-queue verify: {chain.stdout}"
    assert house.rows("PRAGMA integrity_check")[0][0] == "ok", "integrity check"
