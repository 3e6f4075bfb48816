"""What a code says of a field beside what was read on the page: one test for each line of the rule."""

from datetime import date
from decimal import Decimal

import pytest

from extractor.documents.document import Document, MediaType
from extractor.engines.reading import Candidate, Evidence, Reading
from extractor.extraction.agreement import says_same
from extractor.extraction.combine import combine
from extractor.extraction.extraction import Extraction, Part, State
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.word import Origin

INVOICE = load_spec("invoice")
DOCUMENT = Document(id="sha256:7", source="a.pdf", media_type=MediaType.PDF, page_count=1, content=b"")
PLACE = Evidence(page=1, boxes=(Box(1, 2, 3, 4),))
ELSEWHERE = Evidence(page=1, boxes=(Box(5, 6, 7, 8),))
ON_A_SCAN = Evidence(page=1, boxes=(Box(1, 2, 3, 4),), origin=Origin.OCR)
XML = Evidence(page=None, origin=Origin.XML)
CODE = Evidence(page=1, boxes=(Box(50, 50, 90, 90),), origin=Origin.CODE)


def says(text: str, score: float, evidence: Evidence = PLACE) -> Candidate:
    return Candidate(text=text, evidence=evidence, score=score)


def page(field: str, *candidates: Candidate, engine: str = "layout") -> Reading:
    return Reading(engine=engine, candidates={field: candidates})


def codes(field: str, *texts: str, score: float = 0.95, printed: tuple[Candidate, ...] = ()) -> Reading:
    return Reading(
        engine="codes", candidates={field: (*(says(text, score, CODE) for text in texts), *printed)}
    )


def combined(*readings: Reading) -> Extraction:
    return combine(readings, document=DOCUMENT, part=Part(pages=(1,)), spec=INVOICE, engine="layout")


def witnesses(extraction: Extraction, field: str, *, agreeing: bool = False) -> list[object]:
    """Return the second readings that are against a field, or for it."""
    others = extraction.witnesses.get(field, ())
    held = extraction.leaf(field)
    return [leaf.value for leaf in others if says_same(held, leaf, INVOICE.fields[field]) is agreeing]


# 1: the page says the same


def test_a_page_that_says_the_same_keeps_text_and_place_and_is_surer() -> None:
    extraction = combined(page("gross_amount", says("119,00 €", 0.8)), codes("gross_amount", "119.00"))
    leaf = extraction.leaf("gross_amount")
    assert (leaf.value, leaf.text, leaf.evidence, leaf.engine) == (Decimal(119), "119,00 €", PLACE, "layout")
    assert leaf.score == pytest.approx(0.99)
    assert witnesses(extraction, "gross_amount") == []
    assert witnesses(extraction, "gross_amount", agreeing=True) == [119]


def test_the_margin_to_another_reading_of_the_page_counts_no_more() -> None:
    read = page("gross_amount", says("119.00", 0.8), says("100.00", 0.75, ELSEWHERE))
    assert combined(read, codes("gross_amount", "119.00")).leaf("gross_amount").margin == pytest.approx(0.95)


def test_a_hint_that_agrees_makes_surer_and_one_that_does_not_is_passed_over() -> None:
    read = page("invoice_number", says("RE-118", 0.8))
    agreeing = combined(read, codes("invoice_number", "RE-118", score=0.45))
    other = combined(read, codes("invoice_number", "90210", score=0.45))
    assert agreeing.leaf("invoice_number").score == pytest.approx(0.89)
    assert other.leaf("invoice_number").score == pytest.approx(0.8)
    assert not agreeing.witnesses
    assert not other.witnesses


# 2: a code picks among candidates


@pytest.mark.parametrize(("score", "value", "against"), [(0.54, 119, []), (0.53, 100, [119])])
def test_a_code_picks_an_amount_that_is_nearly_as_likely(
    score: float, value: int, against: list[int]
) -> None:
    read = page("gross_amount", says("100.00", 0.9), says("119.00", score, ELSEWHERE))
    extraction = combined(read, codes("gross_amount", "119.00"))
    assert extraction.leaf("gross_amount").value == value
    assert witnesses(extraction, "gross_amount") == against


def test_a_code_picks_an_id_however_unlikely_it_was() -> None:
    read = page("invoice_number", says("SO-77", 0.9), says("RE-2026-118", 0.1, ELSEWHERE))
    extraction = combined(read, codes("invoice_number", "RE-2026-118"))
    leaf = extraction.leaf("invoice_number")
    assert (leaf.value, leaf.evidence) == ("RE-2026-118", ELSEWHERE)
    assert witnesses(extraction, "invoice_number") == []


def test_an_id_that_is_printed_somewhere_is_shown_there() -> None:
    printed = (says("RE-2026-118", 0.95, ELSEWHERE),)
    read = page("invoice_number", says("SO-77", 0.9))
    extraction = combined(read, codes("invoice_number", "RE-2026-118", printed=printed))
    leaf = extraction.leaf("invoice_number")
    assert (leaf.value, leaf.evidence) == ("RE-2026-118", ELSEWHERE)
    assert witnesses(extraction, "invoice_number") == []


# 3: the page shows nothing


def test_a_code_fills_in_what_the_page_does_not_show() -> None:
    leaf = combined(codes("issue_date", "2026-03-05")).leaf("issue_date")
    assert (leaf.value, leaf.evidence, leaf.engine) == (date(2026, 3, 5), CODE, "codes")


def test_a_day_that_is_none_stays_to_be_found_on_a_page_and_gives_way_on_a_scan() -> None:
    said = codes("issue_date", "2026-03-05")
    printed = combined(page("issue_date", says("31.02.2026", 0.9)), said)
    scanned = combined(page("issue_date", says("31.02.2026", 0.9, ON_A_SCAN)), said)
    assert printed.leaf("issue_date").state is State.UNREADABLE
    assert scanned.leaf("issue_date").value == date(2026, 3, 5)


# 4: the page shows another value


def test_a_text_layer_that_says_something_else_stays_and_the_code_accuses() -> None:
    extraction = combined(page("gross_amount", says("119.00", 0.9)), codes("gross_amount", "911.00"))
    leaf = extraction.leaf("gross_amount")
    assert (leaf.value, leaf.evidence) == (Decimal(119), PLACE)
    assert leaf.score < 0.9
    assert witnesses(extraction, "gross_amount") == [911]


@pytest.mark.parametrize(("score", "shown", "against"), [(0.5, 119, 911), (0.49, 911, 119)])
def test_a_guess_gives_way_to_a_code_and_is_told_all_the_same(score: float, shown: int, against: int) -> None:
    extraction = combined(page("gross_amount", says("119.00", score)), codes("gross_amount", "911.00"))
    assert extraction.leaf("gross_amount").value == shown
    assert witnesses(extraction, "gross_amount") == [against]


def test_recognised_print_gives_way_to_a_code_and_is_told_all_the_same() -> None:
    extraction = combined(
        page("invoice_number", says("RE-2O26-118", 0.95, ON_A_SCAN)), codes("invoice_number", "RE-2026-118")
    )
    assert extraction.leaf("invoice_number").value == "RE-2026-118"
    assert extraction.leaf("invoice_number").evidence == CODE
    assert witnesses(extraction, "invoice_number") == ["RE-2O26-118"]


@pytest.mark.parametrize("field", ["issue_date", "seller_tax_id", "currency", "invoice_code"])
def test_any_field_but_a_wording_is_accused(field: str) -> None:
    values = {"issue_date": ("2026-03-05", "2026-05-03"), "currency": ("EUR", "CHF")}
    mine, theirs = values.get(field, ("512345678", "508765439"))
    extraction = combined(page(field, says(mine, 0.9)), codes(field, theirs))
    assert len(extraction.witnesses[field]) == 1


def test_names_that_differ_accuse_nobody_and_the_printed_one_stays() -> None:
    extraction = combined(
        page("seller_name", says("Tannwald GmbH", 0.6)), codes("seller_name", "شركة الواحة")
    )
    assert extraction.leaf("seller_name").value == "Tannwald GmbH"
    assert witnesses(extraction, "seller_name") == []


# Embedded XML


def test_xml_holds_and_a_code_witnesses_for_or_against_it() -> None:
    xml = page("gross_amount", says("119.00", 1.0, XML), engine="einvoice")
    shown = page("gross_amount", says("119,00 €", 0.8))
    for_it = combined(xml, shown, codes("gross_amount", "119.00"))
    against = combined(xml, shown, codes("gross_amount", "911.00"))
    assert (for_it.leaf("gross_amount").engine, witnesses(for_it, "gross_amount")) == ("einvoice", [])
    assert (against.leaf("gross_amount").value, witnesses(against, "gross_amount")) == (Decimal(119), [911])


def test_xml_holds_also_where_a_code_says_what_the_page_shows() -> None:
    extraction = combined(
        page("gross_amount", says("119.00", 1.0, XML), engine="einvoice"),
        page("gross_amount", says("911.00", 0.9)),
        codes("gross_amount", "911.00"),
    )
    assert extraction.leaf("gross_amount").value == 119
    assert witnesses(extraction, "gross_amount") == [911, 911]


# Several codes


def test_of_two_codes_the_one_that_the_page_agrees_with_counts_and_the_other_accuses() -> None:
    extraction = combined(page("amount_due", says("119.00", 0.9)), codes("amount_due", "911.00", "119.00"))
    assert extraction.leaf("amount_due").value == 119
    assert witnesses(extraction, "amount_due") == [911]


def test_two_codes_that_contradict_each_other_are_told_where_the_page_shows_nothing() -> None:
    extraction = combined(codes("amount_due", "911.00", "119.00"))
    assert extraction.leaf("amount_due").value == 911
    assert witnesses(extraction, "amount_due") == [119]


# The amount to be paid


def test_an_amount_due_that_is_printed_as_the_total_is_shown_there_and_proves_it() -> None:
    extraction = combined(page("gross_amount", says("119,00 €", 0.8)), codes("amount_due", "119.00"))
    due, gross = extraction.leaf("amount_due"), extraction.leaf("gross_amount")
    assert (due.value, due.text, due.evidence) == (Decimal(119), "119,00 €", PLACE)
    assert gross.score == pytest.approx(0.99)


def test_another_amount_due_stays_that_of_the_code() -> None:
    extraction = combined(page("gross_amount", says("119,00 €", 0.8)), codes("amount_due", "100.00"))
    due, gross = extraction.leaf("amount_due"), extraction.leaf("gross_amount")
    assert (due.value, due.evidence) == (Decimal(100), CODE)
    assert gross.score == pytest.approx(0.8)
