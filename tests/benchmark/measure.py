"""Running a command and what it cost; the table."""
import contextlib
import dataclasses
import os
import pathlib
import resource
import statistics
import subprocess
import tempfile
import threading
import time


@dataclasses.dataclass
class Cost:
    wall: float = 0.0    # seconds
    cpu: float = 0.0     # seconds, of the command and the children it waited for
    memory: float = 0.0  # MB, the largest process


def run(command: list, output: pathlib.Path | None = None, **options) -> Cost:
    """Runs to the end, which must be good."""
    with open(output or os.devnull, "wb") as out, tempfile.TemporaryFile() as said:
        begun = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
            stdout=out, stderr=said, **options)
        peak = Peak(process.pid)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            said.seek(0)
            raise RuntimeError(f"{command[0]} left {process.returncode}: {said.read()[-2000:]!r}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, peak.end())


class Peak(threading.Thread):
    """The largest memory of a process and those below it, looked at as it runs.  (What wait4()
    says counts the memory of the process that started it, too.)"""

    def __init__(self, pid: int):
        super().__init__(daemon=True)
        self.pid, self.most, self.over = pid, 0, threading.Event()
        self.start()

    def run(self) -> None:
        while not self.over.wait(0.01):
            with contextlib.suppress(OSError, ValueError):
                self.most = max(self.most, *(high_water(pid) for pid in tree(self.pid)), 0)

    def end(self) -> float:
        self.over.set()
        self.join()
        return self.most / 1024


def high_water(pid: int) -> int:
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


def middle(costs: list[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(*(statistics.median(getattr(cost, field.name) for cost in costs)
        for field in dataclasses.fields(Cost)))


def tree(pid: int) -> list[int]:
    """A process and all below it."""
    children = pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid] + [each for child in children for each in tree(int(child))]


def proportional_memory(pids: list[int]) -> float:
    """MB that these processes and their children take together (PSS)."""
    total = 0
    for pid in {each for pid in pids for each in tree(pid)}:
        for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total / 1024


def cpu_of(pids: list[int]) -> float:
    """Seconds of CPU that these processes and their children have used so far."""
    ticks = 0
    for pid in {each for pid in pids for each in tree(pid)}:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(field) for field in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


class Table:
    """Printed as it grows, so that a long run shows what it has."""

    def title(self, text: str) -> None:
        print(f"\n{text}", flush=True)

    def row(self, what: str, *figures: str) -> None:
        print(f"  {what:<44}" + "".join(f"{figure:>16}" for figure in figures), flush=True)

    def goal(self, text: str, ratio: float, wanted: float, at_most: bool = False) -> None:
        reached = ratio <= wanted if at_most else ratio >= wanted
        sign = "≤" if at_most else "≥"
        print(f"  → {text}: {ratio:.2f} (goal {sign} {wanted:g}{'' if reached else ', MISSED'})",
            flush=True)


resource.setrlimit(resource.RLIMIT_NOFILE, (4096, 4096))
