"""Starting and stopping processes so that none outlives us, and doing what only root may."""
import contextlib
import ctypes
import os
import pathlib
import signal
import socket
import subprocess
import sys

from .wait import Overdue, wait_until

PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LIBC = ctypes.CDLL(None, use_errno=True)


class Failure(Exception):
    """A sentence for the person at the terminal."""


def end_properly() -> None:
    """Being asked to end becomes an exception, so that all that was started ends too; once
    that has begun nothing interrupts it."""
    def leave(number: int, frame: object) -> None:
        ending()
        raise SystemExit(128 + number)
    for each in ENDINGS:
        signal.signal(each, leave)


def ending() -> None:
    """From here on no signal interrupts the tidying up."""
    for each in ENDINGS:
        signal.signal(each, signal.SIG_IGN)


def die_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def start(command: list, log: pathlib.Path, stays: bool = False, **options) -> subprocess.Popen:
    """Starts a program in a process group of its own (not a session: sudo remembers a password
    for one), its output in `log`.  Unless it `stays`, the kernel ends it when we end, however
    that happens."""
    with open(log, "ab") as out:
        return subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL,
            stdout=out, stderr=out, process_group=0,
            preexec_fn=None if stays else die_with_parent, **options)


def as_root(*command, check: bool = True) -> subprocess.CompletedProcess:
    words = [str(word) for word in command]
    if os.geteuid() != 0:
        words = (["sudo"] if sys.stdin.isatty() else ["sudo", "-n"]) + words
    result = subprocess.run(words, capture_output=True, text=True,
        stdin=None if sys.stdin.isatty() else subprocess.DEVNULL)
    if check and result.returncode != 0:
        raise Failure(f"{' '.join(words)}: {result.stderr.strip()}")
    return result


def alive(pid: int) -> bool:
    """A zombie is no living process: it only waits to be counted."""
    try:
        stat = pathlib.Path(f"/proc/{pid}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return stat.rpartition(")")[2].split()[0] not in "ZX"


class Guard:
    """A process that waits until we have ended, however that was, and then takes away the
    sandbox in this folder if we have left it running."""

    def __init__(self, folder: pathlib.Path):
        self.leash, end = socket.socketpair()
        with end:
            self.popen = subprocess.Popen([sys.executable, "-m", "sandbox", "guard", str(folder)],
                stdin=end, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                cwd=pathlib.Path(__file__).resolve().parents[1], process_group=0)

    def dismiss(self) -> None:
        self.leash.close()
        self.popen.wait()


def adopt_orphans() -> None:
    """What our servers leave behind comes to us, so that we can see it end."""
    LIBC.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def group_ended(group: int) -> bool:
    """Buries our dead of this process group; TRUE when nobody of it is left alive."""
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-group, os.WNOHANG)[0]:
            pass
    return not any(alive(pid) for pid in group_members(group))


def group_members(group: int) -> list[int]:
    found = []
    for entry in pathlib.Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(ProcessLookupError):
            if os.getpgid(int(entry.name)) == group:
                found.append(int(entry.name))
    return found


def stop(leader: int, root: bool = False, seconds: float = 20) -> None:
    """Asks the leader of a process group to end, and insists with all of it when that takes
    too long.  Returns when the whole group is gone."""
    for name, target in (("TERM", leader), ("KILL", -leader)):
        if root:
            # The shell's own: a small system has no other.
            as_root("sh", "-c", f"kill -s {name} -- {target}", check=False)
        else:
            with contextlib.suppress(ProcessLookupError):
                os.kill(target, signal.Signals[f"SIG{name}"])
        with contextlib.suppress(Overdue):
            wait_until(lambda: group_ended(leader), seconds, f"end of process group {leader}")
            return
    raise Failure(f"process group {leader} does not end")


def free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def listening(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
