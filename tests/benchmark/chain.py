"""chain, latency, memory: all programs at once, from IMAP to SMTP."""
import socketserver
import statistics
import subprocess
import threading
import time

from sandbox.house import ROOMS
from sandbox.wait import wait_until

from .carry import sink
from .letters import fair, fill_maildir
from .measure import Table, cpu_of, proportional_memory


class Stamps(socketserver.ThreadingTCPServer):
    """An SMTP server that only notes when it accepted a mail, and for whom."""
    allow_reuse_address = daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Session)
        self.accepted: dict[str, list[float]] = {}
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Session(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self) -> None:
        recipient = ""
        self.say("220 bench")
        while line := self.rfile.readline():
            word = line[:4].upper()
            if word == b"RCPT":
                recipient = line.decode().partition("<")[2].partition(">")[0]
            if word == b"DATA":
                self.say("354 go on")
                while self.rfile.readline() not in (b".\r\n", b""):
                    pass
                self.server.accepted.setdefault(recipient, []).append(time.monotonic())
            self.say("221 bye" if word == b"QUIT" else "250 ok")


def watching(bench, port: int, imap: str | None = None):
    settings = bench.settings()
    settings["fetcher"]["server"] = f"imap://127.0.0.1:{bench.sandbox.imap_port}"
    settings["notifier"] = {"deliver": f"smtp://127.0.0.1:{port}", "breaker": 10000000,
        "cap_per_day_staff": 10000000}
    house = bench.house(settings)
    return house, [house.watch(room) for room in ROOMS]


def chain(bench, table: Table) -> None:
    count = min(bench.count, 5000)
    table.title(f"IMAP to SMTP, all programs at once, {count} letters, two mails each")
    bench.fill_mailbox_with([fair(number, "chain") for number in range(count)])
    with sink() as port:
        begun = time.monotonic()
        house, running = watching(bench, port)
        wait_until(lambda: house.count("notices", "state = 'sent'") >= 2 * count, 600,
            "every mail sent")
        wall = time.monotonic() - begun
        cpu = cpu_of([each.popen.pid for each in running])
        house.close()
    table.row("", "letters/s", "CPU s")
    table.row("IMAP to SMTP accepted", f"{count / wall:,.0f}", f"{cpu:.2f}")
    table.goal("letters a second", count / wall, 1000)


def latency(bench, table: Table) -> None:
    letters = 200
    table.title(f"From IMAP delivery to SMTP acceptance at an idle system, {letters} letters")
    bench.fill_mailbox_with([])
    stamps = Stamps()
    house, running = watching(bench, stamps.server_address[1])
    connection = bench.sandbox.imap()
    first, both = [], []

    def accepted(number: int) -> list[float]:
        return stamps.accepted.get(f"writer{number}@mail.example", [])

    for number in range(letters):
        begun = time.monotonic()
        connection.append("INBOX", "", None, fair(number, "latency"))
        while not accepted(number):
            time.sleep(0.0005)
            if time.monotonic() - begun > 30:
                raise RuntimeError("a letter does not come through")
        first.append(1000 * (accepted(number)[0] - begun))
        time.sleep(0.05)  # back to idle
    connection.logout()
    memory = proportional_memory([each.popen.pid for each in running])
    house.close()
    stamps.shutdown()
    first.sort()
    p50, p99 = statistics.median(first), first[int(len(first) * 0.99)]
    table.row("", "p50 ms", "p99 ms")
    table.row("until the acknowledgement is accepted", f"{p50:.0f}", f"{p99:.0f}")
    table.goal("p50, ms", p50, 100, at_most=True)
    table.goal("p99, ms", p99, 300, at_most=True)
    table.row("the four programs then take", f"{memory:.0f} MB")


def memory(bench, table: Table) -> None:
    table.title("Memory of all five programs, PSS, after 200 letters")
    bench.fill_mailbox_with([fair(number, "memory") for number in range(200)])
    with sink() as port:
        house, running = watching(bench, port)
        log = subprocess.Popen(house.command("queue", "log", "--follow"),
            stdout=subprocess.DEVNULL)
        wait_until(lambda: house.count("notices", "state = 'sent'") >= 400, 120, "mails sent")
        parts = {each.room: proportional_memory([each.popen.pid]) for each in running}
        parts["queue"] = proportional_memory([log.pid])
        log.terminate()
        log.wait()
        house.close()
    table.row("", "MB")
    for room, megabytes in parts.items():
        table.row(f"rector-{room}", f"{megabytes:.1f}")
    table.goal("together, MB", sum(parts.values()), 60, at_most=True)
