#!/usr/bin/env python3
"""A letter's whole way, from a real IMAP mailbox to the mailboxes of all who must be told."""
import calendar
import re

from fixture import deliver, mail, mailbox_of, new_house, text_of, the_sandbox
from letters import anonymous, appeal
from sandbox import samples
from sandbox.house import House
from tap import equal, main, test

# Thursday 20 March 2025, 10:00 in Almaty.  In the past, since no server takes a letter from the
# future; before Nauryz, so that day 1 is the 26th.
RECEIVED = calendar.timegm((2025, 3, 20, 5, 0, 0))
REGISTERED, DUE = "2025-03-20", "2025-04-15"
NUMBER = "2025-000001"


def mails_for(house: House, kind: str) -> list:
    """The mails of one kind as they lie in their recipients' mailboxes."""
    found = []
    the_sandbox().await_delivery()
    for row in house.rows("SELECT recipient, message_id FROM notices WHERE kind = ?", kind):
        files = the_sandbox().mail_files(row["recipient"])
        found += [mail(file) for file in files
            if str(mail(file)["Message-ID"]).strip() == row["message_id"]]
    return found


# What goes out by the clock alone.
ROUND = "('digest', 'report')"


def one(house: House, kind: str):
    found = mails_for(house, kind)
    equal(len(found), 1, f"mails of the kind {kind}")
    return found[0]


def arrives(changes: dict) -> None:
    """An appeal and a refusable letter go all the way under these settings."""
    with new_house(changes) as house:
        deliver(house, [appeal(1), anonymous(2)], RECEIVED)
        house.passes(now=RECEIVED + 60)
        equal(house.count("notices", "state <> 'sent' AND series IS NULL"), 0,
            "mails not sent")
        one(house, "acknowledgement")
        one(house, "forward")
        one(house, "rejection")


def plain() -> dict:
    sandbox = the_sandbox()
    return {"fetcher": {"server": f"imap://127.0.0.1:{sandbox.imap_port}", "ca_file": None},
        "notifier": {"deliver": f"smtp://127.0.0.1:{sandbox.smtp_port}", "ca_file": None}}


def starttls() -> dict:
    sandbox = the_sandbox()
    return {"fetcher": {"server": f"imap+starttls://localhost:{sandbox.imap_port}"},
        "notifier": {"deliver": f"smtp+starttls://localhost:{sandbox.smtp_port}"}}


test("letters arrive over plain connections to this machine")(lambda: arrives(plain()))
test("letters arrive over STARTTLS")(lambda: arrives(starttls()))
test("letters arrive over TLS")(lambda: arrives({}))


@test("an accepted letter becomes a numbered case with a due date")
def becomes_case() -> None:
    with new_house() as house:
        deliver(house, [appeal(1)], RECEIVED)
        house.passes(now=RECEIVED + 60)
        row = house.rows("SELECT * FROM cases")[0]
        equal(row["number"], NUMBER, "number")
        equal(row["received_at"], RECEIVED, "receipt, which is the server's INTERNALDATE")
        equal(row["registered_on"], REGISTERED, "registration day")
        equal(row["due_on"], DUE, "due date")
        listed = house.run("queue", "list", now=RECEIVED + 60)
        assert NUMBER in listed.stdout, listed.stdout


@test("the author is told the number, in the thread of his letter")
def acknowledged() -> None:
    with new_house() as house:
        deliver(house, [appeal(1)], RECEIVED)
        house.passes(now=RECEIVED + 60)
        told = one(house, "acknowledgement")
        equal(told["To"].addresses[0].addr_spec, "aigul1@student.example", "To")
        equal(told["From"].addresses[0].addr_spec, the_sandbox().rector, "From")
        equal(told["In-Reply-To"], "<letter-1@student.example>", "In-Reply-To")
        assert re.fullmatch(r"<rector\+b\.[a-z2-9]{16}@university\.example>",
            told["Return-Path"]), told["Return-Path"]
        equal(told["Auto-Submitted"], "auto-replied", "Auto-Submitted")
        assert NUMBER in text_of(told), text_of(told)


@test("the official gets the original letter whole")
def forwarded() -> None:
    with new_house() as house:
        letter = appeal(1, padding=10_000)
        deliver(house, [letter], RECEIVED)
        house.passes(now=RECEIVED + 60)
        row = house.rows("SELECT official_address FROM cases")[0]
        forward = one(house, "forward")
        equal(forward["To"].addresses[0].addr_spec, row["official_address"], "To")
        inside = [part for part in forward.walk() if part.get_content_type() == "message/rfc822"]
        equal(len(inside), 1, "attached letters")
        original = inside[0].get_payload(0)
        equal(original["Message-ID"], "<letter-1@student.example>", "Message-ID inside")
        attached = [part.get_filename() for part in original.iter_attachments()]
        equal(attached, ["photo-1.pdf"], "attachments inside")


@test("a refused letter is answered with the paragraph")
def rejected() -> None:
    with new_house() as house:
        deliver(house, [anonymous(2)], RECEIVED)
        house.passes(now=RECEIVED + 60)
        equal(house.count("cases"), 0, "cases")
        notice = one(house, "rejection")
        equal(notice["To"].addresses[0].addr_spec, "anon2@mail.example", "To")
        equal(notice["In-Reply-To"], "<anonymous-2@mail.example>", "In-Reply-To")
        assert "5.2" in text_of(notice) or "5.4" in text_of(notice), text_of(notice)


@test("a letter that is only a picture is held, and the moderator is told")
def held() -> None:
    with new_house() as house:
        sample = [each for each in samples.load() if each.file == "52-ru-photo-only.eml"][0]
        deliver(house, [sample.content], RECEIVED)
        house.passes(now=RECEIVED + 60)
        equal(house.rows("SELECT state FROM letters")[0]["state"], "held", "state")
        told = one(house, "held")
        equal(told["To"].addresses[0].addr_spec, house.settings["university"]["moderator"], "To")


@test("an automatic letter is answered by nothing")
def ignored() -> None:
    with new_house() as house:
        sample = [each for each in samples.load() if each.file == "42-ru-auto.eml"][0]
        deliver(house, [sample.content], RECEIVED)
        house.passes(now=RECEIVED + 60)
        equal(house.rows("SELECT state FROM letters")[0]["state"], "closed", "state")
        equal(house.count("notices", f"kind NOT IN {ROUND}"), 0, "notices")


def flags_after(after: str, folder: str = "INBOX") -> list[bytes]:
    """What the mailbox says of the one letter after it was taken."""
    with new_house({"fetcher": {"after": after}}) as house:
        connection = the_sandbox().imap(mailbox_of(house))
        connection.create("Archive")
        deliver(house, [appeal(1)], RECEIVED)
        house.passes("fetcher")
        connection.select(folder, readonly=True)
        _, found = connection.search(None, "ALL")
        flags = [connection.fetch(uid, "(FLAGS)")[1][0] for uid in found[0].split()]
        connection.logout()
        return flags


@test("a letter that was taken stays untouched, or is marked, or moves, as configured")
def afterwards() -> None:
    assert rb"\Seen" not in flags_after("leave")[0], "leave marks it"
    assert rb"\Seen" in flags_after("seen")[0], "seen does not mark it"
    equal(len(flags_after("move Archive", "Archive")), 1, "letters in Archive")
    equal(len(flags_after("move Archive", "INBOX")), 0, "letters left in INBOX")


@test("a second pass takes nothing twice and sends nothing twice")
def idle_pass() -> None:
    with new_house() as house:
        deliver(house, [appeal(1), anonymous(2)], RECEIVED)
        house.passes(now=RECEIVED + 60)
        events = house.count("events")
        house.passes(now=RECEIVED + 61)
        equal(house.count("letters"), 2, "letters")
        equal(house.count("deliveries", f"notice IN (SELECT id FROM notices WHERE kind NOT IN "
            f"{ROUND})"), 3, "deliveries")
        equal(house.count("events"), events, "events")


@test("without any server: letters from files, mails into a Maildir")
def serverless() -> None:
    with new_house() as house:
        maildir = house.folder / "mails"
        house.write_settings({**house.settings, "fetcher": {},
            "notifier": {"deliver": f"maildir:{maildir}"}})
        letters = house.folder / "letters"
        letters.mkdir()
        for number, letter in enumerate([appeal(1), anonymous(2)]):
            (letters / f"{number}.eml").write_bytes(letter)
        result = house.run("fetcher", "--import", str(letters))
        equal(result.returncode, 0, result.stdout)
        house.passes("classifier", "router", "notifier")
        equal(house.count("notices", f"state = 'sent' AND kind NOT IN {ROUND}"), 3, "mails sent")
        equal(len(list(maildir.glob("*/new/*"))), house.count("notices", "state = 'sent'"),
            "mails in Maildirs")


@test("while the programs watch, a letter is answered without any of them started anew")
def watching() -> None:
    with new_house() as house:
        running = [house.watch(room) for room in ("fetcher", "classifier", "router", "notifier")]
        for number in range(3):
            deliver(house, [appeal(number)])
            house.await_rest(number + 1)
        equal(house.count("notices", f"state = 'sent' AND kind NOT IN {ROUND}"), 6,
            "mails sent")
        for each in running:
            equal(each.stop(), 0, f"exit status of {each.room}")


main()
