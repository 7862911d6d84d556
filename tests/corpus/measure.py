"""What the classifier is measured by: its answers held against a folder's labels.tsv.

Each measure counts over the letters to which it applies, so a table row reads "right of all".
A run of `flood` letters is left out where a verdict is measured: a single letter can't show it.
"""
import collections
import csv
import glob
import json
import os
import re
import subprocess

LANGUAGES = ("kk", "ru", "en", "mixed")


def fold(text):
    return re.sub(r"[^\w]+", " ", (text or "").casefold().replace("ё", "е")).strip()


def last_ten(text):
    return re.sub(r"\D", "", text or "")[-10:]


def is_flood(row):
    return row["rules"].split(",")[0] == "flood"


def is_urgent(row):
    """It reports danger, so that the machine may not refuse it."""
    return (row.get("why") or "").startswith("URGENT")


def read_labels(folder):
    with open(os.path.join(folder, "labels.tsv"), encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def classify(program, folder, data=None):
    """The classifier's answer for every letter of the folder, by file name; with the data files
    of another folder when one is given."""
    files = sorted(glob.glob(os.path.join(folder, "*.eml")))
    command = [program, "--explain", "--json", *(["--data", data] if data else []), "--"]
    answers = {}
    for start in range(0, len(files), 500):
        output = subprocess.run([*command, *files[start:start + 500]],
                                stdout=subprocess.PIPE, check=False).stdout
        for line in output.decode("utf-8").splitlines():
            if line.strip():
                answer = json.loads(line)
                answers[os.path.basename(answer["file"])] = answer
    return answers


class Table:
    """Counts by measure and language, what each rule did to fair letters, and the errors."""

    def __init__(self):
        self.counts, self.blamed, self.errors = {}, collections.Counter(), []

    def count(self, measure, right, row, note=None):
        for language in ("all", row["lang"]):
            self.add(measure, language, bool(right), 1)
        if note is not None and not right:
            self.errors.append((measure, row["file"], note))

    def add(self, measure, language, right, every):
        good, total = self.counts.get((measure, language), (0, 0))
        self.counts[measure, language] = (good + right, total + every)

    def merge(self, other):
        """Adds what was counted over other letters."""
        for (measure, language), (right, every) in other.counts.items():
            self.add(measure, language, right, every)
        self.blamed.update(other.blamed)
        self.errors += other.errors

    def measures(self):
        return sorted({measure for measure, _ in self.counts})

    def of(self, measure, language="all"):
        return self.counts.get((measure, language), (0, 0))


def count_fair(table, row, answer):
    verdict, rule = answer.get("verdict"), answer.get("rule")
    table.count("legit not refused", verdict != "reject", row, f"{verdict} {rule}")
    table.count("legit not held", verdict != "hold", row, f"{rule}")
    table.count("legit not ignored", verdict != "ignore", row, "")
    if verdict in ("hold", "reject"):
        table.blamed[verdict, rule or "other"] += 1
    if verdict == "accept":
        topic = answer.get("topic")
        second = answer.get("second_topic")
        table.count("topic", topic == row["topic"], row,
                    f"{topic} for {row['topic']}, second choice {second}")
        table.count("topic or second choice", row["topic"] in (topic, second), row)


def count_violation(table, row, answer):
    verdict, rule = answer.get("verdict"), answer.get("rule")
    wanted = row["rules"].split(",")
    caught = verdict in ("reject", "hold")
    right = verdict == "reject" and rule in wanted
    table.count("violation caught", caught, row, f"{verdict}, want {wanted[0]}")
    table.count("refused with right rule", right, row, f"{verdict} {rule}, want {wanted[0]}")
    table.count("main rule right", caught and rule in wanted, row,
                f"{verdict} {rule}, want {wanted[0]}")
    table.count(f"caught: {wanted[0]}", caught, row)
    table.count(f"named: {wanted[0]}", caught and rule in wanted, row)
    table.count(f"refused: {wanted[0]}", right, row)


def count_author(table, row, answer):
    if row["name"]:
        table.count("name", fold(answer.get("name")) == fold(row["name"]), row,
                    f"{answer.get('name')!r} for {row['name']!r}")
    else:
        table.count("no name invented", not answer.get("name"), row, f"{answer.get('name')!r}")
    if len(last_ten(row["phone"])) == 10:
        table.count("phone", last_ten(answer.get("phone")) == last_ten(row["phone"]), row,
                    f"{answer.get('phone')!r} for {row['phone']!r}")
    asks = row["confidential"] == "yes"
    table.count("confidential" if asks else "not confidential",
                bool(answer.get("confidential")) == asks, row, "")


def measure(rows, answers):
    table = Table()
    for row in rows:
        answer = answers.get(row["file"])
        table.count("answered", answer is not None, row, "no output")
        if answer is None:
            continue
        if is_urgent(row):
            table.count("urgent not refused", answer.get("verdict") != "reject", row,
                        f"{answer.get('verdict')} {answer.get('rule')}")
        if row["outcome"] == "accept":
            count_fair(table, row, answer)
        elif row["outcome"] == "reject":
            if not is_flood(row):
                count_violation(table, row, answer)
        else:
            verdict = answer.get("verdict")
            table.count("auto ignored", verdict == "ignore", row, f"{verdict} {answer.get('rule')}")
        # A run of flood letters says no more of its author than its first letter does.
        if row["outcome"] != "ignore" and not is_flood(row):
            count_author(table, row, answer)
        if row["outcome"] == "accept":
            table.count("kind", answer.get("kind") == row["kind"], row,
                        f"{answer.get('kind')} for {row['kind']}")
        if row["lang"] in ("kk", "ru", "en") and not is_flood(row):
            table.count("language", answer.get("language") == row["lang"], row,
                        f"{answer.get('language')} for {row['lang']}")
    return table
