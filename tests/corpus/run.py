#!/usr/bin/env python3
"""The corpus suite: labelled letters through the classifier, each measure against its floor.

usage: run.py CLASSIFIER FOLDER FLOORS COUNT FILE.jsonl...

Makes the letters, which must be COUNT, into FOLDER, prints the table as TAP comments, and asserts
the rows of FLOORS: measure, language, and the least share of right answers in per cent.  A floor stands just below what is
reached, so that a change that costs something is seen; who reaches more lifts it.
"""
import csv
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.realpath(__file__))
sys.dont_write_bytecode = True
sys.path.insert(0, HERE)
import measure  # noqa: E402
import report  # noqa: E402


def read_floors(path):
    with open(path, encoding="utf-8") as file:
        rows = (line for line in file if not line.startswith("#"))
        return [(r["measure"], r["language"], float(r["floor"]))
                for r in csv.DictReader(rows, delimiter="\t")]


def main():
    program, folder, floor_table, count, *files = sys.argv[1:]
    letters = os.path.join(folder, "letters")
    shutil.rmtree(letters, ignore_errors=True)
    subprocess.run([sys.executable, os.path.join(HERE, "mkeml.py"),
                    *sorted(files), letters], check=True)
    rows = measure.read_labels(letters)
    table = measure.measure(rows, measure.classify(program, letters))
    floors = read_floors(floor_table)
    print("TAP version 13")
    print(f"1..{len(floors) + 1}")
    for line in report.lines(table):
        print(f"# {line}")
    print(f"{'ok' if len(rows) == int(count) else 'not ok'} 1 - all {count} letters are there")
    for number, (name, language, floor) in enumerate(floors, 2):
        good, every = table.of(name, language)
        share = 100 * good / every if every else 0
        state = "ok" if every and share >= floor else "not ok"
        print(f"{state} {number} - {name} ({language}): {share:.1f} % of {every}, "
              f"at least {floor:g} %")
        if state == "not ok":
            for measure_name, file, note in table.errors:
                if measure_name == name:
                    print(f"#   {file}: {note}")


main()
