"""Generated documents say what their truth says, and are the same every time."""

from decimal import Decimal

import pymupdf
import pytest
from synthesis.fapiao import generate_fapiao
from synthesis.invoice import generate_invoice
from synthesis.measure import Tally
from synthesis.truth import HEADER_FIELDS, LINE_COLUMNS, Truth

from extractor.values.text import squeeze

_NOT_LITERAL = {
    "invoice_type",
    "issue_date",
    "due_date",
    "currency",
    "seller_address",
    "net_amount",
    "tax_amount",
    "gross_amount",
    "amount_due",
    "remarks",  # wrapped, with a stacked caption beside it
}


def _text(content: bytes) -> str:
    with pymupdf.open(stream=content, filetype="pdf") as file:  # type: ignore[no-untyped-call]  # not annotated
        return squeeze("".join(page.get_text() for page in file))


def _assert_printed(truth: Truth, content: bytes) -> None:
    text = _text(content)
    for name, value in truth.fields.items():
        if value and name not in _NOT_LITERAL:
            assert squeeze(value) in text, name
    for row in truth.line_items:
        for name in ("unit", "product_code"):
            assert squeeze(row[name] or "") in text


@pytest.mark.parametrize("seed", range(10))
def test_a_fapiao_prints_its_truth(seed: int) -> None:
    made = generate_fapiao(seed)
    _assert_printed(made.truth, made.content)


@pytest.mark.parametrize("language", ["en", "de", "fr", "zh", "nl", "es", "it", "pt"])
@pytest.mark.parametrize("seed", range(3))
def test_an_invoice_prints_its_truth(seed: int, language: str) -> None:
    made = generate_invoice(seed, language=language)
    _assert_printed(made.truth, made.content)


@pytest.mark.parametrize("seed", range(30))
def test_the_sums_of_a_fapiao_are_right(seed: int) -> None:
    fapiao = generate_fapiao(seed).fapiao
    tax = fapiao.tax_amount or Decimal(0)
    assert fapiao.net_amount + tax == fapiao.gross_amount
    assert sum(row.net_amount for row in fapiao.lines) == fapiao.net_amount
    assert sum(row.tax_amount or 0 for row in fapiao.lines) == tax


@pytest.mark.parametrize("language", ["en", "de", "fr", "zh", "nl", "es", "it", "pt"])
def test_the_truth_names_every_field_and_column(language: str) -> None:
    truth = generate_invoice(3, language=language).truth
    assert set(truth.fields) == set(HEADER_FIELDS)
    assert all(set(row) == set(LINE_COLUMNS) for row in truth.line_items)


def test_the_same_seed_makes_the_same_bytes() -> None:
    assert generate_fapiao(7).content == generate_fapiao(7).content
    assert generate_invoice(7, language="de").content == generate_invoice(7, language="de").content


def test_other_seeds_make_other_documents() -> None:
    assert len({generate_fapiao(seed).truth.fields["invoice_number"] for seed in range(10)}) == 10


def test_a_value_read_where_none_is_printed_lowers_precision_alone() -> None:
    tally = Tally()
    tally.count("a.pdf", "due_date", wanted=None, read="2026-01-01", is_right=False)
    tally.count("a.pdf", "invoice_number", wanted="7", read="7", is_right=True)
    assert (tally.recall, tally.precision) == (Decimal(1), Decimal("0.5"))
