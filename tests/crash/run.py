#!/usr/bin/env python3
"""Kill each program at every point where it commits or writes, start it again, and demand the
same end.

usage: run.py BUILD-FOLDER DIE-LIBRARY

For each of the four programs the letters are brought to its door; then it dies at point 1, 2,
3 … of its run (die.c says what a point is) until a run survives.  After each death it is
started again, the programs behind it do their work, and the outcome must be that of a run in
which nobody died: the same letters, verdicts, cases and notices, each mail delivered once (or
marked unknown and repeated under its own Message-ID), a sound file, an unbroken chain.
"""
import email
import hmac
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from multiprocessing.pool import ThreadPool

BUILD, LIBRARY = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
HERE = os.path.dirname(os.path.abspath(__file__))
ROOMS = ["fetcher", "classifier", "router", "notifier"]
NOW = "2026-11-20T10:00:00+05:00"
LATER = "2026-11-20T11:00:00+05:00"  # past retry_unknown
LETTERS = ["10-ru-social", "23-ru-anonymous", "42-ru-auto", "50-ru-urgent-self-harm"]
KEY = bytes(range(32))
# The official of the first letter's case extends it; TOKEN is the secret of his address.
REPLY = """From: one@abai.example
To: rector+TOKEN@abai.example
Subject: Re: 2026-000001
Message-ID: <reply@abai.example>
Content-Type: text/plain; charset=utf-8

ПРОДЛИТЬ 21.12.2026 нужна справка из архива
"""

CONFIG = """[store]
path = rector.db
[university]
name.kk = Абай атындағы ҚазҰПУ
name.ru = КазНПУ имени Абая
name.en = Abai University
address = rector@abai.example
moderator = moderator@abai.example
administrator = postmaster@abai.example
[router]
reply_key = reply.key
[notifier]
deliver = maildir:mail
connections = 1
[official one]
name = Сейтқали Ерлан Маратұлы
address = one@abai.example
topics = academic;research;international;social;infrastructure;digital;general
"""

QUERIES = {
    "letters": "SELECT hex(digest), state, state_why FROM letters ORDER BY 1",
    "ledger": "SELECT count(DISTINCT letter) FROM sources",
    "verdicts": "SELECT hex(l.digest), v.outcome, v.rules, r.kind, r.language FROM verdicts v"
                " JOIN letters l ON l.id = v.letter JOIN readings r ON r.letter = l.id ORDER BY 1",
    "cases": "SELECT number, hex(l.digest), topic, official, due_on FROM cases c"
             " JOIN letters l ON l.id = c.letter ORDER BY 1",
    "notices": "SELECT hex(l.digest), kind, role, n.state FROM notices n"
               " JOIN letters l ON l.id = n.letter ORDER BY 1, 2, 3",
    "steps": "SELECT kind, who, day, text FROM steps ORDER BY id",
    "alarms": "SELECT kind FROM alarms",
}

tests = failures = 0


def check(good, label, detail=""):
    global tests, failures
    tests += 1
    failures += not good
    print(f"{'ok' if good else 'not ok'} {tests} - {label}", flush=True)
    if not good:
        print("\n".join("# " + line for line in str(detail).splitlines()), flush=True)


def run(folder, room, now, die_at=0):
    """Runs one program once; returns (exit status, its points, what it said)."""
    count = os.path.join(folder, "points")
    env = dict(os.environ, LD_PRELOAD=LIBRARY, DIE_AT=str(die_at), DIE_COUNT=count)
    env["ASAN_OPTIONS"] = "verify_asan_link_order=0:detect_leaks=0"
    command = [os.path.join(BUILD, room, "rector-" + room), "--config",
               os.path.join(folder, "rector.conf"), "--now", now]
    if room == "fetcher":
        command += ["--import", os.path.join(folder, "letters")]
    done = subprocess.run(command, env=env, capture_output=True, timeout=120, check=False)
    points = int(open(count).read()) if done.returncode == 0 else 0
    return done.returncode, points, done.stderr.decode(errors="replace")


def token(purpose, number, address):
    """What router/token.c makes of a matter and its recipient."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    code = hmac.digest(KEY, f"{purpose} {number}\n{address}".encode(), "sha256")[:16]
    return f"{purpose}{number}." + "".join(letters[byte % len(letters)] for byte in code)


def write_reply(folder):
    key = os.path.join(folder, "reply.key")
    with open(key, "w", encoding="ascii") as file:
        file.write(KEY.hex())
    os.chmod(key, 0o600)
    path = os.path.join(folder, "letters", "99-reply.eml")
    with open(path, "w", encoding="utf-8") as file:
        file.write(REPLY.replace("TOKEN", token("c", 1, "one@abai.example")))
    os.utime(path, (1795150000, 1795150000))


def prepare(folder):
    """Settings and letters; the files' times are the letters' arrival."""
    source = os.path.join(HERE, "..", "demo-letters")
    os.makedirs(os.path.join(folder, "letters"))
    with open(os.path.join(folder, "rector.conf"), "w", encoding="utf-8") as file:
        file.write(CONFIG)
    for name in LETTERS:
        path = os.path.join(folder, "letters", name + ".eml")
        shutil.copyfile(os.path.join(source, name + ".eml"), path)
        os.utime(path, (1795150000, 1795150000))
    write_reply(folder)


def mails(folder):
    found = []
    for root, _, files in os.walk(os.path.join(folder, "mail")):
        if os.path.basename(root) in ("new", "cur"):
            for name in files:
                with open(os.path.join(root, name), "rb") as file:
                    found.append(email.message_from_binary_file(file)["Message-ID"])
    return found


def outcome(folder):
    db = sqlite3.connect(os.path.join(folder, "rector.db"))
    state = {name: db.execute(sql).fetchall() for name, sql in QUERIES.items()}
    sound = db.execute("PRAGMA integrity_check").fetchone()[0]
    unknown = {row[0] for row in db.execute("SELECT message_id FROM notices n WHERE EXISTS (SELECT"
               " 1 FROM deliveries d WHERE d.notice = n.id AND d.outcome = 'unknown')")}
    # Reminders are written ahead: their time has not come.
    wanted = sorted(row[0] for row in db.execute("SELECT message_id FROM notices WHERE series IS"
                                                 " NULL"))
    db.close()
    return state, sound, unknown, wanted


def finish(folder, first):
    """Starts the room that died again, and the ones behind it; returns what went wrong."""
    for room in ROOMS[ROOMS.index(first):]:
        status, _, said = run(folder, room, NOW)
        if status != 0:
            return f"rector-{room} exits {status}: {said}"
    status, _, said = run(folder, "notifier", LATER)
    return f"rector-notifier exits {status}: {said}" if status != 0 else ""


def complaint(folder, wanted_state):
    """What is not as it would be had nobody died; empty when all is well."""
    state, sound, unknown, wanted = outcome(folder)
    sent = mails(folder)
    twice = {one for one in sent if sent.count(one) > 1}
    if sound != "ok":
        return sound
    for name, rows in state.items():
        if rows != wanted_state[name]:
            return f"{name}: {rows}\ninstead of {wanted_state[name]}"
    if sorted(set(sent)) != wanted:
        return f"mails {sorted(set(sent))}\ninstead of {wanted}"
    if not twice <= unknown:
        return f"sent twice though not unknown: {twice - unknown}"
    verify = subprocess.run([os.path.join(BUILD, "queue", "rector-queue"), "--config",
                             os.path.join(folder, "rector.conf"), "verify"], capture_output=True,
                            check=False)
    return verify.stderr.decode() if verify.returncode != 0 else ""


def die_everywhere(room, before, wanted_state, base):
    """Dies at each point of the room's run; returns (deaths, points of the run that survived,
    the complaints)."""
    wrong, deaths = [], 0
    while True:
        folder = os.path.join(base, f"{room}-{deaths + 1}")
        shutil.copytree(before, folder)
        status, points, said = run(folder, room, NOW, deaths + 1)
        if status == 0:
            shutil.rmtree(folder)
            return deaths, points, wrong
        deaths += 1
        problem = finish(folder, room) if status == -9 else f"exits {status}: {said}"
        problem = problem or complaint(folder, wanted_state)
        if problem:
            wrong.append(f"died at point {deaths}: {problem}")
        shutil.rmtree(folder)


def main():
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a kill needs no disk
    base = tempfile.mkdtemp(prefix="crash-", dir=memory)
    try:
        doors, clean = {}, os.path.join(base, "clean")
        prepare(clean)
        for room in ROOMS:
            doors[room] = os.path.join(base, "before-" + room)
            shutil.copytree(clean, doors[room])  # keeps the times
            status, points, said = run(clean, room, NOW)
            check(status == 0 and points > 0, f"{room}: a run without a death has points", said)
        wanted_state, _, _, wanted = outcome(clean)
        check(len(wanted_state["letters"]) == len(LETTERS) + 1 and len(wanted) == 6
              and sorted(mails(clean)) == wanted, "every mail of a quiet run goes once",
              f"{wanted_state} {mails(clean)} {wanted}")
        def play(room):
            return room, die_everywhere(room, doors[room], wanted_state, base)

        with ThreadPool(os.cpu_count()) as pool:
            played = pool.map(play, ROOMS, chunksize=1)
        for room, (deaths, points, wrong) in played:
            check(deaths == points and deaths > 20, f"{room}: it died at each of its {points} points",
                  f"{deaths} deaths")
            check(not wrong, f"{room}: {deaths} deaths, the same end each time",
                  "\n".join(wrong[:5]) + f"\n{len(wrong)} in all")
    finally:
        shutil.rmtree(base, ignore_errors=True)
    print(f"1..{tests}")
    sys.exit(failures > 0)


main()
