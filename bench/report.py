"""How a figure is told: what was measured, against what, and whether it reaches its aim."""

import random
import statistics
import time
from collections.abc import Callable, Sequence


def tell(name: str, value: float, *, aim: float | None = None, unit: str = "x", detail: str = "") -> None:
    """One line; an aim that is not reached is marked, never hidden."""
    verdict = "" if aim is None else f"  (aim: at most {aim:g}{unit}{'' if value <= aim else ', NOT REACHED'})"
    print(f"{name:<62} {value:>9.2f}{unit}{verdict}{f'  {detail}' if detail else ''}", flush=True)


def interleaved(
    acts: Sequence[Callable[[], object]],
    *,
    rounds: int,
    warm_up: int = 3,
    clock: Callable[[], float] = time.perf_counter,
) -> list[list[float]]:
    """Seconds of each act in each round; the acts take turns, so that noise of the machine meets all of them alike.

    Their order changes: what one leaves behind, such as garbage to be collected, falls on all the others in turn.
    """
    for _ in range(warm_up):
        for act in acts:
            act()
    seconds: list[list[float]] = [[] for _ in acts]
    turns = list(zip(acts, seconds, strict=True))
    for _ in range(rounds):
        random.shuffle(turns)
        for act, own in turns:
            began = clock()
            act()
            own.append(clock() - began)
    return seconds


def median(seconds: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(seconds)


def p95(seconds: Sequence[float]) -> float:
    """The one that 95 in 100 do not exceed."""
    return statistics.quantiles(seconds, n=20)[-1]
