"""The kind comes from the title, the currency from signs, codes or the country."""

import pytest
from engines.layout.pages import block, first, grid, page, read, value_of

HEAD = block("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg", x=50, top=40)


def kind(*prints: str | list[str]) -> str | None:
    return value_of(read(page(*prints)), "invoice_type")


def currency(*prints: str | list[str]) -> str | None:
    return value_of(read(page(*prints)), "currency")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("INVOICE", "commercial"),
        ("Rechnung", "commercial"),
        ("Tax Invoice", "commercial"),
        ("Facture", "commercial"),
        ("CREDIT NOTE", "credit_note"),
        ("Gutschrift", "credit_note"),
        ("Avoir", "credit_note"),
        ("Pro Forma Invoice", "proforma"),
        ("Proformarechnung", "proforma"),
        ("Abschlagsrechnung", "partial"),
        ("1. Abschlagsrechnung", "partial"),
        ("Anzahlungsrechnung", "prepayment"),
        ("Deposit Invoice", "prepayment"),
        ("Receipt", "receipt"),
        ("Quittung", "receipt"),
        ("增值税专用发票", "vat_special"),
        ("增值税普通发票", "vat_general"),
        ("电子发票（增值税专用发票）", "e_vat_special"),
        ("电子发票（普通发票）", "e_vat_general"),
        ("电子发票(普通发票)", "e_vat_general"),
    ],
)
def test_the_title_tells_the_kind(title: str, expected: str) -> None:
    assert kind(HEAD, f"{title} @50,120,18") == expected


def test_the_kind_is_derived_and_keeps_the_title_as_its_text() -> None:
    best = first(read(page(HEAD, "CREDIT NOTE @50,120,18")), "invoice_type")
    assert best is not None
    assert best.is_derived
    assert best.text == "CREDIT NOTE"


def test_a_title_with_a_number_behind_it_is_one_still() -> None:
    assert kind(HEAD, "Rechnung 4711 @50,120") == "commercial"
    assert kind(HEAD, "Gutschrift Nr. 4711 @50,120") == "credit_note"


@pytest.mark.parametrize("title", ["FACTURA DE VENTA n.º 2026-9217", "FACTURA DE VENTA n.º", "FACTURA 9217"])
def test_a_large_title_with_its_number_outweighs_a_word_alone(title: str) -> None:
    reading = read(
        page(f"{title} @300,40,20", "Recibo @420,140", "domiciliado @420,153", "Total 5.00 @50,300")
    )
    assert value_of(reading, "invoice_type") == "commercial"


def test_a_kind_that_a_sentence_mentions_does_not_outweigh_the_title() -> None:
    sentence = "A credit note will be sent for returned goods @50,600"
    assert kind(HEAD, "INVOICE @50,120,18", sentence) == "commercial"


def test_the_number_of_a_credited_invoice_does_not_make_an_invoice() -> None:
    assert kind(HEAD, "CREDIT NOTE @50,120,18", "Invoice No: 4711 @50,160") == "credit_note"


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("Total: 119,00 €", "EUR"),
        ("Total: EUR 119,00", "EUR"),
        ("Total: £119.00", "GBP"),
        ("Total: CHF 119.00", "CHF"),
        ("价税合计（小写）：¥119.00", "CNY"),
        ("Total: USD 119.00", "USD"),
        ("Total: $119.00", "USD"),
        ("Total: 119,00 zł", "PLN"),
    ],
)
def test_the_currency_stands_with_the_totals(printed: str, code: str) -> None:
    assert currency(f"{printed} @50,600") == code


@pytest.mark.parametrize(
    ("heading", "code"),
    [("Amount (HK$)", "HKD"), ("Unit price S$", "SGD"), ("Betrag (€)", "EUR"), ("Amount", None)],
)
def test_a_sign_in_a_heading_tells_the_currency_of_plain_amounts(heading: str, code: str | None) -> None:
    assert currency(f"{heading} @480,250", "20.00 @480,270", "Total: 20.00 @50,600") == code


def test_a_code_in_the_label_of_a_total_outweighs_its_sign() -> None:
    assert currency("Subtotal $100.00 @50,560", "Amount due (CAD) @50,600", "$119.00 @300,600") == "CAD"


def test_a_labelled_currency_is_copied() -> None:
    best = first(read(page("Currency: SEK @50,100", "Total: 119.00 @50,600")), "currency")
    assert best is not None
    assert (best.text, best.value, best.is_derived) == ("SEK", "SEK", False)


def test_the_currency_of_the_totals_outweighs_a_converted_amount() -> None:
    assert (
        currency(
            "Subtotal: EUR 100.00 @50,580",
            "VAT 19 %: EUR 19.00 @50,594",
            "Total: EUR 119.00 @50,608",
            "(for your information USD 129.71) @50,640",
        )
        == "EUR"
    )


def test_the_country_of_the_tax_id_tells_the_currency_where_no_sign_does() -> None:
    reading = read(page(HEAD, "VAT ID: DE136695976 @50,100", "Total: 119,00 @50,600"))
    best = first(reading, "currency")
    assert best is not None
    assert best.value == "EUR"
    assert best.is_derived


def test_the_country_of_the_account_tells_the_currency_where_nothing_else_does() -> None:
    assert currency("Total: 119,00 @50,600", "IBAN: GB33 BUKB 2020 1555 5555 55 @50,700") == "GBP"


def test_a_sign_outweighs_the_country() -> None:
    assert currency("VAT ID: DE136695976 @50,100", "Total: $119.00 @50,600") == "USD"


def test_nothing_tells_no_currency() -> None:
    assert currency("Total: 119.00 @50,600") is None


def test_a_partys_heading_is_no_title() -> None:
    best = first(
        read(page("2. Abschlagsrechnung / Progress invoice @50,80,16", "Rechnung an @300,60")), "invoice_type"
    )
    assert best is not None
    assert best.value == "partial"


def test_a_code_in_brackets_over_a_column_tells_the_currency() -> None:
    table = grid("50 >300 >400", "Menge | Preis | Gesamt", " | (EUR) | (EUR)", "2 | 5,00 | 10,00", top=300)
    assert value_of(read(page("UID CHE-109.322.551 MWST @50,100", table)), "currency") == "EUR"


def test_a_row_of_a_table_tells_no_kind() -> None:
    columns = "50 >300 >400 >545"
    items = grid(columns, "Description | Qty | Price | Amount", "Deposit Invoice | 1 | 3.50 | 3.50", top=150)
    assert kind(HEAD, items) is None
    assert kind(HEAD, items, "Your bill @50,120") == "commercial"


def test_leaders_behind_a_title_are_passed_quickly() -> None:
    assert kind(HEAD, f"INVOICE {'.' * 3000}x @50,120,18") is not None


@pytest.mark.parametrize(("size", "expected"), [(18, "commercial"), (10, "receipt")])
def test_only_a_large_title_with_its_number_outweighs_a_word_alone(size: int, expected: str) -> None:
    found = kind(HEAD, f"INVOICE 4711 @300,120,{size}", "Receipt @420,160", "Total 5.00 @50,300")
    assert found == expected
