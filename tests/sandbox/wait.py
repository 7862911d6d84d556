"""Waiting for events: a condition is looked at until it holds or its time is over."""
import time
from typing import Callable, TypeVar

Result = TypeVar("Result")

LOOKS_PER_SECOND = 50


class Overdue(Exception):
    """What was waited for did not happen."""


def wait_until(condition: Callable[[], Result], seconds: float, what: str) -> Result:
    """Returns the first true value of the condition."""
    deadline = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > deadline:
            raise Overdue(f"not within {seconds:g} s: {what}")
        time.sleep(1 / LOOKS_PER_SECOND)
