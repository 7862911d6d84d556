"""tests/demo: see its head."""
import argparse
import contextlib
import email
import email.policy
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

from . import process, samples
from .house import ROOMS, House
from .process import Failure
from .replies import readable
from .sandbox import Sandbox, remove_folder
from .settings import OFFICIALS, official_address, settings
from .terminal import Progress, step, table
from .wait import Overdue

TOP = pathlib.Path(__file__).resolve().parents[2]
# Short, since sockets lie below it; of one's own, since others use the machine too.
FOLDER = pathlib.Path(f"/tmp/rector-demo-{os.geteuid()}")
DROPPED_LATER = 16  # letters that arrive while the programs run
PATIENCE = 90       # seconds until everything must have come to rest
TURN = re.compile(r"\[(\d+)/(\d+)\]")


def build() -> pathlib.Path:
    step("Building into build/")
    folder = TOP / "build"
    if not (folder / "build.ninja").exists():
        shutil.rmtree(folder, ignore_errors=True)
        run_quietly(["meson", "setup", "--buildtype=release", folder], Progress())
    programs = [f"{room}/rector-{room}" for room in (*ROOMS, "queue")]
    run_quietly(["ninja", "-C", folder, *programs], Progress())
    return folder


def run_quietly(command: list, progress: Progress) -> None:
    """Shows how far it is, and what it said only when it fails."""
    said = []
    with subprocess.Popen([str(word) for word in command], cwd=TOP, text=True, errors="replace",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        for line in running.stdout:
            if turn := TURN.match(line):
                progress.say(f"    {turn[1]} of {turn[2]}")
            else:
                said.append(line)
    progress.end()
    if running.returncode != 0:
        raise Failure(f"{command[0]} failed:\n{''.join(said[-60:])}")


# --- the run ---

def make_room() -> None:
    """Takes the folder of an earlier demo away."""
    if not FOLDER.exists():
        return
    if FOLDER.is_symlink() or FOLDER.stat().st_uid != os.geteuid():
        raise Failure(f"{FOLDER} belongs to somebody else")
    if (FOLDER / "sandbox.json").exists():
        raise Failure("a demo is still running; end it with: tests/demo --stop")
    remove_folder(FOLDER)


def demo(keep: bool) -> int:
    started = time.monotonic()
    make_room()
    programs = build()
    letters = samples.load()
    early, late = letters[:-DROPPED_LATER], letters[-DROPPED_LATER:]
    step(f"Starting a private Dovecot and Postfix in {FOLDER}")
    sandbox = Sandbox.start(FOLDER, stays=keep)
    house = House(FOLDER / "house", programs, settings(sandbox))
    kept = False
    try:
        step(f"Putting {len(early)} letters into the mailbox of {sandbox.rector}")
        sandbox.deliver([letter.content for letter in early])
        step("Starting the four programs with --watch; this is the queue log:")
        for room in ROOMS:
            house.watch(room, stays=keep)
        with queue_log(house):
            delays = drop(sandbox, house, early, late)
            wait_for_rest(house, len(letters))
        summarise(sandbox, house, letters, delays)
        print(f"{time.monotonic() - started:.0f} seconds in all.\n")
        if keep:
            remember(house)
            kept = True
            explain_kept(sandbox, house)
    finally:
        if not kept:
            process.ending()
            house.close()
            sandbox.retire()
    if not kept:
        explain_left(sandbox, house)
    return 0


@contextlib.contextmanager
def queue_log(house: House):
    """The queue log, live on our own output."""
    follower = subprocess.Popen([str(word) for word in house.command("queue", "log", "--follow")],
        stdin=subprocess.DEVNULL, preexec_fn=process.die_with_parent)
    try:
        yield
    finally:
        follower.terminate()
        follower.wait()


def drop(sandbox: Sandbox, house: House, early: list, late: list) -> list[float]:
    """Waits for the first letters, then adds the others one by one.  Returns for each how many
    seconds it took from the mailbox until nothing was left to do for it."""
    wait_for_rest(house, len(early))
    delays = []
    for number, letter in enumerate(late, len(early) + 1):
        sandbox.deliver([letter.content])
        at = time.monotonic()
        wait_for_rest(house, number)
        delays.append(time.monotonic() - at)
    return delays


def wait_for_rest(house: House, count: int) -> None:
    progress = Progress()
    said = time.monotonic()

    def rest() -> bool:
        nonlocal said
        if time.monotonic() - said > 3:
            said = time.monotonic()
            progress.say(f"    {house.count('letters')} of {count} letters taken, "
                f"{house.count('verdicts')} judged, "
                f"{house.count('notices', 'state = ?', 'sent')} mails sent, "
                f"{house.count('notices', 'state = ?', 'waiting')} waiting")
        return house.count("letters") >= count and house.at_rest()

    house.wait(rest, PATIENCE, f"rest with {count} letters")
    progress.end()


# --- what it shows at the end ---

def summarise(sandbox: Sandbox, house: House, letters: list[samples.Sample],
        delays: list[float]) -> None:
    sandbox.await_delivery()
    fates = samples.fates(house)
    step("What became of each letter")
    rows = [("letter", "label", "verdict", "", "state", "case", "mails")]
    for letter in letters:
        fate = fates.get(letter.digest, samples.Fate("missing"))
        rows.append((letter.file, letter.expected, fate.verdict,
            "" if samples.agrees(letter, fate) else "differs", fate.state, fate.number,
            str(fate.mails)))
    table(rows)
    agreeing = sum(not row[3] for row in rows[1:])
    mails = sandbox.all_mail_files()
    print(f"\n{len(letters)} letters, {agreeing} judged as labelled, "
        f"{sum(bool(row[5]) for row in rows[1:])} cases, "
        f"{sum(map(len, mails.values()))} mails in {len(mails)} mailboxes.")
    print(f"From the mailbox to the last mail accepted by SMTP, each alone: "
        f"{1000 * statistics.median(delays):.0f} ms in the middle, "
        f"{1000 * max(delays):.0f} ms at most.")


def where_to_read(sandbox: Sandbox) -> None:
    print("The mails that were sent, one Maildir an address:")
    staff = [f"moderator@{sandbox.domain}", *[official_address(sandbox, key) for key in OFFICIALS]]
    mails = sandbox.all_mail_files()
    citizens = [address for address in mails if not address.endswith(f"@{sandbox.domain}")]
    for address in [each for each in staff if each in mails] + citizens[:3]:
        print(f"  {len(mails[address]):4}  {sandbox.maildir(address)}/new/")
    print(f"   ...  {sandbox.mails}/DOMAIN/LOCAL/new/")


def queue_command(house: House, words: str) -> str:
    return f"{house.program('queue').relative_to(TOP)} --config {house.config} {words}"


def explain_left(sandbox: Sandbox, house: House) -> None:
    where_to_read(sandbox)
    print(f"As their readers see them:  tests/demo --read moderator@{sandbox.domain}")
    print(f"The queue:                  {queue_command(house, 'list')}")
    print(f"Servers and programs have ended; all that is left lies in {FOLDER}.")


def explain_kept(sandbox: Sandbox, house: House) -> None:
    where_to_read(sandbox)
    print(f"""
Servers and programs keep running.
Write a letter:    tests/demo --write tests/demo-letters/{samples.load()[0].file}
  or from a mail program: to {sandbox.rector}, by SMTP to localhost, port {sandbox.smtp_port}
Read an answer:    tests/demo --read ADDRESS
  or from a mail program: IMAP at localhost, port {sandbox.imap_port}, user ADDRESS,
  password {sandbox.password}
Watch the log:     {queue_command(house, 'log --follow')}
See the queue:     {queue_command(house, 'list')}
Held letters:      {queue_command(house, 'held')}
Stop everything:   tests/demo --stop""")


# --- a demo that was kept ---

def remember(house: House) -> None:
    (FOLDER / "programs.json").write_text(json.dumps([each.popen.pid for each in house.running]))


# --- a month in a minute ---

def play_month() -> int:
    """The script of tests/month; no server, and what was sent stays to be read."""
    from .month import FIRST, LAST, Month
    started = time.monotonic()
    make_room()
    programs = build()
    FOLDER.mkdir()
    step(f"From {FIRST:%d %B} to {LAST:%d %B %Y}: ← comes in, → goes out")
    month = Month(FOLDER, programs, print)
    month.play()
    step("The ledger")
    print(month.ledger())
    texts = FOLDER / "read"
    texts.mkdir()
    for address, text in month.mailboxes().items():
        (texts / f"{address}.txt").write_text(text)
    print(f"{len(month.sent)} mails, {time.monotonic() - started:.0f} seconds.")
    print(f"What each reader got:  {texts}/ADDRESS.txt  (the mails themselves: {FOLDER}/mails)")
    print(f"A case's whole story:  {queue_command(month.house, 'show 2026-000001')}")
    return 0


def stop_kept() -> None:
    sandbox = Sandbox.attach(FOLDER)
    programs = FOLDER / "programs.json"
    if programs.exists():
        for pid in json.loads(programs.read_text()):
            process.stop(pid)
        programs.unlink()
    sandbox.retire()
    print(f"Ended.  What is left lies in {FOLDER}.")


def write_letter(file: str) -> None:
    letter = sys.stdin.buffer.read() if file == "-" else pathlib.Path(file).read_bytes()
    sandbox = Sandbox.attach(FOLDER)
    sandbox.deliver([samples.as_sent(letter)])
    sender = email.message_from_bytes(letter, policy=email.policy.default)["From"]
    print("It lies in the mailbox.")
    with contextlib.suppress(AttributeError, IndexError):
        print(f"Read the answer: tests/demo --read {sender.addresses[0].addr_spec}")


def read_mails(address: str) -> None:
    """Prints headers and plain text of what the address got."""
    files = Sandbox(FOLDER).mail_files(address)
    if not files:
        raise Failure(f"{address} has got nothing (looked in {Sandbox(FOLDER).maildir(address)})")
    for file in files:
        mail = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        print(f"---- {file}")
        for name in ("From", "To", "Subject", "Date"):
            print(f"{name}: {readable(mail, name)}")
        body = mail.get_body(("plain",))
        print(f"\n{body.get_content() if body else '(no text)'}")


def main() -> int:
    parser = argparse.ArgumentParser(prog="tests/demo",
        description="The whole system at work against private mail servers.")
    choice = parser.add_mutually_exclusive_group()
    choice.add_argument("--month", action="store_true",
        help="play a month of letters and replies instead, without servers")
    choice.add_argument("--keep", action="store_true", help="leave it running at the end")
    choice.add_argument("--write", metavar="FILE", help="put a letter into a kept demo's mailbox")
    choice.add_argument("--read", metavar="ADDRESS", help="show the mails that an address got")
    choice.add_argument("--stop", action="store_true", help="end a kept demo")
    options = parser.parse_args()
    process.end_properly()
    try:
        if options.write:
            write_letter(options.write)
        elif options.read:
            read_mails(options.read)
        elif options.stop:
            stop_kept()
        elif options.month:
            return play_month()
        else:
            return demo(options.keep)
    except (Failure, Overdue, OSError) as failure:
        print(f"tests/demo: {failure}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
