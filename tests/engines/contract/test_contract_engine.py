"""The engine as a whole: evidence that proves itself, any words at all, and long contracts."""

import time
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.documents.document import Document, MediaType
from extractor.engines.contract.engine import ContractEngine
from extractor.engines.reading import Candidate, Reading
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box, union
from extractor.pages.page import Page
from extractor.pages.word import Word

Draw = Callable[..., tuple[Page, ...]]

_SPEC = load_spec("contract")

_CONTRACT = (
    "Framework Agreement on Cleaning Services",
    "Contract No. FW-771/25, dated 4 February 2025",
    (
        'between Ellerside Clinics Ltd, 8 Abbey Row, Hexham ("Client") and Brightwater Cleaning Ltd, '
        '2 Dock Street, Goole, VAT No. GB731209554 ("Contractor").'
    ),
    "1. Services",
    (
        "1.1 The Contractor cleans the Client's premises as ordered. Defects are put right within 2 "
        "days of notice."
    ),
    "2. Prices and payment",
    "2.1 The prices in Annex A apply. They exclude VAT, which is added at 20%.",
    (
        "2.2 Each invoice is payable within thirty (30) days of receipt of the invoice, to IBAN "
        "GB29 NWBK 6016 1331 9268 19 at Harbour Bank. For payment within 10 days the Client deducts a "
        "discount of 2%. Late payments bear interest at 8% per annum, and this sentence goes on for a "
        "while so that it fills more than one line of the page it stands on."
    ),
    "2.3 The total of all invoices shall not exceed GBP 90,000.00 excluding VAT.",
    "3. Term",
    "3.1 This Agreement takes effect on 1 March 2025 and ends on 28 February 2027.",
    "\fAnnex A",
    "No.|Description|Unit|Unit price (GBP)",
    "1|Window cleaning|hour|31.50",
    "2|Floor polishing|m2|1.85",
)


def read(pages: tuple[Page, ...]) -> Reading:
    document = Document(
        id="sha256:0", source="drawn.pdf", media_type=MediaType.PDF, page_count=len(pages), content=b""
    )
    return ContractEngine().read(document, pages, _SPEC)


def every_candidate(reading: Reading) -> Iterator[Candidate]:
    for candidates in reading.candidates.values():
        for candidate in candidates:
            yield candidate
            yield from candidate.parts.values()
    for rows in reading.tables.values():
        for row in rows:
            yield from row.cells.values()


def words_inside(page: Page, box: Box) -> str:
    return "".join(word.text for word in page.words if box.contains_centre(word.box))


def proves(pages: tuple[Page, ...], candidate: Candidate) -> bool:
    """Say whether the words in the box that holds the evidence read as the quote, and little else."""
    page = next(page for page in pages if page.number == candidate.evidence.page)
    there = words_inside(page, union(candidate.evidence.boxes))
    quoted = "".join((candidate.quote or candidate.text).split())
    return quoted in there and len(there) <= 4 * len(quoted) + 60


def test_every_quote_stands_in_its_box(draw: Draw) -> None:
    pages = draw(*_CONTRACT)
    candidates = list(every_candidate(read(pages)))
    assert len(candidates) > 30
    assert [each.quote for each in candidates if not proves(pages, each)] == []


def test_a_shifted_box_proves_nothing(draw: Draw) -> None:
    pages = draw(*_CONTRACT)
    candidate = read(pages).candidates["payment_days"][0]
    moved = tuple(Box(box.x0, box.y0 + 60, box.x1, box.y1 + 60) for box in candidate.evidence.boxes)
    evidence = candidate.evidence.__class__(page=candidate.evidence.page, boxes=moved)
    shifted = Candidate(text=candidate.text, evidence=evidence, score=1.0, quote=candidate.quote)
    assert not proves(pages, shifted)


def test_every_candidate_has_a_clause_and_its_text_stands_in_its_quote_or_beside_it(draw: Draw) -> None:
    for candidate in every_candidate(read(draw(*_CONTRACT))):
        assert candidate.clause
        assert candidate.quote
        assert candidate.evidence.boxes


def test_a_sentence_over_two_pages_is_quoted_from_the_page_that_holds_most_of_it(draw: Draw) -> None:
    pages = draw(
        "1. Payment",
        "1.1 Each invoice is payable within 30 days of the invoice\fdate. Nothing else applies.",
    )
    candidate = read(pages).candidates["payment_days"][0]
    assert candidate.evidence.page == 1
    assert candidate.quote == "Each invoice is payable within 30 days of the invoice"
    assert proves(pages, candidate)


def test_a_quote_ends_before_a_raised_mark(draw: Draw) -> None:
    (page,) = draw(
        "1. Payment", "1.1 Invoices are payable within 30 days of the invoice date to 39 th Street."
    )
    raised = tuple(
        replace(word, box=Box(word.box.x0, word.box.y0 - 2, word.box.x1, word.box.y0 + 6))
        if word.text == "th"
        else word
        for word in page.words
    )
    apart = (replace(page, words=raised),)
    candidate = read(apart).candidates["payment_days"][0]
    assert candidate.quote == "Invoices are payable within 30 days of the invoice date to 39"


def test_scores_fall_from_the_best(draw: Draw) -> None:
    for candidates in read(draw(*_CONTRACT)).candidates.values():
        scores = [candidate.score for candidate in candidates]
        assert scores == sorted(scores, reverse=True)
        assert all(0 <= score <= 1 for score in scores)


def test_a_term_that_the_spec_does_not_name_is_not_read(draw: Draw) -> None:
    pages = draw(*_CONTRACT)
    narrow = _SPEC.model_copy(update={"fields": {"payment_days": _SPEC.fields["payment_days"]}})
    document = Document(id="sha256:0", source="d", media_type=MediaType.PDF, page_count=1, content=b"")
    reading = ContractEngine().read(document, pages, narrow)
    assert set(reading.candidates) == {"payment_days"}
    assert not reading.tables


_PIECES = st.sampled_from(
    [
        "1.",
        "1.1",
        "(a)",
        "§",
        "2",
        "Abs.",
        "3",
        "第三条",
        "（二）",
        "四、",
        "Annex",
        "A:",
        "(",
        ")",
        "„",
        "“",
        "30",
        "days",
        "5%",
        "EUR",
        "1,000.00",
        "31.12.2025",
        "______",
        ".",
        ",",
        ";",
        "payable",
        "within",
        "discount",
        "Seller:",
        "甲方：",
        "付款",
        "Skonto",
        "retention",
        "VAT",
        "Ltd",
        "GmbH",
        "有限公司",
        "No.",
        "Description",
        "Price",
        "Contents",
        "........",
        "between",
        "and",
    ]
)


@given(
    lines=st.lists(st.lists(st.one_of(_PIECES, st.text(max_size=8)), max_size=9).map(" ".join), max_size=14)
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_words_are_read_without_an_error(draw: Draw, lines: list[str]) -> None:
    pages = draw(*lines)
    for candidate in every_candidate(read(pages)):
        assert candidate.clause


@given(
    words=st.lists(
        st.tuples(
            st.text(min_size=1, max_size=12).filter(lambda text: bool(text.strip())),
            st.floats(0, 590),
            st.floats(0, 830),
            st.floats(0, 80),
            st.floats(0, 40),
        ),
        max_size=40,
    )
)
@settings(max_examples=100, deadline=None)
def test_words_anywhere_are_read_without_an_error(
    words: list[tuple[str, float, float, float, float]],
) -> None:
    placed = tuple(
        Word(text=text, box=Box(x, y, x + width, y + height)) for text, x, y, width, height in words
    )
    read((Page(number=1, width=600.0, height=840.0, words=placed),))


@pytest.mark.slow
def test_a_hundred_pages_are_read_in_seconds(draw: Draw) -> None:
    pages = draw(
        *(f"{clause}. Clause\f{clause}.1 {_CONTRACT[7][4:]}" for clause in range(1, 90) for _ in range(4))
    )
    filled = [page for page in pages if page.words]
    assert len(filled) >= 100
    started = time.perf_counter()
    read(pages)
    assert time.perf_counter() - started < 20  # a busy machine; alone it takes a quarter of that


def test_a_line_that_leads_to_the_clauses_is_no_title(read: Callable[..., Reading]) -> None:
    reading = read(
        "买卖合同", "甲方：晨星公司", "双方经友好协商，达成如下协议：", "第一条 标的", "1.1 甲方购买设备。"
    )
    assert reading.candidates["title"][0].text == "买卖合同"
    none = read("甲方：晨星公司", "双方经友好协商，达成如下协议：", "第一条 标的", "1.1 甲方购买设备。")
    assert "title" not in none.candidates
