#!/usr/bin/env python3
"""What does not leave, however much it is owed; and the Maildir."""
import email
import email.policy

from desk import NOW, Desk

from smtp import FakeSmtp
from tap import equal, main, test

HOUR, DAY = 3600, 24 * 3600


@test("no mail to a machine, to ourselves, or to an address that is none")
def nobody() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        for address in ("noreply@shop.example", "MAILER-DAEMON@mx.example", "list-bounces@l.example",
                "Rector@univ.example", "rector+c7.k2@univ.example", "a b@c.example", "a@", "@b",
                "a@b@c.example", "x" * 300 + "@c.example"):
            desk.owe(recipient=address, role="citizen")
        equal(desk.run(now=NOW).returncode, 0, "exit status")
        equal(desk.states(), {"refused": 10}, "states")
        equal(server.mails, [], "mails")


@test("a citizen gets at most cap_per_day mails a day, the rest later")
def cap() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}", cap_per_day=3) as desk:
        desk.owe(5, recipient="Citizen@c.example", role="citizen")
        desk.owe(5, recipient="staff@univ.example")
        desk.run(now=NOW)
        equal(sorted(mail.recipient for mail in server.mails),
            ["Citizen@c.example"] * 3 + ["staff@univ.example"] * 5, "mails of the first day")
        equal(desk.states(), {"sent": 8, "waiting": 2}, "states")
        desk.run(now=NOW + 2 * HOUR)
        equal(len(server.mails), 8, "mails two hours later")
        desk.run(now=NOW + DAY + 2 * HOUR)
        equal(desk.states(), {"sent": 10}, "states a day later")


@test("the breaker stops everything but alarms, keeps the queue, and closes by time")
def breaker() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}", breaker=20) as desk:
        desk.owe(50)
        desk.owe(1, recipient="admin@univ.example", role="administrator", kind="alarm")
        equal(desk.run(now=NOW).returncode, 0, "exit status")
        equal(desk.states(), {"sent": 21, "waiting": 30}, "states")
        assert "admin@univ.example" in [mail.recipient for mail in server.mails]
        equal(desk.alarms(), ["breaker"], "alarms")
        desk.run(now=NOW + 10)
        equal(desk.states(), {"sent": 21, "waiting": 30}, "states soon after")
        desk.run(now=NOW + HOUR + 10)
        equal(desk.states()["sent"], 41, "sent an hour later")


@test("what cannot be counted does not go")
def uncounted() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}", cap_per_day=3) as desk:
        desk.owe(5, recipient="citizen@c.example", role="citizen")
        desk.query("ALTER TABLE alarms RENAME TO away")
        assert desk.run(now=NOW).returncode != 0
        equal(server.mails, [], "mails")


@test("with redirect, everything goes to one address")
def redirect() -> None:
    with FakeSmtp() as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", redirect="trial@univ.example") as desk:
        desk.owe(3)
        desk.run(now=NOW)
        equal([mail.recipient for mail in server.mails], ["trial@univ.example"] * 3, "recipients")


@test("a Maildir a recipient, each mail once even after a death in between")
def maildir() -> None:
    with Desk("maildir:mails") as desk:
        desk.owe(2, recipient="Reader@Univ.example")
        desk.owe(1, recipient="../../evil/x@univ.example")
        equal(desk.run(now=NOW).returncode, 0, "exit status")
        folders = sorted(each.name for each in (desk.folder / "mails").iterdir())
        equal(folders, ["%2E.%2F..%2Fevil%2Fx@univ.example", "reader@univ.example"], "folders")
        files = sorted((desk.folder / "mails" / "reader@univ.example" / "new").iterdir())
        equal(len(files), 2, "files")
        mail = email.message_from_bytes(files[0].read_bytes(), policy=email.policy.default)
        equal(mail["To"], "Reader@univ.example", "To")
        equal(mail.get_content_type(), "multipart/alternative", "type")
        desk.query("UPDATE notices SET state = 'waiting'")
        desk.run(now=NOW + 9)
        equal(len(list((desk.folder / "mails" / "reader@univ.example" / "new").iterdir())), 2,
            "files after a second try")


@test("one Maildir for all, where that is wanted")
def one_maildir() -> None:
    with Desk("maildir:mails", one_maildir="yes") as desk:
        desk.owe(3)
        desk.run(now=NOW)
        equal(len(list((desk.folder / "mails" / "new").iterdir())), 3, "files")


main()
