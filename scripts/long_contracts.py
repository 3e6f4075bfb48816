"""Time and memory of long contracts: generated ones of some hundred pages, and of twice as many."""

import resource
import statistics
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from time import process_time

from synthesis.canvas import page_count
from synthesis.contract_random import generate_contract

from extractor.field_specs.recognition import CONTRACT
from extractor.pipeline import extract

_CLAUSES = {"en": 620, "de": 640, "zh": 850}  # that fix nothing: some hundred pages
_SEED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Long:
    """One contract: processor seconds (median), and the most memory beyond a short one's, in MiB."""

    language: str
    pages: int
    seconds: float
    mebibytes: float


def measure_long(*, rounds: int) -> Iterator[Long]:
    """Read each contract `rounds` times in a process of its own, which has read a short one before."""
    for language, clauses in _CLAUSES.items():
        for times in (1, 2):
            content = generate_contract(_SEED, language=language, further_clauses=times * clauses).content
            with ProcessPoolExecutor(1) as process:
                seconds, mebibytes = process.submit(_read, language, content, rounds).result()
            yield Long(language=language, pages=page_count(content), seconds=seconds, mebibytes=mebibytes)


def _read(language: str, content: bytes, rounds: int) -> tuple[float, float]:
    extract(generate_contract(_SEED, language=language).content, spec=CONTRACT)  # warms up
    before = _peak_mebibytes()
    taken = []
    for _ in range(rounds):
        started = process_time()
        extract(content, spec=CONTRACT)
        taken.append(process_time() - started)
    return statistics.median(taken), _peak_mebibytes() - before


def _peak_mebibytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024  # KiB on Linux
