#!/usr/bin/env python3
"""Prints how long rector-queue list takes with many open cases: measure.py [CASES]."""
import contextlib
import datetime
import resource
import sqlite3
import subprocess
import sys
import time

from window import NOW, Window, window

TOPICS = ("academic", "research", "social", "infrastructure", "digital", "international", "general")
DAY = datetime.date(2026, 11, 23)
RUNS = 9


def fill(house: Window, count: int) -> None:
    """Open cases over a year of due dates, of all topics and officials, in mixed order."""
    officials = [group.split()[1] for group in house.settings if group.startswith("official ")]
    days = [(DAY + datetime.timedelta(number)).isoformat() for number in range(400)]
    with contextlib.closing(sqlite3.connect(house.store)) as store, store:
        store.executemany("INSERT INTO letters (id, received_at, fetched_at, size, whole, digest, "
            "spool_file, spool_offset, spool_length, state) VALUES "
            "(?1, ?2, ?2, 1, 1, zeroblob(32), 0, 0, -1, 'routed')",
            ((number, int(NOW)) for number in range(1, count + 1)))
        store.executemany("INSERT INTO cases (number, letter, state, topic, official, "
            "official_name, official_address, official_language, received_at, registered_on, "
            "day1, due_on, due_why, calendar, confidential, language, opened_at) VALUES "
            "(?, ?, 'open', ?, ?, 'N. N.', 'a@univ.example', 'ru', ?5, ?, ?, ?, ?, 'c', 0, 'kk', ?5)",
            ((f"2026-{number:06}", number, TOPICS[number % 7], officials[number % len(officials)],
                int(NOW), days[0], days[1], days[2 + number * 7919 % 380], "day\n" * 9)
                for number in range(1, count + 1)))


def child_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def measure(house: Window, *words: str) -> tuple[float, float, int]:
    """The best wall and CPU time in milliseconds (others may use the machine), and the lines."""
    wall, cpu, lines = [], [], 0
    for _ in range(RUNS):
        began, used = time.perf_counter(), child_seconds()
        out = subprocess.run([str(word) for word in house.command("queue", *words, now=NOW)],
            stdout=subprocess.PIPE, check=True).stdout
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((child_seconds() - used) * 1000)
        lines = out.count(b"\n")
    return min(wall), min(cpu), lines


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with window() as house:
        house.queue("list")  # makes the store
        fill(house, count)
        print(f"{count} open cases, the best of {RUNS} runs\n wall ms   CPU ms    lines")
        for words in (["list"], ["list", "--json"], ["list", "--official", "science"],
                ["list", "--due-by", "2026-12-14"], ["list", "--limit", "20"], ["stats"]):
            wall, cpu, lines = measure(house, *words)
            print(f"{wall:8.1f} {cpu:8.1f} {lines:8}  rector-queue {' '.join(words)}", flush=True)


main()
