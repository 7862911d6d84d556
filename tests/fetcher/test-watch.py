#!/usr/bin/env python3
"""--watch: new letters are noticed however the server tells, or fails to tell; what breaks is
mended; a stop is obeyed."""
import signal

from bench import LIMIT_S, Bench, letter, stop
from imap import Close, FakeImap, Letter
from tap import equal, main, test

WITH_IDLE = {"glance": "0"}


def one() -> list[Letter]:
    return [Letter(1, letter(1))]


def has(bench: Bench, *uids: int):
    return lambda: bench.uids() == list(uids)


def idles(server: FakeImap):
    return lambda: any(connection.idle for connection in server.connections)


@test("a server on this machine is asked often: new letters come without IDLE")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        process = bench.start("--watch")
        bench.wait(has(bench, 1))
        server.letters.append(Letter(2, letter(2)))
        bench.wait(has(bench, 1, 2))
        equal(server.count("IDLE"), 0, "IDLE commands")
        stop(process)


@test("IDLE: news while idle")
def _() -> None:
    with FakeImap(one()) as server, Bench(server, **WITH_IDLE) as bench:
        process = bench.start("--watch")
        for uid in (2, 3, 4):
            bench.wait(idles(server))
            server.add(Letter(uid, letter(uid)))
            bench.wait(has(bench, *range(1, uid + 1)))
        stop(process)


def early(before: bytes, after: bytes):
    """News together with the answer to IDLE, in one packet; the next IDLE is an ordinary one."""
    def script(connection, tag: str, _: str) -> bool:
        server = connection.server
        del server.scripts["IDLE"]
        server.letters.append(Letter(2, letter(2)))
        connection.write(before + b"+ idling\r\n" + after)
        connection.line()
        connection.answer(tag, "OK done")
        return True
    return script


def register(label: str, before: bytes, after: bytes) -> None:
    @test(f"IDLE: news {label} the \"+\" are not slept over")
    def _() -> None:
        with FakeImap(one()) as server, Bench(server, **WITH_IDLE) as bench:
            server.scripts["IDLE"] = early(before, after)
            process = bench.start("--watch")
            bench.wait(has(bench, 1, 2))
            stop(process)


register("before", b"* 2 EXISTS\r\n", b"")
register("right behind", b"", b"* 2 EXISTS\r\n")
register("before, with flags,", b"* FLAGS (\\Seen)\r\n* 2 EXISTS\r\n* 1 RECENT\r\n", b"")


@test("IDLE is renewed in time, and each renewal looks for itself")
def _() -> None:
    with FakeImap(one()) as server, Bench(server, idle_renew="1 s", **WITH_IDLE) as bench:
        process = bench.start("--watch")
        bench.wait(idles(server))
        server.letters.append(Letter(2, letter(2)))  # nobody tells
        bench.wait(has(bench, 1, 2))
        bench.wait(lambda: server.count("IDLE") >= 3)
        equal(len(server.connections), 1, "connections")
        stop(process)


@test("a server that refuses IDLE is polled")
def _() -> None:
    with FakeImap(one()) as server, Bench(server, poll="1 s", **WITH_IDLE) as bench:
        server.scripts["IDLE"] = lambda c, tag, _: c.answer(tag, "NO not today") or True
        process = bench.start("--watch")
        bench.wait(has(bench, 1))
        server.letters.append(Letter(2, letter(2)))
        bench.wait(has(bench, 1, 2))
        stop(process)


@test("a server without IDLE is polled")
def _() -> None:
    with FakeImap(one(), capabilities="IMAP4rev1 AUTH=PLAIN") as server, \
            Bench(server, poll="1 s", **WITH_IDLE) as bench:
        process = bench.start("--watch")
        bench.wait(has(bench, 1))
        server.letters.append(Letter(2, letter(2)))
        bench.wait(has(bench, 1, 2))
        equal(server.count("IDLE"), 0, "IDLE commands")
        stop(process)


def bye(connection, *_) -> bool:
    connection.server.scripts.clear()
    connection.write(b"+ idling\r\n* BYE restarting\r\n")
    raise Close


def mute(connection, *_) -> bool:
    """Says "+", and then nothing more, whatever comes."""
    connection.server.scripts.clear()
    connection.write(b"+ idling\r\n")
    while True:
        connection.line()


def register_end(label: str, script, **settings) -> None:
    @test(f"{label} while idle: a new connection, and the letter comes")
    def _() -> None:
        with FakeImap(one()) as server, Bench(server, **WITH_IDLE, **settings) as bench:
            server.scripts["IDLE"] = script
            process = bench.start("--watch")
            bench.wait(has(bench, 1))
            server.letters.append(Letter(2, letter(2)))
            bench.wait(has(bench, 1, 2))
            assert len(server.connections) > 1
            stop(process)


register_end("BYE", bye)
register_end("a mute server", mute, idle_renew="1 s", timeout="1 s")


@test("a login refused for a while: the program stays, tells, and says when it is over")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        server.scripts["AUTHENTICATE"] = lambda c, tag, _: c.answer(tag, "NO wrong") or True
        process = bench.start("--watch")
        bench.wait(lambda: bench.alarms() == {"imap-login"})
        server.scripts.clear()
        bench.wait(has(bench, 1))
        bench.wait(lambda: bench.alarms() == set())
        equal(bench.rows("SELECT count(*) FROM alarms"), [(1,)], "alarms in all")
        stop(process)


@test("a server that is away for a while: no alarm before its time, and the letters come")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        server.greeting = b"* BYE not yet\r\n"
        process = bench.start("--watch")
        bench.wait(lambda: len(server.connections) >= 2)
        server.greeting = b"* OK now\r\n"
        bench.wait(has(bench, 1))
        equal(bench.rows("SELECT count(*) FROM alarms"), [(0,)], "alarms")
        stop(process)


@test("silence for alarm_after while watching is told, and its end")
def _() -> None:
    with FakeImap(one()) as server, Bench(server, alarm_after="1 s") as bench:
        server.greeting = b"* BYE not yet\r\n"
        process = bench.start("--watch")
        bench.wait(lambda: bench.alarms() == {"imap-silent"})
        server.greeting = b"* OK now\r\n"
        bench.wait(lambda: bench.alarms() == set())
        stop(process)


@test("many letters in a row that fail: a pause, then those behind them come")
def _() -> None:
    def nothing(connection, each: Letter) -> bytes:
        return b""
    letters = [Letter(number, letter(number), nothing) for number in range(1, 16)]
    with FakeImap([*letters, Letter(16, letter(16))]) as server, \
            Bench(server, batch="1") as bench:
        process = bench.start("--watch")
        bench.wait(has(bench, 16))
        bench.wait(lambda: bench.alarms() == {"imap-letter"})
        assert "10 letters in a row failed" in stop(process)


@test("UIDVALIDITY changed between two connections of one process")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        process = bench.start("--watch")
        bench.wait(has(bench, 1))
        server.uidvalidity = 8
        server.letters = [Letter(5, letter(1)), Letter(6, letter(2))]
        for connection in list(server.connections):
            connection.close()
        bench.wait(has(bench, 5, 6))
        equal(bench.rows("SELECT count(*) FROM letters"), [(2,)], "letters")
        stop(process)


@test("a second fetcher on the same store leaves at once: later may do")
def _() -> None:
    with FakeImap(one()) as server, Bench(server) as bench:
        process = bench.start("--watch")
        bench.wait(has(bench, 1))
        equal(bench.run().returncode, 75, "exit status of the second")
        stop(process)


@test("a stop is obeyed in the middle of a command that hangs")
def _() -> None:
    with FakeImap(one()) as server, Bench(server, timeout="600 s") as bench:
        server.scripts["UID SEARCH"] = lambda c, *_: c.line() or True
        process = bench.start("--watch")
        bench.wait(lambda: server.count("UID SEARCH") == 1)
        stop(process)


@test("a single pass that is asked to stop is no failure")
def _() -> None:
    with FakeImap(one()) as server, Bench(server, timeout="600 s") as bench:
        server.scripts["UID SEARCH"] = lambda c, *_: c.line() or True
        process = bench.start()
        bench.wait(lambda: server.count("UID SEARCH") == 1)
        stop(process)
        equal(bench.rows("SELECT count(*) FROM alarms"), [(0,)], "alarms")


@test("killed at any moment, the next start has each letter once")
def _() -> None:
    letters = [Letter(number, letter(number, 3000)) for number in range(1, 61)]
    with FakeImap(letters) as server, Bench(server, batch="7") as bench:
        for commands in range(2, 12):
            seen = server.count("UID FETCH")
            process = bench.start()
            try:
                bench.wait(lambda: server.count("UID FETCH") >= seen + commands
                    or process.poll() is not None)
            finally:
                process.send_signal(signal.SIGKILL)
                process.communicate(timeout=LIMIT_S)
        equal(bench.run().returncode, 0, "exit status of the last")
        equal(bench.uids(), list(range(1, 61)), "the ledger")
        equal(bench.letters(), [letter(number, 3000) for number in range(1, 61)], "letters")
        assert bench.digests_hold()


main()
