#!/usr/bin/env python3
"""Hold the classifier against the golden letters; TAP, one subtest a letter.

usage: run.py rector-classifier [FOLDER] [LETTER...]

expected.jsonl has a line a letter with only what that letter is about.  A value is what the
program must print; a list of values means any of these, null that it must print nothing.
  subject, charset, kind, language, verdict, rule, topic, name, email, phone, confidential, urgent
                        (rule counts only where the letter was not accepted; phones are compared
                        by their digits, charset by its beginning)
  text_has, text_not    fragments which the author's own text must, and must not, contain
  quoted_has            the same of the text that he quotes
  subject_has, subject_not, not_rule, not_email, not_phone
  text_count            {fragment: how often}
  attachments           their names, or how many they are
  why                   the reason why the letter is kept
The demo's letters are held to their labels too.
known.tsv (letter, field, reason) has what the program is known to do otherwise: such a letter is
a TAP "todo", and fails again once the program does right, so that the line is taken out.
FOLDER is for the letters that are too big to be kept; make.py writes them there.
"""
import csv
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
BLANKS = re.compile(r"[ \t\u00a0]*\n[ \t\u00a0]*|[ \t\u00a0]+")


def flat(text):
    """Text with runs of blanks as one, so that a fragment may go over the end of a line."""
    return BLANKS.sub(lambda m: "\n" if "\n" in m.group() else " ", text or "")


def has(text, fragment):
    text = flat(text)
    return fragment in text or fragment in text.replace("\n", " ")


def alternatives(want):
    return want if isinstance(want, list) else [want]


def digits(phone):
    return re.sub(r"\D", "", phone or "")[-10:]


def same(field, got, want):
    if field == "phone" and want:
        return digits(got) == digits(want)
    if field == "charset":
        return bool(got) and got.lower().startswith(want)
    if field == "name" and want:
        return bool(got) and flat(got) == want
    if isinstance(want, bool):
        return bool(got) == want
    return (got or None) == want


def mistakes(expect, got):
    """What of the expectation does not hold, as (field, sentence)."""
    for field, want in expect.items():
        if field in ("letter", "why"):
            continue
        owner, _, test = field.rpartition("_")
        value = got.get(owner if test in ("has", "not", "count") and owner else field)
        if test == "has":
            for fragment in want:
                if not has(value, fragment):
                    yield field, f"{fragment!r} is missing in {(value or '')[:300]!r}"
        elif test == "not":
            for fragment in want:
                if has(value, fragment):
                    yield field, f"{fragment!r} stands in it"
        elif test == "count":
            for fragment, number in want.items():
                if flat(value).count(fragment) != number:
                    yield field, f"{fragment!r} stands in it {flat(value).count(fragment)} times"
        elif field.startswith("not_"):
            value = got.get(field[4:])
            if value is not None and any(same(field[4:], value, w) for w in alternatives(want)):
                yield field, f"it is {value!r}"
        elif field == "attachments":
            names = [a.get("name") for a in got.get("attachments") or []]
            if (len(names) if isinstance(want, int) else names) != want:
                yield field, f"{names} for {want}"
        elif field == "rule":
            if got.get("verdict") in ("reject", "hold") and got.get("rule") \
                    and got["rule"] not in want:
                yield field, f"{got['rule']} for {' or '.join(want)}"
            elif got.get("verdict") == "reject" and not got.get("rule"):
                yield field, "refused without a rule"
        elif not any(same(field, value, w) for w in alternatives(want)):
            yield field, f"{value!r} for {want!r}"


def explain(program, paths):
    """The program's answers by path, and what it complained of (sanitizers do so at its end).  A
    letter that takes the others with it is asked again alone."""
    answers = {}

    def ask(some):
        done = subprocess.run([program, "--explain", "--json", *some], capture_output=True,
                              timeout=300)
        for line in done.stdout.decode("utf-8", "surrogateescape").splitlines():
            answer = json.loads(line)
            answers[answer["file"]] = answer
        return done

    done = ask(paths)
    complaint = done.stderr.decode("utf-8", "replace") if done.returncode not in (0, 65) else ""
    for path in paths:
        if path not in answers:
            done = ask([path])
            answers.setdefault(path, {"error": f"exit {done.returncode}: "
                                      + done.stderr.decode("utf-8", "replace")[-300:]})
    return answers, complaint


def read_known():
    known = {}
    with open(os.path.join(HERE, "known.tsv"), encoding="utf-8", newline="") as file:
        for row in csv.reader((line for line in file if not line.startswith("#")),
                              delimiter="\t", quoting=csv.QUOTE_NONE):
            known.setdefault(row[0], {})[row[1]] = row[2]
    return known


def read_demo():
    """The demo's letters, by their labels; a flood is seen only by who knows the letters before."""
    folder = os.path.join(HERE, "..", "demo-letters")
    with open(os.path.join(folder, "labels.tsv"), encoding="utf-8", newline="") as file:
        for label in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            rules = label["rules"].split(",")
            expect = {"letter": "demo-" + label["file"][:-4], "verdict": label["outcome"],
                      "path": os.path.join(folder, label["file"]), "why": "A letter of the demo."}
            if rules != [""] and "flood" not in rules:
                expect["rule"] = rules
            if label["name"]:
                expect["name"] = label["name"]
            if label["outcome"] == "accept":
                expect["confidential"] = label["confidential"] == "yes"
            yield expect


def main():
    program, *rest = sys.argv[1:]
    folder, chosen = (rest[0] if rest else "."), rest[1:]
    subprocess.run([sys.executable, os.path.join(HERE, "make.py"), folder], check=True)
    known = read_known()
    with open(os.path.join(HERE, "expected.jsonl"), encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    for row in rows:
        kept = os.path.join(HERE, "eml", row["letter"] + ".eml")
        row["path"] = kept if os.path.exists(kept) else os.path.join(folder, row["letter"] + ".eml")
    rows += read_demo()
    rows = [row for row in rows if not chosen or row["letter"] in chosen]
    answers, complaint = explain(program, [row["path"] for row in rows])
    if all("error" in answer and "verdict" not in answer for answer in answers.values()):
        sys.exit("Bail out! " + complaint.strip()[-500:])
    failed = 0
    print(f"TAP version 13\n1..{len(rows) + 1}")
    for number, row in enumerate(rows, 1):
        answer = answers[row.pop("path")]
        wrong = list(mistakes(row, answer))
        if "error" in answer and wrong:
            wrong.append(("error", answer["error"]))
        reasons = known.get(row["letter"], {})
        excused = reasons and all(field in reasons for field, _ in wrong)
        todo = " # TODO " + "; ".join(reasons.values()) if excused else ""
        failed += bool(wrong) and not todo
        print(f"{'not ok' if wrong else 'ok'} {number} - {row['letter']}{todo}")
        for field, sentence in wrong:
            print(f"#   {field}: {sentence}")
        if wrong:
            print(f"#   {row['why']}")
    print(f"{'not ok' if complaint else 'ok'} {len(rows) + 1} - the program ends well after all of them")
    for line in complaint.splitlines()[:40]:
        print("#   " + line)
    sys.exit(failed > 0 or bool(complaint))


if __name__ == "__main__":
    main()
