"""Words that a contract defines, and sentences that use them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.reading import Reading, Scalar

Read = Callable[..., Reading]


@pytest.mark.parametrize(
    ("definition", "use", "term", "value"),
    [
        (
            '1.1 "Settlement Window" means thirty (30) days from receipt of the invoice.',
            "2.1 The Customer pays each invoice within the Settlement Window.",
            "payment_days",
            Decimal(30),
        ),
        (
            '1.1 "Go-Live" means 1 March 2025.',
            "2.1 This Agreement begins on Go-Live and ends on 28 February 2026.",
            "effective_date",
            date(2025, 3, 1),
        ),
        (
            '1.1 "Standard Rate" means 20%.',
            "2.1 VAT is charged at the Standard Rate.",
            "tax_rate",
            Decimal(20),
        ),
        (
            '1.1 The Supplier renders the works for EUR 12,000.00 (the "Fee").',
            "2.1 All invoices together shall not exceed the Fee.",
            "total_amount",
            Decimal("12000.00"),
        ),
        (
            "1.1 „Zahlungsfenster“ bezeichnet einen Zeitraum von 45 Tagen ab Rechnungseingang.",
            "2.1 Der Auftraggeber begleicht Rechnungen binnen des Zahlungsfenster.",
            "payment_days",
            Decimal(45),
        ),
        (
            "1.1 “结算周期”是指收到发票之日起三十日。",
            "2.1 甲方应在结算周期内付清货款。",
            "payment_days",
            Decimal(30),
        ),
        (
            "1.1 “首日”指2025年3月1日。",
            "2.1 本合同自首日起生效，至2026年2月28日终止。",
            "effective_date",
            date(2025, 3, 1),
        ),
    ],
)
def test_a_defined_word_says_its_figure(
    read: Read, definition: str, use: str, term: str, value: Scalar
) -> None:
    found = read("1. Definitions", definition, "2. Terms", use).candidates[term][0]
    assert (found.value, found.clause) == (value, "1.1")


def test_a_word_that_nobody_uses_fixes_nothing(read: Read) -> None:
    reading = read(
        "1. Definitions", '1.1 "Standard Rate" means 20%.', "2. VAT", "2.1 VAT is added to the prices."
    )
    assert "tax_rate" not in reading.candidates


def test_a_figure_that_a_sentence_names_itself_comes_before_a_defined_one(read: Read) -> None:
    reading = read(
        "1. Definitions", '1.1 "Window" means 60 days from receipt of the invoice.', "2. Payment",
        "2.1 Each invoice is payable within 14 days of receipt of the invoice.",
        "2.2 Invoices for spare parts are settled within the Window.",
    )  # fmt: skip
    first, *others = reading.candidates["payment_days"]
    assert first.value == Decimal(14)
    assert all(other.score < first.score for other in others)  # no contradiction


def test_a_party_is_no_definition(read: Read) -> None:
    reading = read(
        "1. Fee",
        '1.1 Brindle Ltd pays EUR 900.00 (the "Supplier").',
        "2. Cap",
        "2.1 The total is due to the Supplier.",
    )
    assert "total_amount" not in reading.candidates
