"""Wordings and forms of numbers, totals, dates, accounts and parties that are easily misread."""

import pytest
from engines.layout.pages import (
    block,
    field,
    first,
    grid,
    labelled,
    page,
    read,
    table_column,
    table_texts,
    text_of,
    value_of,
)

from extractor.engines.layout.party_regions import find_regions
from extractor.engines.reading import Reading

TOTALS = ("net_amount", "tax_amount", "gross_amount")
SUMS = "330 >545"
COLUMNS = "50 >300 >400 >545"
HEAD = "Description | Qty | Price | Amount"
RATED = "50 >280 >360 |440 >545"
RATED_HEAD = "Bezeichnung | Menge | Einzelpreis | MwSt. | Betrag"
SELLER = ("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg")
BUYER = ("Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach")
LETTERHEAD = block(*SELLER, "Tel. 040 123456", x=380, top=30)
IBAN = "DE02 1203 0000 0000 2020 51"
SURE = 0.5


def totals_of(reading: Reading) -> list[str | None]:
    return [value_of(reading, name) for name in TOTALS]


def bank_of(reading: Reading) -> str | None:
    account = first(reading, "seller_bank_account")
    bank = account.parts.get("bank") if account else None
    return bank.text if bank else None


# --- labels and numbers


@pytest.mark.parametrize(
    "printed",
    [
        ["Nummer / Datum @350,100", "90047712 / 14.03.2025 @450,100"],
        ["Nummer / Datum: 90047712 / 14.03.2025 @300,100"],
    ],
)
def test_a_joint_label_shares_out_what_stands_behind_it(printed: list[str]) -> None:
    reading = read(page("Rechnung @50,60,18", printed))
    assert text_of(reading, "invoice_number") == "90047712"
    assert value_of(reading, "issue_date") == "2025-03-14"


@pytest.mark.parametrize("number", ["INV2026 0815", "2026 0815", "4711 0815 23"])
def test_groups_of_digits_are_one_number(number: str) -> None:
    assert field("invoice_number", "Invoice No: @350,100", f"{number} @450,100") == number


def test_the_code_of_a_paper_fapiao_needs_no_label() -> None:
    head = ["3300204130 @50,40", "增值税专用发票 @|297,40,16", "No 01234567 @450,40"]
    reading = read(page(head, "开票日期：2020年03月05日 @430,60"))
    assert text_of(reading, "invoice_code") == "3300204130"
    assert text_of(reading, "invoice_number") == "01234567"


# --- items


@pytest.mark.parametrize("step", [1, 10])
def test_running_numbers_are_no_product_codes(step: int) -> None:
    rows = [f"{step * n} | Oak board | {n} | 3.50 | {n * 3.5:.2f}" for n in (1, 2, 3)]
    reading = read(
        page(grid("50 90 >320 >420 >545", "Item | Description | Qty | Price | Amount", *rows, top=300))
    )
    assert table_column(reading, "product_code") == [None, None, None]
    assert table_column(reading, "description") == ["Oak board"] * 3


@pytest.mark.parametrize("rate", ["19", "22"])
def test_bare_rates_in_a_tax_column_are_rates(rate: str) -> None:
    rows = (f"Tisch | 1 | 200,00 | {rate} | 200,00", f"Stuhl | 4 | 50,00 | {rate} | 200,00")
    reading = read(page(grid(RATED, RATED_HEAD, *rows, top=300)))
    assert table_column(reading, "tax_rate") == [rate, rate]
    assert table_column(reading, "tax_amount") == [None, None]


@pytest.mark.parametrize("taxes", [("19.00",), ("19.00", "38.00"), ("22.00", "4.40")])
def test_numbers_with_cents_in_a_tax_column_are_amounts(taxes: tuple[str, ...]) -> None:
    rows = [f"Table | 1 | 100.00 | {tax} | 100.00" for tax in taxes]
    reading = read(page(grid(RATED, "Description | Qty | Price | VAT | Amount", *rows, top=300)))
    assert table_column(reading, "tax_amount") == list(taxes)
    assert table_column(reading, "tax_rate") == [None] * len(taxes)


def test_a_tax_code_behind_an_amount_is_no_part_of_it() -> None:
    rows = ("Lawn care | 1 | 495.00 | 495.00T", "Gravel | 2 | 20.00 | 40.00T")
    reading = read(page(grid(COLUMNS, "Description | Qty | Rate | Amount", *rows, top=300)))
    assert table_column(reading, "net_amount") == ["495.00", "40.00"]


def test_the_items_go_on_behind_the_sub_total_of_a_group() -> None:
    groups = ("Oak board | 2 | 3.50 | 7.00", "Sub-total |  |  | 7.00", "Brass hinge | 4 | 2.00 | 8.00")
    reading = read(
        page(grid(COLUMNS, HEAD, *groups, "Sub-total |  |  | 8.00", "Total |  |  | 15.00", top=300))
    )
    assert table_column(reading, "net_amount") == ["7.00", "8.00"]
    assert value_of(reading, "gross_amount") in {"15.00", None}
    assert "15.00" in totals_of(reading)


@pytest.mark.parametrize(
    ("upper", "lower"),
    [
        ("Description | Quantity | Unit | Line", " |  | Price | Amount"),
        ("Description | Quantity | Price | Net", " |  | per unit | amount"),
        ("Description | Qty | Unit | Amount", " |  | price | in EUR"),
        ("Bezeichnung | Menge | Einzel- | Gesamt-", " |  | preis | preis"),
    ],
)
def test_a_header_over_two_rows_is_one(upper: str, lower: str) -> None:
    rows = ("Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00")
    reading = read(page(grid(COLUMNS, upper, lower, top=282, step=12), grid(COLUMNS, *rows, top=308)))
    assert table_texts(reading) == [
        {"description": "Oak board", "quantity": "2", "unit_price": "3.50", "net_amount": "7.00"},
        {"description": "Brass hinge", "quantity": "4", "unit_price": "2.00", "net_amount": "8.00"},
    ]


def test_two_headings_set_close_are_parted_where_two_numbers_stand_beneath() -> None:
    head = ["Désignation @50,300", "Qté @250,300", "P.U. @320,300", "Montant TVA @440,300"]
    first_row = ["Lampe @50,316", "2 @255,316", "50,00 @320,316", "100,00 @440,316", "20,00 @484,316"]
    second_row = ["Câble @50,332", "4 @255,332", "10,00 @320,332", "40,00 @442,332", "8,00 @486,332"]
    reading = read(page(head, first_row, second_row, "Total HT @320,348", "140,00 @440,348"))
    assert table_column(reading, "net_amount") == ["100,00", "40,00"]
    assert table_column(reading, "tax_amount") == ["20,00", "8,00"]


# --- totals


def test_two_halves_of_one_tax_make_the_tax() -> None:
    rows = ("Taxable Amount | 1,000.00", "CGST 9% | 90.00", "SGST 9% | 90.00", "Total | 1,180.00")
    assert totals_of(read(page(grid(SUMS, *rows, top=500)))) == ["1000.00", "180.00", "1180.00"]


def test_an_unlabelled_sum_of_the_lines_is_the_net_amount() -> None:
    items = grid(COLUMNS, HEAD, "Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00", top=300)
    reading = read(page(items, "15.00 @>545,360", grid(SUMS, "VAT 20% | 3.00", "Total due | 18.00", top=376)))
    assert totals_of(reading) == ["15.00", "3.00", "18.00"]
    assert table_column(reading, "net_amount") == ["7.00", "8.00"]


def test_rounding_off_explains_the_rest() -> None:
    taxes = ("CGST 9% | 90.04", "SGST 9% | 90.04")
    rows = ("Taxable Value | 1,000.40", *taxes, "Round off | -0.48", "Grand Total | 1,180.00")
    assert totals_of(read(page(grid(SUMS, *rows, top=500)))) == ["1000.40", "180.08", "1180.00"]


def test_the_amount_due_is_the_gross_amount_where_it_is_the_only_total() -> None:
    items = grid(COLUMNS, HEAD, "Oak board | 2 | 3.50 | 7.00", "Brass hinge | 4 | 2.00 | 8.00", top=300)
    reading = read(page(items, grid(SUMS, "Amount due | 15.00", top=380)))
    assert value_of(reading, "gross_amount") == "15.00"
    assert value_of(reading, "amount_due") == "15.00"


def test_a_paragraph_of_tax_law_is_no_amount_of_tax() -> None:
    totals = grid(SUMS, "Total HT | 450,00", "Net à payer | 450,00", top=500)
    reading = read(page(totals, "TVA non applicable, art. 293 B du CGI @50,560"))
    assert text_of(reading, "tax_amount") is None
    assert table_texts(reading, "tax_breakdown") == []


def test_a_retention_is_no_row_of_the_tax_breakdown() -> None:
    rows = (
        "Nettosumme | 10.000,00",
        "zzgl. 19 % MwSt. | 1.900,00",
        "Bruttosumme | 11.900,00",
        "abzgl. Sicherheitseinbehalt 5 % | -595,00",
        "Zahlbetrag | 11.305,00",
    )
    reading = read(page(grid("300 >545", *rows, top=500)))
    assert [row["tax"] for row in table_texts(reading, "tax_breakdown")] == ["1.900,00"]
    assert [*totals_of(reading), value_of(reading, "amount_due")] == [
        "10000.00",
        "1900.00",
        "11900.00",
        "11305.00",
    ]


# --- dates to pay by


@pytest.mark.parametrize(
    "sentence",
    [
        "Bei Zahlung bis 24.03.2026 gewähren wir 2 % Skonto.",
        "Bei Zahlung bis zum 24.03.2026: 2 % Skonto",
        "2 % discount if paid by 24.03.2026",
    ],
)
def test_the_date_of_a_cash_discount_is_not_taken_for_the_due_date(sentence: str) -> None:
    alone = first(read(page(f"{sentence} @50,600")), "due_date")
    assert alone is None or alone.score < SURE
    both = read(page(f"{sentence} @50,600", "Zahlbar bis 13.04.2026 ohne Abzug. @50,614"))
    assert value_of(both, "due_date") == "2026-04-13"


@pytest.mark.parametrize(
    "sentence",
    [
        "Der Rechnungsbetrag ist zahlbar bis 13.04.2026 ohne Abzug.",
        "Bei Zahlung bis 24.03.2026 2 % Skonto, zahlbar bis 13.04.2026 netto.",
        "Cette facture est payable au plus tard le 13/04/2026.",
        "À payer au plus tard le 13 avril 2026.",
        "Please pay this invoice by 13 April 2026.",
    ],
)
def test_the_date_that_a_sentence_names_as_the_last_to_pay_is_the_due_date(sentence: str) -> None:
    assert value_of(read(page(f"{sentence} @50,600")), "due_date") == "2026-04-13"


# --- accounts


@pytest.mark.parametrize("bank", ["Hafenbank Nord eG", "Sparkasse Ostrach", "Banque du Lac"])
def test_the_bank_may_stand_above_its_account(bank: str) -> None:
    reading = read(page(LETTERHEAD, block(bank, f"IBAN: {IBAN}", x=50, top=740)))
    assert text_of(reading, "seller_bank_account") == IBAN
    assert bank_of(reading) == bank


def test_a_banks_name_may_begin_with_what_is_a_label_elsewhere() -> None:
    reading = read(page(block("Banco del Cabo", "IBAN: ES91 2100 0418 4502 0005 1332", x=50, top=740)))
    assert bank_of(reading) == "Banco del Cabo"


def test_an_account_in_a_sentence_of_payment_is_the_sellers() -> None:
    sentence = "Payment by BACS to: Alderbrook Joinery Ltd, sort code 00-11-22, account no. 00421177"
    assert field("seller_bank_account", f"{sentence} @50,700,8") == "00421177"


# --- parties


@pytest.mark.parametrize("country", ["Germany", "Deutschland", "Allemagne"])
def test_a_country_is_never_the_seller(country: str) -> None:
    head = block(
        "Nordwind Lampen", "Hafenstraße 9", "20457 Hamburg", country, "Tel. 040 123456", x=380, top=30
    )
    reading = read(page(f"{country} @50,30,16", head))
    assert text_of(reading, "seller_name") == "Nordwind Lampen"
    assert country not in [each.text for each in reading.candidates["seller_name"]]


def test_an_american_address_of_two_lines_is_read_whole() -> None:
    head = block(
        "Cinder Peak Tools LLC", "10400 Alder Ave", "Boise, ID 83702", "(208) 555-0142", x=50, top=30
    )
    reading = read(page(head))
    assert text_of(reading, "seller_address") == "10400 Alder Ave Boise, ID 83702"


def test_a_short_name_gives_way_to_the_same_name_with_its_legal_form() -> None:
    address = ("Acme, Inc.", "410 Alder Ave", "Boise, ID 83702", "(208) 555-0142")
    reading = read(page("Acme @50,30,18", block(*address, x=50, top=60)))
    assert text_of(reading, "seller_name") == "Acme, Inc."


@pytest.mark.parametrize(("top", "side"), [(145, ["buyer"]), (700, ["payee"])])
def test_to_on_a_payment_slip_at_the_foot_heads_who_is_paid(top: int, side: list[str]) -> None:
    regions = find_regions([labelled(block("To:", *BUYER, x=50, top=top))])
    assert [region.side for region in regions] == side


@pytest.mark.parametrize("attention", ["Attn: Jona Quellbach", "z. Hd. Jona Quellbach", "FAO Jona Quellbach"])
def test_the_person_an_invoice_is_brought_to_is_not_the_buyer(attention: str) -> None:
    window = block(BUYER[0], attention, *BUYER[1:], x=50, top=145)
    assert field("buyer_name", LETTERHEAD, window) == BUYER[0]
    assert field("buyer_name", LETTERHEAD, block("Bill to", attention, *BUYER, x=50, top=145)) == BUYER[0]


@pytest.mark.parametrize(
    "heading",
    [
        "Owner",
        "Bauherr",
        "Kunde/Auftraggeber",
        "Maître d'ouvrage",
        "Bouwheer",
        "Titular",
        "Intestatario del contratto",
        "Cliente/Committente",
        "Dono de obra",
        "发包方",
    ],
)
def test_headings_of_owners_and_holders_of_contracts_are_the_buyers(heading: str) -> None:
    reading = read(page(LETTERHEAD, block(heading, *BUYER, x=50, top=140)))
    assert text_of(reading, "buyer_name") == BUYER[0]


@pytest.mark.parametrize("label", ["Titular:", "Intestatario:"])
def test_the_holder_of_an_account_at_the_foot_is_not_the_buyer(label: str) -> None:
    foot = [f"{label} Nordwind Lampen GmbH @50,700", f"IBAN {IBAN} @50,714"]
    buyer = block("Rechnungsempfänger", *BUYER, x=50, top=140)
    assert text_of(read(page(LETTERHEAD, buyer, foot)), "buyer_name") == BUYER[0]
    assert text_of(read(page(LETTERHEAD, foot)), "buyer_name") != SELLER[0]


@pytest.mark.parametrize(
    "label",
    [
        "Direct debit date",
        "Einzug am",
        "Date de prélèvement",
        "Incassodatum",
        "Fecha de cargo",
        "Data addebito",
        "Data do débito",
        "扣款日期",
    ],
)
def test_the_date_of_a_direct_debit_is_the_date_due(label: str) -> None:
    assert field("due_date", f"{label}: 18/10/2026 @50,200") == "18/10/2026"
