"""full: the cost of a letter when many lie in the store already."""
import os
import sqlite3

from .carry import sink
from .measure import Table, run

LETTERS = 2000

FILL = """
WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :count)
INSERT INTO letters (id, received_at, fetched_at, size, whole, digest, spool_file, spool_offset,
    spool_length, state) SELECT i, 1700000000 + i, 1700000000 + i, 30000, 1, randomblob(32), 0, 0,
    -1, 'routed' FROM n;
INSERT INTO sources SELECT 1, 1, id, id FROM letters;
INSERT INTO readings SELECT id, 'Some Name', 'old' || id || '@mail.example',
    'old' || id || '@mail.example', hex(randomblob(16)), 100, received_at, 'appeal', 'ru', 0,
    randomblob(2500) FROM letters;
INSERT INTO verdicts SELECT id, 'accept', NULL, '', 0, 'social', 'v', received_at FROM letters;
INSERT INTO cases (id, number, letter, state, topic, official, official_name, official_address,
    official_language, received_at, registered_on, day1, due_on, due_why, calendar, confidential,
    language, opened_at) SELECT id, printf('2023-%07d', id), id, 'open', 'social', 'one', 'One',
    'one@mail.example', 'ru', received_at, '2023-11-20', '2023-11-21', '2023-12-11',
    hex(randomblob(150)), 'c', 0, 'ru', received_at FROM letters;
INSERT INTO notices (letter, case_id, kind, role, language, recipient, recipient_key, message_id,
    not_before, facts, state, state_at, attempts, next_at, created_at) SELECT id, id,
    'acknowledgement', 'citizen', 'ru', 'old' || id || '@mail.example',
    'old' || id || '@mail.example', '<a' || id || '@old.example>', received_at, '{}', 'sent',
    received_at, 1, received_at, received_at FROM letters;
INSERT INTO notices (letter, case_id, kind, role, language, recipient, recipient_key, message_id,
    not_before, facts, state, state_at, attempts, next_at, created_at) SELECT id, id, 'forward',
    'official', 'ru', 'one@mail.example', 'one@mail.example', '<f' || id || '@old.example>',
    received_at, '{}', 'sent', received_at, 1, received_at, received_at FROM letters;
INSERT INTO deliveries (notice, begun_at, ended_at, outcome, code)
    SELECT id, created_at, created_at, 'sent', 250 FROM notices;
INSERT INTO events (at, room, kind, letter, detail, hash) SELECT received_at, 'router', 'opened',
    l.id, '{"number":"2023-0000001"}', randomblob(32) FROM letters l, (SELECT 1 UNION ALL SELECT 2
    UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6);
"""


def fill(house, count: int) -> None:
    house.run("queue", "stats")  # makes the store
    database = sqlite3.connect(house.store)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("INSERT INTO mailboxes (id, name) VALUES (1, 'old')")
    for statement in FILL.strip().split(";\n"):
        if statement:
            database.execute(statement, {"count": count} if ":count" in statement else {})
    database.commit()
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.close()


def full(bench, table: Table) -> None:
    table.title(f"The cost of a letter in an empty store and among {bench.stored:,}")
    table.row("", "empty, ms CPU", f"{bench.stored:,}", "ratio")
    totals = {}
    with sink() as port:
        for count in (0, bench.stored):
            settings = bench.settings()
            settings["notifier"] = {"deliver": f"smtp://127.0.0.1:{port}", "breaker": 10000000,
                "cap_per_day_staff": 10000000}
            house = bench.house(settings)
            if count:
                fill(house, count)
            totals[count] = {"import": bench.import_fair(house, LETTERS)}
            for room in ("classifier", "router", "notifier"):
                totals[count][room] = run(house.command(room))
    empty, many = totals[0], totals[bench.stored]
    for part in empty:
        table.row(part, f"{1000 * empty[part].cpu / LETTERS:.3f}",
            f"{1000 * many[part].cpu / LETTERS:.3f}", f"{many[part].cpu / empty[part].cpu:.2f}")
    table.goal("CPU of all, many to empty", sum(each.cpu for each in many.values()) /
        sum(each.cpu for each in empty.values()), 1.2, at_most=True)
    table.goal("wall of all, many to empty", sum(each.wall for each in many.values()) /
        sum(each.wall for each in empty.values()), 1.2, at_most=True)
