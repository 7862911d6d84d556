#!/usr/bin/env python3
"""When a mail is tried again, with which bytes, how often, and what stands at the end; and that
no death of the program loses or repeats one."""
import signal
import time

from desk import NOW, Desk

from smtp import CLOSE, SILENCE, FakeSmtp, Slow
from tap import equal, main, test

DAY = 24 * 3600


@test("tries come at doubling distances up to the longest, with some chance in them")
def schedule() -> None:
    with FakeSmtp({"RCPT": "450 4.2.1 busy"}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", retry_most="10 min") as desk:
        desk.owe()
        now = NOW
        for wanted in (60, 120, 240, 480, 600, 600):
            equal(desk.run(now=now).returncode, 0, "exit status")
            wait = desk.next_at() - now
            assert wanted <= wait <= wanted * 1.2, f"{wait} seconds, expected about {wanted}"
            equal(desk.run(now=now + wanted - 1).returncode, 0, "exit status of a pass too early")
            now = desk.next_at()
        equal(len(desk.outcomes()), 6, "tries")


@test("after five days the notice is refused, and an administrator hears of it")
def the_end() -> None:
    with FakeSmtp({"RCPT": "450 4.2.1 busy"}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe()
        desk.run(now=NOW + 5 * DAY - 600)
        equal(desk.states(), {"waiting": 1}, "states before")
        desk.run(now=NOW + 5 * DAY)
        equal(desk.states(), {"refused": 1}, "states after")
        equal(desk.alarms(), ["undeliverable"], "alarms")


@test("a new try sends the very same bytes, though the texts have changed since")
def same_bytes() -> None:
    with FakeSmtp({"DOT": ["451 4.3.0 later"]}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe()
        desk.run(now=NOW)
        desk.query("UPDATE letters SET size = 999999")
        desk.run(now=desk.next_at())
        equal(desk.states(), {"sent": 1}, "states")
        equal(len(server.mails), 2, "mails")
        equal(server.mails[0].raw, server.mails[1].raw, "bytes")


@test("a lost last answer is tried again later, with the same Message-ID, so many times")
def unknown() -> None:
    with FakeSmtp({"DOT": CLOSE}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", most_unknown=2, timeout="2 s") as desk:
        desk.owe()
        now = NOW
        for _ in range(3):
            desk.run(now=now)
            equal(desk.next_at() - now, 1800, "seconds to the next try")
            now = desk.next_at()
        equal(desk.states(), {"waiting": 1}, "states")
        desk.run(now=now)
        equal(desk.states(), {"refused": 1}, "states at the end")
        equal(len({mail.raw for mail in server.mails}), 1, "different mails")
        equal(desk.outcomes(), ["unknown"] * 3, "outcomes")
        assert "undeliverable" in desk.alarms(), desk.alarms()


@test("killed with a mail under way: it is in doubt, and sent once more with the same Message-ID")
def killed() -> None:
    with FakeSmtp({"DOT": [SILENCE]}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe()
        running = desk.start(now=NOW)
        while not server.mails:
            time.sleep(0.01)
        running.send_signal(signal.SIGKILL)
        running.wait()
        equal(desk.outcomes(), [None], "outcome of the try")
        equal(desk.run(now=NOW + 1).returncode, 0, "exit status")
        equal(desk.outcomes(), ["unknown"], "outcome after the next start")
        equal(desk.next_at(), NOW + 1 + 1800, "next try")
        desk.run(now=desk.next_at())
        equal(desk.states(), {"sent": 1}, "states")
        equal(server.mails[0].raw, server.mails[1].raw, "bytes")


@test("killed again and again: every mail arrives, and only those in doubt twice")
def killed_often() -> None:
    with FakeSmtp({"DOT": Slow(0.002)}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe(300)
        now, deaths = NOW, 0
        while desk.states().get("waiting"):
            before = len(server.mails)
            running = desk.start(now=now)
            while running.poll() is None and len(server.mails) < before + 40:
                time.sleep(0.005)
            running.send_signal(signal.SIGKILL)
            deaths += running.wait() == -signal.SIGKILL
            now += 3600
        assert deaths >= 3, f"{deaths} deaths"
        equal(desk.states(), {"sent": 300}, "states")
        counted = {}
        for mail in server.accepted:
            counted[mail.recipient] = counted.get(mail.recipient, 0) + 1
        equal(len(counted), 300, "recipients reached")
        doubtful = {row[0] for row in desk.query("SELECT n.recipient FROM notices n JOIN "
            "deliveries d ON d.notice = n.id WHERE d.outcome = 'unknown'")}
        equal({each for each, times in counted.items() if times > 1} - doubtful, set(),
            "sent twice without doubt")


@test("while the server is away, --watch waits, then sends all")
def watch() -> None:
    with FakeSmtp({"GREETING": ["421 4.3.2 not now", CLOSE]}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", retry_first="1 s", retry_most="1 s") as desk:
        running = desk.start("--watch")
        desk.owe(20, at=time.time() - 5)
        deadline = time.time() + 60
        while desk.states().get("sent", 0) < 20 and time.time() < deadline:
            time.sleep(0.05)
        running.send_signal(signal.SIGTERM)
        equal(running.wait(), 0, "exit status")
        equal(desk.states(), {"sent": 20}, "states")
        equal(len(server.accepted), 20, "mails")


@test("asked to stop, it writes down what is under way and leaves the rest")
def stop() -> None:
    with FakeSmtp({"DOT": Slow(0.5)}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", connections=1) as desk:
        desk.owe(30)
        running = desk.start("--watch", now=NOW)
        while not server.mails:
            time.sleep(0.01)
        running.send_signal(signal.SIGTERM)
        equal(running.wait(), 0, "exit status")
        equal(len(server.mails), len(server.accepted), "mails cut off")
        equal(desk.states().get("sent"), len(server.accepted), "mails known to be sent")
        assert desk.states()["waiting"] > 0, desk.states()
        assert "unknown" not in desk.outcomes() and None not in desk.outcomes(), desk.outcomes()


@test("a long silence of the server is an alarm, and over with the first mail that goes")
def silent() -> None:
    with FakeSmtp({"GREETING": ["421 4.3.2 not now"]}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}") as desk:
        desk.owe()
        equal(desk.run(now=NOW + 1000).returncode, 75, "exit status")
        equal(desk.alarms(), ["smtp-silent"], "alarms")
        desk.run(now=NOW + 5000)
        equal(desk.alarms(), [], "alarms afterwards")


@test("a second copy finds the first at work and leaves")
def second() -> None:
    with FakeSmtp({"DOT": [SILENCE]}) as server, \
            Desk(f"smtp://127.0.0.1:{server.port}", timeout="5 s") as desk:
        desk.owe()
        first = desk.start(now=NOW)
        while not server.mails:
            time.sleep(0.01)
        equal(desk.run(now=NOW).returncode, 75, "exit status of the second")
        first.wait()
        equal(len(server.mails), 1, "mails")


main()
