#!/usr/bin/env python3
"""What becomes of letters in the mailbox once they are stored: left, marked, or moved; only after
the commit, and again where a crash came between."""
from bench import Bench, letter
from imap import FakeImap, Letter
from tap import equal, main, test


def some(n: int = 3) -> list[Letter]:
    return [Letter(number, letter(number)) for number in range(1, n + 1)]


def flags(server: FakeImap) -> list[set[str]]:
    return [one.flags for one in server.letters]


@test("leave: the folder is opened read-only, and nothing changes")
def _() -> None:
    with FakeImap(some()) as server, Bench(server) as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal((server.count("SELECT"), server.count("UID STORE")), (0, 0), "commands")
        equal(flags(server), [set()] * 3, "flags")


@test("seen: marked after the commit, in one command a batch")
def _() -> None:
    with FakeImap(some()) as server, Bench(server, after="seen") as bench:
        stored = []
        server.scripts["UID STORE"] = lambda *_: stored.extend(bench.uids())
        equal(bench.run().returncode, 0, "exit status")
        equal(stored, [1, 2, 3], "what the store had when the mark came")
        equal(server.count("UID STORE"), 1, "commands")
        equal(flags(server), [{"\\Seen"}] * 3, "flags")


@test("\\Seen is never state: what a person has read is fetched all the same")
def _() -> None:
    letters = some()
    letters[1].flags.add("\\Seen")
    with FakeImap(letters) as server, Bench(server, after="seen") as bench:
        bench.run()
        equal(bench.uids(), [1, 2, 3], "the ledger")


@test("move: to a folder that is made when it is missing, its name in Kazakh")
def _() -> None:
    with FakeImap(some(), capabilities="IMAP4rev1 MOVE AUTH=PLAIN") as server, \
            Bench(server, after="move Өңделген") as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal(list(server.folders), ["&BOgEowQ0BDUEOwQzBDUEPQ-"], "folders")
        equal([one.uid for one in server.folders["&BOgEowQ0BDUEOwQzBDUEPQ-"]], [1, 2, 3], "moved")
        equal(server.letters, [], "what is left")
        server.letters = [Letter(4, letter(4))]
        bench.run()
        equal(bench.uids(), [1, 2, 3, 4], "the ledger")


@test("move on a server without MOVE: copied, marked for deletion, never expunged")
def _() -> None:
    with FakeImap(some(), capabilities="IMAP4rev1 AUTH=PLAIN") as server, \
            Bench(server, after="move Done") as bench:
        equal(bench.run().returncode, 0, "exit status")
        equal([one.uid for one in server.folders["Done"]], [1, 2, 3], "copied")
        equal(flags(server), [{"\\Seen", "\\Deleted"}] * 3, "flags")
        equal(server.count("EXPUNGE") + server.count("UID EXPUNGE"), 0, "removals")


@test("a mark that a crash lost is set by the next start; what is done is not done again")
def _() -> None:
    for after, command in (("seen", "UID STORE"), ("move Done", "UID MOVE")):
        with FakeImap(some(), capabilities="IMAP4rev1 MOVE AUTH=PLAIN") as server, \
                Bench(server, after=after) as bench:
            server.folders["Done"] = []
            server.scripts[command] = lambda c, *_: c.close() or True
            equal(bench.run().returncode, 0, f"{after}: exit status")
            equal(bench.uids(), [1, 2, 3], f"{after}: the ledger")
            server.scripts.clear()
            server.received.clear()
            bench.run()
            bench.run()
            equal(server.count(command), 1, f"{after}: commands")
            equal(server.count("UID FETCH"), 1, f"{after}: fetches, of sizes")
            assert all(one.flags for one in server.letters) or not server.letters


@test("a mark that the server refuses loses nothing and stops nothing")
def _() -> None:
    with FakeImap(some(), capabilities="IMAP4rev1 MOVE AUTH=PLAIN") as server, \
            Bench(server, after="move Done", batch="2") as bench:
        for name in ("UID MOVE", "CREATE"):
            server.scripts[name] = lambda c, tag, _: c.answer(tag, "NO quota") or True
        done = bench.run()
        equal(done.returncode, 0, "exit status")
        equal(bench.uids(), [1, 2, 3], "the ledger")
        assert "could not be moved" in done.stdout, done.stdout


@test("a letter that was too large stays unmarked where it is: it is the only whole copy")
def _() -> None:
    for after in ("seen", "move Done"):
        letters = [Letter(1, letter(1)), Letter(2, letter(2, 100_000)), Letter(3, letter(3))]
        with FakeImap(letters, capabilities="IMAP4rev1 MOVE AUTH=PLAIN") as server, \
                Bench(server, after=after, max_size="64 K") as bench:
            server.folders["Done"] = []
            for _ in range(2):
                equal(bench.run().returncode, 0, f"{after}: exit status")
            equal([one.flags for one in server.letters if one.uid == 2], [set()], after)


main()
