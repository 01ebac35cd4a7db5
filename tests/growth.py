"""How the cost of something grows with its size, in CPU time; for tests marked slow, as other work is still felt."""

import time
from collections.abc import Callable
from typing import TypeVar

_T = TypeVar("_T")

# What is too quick to measure is linear enough.
SECONDS_LEAST = 0.02
# Sixteen times the size: linear is 16, quadratic 256, and what lies between the two has room on both sides.
TIMES, TIMES_MOST = 16, 64
ROUNDS_MOST = 8


def assert_linear(act: Callable[[_T], object], make: Callable[[int], _T], *, size: int) -> None:
    """Sixteen times the size costs far less than its square.

    Other processes only ever add to what is measured, so it is measured again until the least of each size is right;
    what is quadratic never is.
    """
    part, whole = make(size // TIMES), make(size)
    short = long = float("inf")
    for _ in range(ROUNDS_MOST):
        long = min(long, _cpu_seconds(act, whole))
        if long < SECONDS_LEAST:
            return
        short = min(short, _cpu_seconds(act, part))
        if long < TIMES_MOST * short:
            return
    raise AssertionError(f"{short:.4f} s for a part, {long:.4f} s for {TIMES} times as much")


def _cpu_seconds(act: Callable[[_T], object], value: _T) -> float:
    began = time.process_time()
    act(value)
    return time.process_time() - began
