"""classify, stored: what a letter costs between the store and the store."""
import pathlib

from .measure import Table, middle, run

RUNS = 3
RSPAMD_ANCHOR = 870  # letters a CPU second, measured on such a machine when rspamd is not here


def classify(bench, table: Table) -> None:
    table.title(f"Classify {bench.count} letters of 30 KB, median of {RUNS}")
    folder = bench.mixed_letters(bench.count)
    files = sorted(folder.glob("new/*"))
    command = [bench.program("classifier"), "--explain", "--json"]
    costs = [run(command + files[:2000]) for _ in range(RUNS)]
    batch = min(2000, len(files))
    cost = middle(costs)
    pass_cost, memory = classifier_pass(bench, files)
    table.row("", "letters/CPU s", "letters/s", "memory MB")
    table.row("rector-classifier --explain --json", f"{batch / cost.cpu:,.0f}",
        f"{batch / cost.wall:,.0f}", f"{cost.memory:.0f}")
    table.row("rector-classifier, one pass over the store", f"{len(files) / pass_cost.cpu:,.0f}",
        f"{len(files) / pass_cost.wall:,.0f}", f"{memory:.0f}")
    table.goal("to rspamd's 870 letters a CPU second", len(files) / pass_cost.cpu / RSPAMD_ANCHOR, 4)


def classifier_pass(bench, files: list[pathlib.Path]):
    house = bench.house(bench.settings())
    run(house.command("fetcher", "--import", files[0].parent.parent))
    cost = run(house.command("classifier"))
    return cost, cost.memory


def stored(bench, table: Table) -> None:
    table.title(f"Judge and route {bench.count} fair letters, store to store")
    house = bench.house(bench.settings())
    bench.import_fair(house, bench.count)
    table.row("", "letters/s", "CPU s", "memory MB")
    total = 0.0
    for room in ("classifier", "router"):
        cost = run(house.command(room))
        total += cost.wall
        table.row(f"rector-{room}", f"{bench.count / cost.wall:,.0f}", f"{cost.cpu:.2f}",
            f"{cost.memory:.0f}")
    table.row("both, one after the other", f"{bench.count / total:,.0f}")
    opened = house.count("cases")
    if opened != bench.count:
        raise RuntimeError(f"{opened} cases of {bench.count} letters")
