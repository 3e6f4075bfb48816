"""A second engine is asked where a person would have to look, and whatever it says, nothing passes unseen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest
from measure_cascade import measure
from plain_pdf import plain_pdf

from extractor.assessment.assessment import Assessment
from extractor.cascade.part import assess_part
from extractor.documents.document import Document
from extractor.documents.opening import open_document
from extractor.engines.reading import Candidate, CandidateRow, Evidence, Reading
from extractor.errors import (
    ConfigurationError,
    DamagedDocument,
    EngineError,
    EngineTimeout,
    EngineUnavailable,
    MalformedCompletion,
)
from extractor.extraction.extraction import Leaf, Part
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.reading import read_pages
from extractor.pages.word import Origin
from extractor.parts.parting import PagesOfPart, one_part
from extractor.validation.finding import Finding, FindingCode

_BOX = Box(50, 400, 120, 410)
_LINES = [
    "Invoice",
    "Invoice number: INV-2040",
    "Invoice date: 5 March 2026",
    "Seller: Fenwick Tools Ltd",
    "Buyer: Harrow Mills Ltd",
    "Net amount: 100.00 EUR",
    "VAT 20 %: 20.00 EUR",
    "Total: 120.00 EUR",
]


@dataclass(slots=True)
class Fake:
    """Says what it is told to, of what it is asked for."""

    says: Mapping[str, str] = field(default_factory=dict)
    rows: Sequence[Mapping[str, str]] = ()
    score: float = 0.95
    is_grounded: bool = True
    fails: Exception | None = None
    name: str = "fake"
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Answer, or fail."""
        assert document.page_count >= len(pages)
        self.asked.append(tuple(spec.fields))
        if self.fails is not None:
            raise self.fails
        return Reading(
            engine=self.name,
            candidates={name: (self._said(text),) for name, text in self.says.items() if name in spec.fields},
            tables={
                "line_items": tuple(
                    CandidateRow(cells={column: self._said(text) for column, text in row.items()})
                    for row in self.rows
                )
            }
            if self.rows and "line_items" in spec.fields
            else {},
        )

    def _said(self, text: str) -> Candidate:
        boxes, origin = ((_BOX,), Origin.TEXT_LAYER) if self.is_grounded else ((), Origin.MODEL)
        return Candidate(text=text, evidence=Evidence(page=1, boxes=boxes, origin=origin), score=self.score)


def read(lines: Sequence[str], vision: Fake | None, *, engine: str = "auto") -> Assessment:
    document = open_document(plain_pdf(list(lines)), name="a.pdf")
    pages = read_pages(document)
    (part,) = one_part(pages)
    return assess_part(
        document,
        part,
        load_spec("invoice"),
        numbered=Part(pages=(1,)),
        engine=engine,
        vision=vision,
        timings={},
    )


def without(beginning: str) -> list[str]:
    return [line for line in _LINES if not line.startswith(beginning)]


def named(assessment: Assessment, field_name: str) -> list[FindingCode]:
    return [each.code for each in assessment.findings if (each.field or "").startswith(field_name)]


def failures(assessment: Assessment) -> list[Finding]:
    return [each for each in assessment.findings if each.code is FindingCode.ENGINE_FAILED]


def test_what_was_read_of_a_page_that_cannot_be_is_unproven_though_it_adds_up() -> None:
    document = open_document(plain_pdf([]), name="a.pdf")
    page = replace(read_pages(document)[0], advice="it is too dark")
    said = {"invoice_number": "A-1", "net_amount": "100.00", "tax_amount": "20.00", "gross_amount": "120.00"}
    assessment = assess_part(
        document,
        PagesOfPart(pages=(page,)),
        load_spec("invoice"),
        numbered=Part(pages=(1,)),
        engine="auto",
        vision=Fake(said, score=0.99, is_grounded=False),
        timings={},
    )
    read_leaves = [value for value in assessment.fields.values() if isinstance(value, Leaf) and value.text]
    assert {leaf.text for leaf in read_leaves} == set(said.values())
    assert all(leaf.confidence is not None and leaf.confidence <= 0.5 for leaf in read_leaves)
    assert assessment.review.required
    assert {"UNREADABLE_PAGE", "NOT_ON_PAGE"} <= set(assessment.review.reasons)


def test_a_missing_field_is_filled_with_its_place_and_a_person_looks() -> None:
    fake = Fake({"invoice_number": "INV-2040"})
    assessment = read(without("Invoice number"), fake)
    leaf = assessment.extraction.leaf("invoice_number")
    assert (leaf.value, leaf.engine) == ("INV-2040", "fake")
    assert leaf.evidence is not None
    assert leaf.evidence.boxes == (_BOX,)
    assert named(assessment, "invoice_number") == [FindingCode.LOW_CONFIDENCE]
    assert assessment.review.required


def test_a_value_that_fills_a_gap_and_makes_the_sum_hold_needs_no_other_witness() -> None:
    lines = without("VAT")
    assert FindingCode.FIELD_MISSING in named(read(lines, None), "tax_amount")
    right = read(lines, Fake({"tax_amount": "20.00"}))
    assert named(right, "tax_amount") == []
    wrong = read(lines, Fake({"tax_amount": "21.00"}))
    assert named(wrong, "tax_amount") or named(wrong, "gross_amount")
    assert wrong.review.required


def test_a_value_that_stands_on_no_page_stays_a_finding() -> None:
    assessment = read(without("Invoice number"), Fake({"invoice_number": "X-1"}, is_grounded=False))
    assert FindingCode.NOT_ON_PAGE in named(assessment, "invoice_number")
    assert assessment.review.required


def test_a_value_that_layout_is_wrongly_sure_of_does_not_pass_once_another_doubt_is_settled() -> None:
    lines = without("Total")
    says = {"net_amount": "100.00", "tax_amount": "20.00", "gross_amount": "120.00", "invoice_number": "A-18"}
    assert FindingCode.WITNESS_MISMATCH in named(read(lines, Fake(says)), "invoice_number")


def test_another_engine_than_auto_asks_nobody() -> None:
    fake = Fake({"invoice_number": "X-1"})
    assessment = read(without("Invoice number"), fake, engine="layout")
    assert fake.asked == []
    assert assessment.extraction.leaf("invoice_number").value is None


@pytest.mark.parametrize(
    "error",
    [
        EngineUnavailable("no server answers"),
        EngineTimeout("silent"),
        MalformedCompletion("prose"),
        EngineError("refused"),
        DamagedDocument("page 1 cannot be drawn"),
    ],
)
def test_the_first_reading_stands_where_the_second_engine_fails_and_the_failure_is_told(
    error: Exception,
) -> None:
    lines = without("Invoice number")
    first, assessment = read(lines, None), read(lines, Fake(fails=error))
    assert assessment.fields == first.fields
    (told,) = failures(assessment)
    assert type(error).__name__ in told.message
    assert str(error) in told.message
    assert set(assessment.review.reasons) == {*first.review.reasons, "ENGINE_FAILED"}
    assert "vision" in assessment.timings_ms


def test_a_wrong_setting_and_a_bug_are_raised() -> None:
    for error in (ConfigurationError("the key is refused"), KeyError("bug")):
        with pytest.raises(type(error)):
            read(without("Invoice number"), Fake(fails=error))


def test_a_document_that_passes_is_not_asked_about() -> None:
    measured = measure(["en"], [4, 6], errs=0.3, drops=0.0)  # both pass by layout alone
    assert measured.sides["layout"].straight == 2
    assert measured.asked == 0


@pytest.mark.parametrize("is_vain", [False, True])
@pytest.mark.parametrize("errs", [0.0, 0.05, 0.1, 0.2, 0.3, 0.5])
def test_auto_is_never_worse_than_its_better_part(errs: float, *, is_vain: bool) -> None:
    """Also where the engine is sure of its errors, and so nothing but the document tells how good it is."""
    measured = measure(["en", "zh"], range(5), errs=errs, drops=0.05, is_vain=is_vain)
    layout, vision, auto = (measured.sides[name] for name in ("layout", "vision", "auto"))
    assert measured.asked > 0
    assert auto.not_right <= min(layout.not_right, vision.not_right)
    assert auto.wrong_in_straight <= layout.wrong_in_straight
    assert auto.straight >= layout.straight
    assert measured.overlooked == 0
