import tomllib
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.documents.document import Document, MediaType
from extractor.field_specs.recognition import Recognition, recognise
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

PDF = Document(id="sha256:0", source="a.pdf", media_type=MediaType.PDF, page_count=1, content=b"")


def page(text: str, *, large: Sequence[str] = ()) -> Page:
    """Set a page in lines; two spaces or more part two columns; lines in `large` are set in 20 points."""
    words: list[Word] = []
    top = 40.0
    for line in text.strip().splitlines():
        size = 20.0 if line.strip() in large else 10.0
        left = 40.0
        for part in line.strip().split("  "):
            for word in part.split():
                width = size * 0.5 * len(word)
                words.append(Word(text=word, box=Box(left, top, left + width, top + size)))
                left += width + size * 0.3
            left += 4 * size
        top += size * 1.4
    return Page(number=1, width=595, height=842, words=tuple(words))


def seen(text: str, *, large: Sequence[str] = ()) -> Recognition:
    return recognise([page(text, large=large)], PDF)


SAMPLES = tomllib.loads((Path(__file__).parent / "recognition_samples.toml").read_text(encoding="utf-8"))
INVOICES, CONTRACTS, OTHERS = SAMPLES["invoice"], SAMPLES["contract"], SAMPLES["other"]


@pytest.mark.parametrize("name", INVOICES)
def test_invoices_and_receipts_are_invoices(name: str) -> None:
    assert seen(INVOICES[name]).spec == "invoice"


@pytest.mark.parametrize("name", CONTRACTS)
def test_contracts_are_contracts(name: str) -> None:
    assert seen(CONTRACTS[name]).spec == "contract"


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_neither_is_other(name: str) -> None:
    assert seen(OTHERS[name]).spec == "other"


def test_the_title_is_given_as_printed() -> None:
    assert seen(CONTRACTS["German"]).title == "Rahmenvertrag"
    assert seen(INVOICES["French"]).title == "Facture n° 2026-118"


def test_a_large_title_counts_wherever_it_stands() -> None:
    lines = "\n".join(["some words of no meaning here"] * 28)
    assert seen(f"{lines}\nINVOICE\nTotal  1.00", large=["INVOICE"]).title == "INVOICE"
    assert seen(f"{lines}\nINVOICE\nTotal  1.00").title is None


def test_xml_is_an_invoice_without_a_look_at_pages() -> None:
    xml = Document(id="sha256:0", source="a.xml", media_type=MediaType.XML, page_count=0, content=b"")
    assert recognise([], xml).spec == "invoice"


def test_no_words_are_other() -> None:
    assert recognise([], PDF).spec == "other"
    assert recognise([Page(number=1, width=595, height=842, words=())], PDF).spec == "other"


def test_a_long_document_takes_no_longer_than_three_pages() -> None:
    dense = page("\n".join(["the parties shall deliver the goods and pay the price in due time"] * 60))
    recognise([dense], PDF)
    started = perf_counter()
    recognise([dense] * 3, PDF)
    three = perf_counter() - started
    started = perf_counter()
    recognise([dense] * 300, PDF)
    assert perf_counter() - started < 5 * three + 0.05


@given(st.text(max_size=300))
def test_any_page_is_one_of_the_three(text: str) -> None:
    assert recognise([page(text or "x")], PDF).spec in {"invoice", "contract", "other"}
