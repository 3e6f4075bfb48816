"""What both benchmarks measure with: the time of one call, and the memory of this process."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter


def seconds_of(work: Callable[[], object]) -> float:
    """Return how long one call takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def resident_memory(
    read: Callable[[Path], object], paths: Sequence[Path], *, readings: int
) -> tuple[float, Sequence[float]]:
    """Return the resident memory after a fifth of the readings, and after each later one, in MiB."""
    warm, after = 0.0, []
    for number in range(readings):
        read(paths[number % len(paths)])
        if number == readings // 5:
            warm = _resident_mebibytes()
        elif number > readings // 5:
            after.append(_resident_mebibytes())
    return warm, after


def _resident_mebibytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
