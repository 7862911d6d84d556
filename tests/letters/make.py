#!/usr/bin/env python3
"""Write the golden letters and what is expected of them.

usage: make.py [FOLDER]

Without an argument: eml/*.eml and expected.jsonl beside this file, from plain.txt and bytes/*.py.
With one: the letters that are too big to be kept, into FOLDER.  The same sources give the same
bytes each time.
"""
import json
import os
import sys
from datetime import timedelta

HERE = os.path.dirname(os.path.abspath(__file__))
sys.dont_write_bytecode = True
sys.path[:0] = [HERE, os.path.join(HERE, "bytes")]
import compose  # noqa: E402


def plain_letters():
    """Of plain.txt: id, raw bytes, expectation."""
    when = compose.START
    for letter in compose.read_letters(os.path.join(HERE, "plain.txt")):
        when += timedelta(minutes=47)
        verdicts, _, rules = letter["want"].partition(" ")
        expect = {"verdict": verdicts.split("|")}
        if rules:
            expect["rule"] = rules.split(",")
        yield letter["id"], compose.compose(letter, when), {
            **expect, **json.loads(letter["also"]), "why": letter["why"]}


def byte_letters():
    import mail
    import charsets, headers, lines, parts, quotes, words  # noqa: E401, F401
    return mail.LETTERS


def save(folder, ident, raw):
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, ident + ".eml"), "wb") as file:
        file.write(raw)


def main():
    letters = list(plain_letters()) + byte_letters()
    assert len({ident for ident, _, _ in letters}) == len(letters)
    if len(sys.argv) > 1:
        for ident, raw, _ in letters:
            if callable(raw):
                save(sys.argv[1], ident, raw())
        return
    with open(os.path.join(HERE, "expected.jsonl"), "w", encoding="utf-8") as file:
        for ident, raw, expect in letters:
            if not callable(raw):
                save(os.path.join(HERE, "eml"), ident, raw)
            file.write(json.dumps({"letter": ident, **expect}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
