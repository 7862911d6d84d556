#!/usr/bin/env python3
"""Every answer a server can give at every step, and what becomes of the mail: whom it concerns,
whether it is tried again, whether a person is called."""
import email
import email.policy

from desk import NOW, Desk

from smtp import CLOSE, SILENCE, FakeSmtp
from tap import equal, main, test

OK, RETRY, SETUP = 0, 75, 78

# step, answer; exit status, outcome of the first try, state, alarm
CASES = [
    ("GREETING", "421 4.3.2 not now", RETRY, "retry", "waiting", None),
    ("GREETING", "554 5.3.2 no service", RETRY, "retry", "waiting", None),
    ("GREETING", CLOSE, RETRY, "retry", "waiting", None),
    ("GREETING", SILENCE, RETRY, "retry", "waiting", None),
    ("EHLO", CLOSE, RETRY, "retry", "waiting", None),
    ("EHLO", "421 4.3.2 not now", RETRY, "retry", "waiting", None),
    ("MAIL", "451 4.3.0 later", RETRY, "retry", "waiting", None),
    ("MAIL", "421 4.3.2 not now", RETRY, "retry", "waiting", None),
    ("MAIL", "552 5.3.4 too large", OK, "refused", "refused", "undeliverable"),
    ("MAIL", "550 5.7.1 who are you", SETUP, "retry", "waiting", "smtp-sender"),
    ("MAIL", "530 5.7.0 log in first", SETUP, "retry", "waiting", "smtp-login"),
    ("MAIL", CLOSE, RETRY, "retry", "waiting", None),
    ("RCPT", "450 4.2.1 busy", OK, "retry", "waiting", None),
    ("RCPT", "452 4.5.3 too many", OK, "retry", "waiting", None),
    ("RCPT", "552 5.5.3 too many", OK, "retry", "waiting", None),
    ("RCPT", "550 5.1.1 no such user", OK, "refused", "refused", "undeliverable"),
    ("RCPT", "421 4.3.2 not now", RETRY, "retry", "waiting", None),
    ("RCPT", CLOSE, RETRY, "retry", "waiting", None),
    ("RCPT", SILENCE, RETRY, "retry", "waiting", None),
    ("DATA", "451 4.3.0 later", OK, "retry", "waiting", None),
    ("DATA", "554 5.5.1 no", OK, "refused", "refused", "undeliverable"),
    ("DATA", CLOSE, RETRY, "retry", "waiting", None),
    ("DOT", "451 4.3.0 later", OK, "retry", "waiting", None),
    ("DOT", "554 5.7.1 spam", OK, "refused", "refused", "undeliverable"),
    ("DOT", "421 4.3.2 not now", RETRY, "retry", "waiting", None),
    ("DOT", CLOSE, RETRY, "unknown", "waiting", None),
    ("DOT", SILENCE, RETRY, "unknown", "waiting", None),
    ("BODY", CLOSE, RETRY, "unknown", "waiting", None),
]


def name_of(answer: object) -> str:
    return "a closed connection" if answer is CLOSE else "silence" if answer is SILENCE else answer


def one_case(step, answer, status, outcome, state, alarm) -> None:
    with FakeSmtp({step: answer}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", timeout="1 s") as desk:
        desk.owe()
        result = desk.run(now=NOW)
        equal(result.returncode, status, f"exit status ({result.stderr.strip()})")
        equal(desk.outcomes()[:1], [outcome], "outcome")
        equal(desk.states(), {state: 1}, "states")
        equal(desk.alarms(), [alarm] if alarm else [], "alarms")
        assert "@" not in "".join(row[0] or "" for row in desk.query("SELECT text FROM deliveries"))


for case in CASES:
    test(f"{case[0]}: {name_of(case[1])} → {case[3]}")(lambda case=case: one_case(*case))


@test("the words kept are those of the refusal, not of the goodbye, and the code once")
def reasons() -> None:
    for step, answer in (("MAIL", "552 5.3.4 too large"), ("RCPT", "550 5.1.1 no such user"),
            ("DATA", "554 5.5.1 no"), ("DOT", "554 5.7.1 spam")):
        with FakeSmtp({step: answer}) as server, \
                Desk(f"smtp://127.0.0.1:{server.port}") as desk:
            desk.owe()
            desk.run(now=NOW)
            code, _, words = answer.partition(" ")
            equal(desk.query("SELECT code, text FROM deliveries"), [(int(code), words)], step)


@test("a server that is not there is told in whole words, without a code")
def nowhere() -> None:
    with Desk("smtp://127.0.0.1:1") as desk:
        desk.owe()
        result = desk.run(now=NOW)
        equal(result.returncode, RETRY, "exit status")
        assert "the mail server: Couldn't connect to server" in result.stderr or \
            "the mail server: Could not connect to server" in result.stderr, result.stderr
        assert "..." not in result.stderr, result.stderr


@test("a mail is sent once, from the null sender or from where its bounce is waited for")
def sent() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe(recipient="a@citizen.example", role="citizen")
        desk.owe(recipient="b@univ.example", bounce="abcdefghjkmnpqrs",
            facts='{"bounce_address": "rector+b.abcdefghjkmnpqrs@univ.example"}')
        desk.owe(recipient="c@univ.example", bounce="zzzzzzzzzzzzzzzz")
        equal(desk.run(now=NOW).returncode, OK, "exit status")
        equal(sorted((mail.recipient, mail.sender) for mail in server.accepted),
            [("a@citizen.example", ""), ("b@univ.example", "rector+b.abcdefghjkmnpqrs@univ.example"),
                ("c@univ.example", "rector@univ.example")], "envelopes")
        equal(desk.states(), {"sent": 3}, "states")
        equal(desk.run(now=NOW + 9).returncode, OK, "exit status of an idle pass")
        equal(len(server.mails), 3, "mails after an idle pass")


@test("the bytes that were sent are the bytes that are kept")
def kept() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe()
        desk.run(now=NOW)
        file, offset, length = desk.query(
            "SELECT spool_file, spool_offset, spool_length FROM notices")[0]
        spool = (desk.folder / "spool" / f"{file:06}.spool").read_bytes()
        equal(spool[offset:offset + length], server.mails[0].raw, "bytes")


@test("a refused mail to a citizen calls nobody, one to our own does")
def whom_it_concerns() -> None:
    for role, alarms in (("citizen", []), ("official", ["undeliverable"])):
        with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}") as desk:
            desk.owe(recipient="550-a@c.example", role=role)
            desk.run(now=NOW)
            equal(desk.states(), {"refused": 1}, "states")
            equal(desk.alarms(), alarms, f"alarms for {role}")


@test("of a mail that did not arrive the moderator gets the words, to read them out")
def read_out() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        lost = desk.owe(recipient="550-a@c.example", role="citizen", kind="status-unknown")[0]
        desk.run(now=NOW)
        desk.query("INSERT INTO tasks (id, kind, notice, detail, created_at) "
            "VALUES (7, 'undelivered', ?, '5.1.1', ?)", lost, NOW)
        for facts in ('{"task": 7, "code": "5.1.1"}', f'{{"notice": {lost}, "task": 9}}',
                '{"task": 9, "notice_kind": "status-unknown"}'):
            desk.owe(kind="undelivered", facts=facts)
        equal(desk.run(now=NOW + 9).returncode, OK, "exit status")
        texts = [email.message_from_bytes(mail.raw, policy=email.policy.default).get_body(
            ("plain",)).get_content() for mail in sorted(server.accepted,
                key=lambda mail: mail.recipient)]
        equal([("> We have received your question" in text, "Address written to: 550-a@c.example"
            in text) for text in texts], [(True, True), (True, True), (False, False)], "texts")


@test("a failure that several connections feel counts once")
def one_failure() -> None:
    with FakeSmtp({"MAIL": [None] * 20 + ["421 4.3.2 not now"] * 60}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", connections=4) as desk:
        desk.owe(100)
        equal(desk.run(now=NOW).returncode, RETRY, "exit status")
        waits = {next_at - NOW for next_at, in desk.query("SELECT next_at FROM notices n WHERE "
            "state = 'waiting' AND EXISTS (SELECT 1 FROM deliveries WHERE notice = n.id AND "
            "outcome = 'retry')")}
        assert waits and all(wait <= 72 for wait in waits), waits


@test("many mails share a connection each")
def shared() -> None:
    with FakeSmtp() as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", connections=3) as desk:
        desk.owe(200)
        equal(desk.run(now=NOW).returncode, OK, "exit status")
        equal(len(server.accepted), 200, "mails")
        equal(len({mail.recipient for mail in server.accepted}), 200, "recipients")
        assert server.connections <= 3, f"{server.connections} connections"


@test("one refused recipient among many concerns nobody else")
def mixed() -> None:
    with FakeSmtp() as server, \
            Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe(10)
        desk.owe(3, recipient="550-{}@univ.example")
        desk.owe(2, recipient="450-{}@univ.example")
        equal(desk.run(now=NOW).returncode, OK, "exit status")
        equal(desk.states(), {"sent": 10, "refused": 3, "waiting": 2}, "states")


@test("after a server's failure the rest of the queue waits untried")
def waits() -> None:
    with FakeSmtp({"RCPT": "421 4.3.2 not now"}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe(50)
        equal(desk.run(now=NOW).returncode, RETRY, "exit status")
        equal(desk.query("SELECT count(*) FROM deliveries")[0][0], 1, "tries")
        equal(desk.states(), {"waiting": 50}, "states")


@test("a connection that the server closed while idle costs no mail a try")
def stale() -> None:
    with FakeSmtp({"MAIL": [None, CLOSE]}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", connections=1) as desk:
        desk.owe(3)
        equal(desk.run(now=NOW).returncode, OK, "exit status")
        equal(desk.outcomes(), ["sent"] * 3, "outcomes")
        equal(server.connections, 2, "connections")


@test("an address in another script needs a server that knows it")
def other_script() -> None:
    for offers, state in ((("8BITMIME",), "refused"), (("8BITMIME", "SMTPUTF8"), "sent")):
        with FakeSmtp(offers=offers) as server, \
                Desk(f"smtp://127.0.0.1:{server.port}") as desk:
            desk.owe(recipient="айгүл@қазақ.example")
            desk.run(now=NOW)
            equal(desk.states(), {state: 1}, f"states, {offers}")
            for mail in server.accepted:
                equal(mail.recipient, "айгүл@xn--80aau21bd.example", "recipient")


@test("a domain in another script goes as A-labels")
def other_domain() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe(recipient="aigul@пример.example")
        desk.run(now=NOW)
        equal([mail.recipient for mail in server.accepted], ["aigul@xn--e1afmkfd.example"],
            "recipients")


@test("an address with a line end in it becomes no second command")
def injected() -> None:
    with FakeSmtp() as server, Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe(recipient="a@univ.example>\r\nRCPT TO:<evil@elsewhere.example")
        equal(desk.run(now=NOW).returncode, OK, "exit status")
        equal(desk.states(), {"refused": 1}, "states")
        assert not any("evil" in command for command in server.commands), server.commands


main()
