"""What names another document, another currency or a sum is not taken for this one's."""

from engines.layout.pages import field, grid, page, read, table_texts, text_of, value_of


def test_a_code_beside_a_totals_label_tells_the_currency_better_than_a_sign() -> None:
    reading = read(page(grid("330 >545", "Subtotal | $90.00", "Amount due (CAD) | $90.00", top=500)))
    assert value_of(reading, "currency") == "CAD"


def test_the_invoice_that_a_credit_note_undoes_is_not_its_number() -> None:
    reading = read(
        page(
            "Stornorechnung @50,80,16",
            "Rechnungsnummer: G-118 @50,120",
            "zu Rechnung R-3302 vom 2.5.2026 @50,140",
        )
    )
    assert text_of(reading, "invoice_number") == "G-118"


def test_the_date_of_the_original_invoice_is_not_the_date_of_issue() -> None:
    assert field(
        "issue_date", "Original invoice date 28/11/2025 @50,80", "Credit date 11/12/2025 @50,100"
    ) == ("11/12/2025")


def test_a_total_with_terms_of_delivery_behind_it_ends_the_table() -> None:
    rows = grid(
        "50 >300 >400 >545",
        "Description | Qty | Price | Amount",
        "LED panel | 10 | 8.00 | 80.00",
        "TOTAL FOB PORT OF ORIGIN: |  |  | 80.00",
        top=300,
    )
    assert [row["description"] for row in table_texts(read(page(rows)))] == ["LED panel"]
