#!/usr/bin/env python3
"""--import: every letter of a file, an mbox, a Maildir, a folder or a pipe, each exactly once."""
import os
import signal

from bench import LIMIT_S, Bench, letter
from tap import equal, main, test

STAMP = 1_700_000_000  # a file's time
NOW = "2026-11-23T10:00:00+05:00"


def put(path, raw: bytes, at: int = STAMP):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(raw)
    os.utime(path, (at, at))
    return path


def imports(bench: Bench, *paths, **more) -> str:
    done = bench.run("--import", *paths, **more)
    equal(done.returncode, 0, f"exit status ({done.stdout})")
    return done.stdout.splitlines()[-1]


def mbox(*raws: bytes) -> bytes:
    return b"".join(b"From citizen@example.kz Fri Mar 20 17:59:59 2026\n" + raw + b"\n"
        for raw in raws)


@test("a letter in a file, byte for byte")
def _() -> None:
    with Bench() as bench:
        raw = b"Subject: \xff\x00 8 bit\r\n\nmixed\rends\n\n"
        equal(imports(bench, put(bench.folder / "a.eml", raw)), "1 letters, 1 of them new", "told")
        equal(bench.letters(), [raw], "letters")
        assert bench.digests_hold()


@test("an mbox: separators, quoted From lines, no trust in Content-Length")
def _() -> None:
    first = (b"Subject: 1\nContent-Length: 3\n\n>From me to you\n>>From deeper\n>Frost\n"
        b"From a line\n")
    second = b"Subject: 2\n\n\n\nempty lines around\n\n"
    third = b"Subject: 3\n\nno end of line"
    with Bench() as bench:
        imports(bench, put(bench.folder / "box", mbox(first, second, third)[:-1]))
        plain = (b"Subject: 1\nContent-Length: 3\n\nFrom me to you\n>From deeper\n>Frost\n"
            b"From a line\n")
        equal(bench.letters(), [plain, second, third], "letters")


@test("an mbox with CRLF, in pieces of a pipe")
def _() -> None:
    raws = [letter(n, 70_000) for n in range(1, 4)]
    with Bench() as bench:
        box = put(bench.folder / "box", b"".join(b"From x Fri Mar 20\r\n" + raw + b"\r\n"
            for raw in raws))
        with open(box, "rb") as pipe:
            imports(bench, "-", stdin=pipe)
        equal(bench.letters(), raws, "letters")


@test("one letter on standard input")
def _() -> None:
    with Bench() as bench:
        with open(put(bench.folder / "a", letter(1)), "rb") as pipe:
            imports(bench, "-", stdin=pipe)
        equal(bench.letters(), [letter(1)], "letters")


@test("a Maildir, new and cur, the oldest first; what is no letter is left alone")
def _() -> None:
    with Bench() as bench:
        box = bench.folder / "Maildir"
        put(box / "cur" / "1700000002.b:2,S", letter(2))
        put(box / "new" / "1700000001.a", letter(1))
        put(box / "new" / "1700000003.c", letter(3))
        put(box / "tmp" / "1700000000.d", letter(4))
        put(box / "dovecot.index", b"no letter")
        imports(bench, box)
        equal(bench.letters(), [letter(1), letter(2), letter(3)], "letters")


@test("a folder of .eml files, by name")
def _() -> None:
    with Bench() as bench:
        for name, number in (("02.eml", 2), ("01.eml", 1), ("note.txt", 9), ("03.eml", 3)):
            put(bench.folder / "letters" / name, letter(number))
        imports(bench, bench.folder / "letters")
        equal(bench.letters(), [letter(1), letter(2), letter(3)], "letters")


@test("a letter that begins with \"From \" in a Maildir is one letter, not an mbox")
def _() -> None:
    raw = (b"From citizen@example.kz Fri Mar 20 17:59:59 2026\nSubject: x\n\nFrom here\n\n"
        b"From there\n")
    with Bench() as bench:
        put(bench.folder / "Maildir/cur/1.a", raw)
        (bench.folder / "Maildir/new").mkdir()
        imports(bench, bench.folder / "Maildir")
        equal(bench.letters(), [raw], "letters")


@test("the same import again brings nothing new; more letters bring themselves")
def _() -> None:
    with Bench() as bench:
        box = put(bench.folder / "box", mbox(letter(1), letter(2)))
        imports(bench, box)
        equal(imports(bench, box), "2 letters, 0 of them new", "told the second time")
        put(box, mbox(letter(1), letter(3), letter(2)))
        equal(imports(bench, box), "3 letters, 1 of them new", "told the third time")
        equal(bench.rows("SELECT count(*) FROM letters"), [(3,)], "letters")


@test("letters that were known give their room on the disk back")
def _() -> None:
    with Bench() as bench:
        box = put(bench.folder / "box", mbox(*(letter(n, 100_000) for n in range(20))))

        def room() -> int:
            return sum(each.stat().st_blocks * 512 for each in bench.folder.glob("**/*.spool"))
        imports(bench, box)
        first = room()
        for _ in range(3):
            equal(imports(bench, box), "20 letters, 0 of them new", "told")
        assert room() < first + 100_000, f"{room()} bytes, {first} at first"
        assert bench.digests_hold()


@test("two letters alike are two letters, also the second time")
def _() -> None:
    with Bench() as bench:
        box = put(bench.folder / "box", mbox(letter(1), letter(1)))
        equal(imports(bench, box), "2 letters, 2 of them new", "told")
        equal(imports(bench, box), "2 letters, 0 of them new", "told the second time")


@test("killed anywhere and run again: each letter once")
def _() -> None:
    with Bench(batch="5") as bench:
        raws = [letter(n, 20_000) for n in range(1, 200)]
        box = put(bench.folder / "box", mbox(*raws))
        count = "SELECT count(*) FROM letters"
        for reached in (1, 20, 60, 120):
            process = bench.start("--import", box)
            try:
                bench.wait(lambda: bench.rows(count)[0][0] >= reached
                    or process.poll() is not None)
            finally:
                process.send_signal(signal.SIGKILL)
                process.communicate(timeout=LIMIT_S)
        imports(bench, box)
        equal(bench.rows(count), [(199,)], "letters")
        assert bench.digests_hold()


DATES = {
    "the topmost Received line": (b"Received: from a by b; Fri, 20 Mar 2026 17:59:59 +0500 (x)\r\n"
        b"Received: from c by d; Fri, 20 Mar 2026 10:00:00 +0500\r\n", 1774011599),
    "a folded Received line": (b"Received: from a\r\n\tby b\r\n\t; 20 Mar 2026 12:59 GMT\r\n",
        1774011540),
    "a topmost Received line that can't be read: the file's time": (
        b"Received: from a by b; yesterday\r\n"
        b"Received: from c by d; Fri, 20 Mar 2026 10:00:00 +0500\r\n", STAMP),
    "a Received line of the future: the file's time": (
        b"Received: from a by b; Fri, 20 Mar 2099 10:00:00 +0500\r\n", STAMP),
    "a Date line only: the file's time": (b"Date: Fri, 20 Mar 2026 10:00:00 +0500\r\n", STAMP),
    "a Received line in the text only: the file's time": (
        b"\r\nReceived: from a by b; Fri, 20 Mar 2026 17:59:59 +0500\r\n", STAMP),
}


def register_date(label: str, header: bytes, at: int) -> None:
    @test(f"the receipt is that of {label}")
    def _() -> None:
        with Bench() as bench:
            path = put(bench.folder / "a.eml", header + b"Subject: x\r\n\r\nx\r\n")
            equal(bench.run("--now", NOW, "--import", path).returncode, 0, "exit status")
            equal(bench.rows("SELECT received_at FROM letters"), [(at,)], "received")


for each in DATES.items():
    register_date(each[0], *each[1])


@test("without any date of its own: the time of the import")
def _() -> None:
    with Bench() as bench:
        done = bench.run("--now", "2026-03-20T10:00:00Z", "--import", "-",
            input="Subject: x\n\nx\n")
        equal(done.returncode, 0, "exit status")
        equal(bench.rows("SELECT received_at FROM letters"), [(1774000800,)], "received")


@test("a letter above max_size: its beginning, marked as not whole")
def _() -> None:
    with Bench(max_size="64 K") as bench:
        imports(bench, put(bench.folder / "a.eml", letter(1, 100_000)))
        equal(bench.rows("SELECT whole, size FROM letters"), [(0, 100_000)], "whole and size")
        equal(bench.letters(), [letter(1, 100_000)[:65536]], "letters")


@test("an empty file and an empty mbox folder hold no letters")
def _() -> None:
    with Bench() as bench:
        (bench.folder / "none").mkdir()
        equal(imports(bench, put(bench.folder / "a.eml", b""), bench.folder / "none"),
            "0 letters, 0 of them new", "told")


@test("a path that is not there is said; what came before it is kept")
def _() -> None:
    with Bench() as bench:
        done = bench.run("--import", put(bench.folder / "a.eml", letter(1)), bench.folder / "b.eml",
            put(bench.folder / "c.eml", letter(3)))
        equal(done.returncode, 78, "exit status")
        assert f"{bench.folder}/b.eml" in done.stdout, done.stdout
        equal(bench.letters(), [letter(1)], "letters")


@test("files without --import, --import without files, and --import --watch are refused")
def _() -> None:
    with Bench() as bench:
        for words in (["a.eml"], ["--import"], ["--import", "--watch", "a.eml"]):
            equal(bench.run(*words).returncode, 78, f"exit status of {words}")


@test("a pipe, a device or a folder in a folder is no letter")
def _() -> None:
    with Bench() as bench:
        os.mkfifo(bench.folder / "pipe.eml")
        equal(bench.run("--import", bench.folder / "pipe.eml").returncode, 78, "exit status")


main()
