#!/usr/bin/env python3
"""The month of script.txt, compared with the golden files beside it: one line a mail, each reader's
mailbox, the ledger at the end.  When a change is meant:

    GOLDEN=renew meson test -C BUILD month && git diff tests/month/golden
"""
import difflib
import functools
import os
import pathlib
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "house"))

from tap import TOP, comment, equal, main, test  # noqa: E402
from sandbox.month import Month  # noqa: E402

BUILD = pathlib.Path(os.environ.get("RECTOR_BUILD", TOP / "build-asan"))
GOLDEN = HERE / "golden"
RENEW = os.environ.get("GOLDEN") == "renew"
MOST_LINES = 40  # of a difference
FOLDER = tempfile.TemporaryDirectory(prefix="month-")


@functools.cache
def played() -> tuple[Month | None, Exception | None]:
    try:
        month = Month(pathlib.Path(FOLDER.name), BUILD, lambda line: None)
        month.play()
    except Exception as error:  # each test shall say it, and none play again
        return None, error
    return month, None


def the_month() -> Month:
    month, error = played()
    if month is None:
        raise error
    return month


def compare(files: dict[str, str], folder: pathlib.Path) -> None:
    """Every file as the golden one, and none that is gone."""
    if RENEW:
        folder.mkdir(parents=True, exist_ok=True)
        for file in folder.glob("*.txt"):
            file.unlink()
        for name, text in files.items():
            (folder / f"{name}.txt").write_text(text)
        return
    golden = {file.stem: file.read_text() for file in folder.glob("*.txt")}
    differing = sorted(name for name in files.keys() | golden.keys()
        if files.get(name) != golden.get(name))
    for name in differing:
        lines = difflib.unified_diff(golden.get(name, "").splitlines(),
            files.get(name, "").splitlines(), f"golden/{name}", f"now/{name}", "", "", 1, "")
        comment("\n".join(list(lines)[:MOST_LINES]))
    assert not differing, f"differ: {', '.join(differing)}; if meant, see the head of {__file__}"


def letters_out(month: Month, *roles: str) -> list[str]:
    return [each.mail.as_string() + (each.mail.get_body(("plain",)).get_content())
        for each in month.sent if each.notice["role"] in roles]


@test("each mail of the month goes to whom it went, on its day; and the ledger at the end")
def lines() -> None:
    compare({"lines": "\n".join(the_month().lines) + "\n", "ledger": the_month().ledger()},
        GOLDEN)


@test("each reader's mails read as they did")
def mailboxes() -> None:
    compare(the_month().mailboxes(), GOLDEN / "mailboxes")


@test("an official's remark and the moderator's reach no citizen")
def remarks() -> None:
    for text in letters_out(the_month(), "citizen"):
        for remark in ("орынбасарына тапсыру", "Напишите, на какой день", "Уберите номер"):
            assert remark not in text, remark


@test("no official reads who asked for confidence")
def confidence() -> None:
    for text in letters_out(the_month(), "official"):
        for word in ("Мукашева", "Салтанат", "s.mukasheva", "Айзере", "Қуаныш", "aizere",
                "812 94 50"):
            assert word not in text, word


@test("nothing goes out while the programs are down, and no reminder twice afterwards")
def outage() -> None:
    month = the_month()
    gone = [each for each in month.sent if "2026-03-20T18:30" < each.at.isoformat() <
        "2026-03-28T10:00"]
    equal(gone, [], "mails in the outage")
    late = [each.notice["case_id"] for each in month.sent
        if each.at.isoformat() < "2026-03-30" and each.at.isoformat() >= "2026-03-28"
        and each.notice["kind"] == "reminder"]
    assert late, "no late reminder"
    equal(len(late), len(set(late)), "cases reminded of once")


@test("every secret that went out is masked in what is kept")
def secrets() -> None:
    month = the_month()
    kept = "\n".join(month.mailboxes().values()) + "\n".join(month.lines)
    for each in month.sent:
        local = str(each.mail["Reply-To"] or "").partition("@")[0].rpartition(".")[2]
        assert len(local) != 16 or local not in kept, each.notice["kind"]


main()
