"""Measure the cascade with an imperfect engine in the vision model's place, on generated invoices.

python scripts/measure_cascade.py en de fr zh fapiao --count 20

Printed for each share of errors: how many printed values the layout engine, the imperfect engine and
`auto` do not have right, and how many documents pass without a person, with how many wrong values. The
imperfect engine knows the truth, so that its figures say nothing about any model. Its scores say how
often it errs; with --vain they say that it never does.
"""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, field

from synthesis.alternatives import settled
from synthesis.fapiao import generate_fapiao
from synthesis.imperfect_engine import ImperfectEngine
from synthesis.invoice import generate_invoice
from synthesis.measure import Tally, compare
from synthesis.truth import Truth

from extractor.assessment.assess import assess
from extractor.assessment.assessment import Assessment
from extractor.assessment.settings import ReviewSettings
from extractor.cascade.part import AUTO, assess_part
from extractor.documents.document import Document
from extractor.documents.opening import open_document
from extractor.engines.reading import Engine
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Part
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.parts.parting import one_part
from extractor.validation.proofs import prove
from extractor.validation.validate import validate

_LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")
_SIDES = ("layout", "vision", "auto")
_ERRORS = (0.0, 0.05, 0.1, 0.2, 0.3, 0.5)


@dataclass(slots=True, kw_only=True)
class Side:
    """How one way of reading did."""

    tally: Tally = field(default_factory=Tally)
    straight: int = 0
    wrong_in_straight: int = 0

    @property
    def not_right(self) -> int:
        """Return how many printed values are missing or wrong."""
        return self.tally.printed.total() - self.tally.right.total()

    def add(self, name: str, read: Assessment, truth: Truth) -> None:
        """Count one document."""
        tally = Tally()
        compare(tally, name, read, settled(truth, read))
        self.tally.printed += tally.printed
        self.tally.right += tally.right
        if not read.review.required:
            self.straight += 1
            self.wrong_in_straight += sum(miss.read is not None for miss in tally.misses)


@dataclass(slots=True, kw_only=True)
class Measured:
    """The three sides at one share of errors, and what the second engine was asked.

    `overlooked` counts wrong second readings in documents that passed without a person.
    """

    sides: dict[str, Side] = field(default_factory=lambda: {name: Side() for name in _SIDES})
    documents: int = 0
    asked: int = 0
    overlooked: int = 0


def main() -> None:
    """Generate, read three times, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("kinds", nargs="+", choices=("fapiao", *_LANGUAGES))
    options.add_argument("--count", type=int, default=20, help="documents a kind")
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--drops", type=float, default=0.05, help="share of values the engine leaves out")
    options.add_argument("--vain", action="store_true", help="the engine is sure of its errors")
    chosen = options.parse_args()
    for errs in _ERRORS:
        seeds = range(chosen.first, chosen.first + chosen.count)
        measured = measure(chosen.kinds, seeds, errs=errs, drops=chosen.drops, is_vain=chosen.vain)
        asked = f"asked about {measured.asked} of {measured.documents} documents"
        print(f"errors {errs:.2f}, left out {chosen.drops:.2f}; {asked}")
        for name, side in measured.sides.items():
            print(
                f"  {name:7s} not right {side.not_right:5d} of {side.tally.printed.total()}"
                f"  straight through {side.straight:3d}, wrong values in them {side.wrong_in_straight}"
            )
        print(f"  wrong second readings in documents that passed: {measured.overlooked}")


def measure(
    kinds: Sequence[str], seeds: Sequence[int], *, errs: float, drops: float, is_vain: bool = False
) -> Measured:
    """Read generated documents by layout, by the imperfect engine, and by both."""
    measured, spec = Measured(), load_spec("invoice")
    for kind in kinds:
        for seed in seeds:
            made = generate_fapiao(seed) if kind == "fapiao" else generate_invoice(seed, language=kind)
            document = open_document(made.content, name=made.name)
            pages = read_pages(document)
            engine = ImperfectEngine(truth=made.truth, seed=seed, errs=errs, drops=drops, is_vain=is_vain)
            alone = _alone(engine, document, pages, spec)
            engine.asked, engine.wrong = [], []
            read = {
                "layout": _together(document, pages, spec, vision=None),
                "vision": alone,
                "auto": _together(document, pages, spec, vision=engine),
            }
            measured.documents += 1
            measured.asked += bool(engine.asked)
            if not read["auto"].review.required:
                measured.overlooked += len(engine.wrong)
            for name, each in read.items():
                measured.sides[name].add(made.name, each, made.truth)
    return measured


def _together(document: Document, pages: Sequence[Page], spec: Spec, *, vision: Engine | None) -> Assessment:
    (part,) = one_part(pages)
    numbered = Part(pages=tuple(page.number for page in pages))
    return assess_part(document, part, spec, numbered=numbered, engine=AUTO, vision=vision, timings={})


def _alone(engine: Engine, document: Document, pages: Sequence[Page], spec: Spec) -> Assessment:
    reading = engine.read(document, pages, spec)
    extraction = combine([reading], document=document, part=Part(), spec=spec, engine=engine.name)
    return assess(
        extraction,
        validate(extraction, spec=spec, pages=pages),
        proofs=prove(extraction, spec=spec, pages=pages),
        spec=spec,
        timings_ms={},
        settings=ReviewSettings(),
    )


if __name__ == "__main__":
    main()
