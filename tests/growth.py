"""How the cost of something grows with its size, in CPU time, which other processes hardly touch."""

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

# What is too quick to measure is linear enough.
SECONDS_LEAST = 0.02
ROUNDS = 3


def assert_linear(act: Callable[[_T], object], make: Callable[[int], _T], *, size: int) -> None:
    """Four times the size costs about four times as much: sixteen times would be quadratic."""
    quarter, whole = make(size // 4), make(size)
    if _cpu_seconds(act, whole) < SECONDS_LEAST:
        return

    short, long = (min(_cpu_seconds(act, value) for _ in range(ROUNDS)) for value in (quarter, whole))

    assert long < SECONDS_LEAST or long < 9 * short, f"{short:.3f} s for a quarter, {long:.3f} s for the whole"


def _cpu_seconds(act: Callable[[_T], object], value: _T) -> float:
    began = time.process_time()
    act(value)
    return time.process_time() - began
