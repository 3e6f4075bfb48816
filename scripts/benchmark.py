"""Measure how quick reading is, as ratios in one run, and whether memory stays flat.

    python scripts/benchmark.py --install
    python scripts/benchmark.py inbox/ --pdfplumber-python PYTHON --invoice2data-python PYTHON
    python scripts/benchmark.py inbox/ --parts stages memory
    python scripts/benchmark.py --parts matching

Of the files given (folders are walked) those are taken that are PDFs with words and are
recognised as invoices. The other tools are no dependencies: they live in an environment
of their own, which `--install` makes in a temporary folder. Every process is warmed up,
imports and start-up are not counted, and the tools take turns on each document.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial, wraps
from importlib import import_module
from pathlib import Path
from time import perf_counter
from typing import Any

from long_contracts import measure_long
from matching_lists import lines_of, price_list
from measuring import resident_memory, seconds_of
from other_tools import Tool, start_tools

from extractor.assessment.assess import assess
from extractor.assessment.settings import ReviewSettings
from extractor.documents.opening import open_document
from extractor.engines.layout import form
from extractor.engines.layout.engine import LayoutEngine
from extractor.errors import DocumentError
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Part
from extractor.field_specs.load import load_spec
from extractor.field_specs.recognition import INVOICE, recognise
from extractor.pages.reading import read_pages
from extractor.pipeline import extract
from extractor.reconciliation.matching import match_lines
from extractor.reconciliation.policy_file import load_policy
from extractor.validation.proofs import proofs_in
from extractor.validation.rule import subject_of
from extractor.validation.validate import findings_in

_FIXTURES = Path(__file__).parents[1] / "fixtures"
_PARTS = ("compare", "stages", "batch", "memory", "matching", "contract")
_PYMUPDF: Any = import_module("pymupdf")  # Any: it is untyped
_SPEC = load_spec(INVOICE)
_ENGINE = LayoutEngine()


def main() -> None:
    """Measure the parts that were asked for, and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("paths", nargs="*", type=Path, default=[_FIXTURES], help="PDFs or folders")
    options.add_argument("--parts", nargs="+", choices=_PARTS, default=_PARTS)
    options.add_argument("--pdfplumber-python", type=Path, help="a Python that has pdfplumber")
    options.add_argument("--invoice2data-python", type=Path, help="a Python that has invoice2data")
    options.add_argument("--install", action="store_true", help="install both in a temporary environment")
    options.add_argument("--rounds", type=int, default=5, help="over all documents, after one to warm up")
    options.add_argument("--documents", type=int, default=500, help="how many the batch reads")
    options.add_argument("--readings", type=int, default=1_000, help="of which memory is watched")
    chosen = options.parse_args()
    paths = list(_digital_invoices(chosen.paths))
    if not paths:
        sys.exit("none of the files is a PDF with words that is recognised as an invoice")
    print(f"{len(paths)} digital invoices; load of the machine {os.getloadavg()[0]:.1f} before the start")
    pythons = {"pdfplumber": chosen.pdfplumber_python, "invoice2data": chosen.invoice2data_python}
    with ExitStack() as stack:
        if "compare" in chosen.parts:
            _compare(paths, start_tools(pythons, stack, is_installing=chosen.install), rounds=chosen.rounds)
        if "stages" in chosen.parts:
            _print_stages(paths, rounds=chosen.rounds)
        if "batch" in chosen.parts:
            _print_batch(paths, documents=chosen.documents)
        if "memory" in chosen.parts:
            _print_memory(paths, readings=chosen.readings)
        if "matching" in chosen.parts:
            _print_matching(rounds=chosen.rounds)
        if "contract" in chosen.parts:
            _print_contracts(rounds=chosen.rounds)


def _digital_invoices(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        for file in sorted(path.rglob("*.pdf")) if path.is_dir() else [path]:
            try:
                document = open_document(file)
                pages = read_pages(document, is_recognised=False)
            except DocumentError as error:
                print(f"left out: {file.name}: {error}")
                continue
            if any(page.words for page in pages) and recognise(pages, document).spec == INVOICE:
                yield file


def _compare(paths: Sequence[Path], tools: Mapping[str, Tool], *, rounds: int) -> None:
    programs: dict[str, Callable[[Path], float]] = {
        "extractor": _timed(extract),
        "extractor, pages alone": _timed(lambda path: read_pages(open_document(path))),
        "PyMuPDF's words": _timed(_pymupdf_words),
    }
    programs |= {name: tool.seconds for name, tool in tools.items()}
    times = _in_turns(programs, paths, rounds=rounds)
    print("\nReading and extracting; median over the documents")
    for name, seconds in times.items():
        ratio = statistics.median(times["extractor"][path] / seconds[path] for path in paths)
        print(
            f"  {name:30}{statistics.median(seconds.values()) * 1000:9.1f} ms"
            f"    extractor takes {ratio:6.2f} times as long"
        )
    for name, tool in tools.items():
        print(f"  {name} found something in {sum(tool.found.values())} of {len(paths)}")


def _in_turns(
    programs: Mapping[str, Callable[[Path], float]], paths: Sequence[Path], *, rounds: int
) -> dict[str, dict[Path, float]]:
    """Return each document's median time by program; the first round warms up and is dropped."""
    times: dict[str, dict[Path, list[float]]] = {name: defaultdict(list) for name in programs}
    for number in range(rounds + 1):
        for path in paths:
            for name, seconds in programs.items():
                taken = seconds(path)
                if number:
                    times[name][path].append(taken)
    return {name: {path: statistics.median(all_) for path, all_ in of.items()} for name, of in times.items()}


def _timed(work: Callable[[Path], object]) -> Callable[[Path], float]:
    return lambda path: seconds_of(partial(work, path))


def _pymupdf_words(path: Path) -> None:
    with _PYMUPDF.open(path) as file:
        for page in file:
            page.get_text("words")
    _PYMUPDF.TOOLS.store_shrink(50)  # as we do, or it would keep what we throw away


# Where the time goes


def _print_stages(paths: Sequence[Path], *, rounds: int) -> None:
    stages: dict[str, float] = defaultdict(float)
    baseline = 0.0
    with _watched_form(stages):
        for number in range(rounds + 1):
            if number == 1:  # the first round warms up
                stages.clear()
                baseline = 0.0
            for path in paths:
                baseline += _timed(_pymupdf_words)(path)
                _extract_by_stage(path, stages)
    count = rounds * len(paths)
    total = sum(seconds for name, seconds in stages.items() if not name.startswith(" "))
    print("\nWhere the time goes; mean over the documents, and as a multiple of PyMuPDF's own words")
    print(f"  {'PyMuPDF: words':34}{baseline / count * 1000:8.2f} ms")
    for name, seconds in [*stages.items(), ("all", total)]:
        print(f"  {name:34}{seconds / count * 1000:8.2f} ms{seconds / baseline:8.2f} x{seconds / total:8.0%}")


def _extract_by_stage(path: Path, stages: dict[str, float]) -> None:
    with _stage("documents: open", stages):
        document = open_document(path)
    with _stage("pages: words", stages):
        pages = read_pages(document)
    with _stage("field_specs: recognise", stages):
        recognise(pages, document)
    with _stage("engines: layout", stages):
        reading = _ENGINE.read(document, pages, _SPEC)
    with _stage("extraction: combine", stages):
        part = Part(pages=tuple(page.number for page in pages))
        extraction = combine([reading], document=document, part=part, spec=_SPEC, engine=_ENGINE.name)
    with _stage("validation", stages):
        subject = subject_of(extraction, spec=_SPEC, pages=pages)
        findings, proofs = findings_in(subject), proofs_in(subject)
    with _stage("assessment", stages):
        assess(
            extraction,
            findings,
            proofs=proofs,
            spec=_SPEC,
            timings_ms={},
            settings=ReviewSettings(),
            pages=pages,
        )


@contextmanager
def _stage(name: str, stages: dict[str, float]) -> Iterator[None]:
    started = perf_counter()
    yield
    stages[name] += perf_counter() - started


@contextmanager
def _watched_form(stages: dict[str, float]) -> Iterator[None]:
    """Add up the time of each step of the layout engine, without what a step calls of the others."""
    steps = {
        name: step
        for name, step in vars(form).items()
        if callable(step)
        and getattr(step, "__module__", "").startswith("extractor.")
        and name != "read_form"
        and not isinstance(step, type)
    }
    active: list[str] = []

    def watched(name: str, step: Callable[..., object]) -> Callable[..., object]:
        @wraps(step)
        def run(*args: object, **kwargs: object) -> object:
            if active:
                return step(*args, **kwargs)
            active.append(name)
            with _stage(f"  layout: {name.strip('_')}", stages):
                outcome = step(*args, **kwargs)
            active.pop()
            return outcome

        return run

    for name, step in steps.items():
        setattr(form, name, watched(name, step))
    try:
        yield
    finally:
        for name, step in steps.items():
            setattr(form, name, step)


def _print_batch(paths: Sequence[Path], *, documents: int) -> None:
    """Time a whole and a tenth of the batch: the difference has no start-up in it."""
    few = documents // 10
    with tempfile.TemporaryDirectory() as name:
        for folder, count in (("few", few), ("all", documents)):
            Path(name, folder).mkdir()
            for number in range(count):
                shutil.copy(paths[number % len(paths)], Path(name, folder, f"{number:05}.pdf"))
        rates: dict[int, float] = {}
        for workers in (1, 2, 1, 2):
            few_seconds, all_seconds = (
                _batch_seconds(Path(name, folder), Path(name, "out.jsonl"), workers)
                for folder in ("few", "all")
            )
            rate = (documents - few) / (all_seconds - few_seconds)
            rates[workers] = max(rate, rates.get(workers, 0.0))
    print(f"\nBatch of {documents}, start-up excluded; the better of two runs")
    for workers, rate in rates.items():
        print(f"  --workers {workers}: {rate:7.1f} documents a second")
    print(f"  two workers are {rates[2] / rates[1]:.2f} times as fast as one")


def _batch_seconds(folder: Path, out: Path, workers: int) -> float:
    program = "import sys; from extractor.cli.main import main; sys.exit(main())"
    command = [
        sys.executable,
        "-c",
        program,
        "batch",
        str(folder),
        "--out",
        str(out),
        "--workers",
        str(workers),
    ]
    started = perf_counter()
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):  # 1: something to review
        sys.exit(f"the batch failed: {run.stderr}")
    return perf_counter() - started


def _print_memory(paths: Sequence[Path], *, readings: int) -> None:
    warm, after = resident_memory(extract, paths, readings=readings)
    print(f"\nResident memory over {readings} documents, one process")
    least, most = min(after) / warm - 1, max(after) / warm - 1
    print(f"  after {readings // 5}: {warm:.0f} MiB; from then on {least:+.1%} to {most:+.1%}")


def _print_matching(*, rounds: int, count: int = 500) -> None:
    prices = price_list(count)
    lines, policy = lines_of(prices), load_policy(None).matching
    match_lines(lines, prices, policy=policy)  # warms up
    seconds = [seconds_of(partial(match_lines, lines, prices, policy=policy)) for _ in range(rounds)]
    matches = match_lines(lines, prices, policy=policy)
    right = sum(match.price.index == index for index, match in matches.items())
    print(f"\nMatching {count} lines in other words with {count} rows of a price list")
    print(f"  {statistics.median(seconds):.2f} s (median of {rounds}); {right} of {count} are the right row")


def _print_contracts(*, rounds: int) -> None:
    """Time generated contracts of some hundred pages on one core, and of twice as many."""
    print("\nLong contracts; processor seconds, median; memory beyond that of a short one")
    for each in measure_long(rounds=rounds):
        a_page = each.seconds / each.pages * 1000
        print(
            f"  {each.language}: {each.pages} pages {each.seconds:6.2f} s, {a_page:6.1f} ms a page, "
            f"{each.mebibytes:4.0f} MiB"
        )


if __name__ == "__main__":
    main()
