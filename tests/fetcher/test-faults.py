#!/usr/bin/env python3
"""Every way in which a server can give a letter wrongly, and what must come of it: nothing half
is stored, nothing wrong is believed, nothing behind it waits."""
import os
import resource
import threading
import time

from bench import PROGRAM, Bench, child_seconds, letter
from imap import DATE, DATE_UTC, Close, FakeImap, Letter
from tap import Skip, equal, main, test

MIB = 1024 * 1024
SANITIZED = b"__asan_init" in PROGRAM.read_bytes()


def three(script=None, **more) -> list[Letter]:
    """Three letters; the middle one is scripted."""
    return [Letter(1, letter(1)), Letter(2, letter(2), script, **more), Letter(3, letter(3))]


def line(connection, one: Letter, body: bytes, uid: int | None = None, more: bytes = b"") -> bytes:
    number = connection.server.letters.index(one) + 1
    return b"* %d FETCH (UID %d INTERNALDATE %s%s %s)\r\n" % (number, uid or one.uid,
        DATE.encode(), more, body)


def whole(one: Letter) -> bytes:
    return b"BODY[] {%d}\r\n%s" % (len(one.raw), one.raw)


def no_after_body(connection, tag: str, arguments: str) -> bool:
    which, _, wish = arguments.partition(" ")
    if "BODY" not in wish or "2" not in which and ":" not in which:
        return False
    for one in connection.chosen(which):
        connection.write(connection.fetched(one, one.uid, wish))
    connection.answer(tag, "NO [UNAVAILABLE] some letters could not be read")
    return True


def cut(after: int):
    def script(connection, one: Letter) -> bytes:
        connection.write(line(connection, one, whole(one))[:after])
        raise Close
    return script


# What the server says instead of letter 2's line: it must not be believed.
STRANGE = {
    "another UID": lambda c, one: line(c, one, whole(one), uid=999),
    "no UID": lambda c, one: b"* 2 FETCH (INTERNALDATE %s %s)\r\n" % (DATE.encode(), whole(one)),
    "no body": lambda c, one: line(c, one, b"FLAGS ()"),
    "a body of NIL": lambda c, one: line(c, one, b"BODY[] NIL"),
    "an empty body for a letter with a size": lambda c, one: line(c, one, b"BODY[] {0}\r\n"),
    "another section": lambda c, one: line(c, one, whole(one).replace(b"[]", b"[TEXT]", 1)),
    "a part from the middle": lambda c, one: line(c, one, whole(one).replace(b"[]", b"[]<5>", 1)),
    "two bodies at once": lambda c, one: line(c, one, whole(one) + b" " + whole(one)),
    "no INTERNALDATE": lambda c, one: b"* 2 FETCH (UID 2 %s)\r\n" % whole(one),
    "an impossible INTERNALDATE": lambda c, one: line(c, one, whole(one)).replace(
        b"20-Mar-2026 17", b"20-Mar-2026 77"),
    "nothing at all": lambda c, one: b"",
    "an item that nobody asked for": lambda c, one: line(c, one, whole(one), more=b" X-FOO 5"),
    "a literal longer than its content": lambda c, one: line(c, one, b"BODY[] {%d}\r\n%s"
        % (len(one.raw) + 40, one.raw)),
    "a literal shorter than its content": lambda c, one: line(c, one, b"BODY[] {%d}\r\n%s"
        % (len(one.raw) - 9, one.raw)),
    "a literal of 4294967295 bytes": lambda c, one: line(c, one, b"BODY[] {4294967295}\r\n"
        + one.raw),
    "a literal of 4294967300 bytes": lambda c, one: line(c, one, b"BODY[] {4294967300}\r\n"
        + one.raw),
    "a literal of -1 bytes": lambda c, one: line(c, one, b"BODY[] {-1}\r\n" + one.raw),
    "four gigabytes where none belong": lambda c, one: line(c, one,
        b"RFC822.HEADER {4294967295}\r\nx"),
    "an envelope of brackets": lambda c, one: line(c, one, b"ENVELOPE " + b"(" * 200_000),
    "a body structure of brackets": lambda c, one: line(c, one, b"BODYSTRUCTURE " + b"(" * 5_000),
    "no IMAP at all": lambda c, one: b"HTTP/1.1 400 Bad Request\r\n",
    "BYE and the end": lambda c, one: c.write(b"* BYE going down\r\n") or c.close() or b"",
    "a cut before the body": cut(20),
    "a cut in the body": cut(120),
    "a cut behind the body": cut(-3),
}


def register(label: str, script) -> None:
    @test(f"{label} instead of a letter: it waits, is told, and stops nobody")
    def _() -> None:
        with FakeImap(three(script)) as server, Bench(server, timeout="1 s") as bench:
            before = child_seconds()
            done = bench.run()
            equal(done.returncode, 0, "exit status")
            equal(bench.uids(), [1, 3], "the ledger")
            equal(bench.letters(), [letter(1), letter(3)], "the letters")
            assert bench.digests_hold()
            equal(bench.alarms(), {"imap-letter"}, "alarms")
            assert SANITIZED or child_seconds() - before < 1, "it spins"
            server.letters[1].script = None
            server.received.clear()
            equal(bench.run().returncode, 0, "exit status of the next pass")
            equal(bench.uids(), [1, 2, 3], "the ledger afterwards")
            equal(bench.letters()[2], letter(2), "the letter that failed")
            equal(bench.alarms(), set(), "alarms afterwards")
            asked = [each for each in server.received if b"BODY.PEEK[]" in each]
            equal(len(asked), 1, "commands for the one that was missing")


for each in STRANGE.items():
    register(*each)


@test("a letter that comes with a tagged NO is not believed")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        server.scripts["UID FETCH"] = no_after_body
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.uids(), [1, 3], "the ledger")
        equal(bench.alarms(), {"imap-letter"}, "alarms")


@test("one cut anywhere in a letter's line costs nothing but a new connection")
def _() -> None:
    raw = letter(2)
    for after in (0, 1, 30, 90, len(raw), len(raw) + 70):
        def once(connection, one: Letter, after=after) -> bytes:
            one.script = None
            return cut(after)(connection, one)
        with FakeImap(three(once)) as server, Bench(server) as bench:
            equal(bench.run().returncode, 0, f"exit status, cut after {after}")
            equal(bench.letters(), [letter(1), letter(2), letter(3)], f"cut after {after}")
            equal(bench.alarms(), set(), "alarms")


@test("news of flags, arrivals and removals between the letters are no letters")
def _() -> None:
    def chatter(connection, one: Letter) -> bytes:
        return (b"* 9 EXISTS\r\n* 1 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (FLAGS () UID 1)\r\n"
            + line(connection, one, whole(one)) + b"* 2 FETCH (UID 2 FLAGS (\\Seen))\r\n"
            b"* 8 EXPUNGE\r\n* OK still here\r\n")
    with FakeImap(three(chatter)) as server, Bench(server) as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.letters(), [letter(1), letter(2), letter(3)], "letters")
        equal(server.count("UID FETCH"), 2, "commands: the sizes, the letters")


@test("a body before its UID, and a quoted one, are letters")
def _() -> None:
    def turned(connection, one: Letter) -> bytes:
        return b'* 2 FETCH (BODY[] "a \\"quoted\\" letter" INTERNALDATE ' + DATE.encode() \
            + b" UID 2)\r\n"
    with FakeImap(three(turned)) as server, Bench(server) as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.letters()[1], b'a "quoted" letter', "the letter")


@test("a wrong RFC822.SIZE is forgiven, and an empty letter is one")
def _() -> None:
    letters = [Letter(1, letter(1), size=3), Letter(2, letter(2), size=4000), Letter(3, b"")]
    with FakeImap(letters) as server, Bench(server) as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.letters(), [letter(1), letter(2), b""], "letters")


@test("the receipt is the INTERNALDATE in UTC")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        bench.run()
        equal(bench.rows("SELECT DISTINCT received_at FROM letters"), [(DATE_UTC,)], "received")


@test("a letter expunged before its turn has vanished: no failure, and the position passes it")
def _() -> None:
    def vanish(connection, one: Letter) -> bytes:
        connection.server.letters.remove(one)
        return b""
    letters = three()
    letters[2].script = vanish
    with FakeImap(letters) as server, Bench(server) as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.uids(), [1, 2], "the ledger")
        equal(bench.rows("SELECT last_uid FROM mailboxes"), [(3,)], "the position")
        equal(bench.alarms(), set(), "alarms")


def never_ending(connection) -> None:
    """Counts what the client takes of an endless line."""
    connection.taken = 0
    connection.write(b"* OK ")
    while connection.taken < 300 * MIB:
        connection.write(b"x" * 65536)
        connection.taken += 65536


@test("an endless line is cut off long before it fills the memory")
def _() -> None:
    with FakeImap() as server, Bench(server) as bench:
        server.greeting = never_ending
        equal(bench.run().returncode, 75, "exit status")
        taken = server.connections[0].taken
        assert taken < 24 * MIB, f"it took {taken} bytes (socket buffers counted)"


def drip(connection, data: bytes) -> None:
    for i in range(len(data)):
        connection.write(data[i:i + 1])
        time.sleep(0.1)
    while True:
        connection.write(b".")
        time.sleep(0.1)


@test("a greeting that drips ends at the deadline")
def _() -> None:
    with FakeImap() as server, Bench(server, timeout="1 s") as bench:
        server.greeting = lambda connection: drip(connection, b"* OK ")
        done = bench.run()
        equal(done.returncode, 75, "exit status")
        assert "the time for an answer is over" in done.stdout, done.stdout


@test("a body that drips ends at the deadline, and those behind it come")
def _() -> None:
    def slowly(connection, one: Letter) -> bytes:
        return drip(connection, line(connection, one, whole(one)))
    with FakeImap(three(slowly)) as server, Bench(server, timeout="1 s") as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.uids(), [1, 3], "the ledger")


@test("a server that falls silent in a letter that it calls large ends after `timeout`")
def _() -> None:
    mute = threading.Event()

    def silent(connection, one: Letter) -> bytes:
        connection.write(line(connection, one, b"BODY[] {20000000}\r\nx"))
        mute.wait()
        raise Close
    with FakeImap(three(silent, size=20_000_000)) as server, Bench(server, timeout="1 s") as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.uids(), [1, 3], "the ledger")
        mute.set()


@test("a server that hangs up at any command: the pass fails softly, the process lives")
def _() -> None:
    for name in ("CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID SEARCH", "UID FETCH"):
        with FakeImap(three()) as server, Bench(server) as bench:
            server.scripts[name] = lambda connection, *_: connection.close() or True
            status = bench.run().returncode
            equal(status, 75, f"exit status, closed at {name}")


@test("an answer without text, as no server should give it, is no success")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        server.scripts["EXAMINE"] = lambda c, tag, _: c.write(f"{tag} OK\r\n".encode()) or True
        equal(bench.run().returncode, 75, "exit status")


@test("a changed UIDVALIDITY: the same letters are known by their bytes, new ones come")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        bench.run()
        server.uidvalidity = 8
        server.letters = [Letter(10 + n, letter(n)) for n in (3, 2, 1, 4)]
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.rows("SELECT count(*) FROM letters"), [(4,)], "letters")
        equal(bench.uids(), [11, 12, 13, 14], "the ledger")


@test("UIDs used again after a change of UIDVALIDITY are other letters")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        bench.run()
        server.uidvalidity = 8
        server.letters = [Letter(1, letter(7)), Letter(2, letter(8))]
        bench.run()
        equal(bench.letters()[3:], [letter(7), letter(8)], "new letters")


@test("no UIDVALIDITY, no fetching")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        server.uidvalidity = 0
        equal(bench.run().returncode, 75, "exit status")
        equal(bench.rows("SELECT count(*) FROM letters"), [(0,)], "letters")


@test("a folder that the server lacks is said, as a matter of settings")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        server.scripts["EXAMINE"] = lambda c, tag, _: c.answer(tag, "NO no such folder") or True
        done = bench.run()
        equal(done.returncode, 78, "exit status")
        equal(bench.alarms(), {"imap-mailbox"}, "alarms")


@test("a letter above max_size: its beginning only, marked as not whole, its size as told")
def _() -> None:
    letters = [Letter(1, letter(1)), Letter(2, letter(2, 200_000)), Letter(3, letter(3))]
    with FakeImap(letters) as server, Bench(server, max_size="64 K", first="4 K") as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(bench.letters(), [letter(1), letter(2, 200_000)[:4096], letter(3)], "letters")
        equal(bench.rows("SELECT whole, size FROM letters ORDER BY id"),
            [(1, len(letter(1))), (0, 200_000), (1, len(letter(3)))], "whole and size")


def peak_kib(process) -> int:
    """The most memory that it has had; 0 once it is gone."""
    try:
        with open(f"/proc/{process.pid}/status") as status:
            return max(int(row.split()[1]) for row in status if row.startswith("VmHWM:"))
    except (OSError, ValueError):
        return 0


@test("a letter of 100 MiB passes through 32 MiB of memory")
def _() -> None:
    if SANITIZED:
        raise Skip("the sanitizers' own memory would be measured")
    with FakeImap([Letter(1, letter(1, 100 * MIB))]) as server, \
            Bench(server, max_size="200 M") as bench:
        process, peak = bench.start(), 0
        while process.poll() is None:
            peak = max(peak, peak_kib(process))
            time.sleep(0.005)
        process.communicate()
        equal(process.returncode, 0, "exit status")
        equal(bench.rows("SELECT spool_length FROM letters"), [(100 * MIB,)], "bytes")
        assert 0 < peak < 32 * 1024, f"{peak} KiB"


@test("letters come in batches bounded by number and by bytes, oldest first")
def _() -> None:
    letters = [Letter(n, letter(n, 30_000)) for n in range(1, 26)]
    with FakeImap(letters) as server, Bench(server, batch="10", batch_bytes="100 K") as bench:
        bench.run()
        equal(bench.uids(), list(range(1, 26)), "the ledger")
        equal(bench.letters(), [letter(n, 30_000) for n in range(1, 26)], "letters in order")
        equal(server.count("UID FETCH"), 1 + 9, "commands: the sizes, nine times three letters")
        equal(len(server.connections), 1, "connections")


@test("a batch is asked for before the one ahead of it is committed")
def _() -> None:
    letters = [Letter(n, letter(n)) for n in range(1, 9)]
    stored = []
    with FakeImap(letters) as server, Bench(server, batch="4") as bench:
        def ask(connection, tag: str, arguments: str) -> None:
            if arguments.startswith("5:8"):
                connection.write(b"* OK wait\r\n")
                bench.wait(lambda: bench.uids() == [1, 2, 3, 4])  # else the letters never come
                stored.append(True)
        server.scripts["UID FETCH"] = ask
        equal(bench.run().returncode, 0, "exit status")
        equal(stored, [True], "the first batch was stored while the second was under way")
        equal(bench.letters(), [letter(n) for n in range(1, 9)], "letters")


@test("a fault in a batch that was asked for early is met like any other")
def _() -> None:
    for script in (STRANGE["no body"], STRANGE["a cut in the body"], STRANGE["another UID"]):
        letters = [Letter(n, letter(n)) for n in range(1, 13)]
        letters[5].script = script
        with FakeImap(letters) as server, Bench(server, batch="3") as bench:
            equal(bench.run().returncode, 0, "exit status")
            equal(bench.uids(), [n for n in range(1, 13) if n != 6], "the ledger")
            assert bench.digests_hold()


@test("scattered UIDs are asked for in commands of bearable length")
def _() -> None:
    letters = [Letter(n * 1_000_003, letter(n)) for n in range(1, 1502)]
    with FakeImap(letters) as server, Bench(server) as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(len(bench.uids()), 1501, "letters")
        assert max(map(len, server.received)) < 8100, "a line is too long"


@test("fifteen hundred open files are no obstacle")
def _() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 2000:
        raise Skip("not allowed to open so many")
    resource.setrlimit(resource.RLIMIT_NOFILE, (2000, hard))
    files = [os.open("/dev/null", os.O_RDONLY) for _ in range(1500)]
    with FakeImap(three()) as server, Bench(server) as bench:
        done = bench.run(pass_fds=files)
        for each in files:
            os.close(each)
        equal(done.returncode, 0, "exit status")
        equal(bench.uids(), [1, 2, 3], "the ledger")


@test("the day's comparison finds a letter that the store lacks, tells it, and fetches it")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        bench.run("--now", "2026-03-21T09:00:00+05:00")
        result = "SELECT detail FROM events WHERE kind = 'reconciled' ORDER BY id"
        whole_day = '{"result":"UIDVALIDITY 7, UIDs 1..3, every one accounted for"}'
        equal(bench.rows(result), [(whole_day,)], "the first day")
        bench.run("--now", "2026-03-21T23:59:00+05:00")
        equal(len(bench.rows(result)), 1, "comparisons in one day")
        bench.rows("DELETE FROM sources WHERE uid = 2")
        bench.run("--now", "2026-03-22T00:01:00+05:00")
        equal(bench.uids(), [1, 2, 3], "the ledger")
        equal([each for each, in bench.rows(result)][1:],
            ['{"result":"UIDVALIDITY 7, UIDs 1..3, 1 not accounted for"}', whole_day],
            "the next day")
        equal(bench.rows("SELECT kind, cleared_at > 0 FROM alarms"), [("reconcile", 1)], "alarms")


@test("no successful fetch for alarm_after: told once, and once when it is over")
def _() -> None:
    with FakeImap(three()) as server, Bench(server) as bench:
        bench.run("--now", "2026-03-20T10:00:00Z")
        server.greeting = b"* BYE not today\r\n"
        equal(bench.run("--now", "2026-03-20T10:14:00Z").returncode, 75, "exit status")
        equal(bench.alarms(), set(), "alarms after 14 minutes")
        for minute in (15, 16):
            bench.run("--now", f"2026-03-20T10:{minute}:00Z")
            equal(bench.alarms(), {"imap-silent"}, f"alarms after {minute} minutes")
        server.greeting = b"* OK again\r\n"
        equal(bench.run("--now", "2026-03-20T10:17:00Z").returncode, 0, "exit status")
        equal(bench.alarms(), set(), "alarms when it is over")
        equal(bench.rows("SELECT count(*) FROM alarms"), [(1,)], "alarms in all")


main()
