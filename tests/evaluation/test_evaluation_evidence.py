"""Claims of a place are proven by the words that stand there, and only by them."""

from dataclasses import replace
from decimal import Decimal

import pytest
from judged_documents import FIXTURES, assessment
from pages.scans.pictures import letter, png
from plain_pdf import plain_pdf

import extractor
from extractor.assessment.assessment import Assessment
from extractor.documents.document import Document
from extractor.documents.opening import open_document
from extractor.engines.reading import Evidence
from extractor.evaluation.evidence import EvidenceCount, prove_evidence
from extractor.extraction.extraction import ABSENT, Group, Leaf, State, Table
from extractor.pages.geometry import Box
from extractor.pages.reading import read_pages
from extractor.pages.scans.upright import turned
from extractor.pages.word import Origin

DOCUMENT = open_document(plain_pdf(["Invoice number RE-7", "Total 12.00"], ["Thank you " * 3]))
PAGES = read_pages(DOCUMENT)


def place(*words: str, page: int = 1) -> Evidence:
    boxes = tuple(word.box for word in PAGES[page - 1].words if word.text in words)
    return Evidence(page=page, boxes=boxes)


def found(text: str, evidence: Evidence | None, *, quote: str | None = None) -> Leaf:
    return Leaf(value=text, state=State.FOUND, text=text, evidence=evidence, quote=quote)


def proved(*leaves: Leaf) -> EvidenceCount:
    claimed = assessment({f"field_{number}": leaf for number, leaf in enumerate(leaves)})
    (count,) = prove_evidence(DOCUMENT, [claimed])
    return count


def test_a_text_that_stands_in_its_box_is_proven() -> None:
    assert proved(found("RE-7", place("RE-7"))) == EvidenceCount(claims=1)


def test_a_text_that_does_not_stand_there_is_told_with_what_does() -> None:
    (fault,) = proved(found("RE-8", place("RE-7"))).faults
    assert (fault.path, fault.said, fault.page, fault.found) == ("field_0", "RE-8", 1, "RE-7")


@pytest.mark.parametrize(
    "evidence",
    [
        Evidence(page=1),
        Evidence(page=1, boxes=(Box(0, 0, 5, 5),)),
        Evidence(page=2, boxes=place("RE-7").boxes),
    ],
)
def test_an_empty_box_proves_nothing(evidence: Evidence) -> None:
    assert len(proved(found("RE-7", evidence)).faults) == 1


def test_white_space_case_and_order_do_not_count() -> None:
    assert proved(found("number re-7", place("number", "RE-7"))).faults == ()
    assert proved(found("RE-7 number", place("number", "RE-7"))).faults == ()


def test_what_stands_on_no_page_claims_nothing() -> None:
    assert proved(found("RE-7", None), found("RE-7", Evidence(page=None)), ABSENT) == EvidenceCount()


def test_of_a_term_the_quoted_words_are_the_claim() -> None:
    whole = place("Invoice", "number", "RE-7")
    assert proved(found("RE-7", whole, quote="Invoice number RE-7")).faults == ()
    assert proved(found("RE-7", whole, quote="Invoice No RE-7")).faults != ()


def test_contradicting_clauses_and_tables_without_rows_claim_too() -> None:
    leaf = replace(found("RE-7", place("RE-7")), also=(found("12.00", place("RE-7")),))
    count = proved(leaf)
    assert (count.claims, len(count.faults)) == (2, 1)
    table = Table(rows=(), state=State.FOUND, place=found("Total", place("Total")))
    claimed = assessment({})
    claimed = replace(claimed, extraction=replace(claimed.extraction, fields={"allowed_fees": table}))
    assert prove_evidence(DOCUMENT, [claimed]) == (EvidenceCount(claims=1),)


@pytest.mark.parametrize(("length", "is_proven"), [(64, True), (65, False)])
def test_a_box_that_holds_far_more_than_its_text_proves_nothing(length: int, is_proven: bool) -> None:  # noqa: FBT001 - a case
    document = open_document(plain_pdf(["x", "y" * (length - 1)]))
    whole = Evidence(page=1, boxes=(Box(0, 0, 2000, 842),))
    (count,) = prove_evidence(document, [assessment({"a": found("x", whole)})])
    assert (count.faults == ()) is is_proven


def test_each_part_is_proven_by_itself() -> None:
    right, wrong = (
        assessment({"a": found("RE-7", place("RE-7"))}),
        assessment({"b": found("X", place("RE-7"))}),
    )
    assert [len(count.faults) for count in prove_evidence(DOCUMENT, [right, wrong])] == [0, 1]


def read(document: Document) -> Assessment:
    (found_there,) = extractor.extract(document.content)
    return found_there


def test_words_recognised_on_a_turned_picture_are_proven_where_it_was_uploaded() -> None:
    document = open_document(png(turned(letter(), 90)))
    claimed = read(document)
    (count,) = prove_evidence(document, [claimed])
    assert count.claims >= 4
    assert count.faults == ()
    gross = claimed.extraction.leaf("gross_amount")
    assert gross.evidence is not None
    assert gross.evidence.origin is Origin.OCR
    moved = replace(
        gross.evidence, boxes=tuple(Box(*(edge + 60 for edge in box)) for box in gross.evidence.boxes)
    )
    (count,) = prove_evidence(document, [assessment({"gross_amount": replace(gross, evidence=moved)})])
    assert [fault.path for fault in count.faults] == ["gross_amount"]


def test_every_claim_about_a_shipped_invoice_is_proven_and_a_changed_one_is_not() -> None:
    document = open_document(FIXTURES / "en_clean_invoice.pdf")
    claimed = read(document)
    (count,) = prove_evidence(document, [claimed])
    assert count.claims > 40
    assert count.faults == ()
    rows = claimed.extraction.rows("line_items")
    cells = {
        **rows[0].members,
        "quantity": replace(rows[0].members["quantity"], text="77", value=Decimal(77)),
    }
    table = Table(rows=(Group(members=cells, state=State.FOUND), *rows[1:]), state=State.FOUND)
    fields = {**claimed.fields, "line_items": table}
    (count,) = prove_evidence(
        document, [replace(claimed, extraction=replace(claimed.extraction, fields=fields))]
    )
    assert [fault.path for fault in count.faults] == ["line_items[0].quantity"]
