"""How a table of counts is shown: to people, and to scripts."""
from measure import LANGUAGES

# What is to be reached on letters of authors that nobody has learned from, in per cent.
GOALS = {
    "legit not refused": 100, "legit not held": 95, "legit not ignored": 100,
    "violation caught": 97, "refused with right rule": 75, "main rule right": 93,
    "urgent not refused": 100, "auto ignored": 100, "topic": 95, "topic or second choice": 99,
    "name": 97, "phone": 99, "confidential": 95, "not confidential": 100, "kind": 92,
    "language": 98,
}
RULES = ("anonymous", "secret", "hate", "personal-data", "commercial", "unlawful", "obscene",
         "private", "petition", "unintelligible", "capitals", "unsentenced")


def share(right, every):
    return 100 * right / every


def cell(count, goal=None):
    """"534/540 98.9", with a mark when the goal is missed; nothing without letters."""
    right, every = count
    if not every:
        return f"{'':17s}"
    missed = "!" if goal is not None and share(right, every) < goal else " "
    return f"{f'{right}/{every}':>10s} {share(right, every):5.1f}{missed}"


def measure_lines(table):
    """The measures with a goal in its order, then the others; a column a language."""
    names = [name for name in table.measures() if ":" not in name]
    names.sort(key=lambda name: (name not in GOALS, [*GOALS, name].index(name), name))
    yield f"{'':26s}{'goal':>5s}" + "".join(f"{name:>16s} " for name in ("all", *LANGUAGES))
    for name in names:
        goal = GOALS.get(name)
        yield (f"{name:26s}{goal if goal is not None else '':>5}"
               + "".join(cell(table.of(name, language), goal)
                         for language in ("all", *LANGUAGES))).rstrip()


def rule_lines(table):
    """What was done to the letters that break a rule, and to fair ones in its name."""
    yield (f"{'rule broken':18s}{'letters':>8s}{'caught':>16s} {'so named':>16s} "
           f"{'refused so':>16s} {'fair held':>11s}{'fair refused':>14s}")
    for rule in (*RULES, "other"):
        caught, named, refused = (table.of(f"{what}: {rule}")
                                  for what in ("caught", "named", "refused"))
        held, wronged = table.blamed["hold", rule], table.blamed["reject", rule]
        if caught[1] or held or wronged:
            yield (f"{rule:18s}{caught[1] or '':>8}{cell(caught)}{cell(named)}{cell(refused)}"
                   f"{held or '':>11}{wronged or '':>14}").rstrip()


def lines(table):
    yield from measure_lines(table)
    yield ""
    yield from rule_lines(table)


COLUMNS = (
    ("legit not refused", "fair", "unrefused"), ("legit not held", "fair", "not held"),
    ("violation caught", "broken", "caught"), ("main rule right", "broken", "so named"),
    ("refused with right rule", "broken", "refused"),
    ("urgent not refused", "danger", "unrefused"), ("topic", "topic", "first"),
    ("topic or second choice", "topic", "or second"), ("kind", "kind", ""), ("name", "name", ""),
)


def author_lines(tables):
    """One row an author, in per cent; a table of the sum comes last."""
    for line in (1, 2):
        yield f"{'':20s}" + "".join(f"{column[line]:>10s}" for column in COLUMNS).rstrip()
    for author, table in tables.items():
        cells = ""
        for name, *_ in COLUMNS:
            right, every = table.of(name)
            cells += f"{share(right, every):10.1f}" if every else f"{'':10s}"
        yield f"{author:20s}{cells}".rstrip()


def error_lines(table):
    """Every letter that was got wrong, by measure."""
    for measure, file, note in sorted(table.errors):
        yield f"{measure}\t{file}\t{note}"


def as_object(table):
    """Everything, for scripts."""
    measures, rules = {}, {}
    for (name, language), count in sorted(table.counts.items()):
        measures.setdefault(name, {})[language] = count
    for (verdict, rule), letters in sorted(table.blamed.items()):
        rules.setdefault(rule, {})[verdict] = letters
    return {"measures": measures, "fair_letters_by_rule": rules,
            "errors": [dict(zip(("measure", "file", "note"), error))
                       for error in sorted(table.errors)]}
