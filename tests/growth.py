"""How time grows with the input, told from what else the machine does.

`check_linear` measures CPU time over two doublings and fits an exponent: 1 is linear, 2 quadratic. Noise only ever adds
to a time, so each input keeps the least of its times, the three inputs take turns, and one above the limit is measured
again and again before it fails. The collector of garbage is off meanwhile: its time grows with all that the tests hold.
"""

import gc
import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import linear_regression
from typing import TypeVar

Input = TypeVar("Input")

LIMIT = 1.3
TURNS, TRIES = 2, 8
ENOUGH = 0.004
"""CPU seconds from which on a time is told from noise."""

REPEATS = 100
"""Of the unit in the shortest of the three inputs, at least."""

LONGEST = 40_000
"""Characters of the shortest of the three inputs, at most."""

BOUND = 60.0
"""CPU seconds that no single input may take, however slow and busy the machine: all of them take about one."""


def check_linear(
    run: Callable[[Input], object],
    make: Callable[[int], str],
    *,
    prepare: Callable[[str], Input],
    repeats: int = REPEATS,
) -> None:
    """Fail if the time of `run(prepare(text))` grows faster than the text that `make(repeats)` gives.

    Only `run` is timed, on what `prepare` makes anew each time. The shortest text has at least so many `repeats`.
    """

    def seconds(size: int) -> float:
        return cpu_time(run, prepare(make(size)))

    with no_garbage_collection():
        seconds(10)
        while seconds(repeats) < ENOUGH and len(make(repeats * 2)) <= LONGEST:
            repeats *= 2
        sizes = [repeats, repeats * 2, repeats * 4]
        least = [math.inf] * len(sizes)
        exponents: list[float] = []
        while not exponents or (exponents[-1] > LIMIT and len(exponents) < TRIES):
            for _ in range(TURNS):
                least = [min(known, seconds(size)) for known, size in zip(least, sizes, strict=True)]
            exponents.append(_fit_exponent(sizes, least))
    assert exponents[-1] <= LIMIT, f"time grows with the exponents {exponents}: {sizes} repeats take {least} s"


@contextmanager
def bounded(seconds: float = BOUND) -> Iterator[None]:
    """Fail if what is done here takes more CPU time than this: far more than it takes, far less than a hang."""
    start = time.process_time()
    yield
    taken = time.process_time() - start
    assert taken < seconds, f"took {taken:.1f} s"


@contextmanager
def no_garbage_collection() -> Iterator[None]:
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def cpu_time(run: Callable[[Input], object], given: Input) -> float:
    start = time.process_time()
    run(given)
    return time.process_time() - start + 1e-9


def _fit_exponent(sizes: list[int], times: list[float]) -> float:
    """The exponent that time grows with; 0 where even the longest input takes next to none."""
    if times[-1] < ENOUGH:
        return 0.0
    return linear_regression([math.log(size) for size in sizes], [math.log(seconds) for seconds in times]).slope
