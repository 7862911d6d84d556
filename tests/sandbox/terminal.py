"""Saying how far a long step is."""
import sys
import time

# Without a terminal a line stays, so there are fewer.
SECONDS_BETWEEN_LINES = 5


class Progress:
    """One line that changes in place on a terminal."""

    def __init__(self) -> None:
        self.on_terminal = sys.stdout.isatty()
        self.said = time.monotonic()
        self.open = False

    def say(self, text: str) -> None:
        now = time.monotonic()
        if self.on_terminal:
            print(f"\r\033[K{text}", end="", flush=True)
            self.open = True
        elif now - self.said >= SECONDS_BETWEEN_LINES:
            print(text, flush=True)
            self.said = now

    def end(self) -> None:
        if self.open:
            print("\r\033[K", end="", flush=True)
            self.open = False


def step(text: str) -> None:
    print(f"==> {text}", flush=True)


def table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        print("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip())
