"""Measure how well the tiny checkpoint reads, through the real engine, decoding greedily.

    python scripts/measure_tiny_checkpoint.py
    python scripts/measure_tiny_checkpoint.py FOLDER --new 200 --taught 200

Prints the share of printed values that were answered right: on pages it was trained on, on pages with
new values, on the same pages blanked. With grounding off (the page's words count as recognised, so
answers are free text) and on (answers can only be words of the page).
"""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

import torch
from synthesis.slip import SPEC_FILE, Slip, generate_slip, slip_spec
from synthesis.slip_drawing import DPI, pdf_of
from synthesis.slip_lessons import SHIFT, taught_slips
from train_tiny_checkpoint import STEPS

from extractor.documents.opening import open_document
from extractor.engines.qwen.engine import QwenEngine
from extractor.engines.qwen.prompt import SYSTEM, prompt_for
from extractor.engines.qwen.settings import QwenSettings
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.pages.word import Origin

_MAX_NEW_TOKENS = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """How many values were printed, and how many of them answered right."""

    right: int
    printed: int
    invented: int = 0  # answers for fields that the slip does not print
    absent: int = 0  # such fields

    @property
    def value(self) -> float:
        """Return the share, 0..1."""
        return self.right / self.printed

    def __str__(self) -> str:
        """Return the share with what it is of."""
        return (
            f"{self.value:.3f} ({self.right} of {self.printed} values; "
            f"{self.invented} invented for {self.absent} fields that are not printed)"
        )


def engine_of(folder: Path) -> QwenEngine:
    """Return the engine with this checkpoint, decoding greedily at a pixel a point."""
    return QwenEngine(QwenSettings(model=str(folder), device="cpu", dpi=DPI, max_new_tokens=_MAX_NEW_TOKENS))


def new_slips(count: int) -> list[Slip]:
    """Return slips that no lesson holds, moved as the lessons' are."""
    return [generate_slip(f"new {number}", shift=SHIFT) for number in range(count)]


def taught_at_last(count: int, *, steps: int = STEPS) -> list[Slip]:
    """Return slips of the last lessons of a training of so many steps."""
    return list(taught_slips(steps=steps, count=count, system=SYSTEM, prompt=prompt_for(slip_spec())))


def share_right(
    engine: QwenEngine, slips: Iterable[Slip], *, is_grounded: bool, is_blank: bool = False
) -> Share:
    """Return how many printed values the engine answers exactly; `is_blank` shows it empty pages."""
    total = Share(right=0, printed=0)
    spec = slip_spec()
    for slip in slips:
        shown = open_document(pdf_of(slip, is_blank=is_blank), name="slip.pdf")
        pages = read_pages(open_document(pdf_of(slip), name="slip.pdf"))
        reading = engine.read(shown, pages if is_grounded else recognised(pages), spec)
        answers = {name: found[0].text for name, found in reading.candidates.items()}
        absent = spec.fields.keys() - slip.values.keys()
        total = Share(
            right=total.right + sum(answers.get(name) == value for name, value in slip.values.items()),
            printed=total.printed + len(slip.values),
            invented=total.invented + len(answers.keys() & absent),
            absent=total.absent + len(absent),
        )
    return total


def recognised(pages: Sequence[Page]) -> list[Page]:
    """Return the pages as if their words had been recognised: then answers are free text."""
    return [
        replace(page, words=tuple(replace(word, origin=Origin.OCR) for word in page.words)) for page in pages
    ]


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("folder", type=Path, nargs="?", default=SPEC_FILE.parent)
    options.add_argument("--taught", type=int, default=200, help="pages that it was trained on")
    options.add_argument("--new", type=int, default=200, help="pages with new values")
    options.add_argument("--steps", type=int, default=STEPS, help="the steps that it was trained for")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    engine, new = engine_of(chosen.folder), new_slips(chosen.new)
    taught = taught_at_last(chosen.taught, steps=chosen.steps)
    began = perf_counter()
    for name, slips, is_grounded, is_blank in (
        ("training pages, free answers", taught, False, False),
        ("new pages, free answers", new, False, False),
        ("new pages blanked, free answers", new, False, True),
        ("training pages, grounded", taught, True, False),
        ("new pages, grounded", new, True, False),
        ("new pages blanked, grounded", new, True, True),
    ):
        share = share_right(engine, slips, is_grounded=is_grounded, is_blank=is_blank)
        print(f"{name}: {share}", flush=True)
    print(f"{perf_counter() - began:.0f} s")


if __name__ == "__main__":
    main()
