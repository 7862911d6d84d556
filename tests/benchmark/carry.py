"""send: mails to smtp-sink, here and at a round trip of 20 ms."""
import contextlib
import os
import pwd
import subprocess

from sandbox.process import free_ports, listening
from sandbox.wait import wait_until

from .fetch import delayed
from .measure import Table, run


@contextlib.contextmanager
def sink():
    """Postfix's smtp-sink: takes everything and forgets it."""
    port = free_ports(1)[0]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    process = subprocess.Popen(["/usr/sbin/smtp-sink", *user, f"127.0.0.1:{port}", "1000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: listening(port), 10, "smtp-sink listening")
        yield port
    finally:
        process.terminate()
        process.wait()


def owed(bench, count: int, port: int, connections: int):
    """A house that owes two mails for each of so many letters."""
    settings = bench.settings()
    settings["notifier"] = {"deliver": f"smtp://127.0.0.1:{port}", "connections": connections,
        "breaker": 10000000, "cap_per_day_staff": 10000000}
    house = bench.house(settings)
    bench.import_fair(house, count)
    house.passes("classifier", "router")
    return house


def sent(house, count: int) -> float:
    cost = run(house.command("notifier"))
    went = house.count("notices", "state = 'sent'")
    if went != 2 * count:
        raise RuntimeError(f"{went} mails sent of {2 * count}")
    return went / cost.wall


def send(bench, table: Table) -> None:
    near, far = min(bench.count, 5000), min(bench.count, 500)
    table.title(f"Send {2 * near} mails to smtp-sink on loopback, {2 * far} at 20 ms")
    table.row("", "mails/s")
    with sink() as port:
        rate = sent(owed(bench, near, port, 4), near)
        table.row("rector-notifier, loopback, 4 connections", f"{rate:,.0f}")
        table.goal("mails a second", rate, 3000)
        with delayed(bench, port) as slow:
            rate = sent(owed(bench, far, slow, 16), far)
        table.row("rector-notifier, 20 ms, 16 connections", f"{rate:,.0f}")
        table.goal("mails a second", rate, 150)
