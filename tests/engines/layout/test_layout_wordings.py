"""Wordings and forms that were once misread."""

import pytest
from engines.layout.pages import (
    block,
    field,
    first,
    grid,
    page,
    read,
    table_column,
    table_texts,
    text_of,
    value_of,
)
from engines.layout.test_layout_totals import choose, total

from extractor.engines.layout.totals import DUE, GROSS, NET, TAX


def test_a_numero_sign_does_not_shift_or_crash() -> None:
    reading = read(page("Order \u2116 77 Invoice No: 4711 @50,80", "Bestell-\u2116 @50,100", "81 @200,100"))
    kind = first(reading, "invoice_type")
    assert kind is None or kind.text == "Invoice"


def test_label_with_bracket_then_colon() -> None:
    assert (
        field("amount_in_words", "Amount (in words): Five hundred euros only @50,500")
        == "Five hundred euros only"
    )


@pytest.mark.parametrize("last", ["Grand Total", "Total"])
def test_total_tax_grand_total(last: str) -> None:
    reading = read(page(grid("330 >545", "Total | 100.00", "Tax | 19.00", f"{last} | 119.00", top=500)))
    assert [value_of(reading, n) for n in ("net_amount", "tax_amount", "gross_amount")] == [
        "100.00",
        "19.00",
        "119.00",
    ]


def test_one_printed_amount_is_not_net_and_gross_by_way_of_the_amount_due() -> None:
    found = choose(total(NET, "100.00", row=1), total(TAX, "0.00", row=2), total(DUE, "100.00", row=1)).chosen
    assert GROSS not in found or found[NET].candidate.evidence != found[GROSS].candidate.evidence


COLUMNS = "50 >300 >400 >545"
HEAD = "Description | Qty | Price | Amount"


@pytest.mark.parametrize(
    "carried",
    [
        "Subtotal",
        "Carried forward",
        "Brought forward",
        "Zwischensumme",
        "Übertrag",
        "Report",
        "小计",
        "承前页",
    ],
)
def test_sum_brought_over_at_the_top_of_the_next_page(carried: str) -> None:
    reading = read(
        page(grid(COLUMNS, HEAD, "Oak board | 2 | 3.50 | 7.00", top=300)),
        page(
            grid(COLUMNS, HEAD, f"{carried} |  |  | 7.00", "Brass hinge | 4 | 2.00 | 8.00", top=40), number=2
        ),
    )
    assert table_column(reading, "description") == ["Oak board", "Brass hinge"]


@pytest.mark.parametrize("carried", ["Carried forward", "Übertrag", "À reporter", "过次页"])
def test_sum_carried_over_at_the_foot(carried: str) -> None:
    reading = read(
        page(grid(COLUMNS, HEAD, "Oak board | 2 | 3.50 | 7.00", f"{carried} |  |  | 7.00", top=300)),
        page(grid(COLUMNS, HEAD, "Brass hinge | 4 | 2.00 | 8.00", top=40), number=2),
    )
    assert table_column(reading, "description") == ["Oak board", "Brass hinge"]


def test_subtotals_of_groups_within_one_table() -> None:
    reading = read(
        page(
            grid(
                COLUMNS,
                HEAD,
                "Oak board | 2 | 3.50 | 7.00",
                "Subtotal |  |  | 7.00",
                "Brass hinge | 4 | 2.00 | 8.00",
                "Subtotal |  |  | 8.00",
                "Total |  |  | 15.00",
                top=300,
            )
        )
    )
    assert table_column(reading, "description") == ["Oak board", "Brass hinge"]


def test_quantity_right_aligned_under_a_left_aligned_heading_with_the_unit_close_behind() -> None:
    reading = read(
        page(
            grid("50 250 300 >420 >545", "Description | Qty | Unit | Price | Amount", top=300),
            "Oak board @50,316",
            "2 @288,316",
            "pcs @300,316",
            "3.50 @>420,316",
            "7.00 @>545,316",
        )
    )
    assert table_texts(reading) == [
        {
            "description": "Oak board",
            "quantity": "2",
            "unit": "pcs",
            "unit_price": "3.50",
            "net_amount": "7.00",
        }
    ]


# --- second round
T = ("net_amount", "tax_amount", "gross_amount", "amount_due")
FIRM = block("Alderbrook Joinery Ltd", "12 Quarry Road", "Ludlow SY8 1AZ", x=50, top=40)


@pytest.mark.parametrize(
    "rows",
    [
        ("Nettosumme | 300,00", "7 % MwSt. | 7,00", "19 % MwSt. | 38,00", "Gesamtbetrag | 345,00"),
        (
            "7 % MwSt. auf 100,00 | 7,00",
            "19 % MwSt. auf 200,00 | 38,00",
            "Nettosumme | 300,00",
            "Gesamtbetrag | 345,00",
        ),
    ],
)
def test_two_rates_printed_before_the_label_are_summed(rows: str) -> None:
    reading = read(page(grid("330 >545", *rows, top=500)))
    assert [value_of(reading, n) for n in T[:3]] == ["300.00", "45.00", "345.00"]
    assert [row["tax"] for row in table_texts(reading, "tax_breakdown")] == ["7,00", "38,00"]


def test_net_after_an_instalment_where_only_the_amount_due_is_printed() -> None:
    reading = read(
        page(
            grid(
                "330 >545",
                "Zwischensumme netto | 1.000,00",
                "abzgl. Abschlag 1 | -400,00",
                "Netto | 600,00",
                "USt. 19 % | 114,00",
                "Zahlbetrag | 714,00",
                top=500,
            )
        )
    )
    assert value_of(reading, "net_amount") == "600.00"


def test_account_name_is_the_holder_not_the_buyer() -> None:
    lines = block(
        "Account name: Alderbrook Joinery Ltd",
        "Bank name: Ludlow Trust Bank",
        "Account no.: 0042117790",
        x=50,
        top=700,
    )
    reading = read(page(lines))
    assert text_of(reading, "buyer_name") is None
    assert text_of(reading, "seller_bank_account") == "0042117790"


@pytest.mark.parametrize("salutation", ["Herrn", "Frau", "Herr", "Mr", "Monsieur"])
def test_a_salutation_is_not_the_buyers_name(salutation: str) -> None:
    reading = read(
        page(
            block("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg", "Tel. 040 123", x=380, top=30),
            block(salutation, "Jona Quellbach", "Am Markt 4", "88356 Ostrach", x=50, top=145),
        )
    )
    assert text_of(reading, "buyer_name") == "Jona Quellbach"


@pytest.mark.parametrize(
    "sentence",
    [
        "We will collect the amount from your account DE02 1203 0000 0000 2020 51 on 5.4.2026",
        "Der Betrag wird von Ihrem Konto DE02 1203 0000 0000 2020 51 abgebucht.",
    ],
)
def test_the_account_that_is_debited_is_the_buyers(sentence: str) -> None:
    assert field("seller_bank_account", f"{sentence} @50,600") is None


def test_a_table_of_description_and_amount_is_one() -> None:
    reading = read(
        page(
            grid("50 >545", "Description | Amount", "Design work | 280.00", "Hosting | 20.00", top=300),
            grid("330 >545", "Total | 300.00", top=380),
        )
    )
    assert table_texts(reading) == [
        {"description": "Design work", "net_amount": "280.00"},
        {"description": "Hosting", "net_amount": "20.00"},
    ]


@pytest.mark.parametrize(
    "text", ["Thank you for your business", "Goods remain our property until paid in full."]
)
@pytest.mark.parametrize("gap", [16, 32])
def test_text_below_the_last_item_is_not_its_description(text: str, gap: int) -> None:
    reading = read(
        page(grid(COLUMNS, HEAD, "Oak board | 2 | 3.50 | 7.00", top=300), f"{text} @50,{316 + 13 + gap}")
    )
    assert table_column(reading, "description") == ["Oak board"]


def test_page_footer_close_under_the_last_item() -> None:
    reading = read(
        page(
            grid(COLUMNS, HEAD, "Oak board | 2 | 3.50 | 7.00", top=740),
            "Alder Ltd · 12 Quarry Road · Ludlow SY8 1AZ @50,800,7",
        ),
        page(grid(COLUMNS, "Brass hinge | 4 | 2.00 | 8.00", "Total |  |  | 15.00", top=100), number=2),
    )
    assert table_column(reading, "description") == ["Oak board", "Brass hinge"]
