"""Varied invoices print what their truth says, add up, and nothing lies on anything else."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from synthesis.chance import seeded
from synthesis.invoice import GeneratedInvoice, generate_invoice
from synthesis.invoices.generate import random_content
from synthesis.invoices.layout import head_plans
from synthesis.record import InvoiceRecord, Line
from synthesis.truth import HEADER_FIELDS, LINE_COLUMNS

from extractor.values.text import squeeze

from .pages import overlaps, paper_of, printed_words

LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")


@pytest.fixture(scope="module", params=LANGUAGES)
def invoices(request: pytest.FixtureRequest) -> list[GeneratedInvoice]:
    return [generate_invoice(seed, language=request.param) for seed in range(6)]


def test_the_same_seed_makes_the_same_bytes() -> None:
    once, again = generate_invoice(11, language="fr"), generate_invoice(11, language="fr")
    assert once == again


def test_every_header_value_is_printed(invoices: list[GeneratedInvoice]) -> None:
    assert [missing for made in invoices for missing in _missing_headers(made)] == []


def test_every_cell_is_printed(invoices: list[GeneratedInvoice]) -> None:
    assert [missing for made in invoices for missing in _missing_cells(made)] == []


def test_no_word_lies_on_another_or_beyond_the_page(invoices: list[GeneratedInvoice]) -> None:
    assert [found for made in invoices for found in _misplaced(made)] == []


def test_the_truth_names_every_field_and_column(invoices: list[GeneratedInvoice]) -> None:
    for made in invoices:
        assert set(made.truth.fields) == set(HEADER_FIELDS)
        assert all(set(row) == set(LINE_COLUMNS) for row in made.truth.line_items)
        assert len(made.truth.line_alternatives) == len(made.truth.line_items)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_hundreds_of_invoices_are_sound(language: str) -> None:
    wrong: list[str] = []
    for seed in range(100, 140):
        made = generate_invoice(seed, language=language)
        for check in (_missing_headers, _missing_cells, _misplaced):
            wrong += [f"{made.name}: {found}" for found in check(made)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sums_are_exact(language: str) -> None:
    for seed in range(150):
        content = random_content(seeded(f"{language}-{seed}"), language)
        record, places = content.bill.record, content.layout.pen.places
        assert record.net_amount + record.tax_amount == record.gross_amount
        assert sum(row.tax for row in record.tax_breakdown) == record.tax_amount
        assert _due(record) == record.amount_due
        is_gross = content.bill.tax_case == "gross_prices"
        lines = sum((_amount(entry, is_gross=is_gross) for entry in record.line_items), Decimal(0))
        allowed = sum(
            (entry.amount if entry.is_charge else -entry.amount for entry in record.allowances), Decimal(0)
        )
        assert lines + allowed == (record.gross_amount if is_gross else record.net_amount)
        for entry in record.line_items:
            assert _amount(entry, is_gross=is_gross) == _line_total(entry, places), (seed, entry)


@pytest.mark.parametrize("language", LANGUAGES)
def test_taxes_follow_from_their_bases(language: str) -> None:
    for seed in range(150):
        content = random_content(seeded(f"{language}-{seed}"), language)
        unit = Decimal(1).scaleb(-content.layout.pen.places)
        for row in content.bill.record.tax_breakdown:
            assert abs(row.base * row.rate / 100 - row.tax) <= unit * (
                1 if content.bill.tax_case == "gross_prices" else Decimal("0.5")
            )


def test_there_are_hundreds_of_structures_in_a_few_hundred_seeds() -> None:
    structures = {
        random_content(seeded(f"{language}-{seed}"), language).layout.structure
        for language in LANGUAGES
        for seed in range(60)
    }
    assert len(structures) > 400
    assert {structure.split("/")[0] for structure in structures} == set(head_plans())


def test_seeds_differ_in_kind_and_taxation() -> None:
    bills = [random_content(seeded(f"en-{seed}"), "en").bill for seed in range(200)]
    assert len({bill.record.invoice_type for bill in bills}) == 6
    assert {bill.tax_case for bill in bills} == {"taxed", "gross_prices", "reverse_charge", "exempt"}
    assert len({bill.record.currency for bill in bills}) >= 8
    assert any(bill.record.gross_amount < 0 for bill in bills)


def _missing_headers(made: GeneratedInvoice) -> list[str]:
    words = [squeeze(word.text) for word in printed_words(made.content)]
    return [f"{name} {value!r}" for name, value in made.printed.items() if not _is_printed(value, words)]


def _missing_cells(made: GeneratedInvoice) -> list[str]:
    words = [squeeze(word.text) for word in printed_words(made.content)]
    return [
        f"{name} {row[name]!r}"
        for row in made.truth.line_items
        for name in ("description", "specification", "product_code", "unit")
        if (value := row[name]) and not _is_printed(value, words)
    ]


def _is_printed(value: str, words: list[str]) -> bool:
    """Say whether every word of a value stands on a page unbroken; Chinese may be broken anywhere."""
    if any(character >= "\u2e80" for character in value):
        return set(squeeze(value)) <= set("".join(words))
    return all(any(squeeze(piece) in word for word in words) for piece in value.split())


def _misplaced(made: GeneratedInvoice) -> list[object]:
    words = printed_words(made.content)
    width, height = paper_of(made.content)
    beyond = [
        word.text
        for word in words
        if word.box[0] < 5 or word.box[2] > width - 5 or word.box[1] < 3 or word.box[3] > height - 3
    ]
    return [*overlaps(words), *beyond]


def _due(record: InvoiceRecord) -> Decimal:
    return (
        record.gross_amount
        - (record.prepaid_amount or 0)
        - (record.withheld_amount or 0)
        + (record.previous_balance or 0)
        + (record.rounding_amount or 0)
    )


def _amount(entry: Line, *, is_gross: bool) -> Decimal:
    return (entry.gross_amount or Decimal(0)) if is_gross else entry.net_amount


def _line_total(entry: Line, places: int) -> Decimal:
    full = entry.quantity * entry.unit_price / entry.price_base
    return (full * (100 - (entry.discount or 0)) / 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
