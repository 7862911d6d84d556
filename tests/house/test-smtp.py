#!/usr/bin/env python3
"""The SMTP server refuses, goes away or leaves the end unknown; the author is told once all the
same, or the mail is set aside when the server will never take it."""
import email
import time

from fixture import changed, deliver, new_house
from fake.smtp import CLOSE, FakeSmtp
from letters import anonymous
from sandbox.process import free_ports
from tap import equal, main, test

LATER = 2 * 3600  # longer than any first pause before the next try

# label, what the server does the first time, the try's outcome, the notice in the end, how often
# the server gets to see the mail
CASES = [
    ("421 instead of a greeting", {"GREETING": ["421 busy"]}, "retry", "sent", 1),
    ("451 to MAIL", {"MAIL": ["451 later"]}, "retry", "sent", 1),
    ("450 to RCPT", {"RCPT": ["450 later"]}, "retry", "sent", 1),
    ("451 to the final dot", {"DOT": ["451 later"]}, "retry", "sent", 2),
    ("421 in the middle of a talk", {"DATA": ["421 shutting down"]}, "retry", "sent", 1),
    ("550 to RCPT", {"RCPT": ["550 no such user"]}, "refused", "refused", 0),
    ("554 to DATA", {"DATA": ["554 no"]}, "refused", "refused", 0),
    ("550 to the final dot", {"DOT": ["550 no"]}, "refused", "refused", 1),
    ("a lost answer to the final dot", {"DOT": [CLOSE]}, "unknown", "sent", 2),
    ("a connection cut within the mail", {"BODY": [CLOSE]}, "unknown", "sent", None),
]


def to(port: int) -> dict:
    return {"notifier": {"deliver": f"smtp://127.0.0.1:{port}", "user": None,
        "password_file": None, "ca_file": None}}


def is_told(script: dict, outcome: str, state: str, seen: int | None) -> None:
    with FakeSmtp(script) as server, new_house(to(server.port)) as house:
        deliver(house, [anonymous(1)])
        house.passes("fetcher", "classifier", "router")
        equal(house.count("notices"), 1, "notices owed")
        house.run("notifier")
        tries = house.rows("SELECT outcome FROM deliveries ORDER BY id")
        equal([row["outcome"] for row in tries], [outcome], "the first try")
        house.run("notifier", now=time.time() + LATER)
        notice = house.rows("SELECT state, message_id FROM notices")[0]
        equal(notice["state"], state, "the notice in the end")
        whole = [mail for mail in server.mails if mail.raw]
        if seen is not None:
            equal(len(whole), seen, "mails the server saw")
        equal(len(server.accepted), 1 if state == "sent" else 0, "mails the server accepted")
        for mail in server.accepted:
            equal(email.message_from_bytes(mail.raw)["Message-ID"], notice["message_id"],
                "Message-ID")
        house.run("notifier", now=time.time() + 10 * LATER)
        equal(len(server.accepted), 1 if state == "sent" else 0, "mails accepted in the long run")


for case in CASES:
    test(f"{case[0]}: the mail is {case[3]}")(lambda row=case: is_told(*row[1:]))


@test("a server that is away: the mail waits, and goes when the server is back")
def away() -> None:
    with new_house(to(free_ports(1)[0])) as house:
        deliver(house, [anonymous(1)])
        house.passes("fetcher", "classifier", "router")
        house.run("notifier")
        equal(house.rows("SELECT state FROM notices")[0]["state"], "waiting", "meanwhile")
        with FakeSmtp() as back:
            house.write_settings(changed(house.settings, to(back.port)))
            house.passes("notifier", now=time.time() + LATER)
            equal(len(back.accepted), 1, "mails accepted")


main()
