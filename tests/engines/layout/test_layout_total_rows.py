"""The block of totals is read as printed: labels, amounts, rates, rows of tax."""

import pytest
from engines.layout.pages import block, field, first, grid, page, read, table_texts, value_of

NAMES = ("net_amount", "tax_amount", "gross_amount", "amount_due")


def totals(*prints: str | list[str]) -> dict[str, str | None]:
    reading = read(page(*prints))
    return {name: value_of(reading, name) for name in NAMES}


def of_rows(*rows: str) -> dict[str, str | None]:
    return totals(grid("330 >545", *rows, top=500))


def expected(
    net: str | None, tax: str | None, gross: str | None, due: str | None = None
) -> dict[str, str | None]:
    return dict(zip(NAMES, (net, tax, gross, due), strict=True))


@pytest.mark.parametrize(
    "rows",
    [
        ("Subtotal | 100.00", "VAT 19% | 19.00", "Total | 119.00"),
        ("Net amount: | 100.00", "VAT: | 19.00", "Gross amount: | 119.00"),
        ("Total excl. VAT | 100.00", "VAT 19.00% on 100.00 | 19.00", "Total incl. VAT | 119.00"),
        ("Nettobetrag | 100,00 €", "zzgl. 19 % MwSt. | 19,00 €", "Gesamtbetrag | 119,00 €"),
        ("Summe netto | 100,00", "Umsatzsteuer 19 % | 19,00", "Rechnungsbetrag | 119,00"),
        ("Total HT | 100,00 €", "TVA 19 % | 19,00 €", "Total TTC | 119,00 €"),
        ("Totaal excl. btw | 100,00", "Btw 19% | 19,00", "Totaal incl. btw | 119,00"),
        ("Base imponible | 100,00", "IVA 19 % | 19,00", "Total | 119,00"),
        ("Imponibile | 100,00", "IVA 19% | 19,00", "Totale | 119,00"),
        ("金额合计 | ¥100.00", "税额合计 | ¥19.00", "价税合计 | ¥119.00"),
    ],
)
def test_net_tax_and_gross_are_read_in_any_wording(rows: tuple[str, ...]) -> None:
    assert of_rows(*rows) == expected("100.00", "19.00", "119.00")


def test_labels_beside_each_other_have_their_amounts_below() -> None:
    rows = grid(">250 >350 >450", "Net amount | VAT | Total", "100.00 | 19.00 | 119.00", top=500)
    assert totals(rows) == expected("100.00", "19.00", "119.00")


def test_the_totals_of_a_phrase_are_read() -> None:
    assert totals("Subtotal: 100.00 VAT: 19.00 Total: 119.00 @50,500") == expected(
        "100.00", "19.00", "119.00"
    )


def test_an_ambiguous_total_is_taken_as_the_sum_demands() -> None:
    assert of_rows("Total | 119.00", "of which VAT 19% | 19.00", "Net | 100.00") == expected(
        "100.00", "19.00", "119.00"
    )


def test_the_last_row_of_a_table_of_taxes_holds_net_tax_and_gross() -> None:
    rows = grid(
        "50 >200 >280 >360",
        "10 % | 300.00 | 30.00 | 330.00",
        "20 % | 100.00 | 20.00 | 120.00",
        "0 % | 8.00 | 0.00 | 8.00",
        "Total | 408.00 | 50.00 | 458.00",
        top=500,
    )
    assert totals(rows) == expected("408.00", "50.00", "458.00")


def test_two_equal_taxes_and_their_sum_are_no_net_amount() -> None:
    rows = grid("50 >200 >280 >360", "Total | 42.00 | 42.00 | 84.00", top=500)
    assert totals(rows)["tax_amount"] is None


@pytest.mark.parametrize("label", ["10% Discount", "Retención IRPF 15%", "Ritenuta d'acconto 20%", "TDS 10%"])
def test_a_percentage_taken_off_is_no_tax(label: str) -> None:
    found = of_rows("Subtotal | 200.00", f"{label} | -20.00", "Total | 180.00")
    assert found["tax_amount"] is None


@pytest.mark.parametrize(("term", "net"), [("Net 30", None), ("Net 30 EOM", None), ("Net 30.00", "30.00")])
def test_a_term_of_payment_is_no_net_amount(term: str, net: str | None) -> None:
    assert totals(f"{term} @50,400")["net_amount"] == net


def test_a_total_ruled_out_by_the_sums_has_no_better_score_than_the_chosen_one() -> None:
    rows = ("Details of 80.00 and VAT 19% | 15.20", "Sum of items, net | 100.00", "VAT 19% | 19.00")
    found = read(page(grid("330 >545", *rows, "Total | 119.00", top=500))).candidates["net_amount"]
    assert str(found[0].value) == "100.00"
    assert all(each.score <= found[0].score for each in found)


def test_a_tax_rate_is_not_taken_for_the_tax() -> None:
    assert of_rows("Subtotal | 100.00", "VAT 19.00 % | 19.00", "Total | 119.00")["tax_amount"] == "19.00"
    assert of_rows("Subtotal | 200.00", "VAT (19 %) | 38.00", "Total | 238.00")["tax_amount"] == "38.00"


def test_shipping_and_discount_among_the_totals_do_not_hide_them() -> None:
    assert of_rows("Subtotal | 100.00", "Shipping | 7.50", "VAT | 19.00", "Total | 126.50") == expected(
        "100.00", "19.00", "126.50"
    )
    assert of_rows("Subtotal | 100.00", "Discount | -10.00", "VAT | 17.10", "Total | 107.10") == expected(
        "100.00", "17.10", "107.10"
    )


@pytest.mark.parametrize(
    "rows",
    [
        ("Subtotal | -100.00", "VAT | -19.00", "Total | -119.00"),
        ("Subtotal | (100.00)", "VAT | (19.00)", "Total | (119.00)"),
        ("Subtotal | 100.00-", "VAT | 19.00-", "Total | 119.00-"),
        ("Subtotal | \u2212100.00", "VAT | \u221219.00", "Total | \u2212119.00"),
        ("合计金额 | ¥-100.00", "合计税额 | ¥-19.00", "价税合计 | ¥-119.00"),
    ],
)
def test_the_negative_amounts_of_a_credit_note_keep_their_sign(rows: tuple[str, ...]) -> None:
    assert of_rows(*rows) == expected("-100.00", "-19.00", "-119.00")


def test_an_earlier_payment_leaves_an_amount_due() -> None:
    assert of_rows(
        "Subtotal | 100.00", "VAT | 19.00", "Total | 119.00", "Paid | 50.00", "Amount due | 69.00"
    ) == expected("100.00", "19.00", "119.00", "69.00")


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        (
            (
                "Subtotal | 100.00",
                "Discount 10% | -10.00",
                "Net total | 90.00",
                "VAT 20% | 18.00",
                "Total | 108.00",
            ),
            ("90.00", "18.00", "108.00"),
        ),
        (
            (
                "Goods | 100.00",
                "Carriage | 10.00",
                "Net total | 110.00",
                "VAT @ 20% | 22.00",
                "Invoice total | 132.00",
            ),
            ("110.00", "22.00", "132.00"),
        ),
        (
            ("Warenwert | 100,00", "Versand | 5,00", "MwSt. 19 % | 19,95", "Endbetrag | 124,95"),
            ("100.00", "19.95", "124.95"),
        ),
        (("Summe | 100,00", "MwSt. 19 % | 19,00", "Summe | 119,00"), ("100.00", "19.00", "119.00")),
        (("Total incl. VAT | 119.00", "VAT included (19%) | 19.00"), (None, "19.00", "119.00")),
        (
            ("Subtotal | $100.00", "Sales tax (8.25%) | $8.25", "TOTAL | $108.25"),
            ("100.00", "8.25", "108.25"),
        ),
        (("Subtotal | 100", "VAT | 19", "Total | 119"), ("100", "19", "119")),
        (
            ("Nettosumme | 300,00", "MwSt. 7 % | 7,00", "MwSt. 19 % | 38,00", "Gesamt | 345,00"),
            ("300.00", "45.00", "345.00"),
        ),
    ],
)
def test_subtotals_fees_and_rates_among_the_totals_are_told_apart(
    rows: tuple[str, ...], wanted: tuple[str | None, str, str]
) -> None:
    assert of_rows(*rows) == expected(*wanted)


def test_a_retention_or_deposit_leaves_less_to_pay_than_the_gross_amount() -> None:
    assert of_rows(
        "Net | 1,000.00",
        "VAT | 200.00",
        "Total | 1,200.00",
        "Retention 5 % | -60.00",
        "Amount due | 1,140.00",
    ) == (expected("1000.00", "200.00", "1200.00", "1140.00"))
    assert of_rows(
        "Total HT | 1 234,50",
        "TVA 20 % | 246,90",
        "Total TTC | 1 481,40",
        "Acompte | 400,00",
        "Net à payer | 1 081,40",
    ) == (expected("1234.50", "246.90", "1481.40", "1081.40"))


def test_an_invoice_without_tax_has_net_and_gross() -> None:
    found = of_rows("Subtotal | 100.00", "Total | 100.00")
    assert found["gross_amount"] == "100.00"
    assert found["tax_amount"] is None


def test_the_sums_under_the_columns_of_a_fapiao_are_net_and_tax() -> None:
    found = totals(
        grid(
            "50 |260 >330 >400 |440 >545",
            "项目名称 | 单位 | 数量 | 金额 | 税率 | 税额",
            "螺栓 | 个 | 10 | 100.00 | 13% | 13.00",
            "垫圈 | 个 | 20 | 50.00 | 13% | 6.50",
            "合计 |  |  | ¥150.00 |  | ¥19.50",
            top=300,
        ),
        "价税合计（大写） @50,380",
        "壹佰陆拾玖圆伍角 @150,380",
        "（小写）¥169.50 @400,380",
    )
    assert found == expected("150.00", "19.50", "169.50")


def test_rows_of_tax_are_found_by_arithmetic_without_labels() -> None:
    reading = read(
        page(
            grid(">250 >350 >450", "19 % | 200.00 | 38.00", "7 % | 100.00 | 7.00", top=460),
            grid("330 >545", "Net | 300.00", "Tax | 45.00", "Total | 345.00", top=520),
        )
    )
    assert table_texts(reading, "tax_breakdown") == [
        {"rate": "19 %", "base": "200.00", "tax": "38.00"},
        {"rate": "7 %", "base": "100.00", "tax": "7.00"},
    ]
    assert value_of(reading, "tax_amount") == "45.00"


def test_the_row_of_tax_may_be_off_by_two_hundredths() -> None:
    def base_of(tax: str) -> str | None:
        rows = grid(">250 >350 >450", f"19 % | 200.00 | {tax}", top=460)
        found = table_texts(read(page(rows)), "tax_breakdown")
        return found[0].get("base") if found else None

    assert base_of("38.02") == "200.00"
    assert base_of("38.03") is None


def test_amounts_of_item_rows_are_no_totals() -> None:
    reading = read(
        page(
            grid(
                "50 >300 >400 >545",
                "Description | Qty | Price | Total",
                "Total station tripod | 2 | 50.00 | 100.00",
                "Net for goals | 1 | 40.00 | 40.00",
                top=300,
            ),
            grid("330 >545", "Subtotal | 140.00", "VAT 10 % | 14.00", "Total | 154.00", top=380),
        )
    )
    assert [value_of(reading, name) for name in NAMES[:3]] == ["140.00", "14.00", "154.00"]


def test_an_amount_in_another_currency_below_does_not_replace_the_total() -> None:
    found = of_rows("Subtotal | 100.00", "VAT | 19.00", "Total EUR | 119.00", "Total USD | 129.71")
    assert found == expected("100.00", "19.00", "119.00")


def test_each_total_points_at_its_own_amount() -> None:
    reading = read(page(grid("330 >545", "Subtotal | 100.00", "VAT | 19.00", "Total | 119.00", top=500)))
    for name, top in zip(NAMES[:3], (500, 516, 532), strict=True):
        best = first(reading, name)
        assert best is not None
        assert [round(box.y0) for box in best.evidence.boxes] == [top]
        assert best.evidence.boxes[0].x0 > 500


def test_totals_on_the_last_page_are_found() -> None:
    reading = read(
        page(block("Alder Ltd", "Invoice No: 4711", x=50, top=40)),
        page(grid("330 >545", "Subtotal | 100.00", "VAT | 19.00", "Total | 119.00", top=100), number=2),
    )
    best = first(reading, "gross_amount")
    assert best is not None
    assert best.evidence.page == 2


def test_an_amount_without_a_known_label_is_the_net_one_where_the_sum_says_so() -> None:
    rows = ("USt 20 % | 200,00", "Zu zahlen | 1.200,00")
    assert of_rows("Leistungssaldo | 1.000,00", *rows) == expected("1000.00", "200.00", "1200.00", "1200.00")
    assert of_rows("Leistungssaldo | 1.010,00", *rows)["net_amount"] is None


def test_the_total_of_something_gives_way_to_the_total() -> None:
    rows = ("Total labour | 2,730.00", "Total materials | 1,184.36", "Total | 3,914.36")
    assert of_rows(*rows)["gross_amount"] == "3914.36"
    assert of_rows("Total (EUR) | 2,730.00")["gross_amount"] == "2730.00"


def test_without_tax_the_net_amount_less_a_deduction_is_the_gross_amount() -> None:
    rows = ("Total excluding VAT | 3,914.36", "VAT | 0.00")
    deduction = "Less CIS tax deduction 20% | -546.00"
    paid = of_rows(*rows, deduction, "Amount payable | 3,368.36")
    assert paid == expected("3914.36", "0.00", "3914.36", "3368.36")
    assert of_rows(*rows, "Amount payable | 3,000.00")["gross_amount"] != "3914.36"


def test_a_sum_without_tax_is_the_gross_amount() -> None:
    assert of_rows("Summe | 344,00") == expected(None, None, "344.00")
    assert of_rows("Nettobetrag | 344,00") == expected("344.00", None, None)


def test_a_sum_behind_the_tax_is_the_gross_amount_whatever_its_label_says() -> None:
    rows = ("Subtotal | 862.00", "Discount | -62.00", "Taxable amount | 800.00", "VAT 13% | 104.00")
    assert of_rows(*rows, "Sum | 904.00") == expected("800.00", "104.00", "904.00")
    assert of_rows(*rows, "Sum | 905.00")["gross_amount"] is None


@pytest.mark.parametrize(
    "printed",
    [
        "Gesamtbetrag 119,00 EUR inkl. 19 % MwSt. 19,00 EUR",
        "Total TTC 119,00 € dont TVA 19,00 €",
        "Totale 119,00 € di cui IVA 19,00 €",
        "Total 119,00 € IVA incluido 19,00 €",
    ],
)
def test_the_tax_within_a_total_is_not_the_total(printed: str) -> None:
    assert totals(f"{printed} @50,500")["gross_amount"] == "119.00"


@pytest.mark.parametrize(
    "label",
    ["Saldo Vormonat", "Opening balance", "Solde antérieur", "Vorige saldo", "Saldo anterior", "上期余额"],
)
def test_a_balance_from_before_is_not_due_now(label: str) -> None:
    found = of_rows(f"{label} | 80,00", "Rechnungsbetrag | 120,00")
    assert found["amount_due"] is None
    assert found["gross_amount"] == "120.00"


def test_net_amounts_by_rate_are_the_bases_of_the_taxes() -> None:
    rows = ("Netto 19% | 100,00", "USt 19% | 19,00", "Netto 7% | 50,00", "USt 7% | 3,50", "Gesamt | 172,50")
    assert of_rows(*rows) == expected("150.00", "22.50", "172.50")


def test_a_net_amount_with_one_rate_beside_it_is_the_whole() -> None:
    assert of_rows("Netto 19% | 100,00", "USt 19% | 19,00", "Gesamt | 119,00") == expected(
        "100.00", "19.00", "119.00"
    )


def test_a_text_left_of_the_totals_says_nothing_of_them() -> None:
    row = "Opening balance of stock on request @50,532", "Total @330,532", "119.00 @>545,532"
    assert totals(*row)["gross_amount"] == "119.00"
    assert totals("Opening balance total @330,532", "119.00 @>545,532")["gross_amount"] is None


@pytest.mark.parametrize(("between", "due"), [("Postage @300,600", None), ("EUR @300,600", "4.50")])
def test_a_text_between_a_label_and_an_amount_names_the_amount(between: str, due: str | None) -> None:
    prints = ("Amount due: @50,600", between, "4.50 @>500,600")
    assert field("amount_due", *prints) == due
