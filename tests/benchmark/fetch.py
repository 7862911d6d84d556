"""fetch, distant: a whole mailbox into a durable store, beside mbsync and the bare drain."""
import shutil
import subprocess

from sandbox.house import House
from sandbox.process import free_ports, listening
from sandbox.wait import wait_until

from .letters import compile_tool
from .measure import Cost, Table, middle, run

RUNS = 3

MBSYNC = """\
FSync yes
IMAPAccount a
Host 127.0.0.1
Port {port}
User {user}
Pass {password}
SSLType None
AuthMechs LOGIN

IMAPStore r
Account a

MaildirStore l
Path {folder}/mb/
Inbox {folder}/mb/INBOX

Channel c
Far :r:
Near :l:
Patterns INBOX
Sync Pull New
Create Near
SyncState {folder}/mb/state
"""


def drain(bench, port: int) -> Cost:
    return run([compile_tool("drain", bench.folder), port, bench.sandbox.rector,
        bench.sandbox.password, 100])


def mbsync(bench, port: int) -> Cost:
    folder = bench.folder / "mbsync"
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "mb").mkdir(parents=True)
    conf = folder / "mbsyncrc"
    conf.write_text(MBSYNC.format(port=port, user=bench.sandbox.rector,
        password=bench.sandbox.password, folder=folder))
    return run(["mbsync", "-q", "-c", conf, "c"])


def fetcher(bench, port: int, count: int) -> Cost:
    settings = bench.settings()
    settings["fetcher"]["server"] = f"imap://127.0.0.1:{port}"
    house = bench.house(settings)
    cost = run(house.command("fetcher"))
    got = house.count("letters")
    if got != count:
        raise RuntimeError(f"{got} letters of {count} fetched")
    return cost


def side_by_side(bench, table: Table, port: int, count: int) -> tuple[Cost, Cost, Cost]:
    drain(bench, port)  # Dovecot makes its index
    costs = {"drain": [], "mbsync": [], "fetcher": []}
    for _ in range(RUNS):
        costs["drain"].append(drain(bench, port))
        costs["mbsync"].append(mbsync(bench, port))
        costs["fetcher"].append(fetcher(bench, port, count))
    found = {name: middle(each) for name, each in costs.items()}
    table.row("", "letters/s", "CPU s", "memory MB")
    for name, label in (("drain", "bare drain, 100 a FETCH"), ("mbsync", "mbsync, FSync yes"),
            ("fetcher", "rector-fetcher")):
        cost = found[name]
        table.row(label, f"{count / cost.wall:,.0f}", f"{cost.cpu:.2f}", f"{cost.memory:.0f}")
    return found["drain"], found["mbsync"], found["fetcher"]


def fetch(bench, table: Table) -> None:
    table.title(f"Fetch {bench.count} letters of 30 KB, plain loopback, median of {RUNS}")
    bench.fill_mailbox(bench.count)
    bare, other, ours = side_by_side(bench, table, bench.sandbox.imap_port, bench.count)
    table.goal("rector-fetcher to mbsync", other.wall / ours.wall, 6)
    table.goal("rector-fetcher to the bare drain", bare.wall / ours.wall, 0.45)


def distant(bench, table: Table) -> None:
    count = min(1000, bench.count)
    table.title(f"Fetch {count} letters of 30 KB at a round trip of 20 ms, median of {RUNS}")
    bench.fill_mailbox(count)
    with delayed(bench, bench.sandbox.imap_port) as port:
        _, other, ours = side_by_side(bench, table, port, count)
    table.goal("rector-fetcher to mbsync", other.wall / ours.wall, 2.5)


class delayed:
    """A port that reaches another one with a round trip of 20 ms."""

    def __init__(self, bench, port: int):
        self.program = compile_tool("delay", bench.folder)
        self.port, self.target = free_ports(1)[0], port

    def __enter__(self) -> int:
        self.process = subprocess.Popen([self.program, str(self.port), str(self.target), "20"])
        wait_until(lambda: listening(self.port), 10, "the delaying relay listening")
        return self.port

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
