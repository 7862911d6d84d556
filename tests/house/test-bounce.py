#!/usr/bin/env python3
"""Mails that come back from a real server, through to the task; and two systems that write to
each other."""
import email.utils
import pathlib

from fixture import changed, deliver, mail, mailbox_of, new_house, text_of, the_sandbox
from letters import appeal
from sandbox.house import House, Settings
from sandbox.wait import wait_until
from tap import equal, main, test

TURNS = 5


def at(mailbox: str) -> Settings:
    """The university's own address is the mailbox that is read."""
    return {"university": {"address": mailbox}, "fetcher": {"user": mailbox}}


def letter_from(address: str) -> bytes:
    return appeal(7).replace(b"aigul7@student.example", address.encode())


def await_letters(house: House, count: int) -> None:
    wait_until(lambda: len(the_sandbox().mail_files(mailbox_of(house))) >= count, 30,
        f"{count} mails in {mailbox_of(house)}")


def told(house: House) -> str:
    """What the moderator reads of mails that did not arrive."""
    house.passes("notifier")
    the_sandbox().await_delivery()
    ids = {row[0] for row in
        house.rows("SELECT message_id FROM notices WHERE kind = 'undelivered'")}
    mails = [mail(file) for file in
        the_sandbox().mail_files(house.settings["university"]["moderator"])]
    return "\n".join(text_of(each) for each in mails if each["Message-ID"] in ids)


def comes_back(house: House) -> None:
    deliver(house, [letter_from("aigul@returned.example")])
    house.passes()
    await_letters(house, 2)
    house.passes("fetcher", "classifier", "router")
    equal([(row["state"], row["state_why"]) for row in
        house.rows("SELECT state, state_why FROM letters ORDER BY id")],
        [("routed", None), ("closed", "bounce")], "the letters")
    equal([tuple(row) for row in house.rows("""SELECT t.kind, t.detail, n.kind, n.state FROM
        tasks t JOIN notices n ON n.id = t.notice""")],
        [("bounced", "5.1.1", "acknowledgement", "refused")], "the task")
    text = told(house)
    for words in ("+7 701 555 07 67", "2026-000001", "5.1.1", "rector-queue list --tasks"):
        assert words.replace("2026", house.rows("SELECT number FROM cases")[0][0][:4]) in text, \
            f"{words!r} is not in:\n{text}"
    equal(house.run("queue", "done", "1", "--reason", "called").returncode, 0, "done")
    equal(house.count("tasks", "done_at IS NULL"), 0, "open tasks")
    equal(house.run("queue", "verify").returncode, 0, "verify")


@test("a bounce at the secret address becomes a task: whom to call, what to read")
def plus() -> None:
    with new_house(at("bounce-plus@university.example")) as house:
        comes_back(house)


@test("the same where the university's server knows no plus addresses")
def subject() -> None:
    with new_house(at("bounce-tag@university.example") |
            {"router": {"reply_address": "subject"}}) as house:
        comes_back(house)


@test("a recipient whom the server refuses at once becomes a task")
def refused() -> None:
    with new_house(at("bounce-refused@university.example")) as house:
        deliver(house, [letter_from("aigul@turned-away.example")])
        house.passes()
        house.passes("router")
        equal([tuple(row) for row in house.rows("SELECT kind, detail FROM tasks")],
            [("undelivered", "550")], "the task")
        assert "+7 701 555 07 67" in told(house), "no telephone number"
        house.passes("router")
        equal(house.count("tasks"), 1, "tasks, a pass later")


# --- two systems ---


def carry(address: str, mailbox: str, seen: set[pathlib.Path], stripped: bool) -> None:
    """The gateway before a mailbox.  A careless one takes off whatever shows that a machine wrote
    the mail."""
    marks = (b"auto-submitted:", b"x-auto-response-suppress:", b"precedence:", b"return-path:")
    the_sandbox().await_delivery()
    for file in the_sandbox().mail_files(address):
        if file in seen:
            continue
        seen.add(file)
        head, blank, body = file.read_bytes().replace(b"\r\n", b"\n").partition(b"\n\n")
        lines = [line for line in head.split(b"\n") if not line.lower().startswith(marks)]
        if stripped:
            head = b"\n".join(lines)
        the_sandbox().deliver([(head + blank + body).replace(b"\n", b"\r\n")], None, mailbox)


def exchange(houses: list[House], stripped: bool) -> list[int]:
    """They work in turn until all have nothing to do; how many letters each took."""
    seen: set[pathlib.Path] = set()
    sizes: list[list[int]] = []
    for _ in range(4 * TURNS):
        for house in houses:
            carry(str(house.settings["university"]["address"]), mailbox_of(house), seen, stripped)
            house.passes()
        sizes.append([house.count("letters") for house in houses])
        if sizes[-2:] == [sizes[-1]] * 2:
            return sizes[-1]
    raise AssertionError(f"they still write to each other: {sizes}")


def two(name: str, stripped: bool, officials: bool) -> list[int]:
    """A and B; the first letter came to A as from B.  With `officials` A's vice-rectors are at
    B's address, and the other way round."""
    first, second = f"{name}-a@university.example", f"{name}-b@university.example"
    changes: list[Settings] = [{"university": {"address": each}} for each in (first, second)]
    if officials:
        for each, address in zip(changes, (second, first)):
            each["official welfare"] = {"address": address}
            each["official economy"] = {"address": address}
    with new_house(changes[0]) as one, new_house(changes[1]) as other:
        deliver(one, [letter_from("aigul@student.example" if officials else second)])
        counts = exchange([one, other], stripped)
        for house in (one, other):
            equal(house.count("letters", "state NOT IN ('routed', 'held', 'closed')"), 0,
                "letters on their way")
            equal(house.run("queue", "verify").returncode, 0, "verify")
        return counts


def check_turns(counts: list[int]) -> None:
    """A turn is a mail of B's that A answers; what comes after the fifth is held."""
    assert counts[0] <= 1 + TURNS + 1 and counts[1] <= 1 + TURNS, f"letters at A and B: {counts}"


for stripped in (False, True):
    for officials in (False, True):
        who = "as vice-rectors" if officials else "as citizens"
        how = ", through a gateway that takes all marks off" if stripped else ""
        name = f"two-{'o' if officials else 'c'}{'s' if stripped else ''}"

        @test(f"two systems that write to each other {who} stop within five turns{how}")
        def stops(name=name, stripped=stripped, officials=officials) -> None:
            counts = two(name, stripped, officials)
            print(f"# letters at A and B: {counts}", flush=True)
            check_turns(counts)


main()
