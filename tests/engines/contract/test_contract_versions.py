"""Amendments: what holds from a day on, and what held before it."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from extractor.engines.reading import Candidate, Reading

Read = Callable[..., Reading]

_EN = (
    "Supply Agreement",
    "Contract No. C-100, dated 1 March 2025",
    "1. Payment",
    "1.1 Each invoice is payable within 30 days of receipt of the invoice.",
    "1.2 The total of all invoices shall not exceed EUR 50,000.00 excluding VAT.",
    "2. Term",
    "2.1 This Agreement takes effect on 1 March 2025 and ends on 28 February 2026.",
)


def best(reading: Reading, term: str) -> Candidate:
    return reading.candidates[term][0]


def history(reading: Reading, term: str) -> list[tuple[object, date | None]]:
    candidate = best(reading, term)
    return [(each.value, each.since) for each in (candidate, *candidate.earlier)]


@pytest.mark.parametrize(
    ("paragraphs", "clause"),
    [
        (
            (
                "Amendment No. 1",
                "dated 15 August 2025",
                "1. From 1 September 2025 clause 1.1 reads: Invoices are payable within 45 days of receipt.",
            ),
            "Amendment No. 1, 1",
        ),
        (
            (
                "3. Change",
                "3.1 From 1 September 2025 each invoice is payable within 45 days of receipt of the invoice.",
            ),
            "3.1",
        ),
        (
            (
                "3. Change",
                '3.1 With effect from 1 September 2025 "30 days" in clause 1.1 is replaced by "45 days".',
            ),
            "3.1",
        ),
    ],
)
def test_a_later_payment_term_overrides_from_its_day(
    read: Read, paragraphs: tuple[str, ...], clause: str
) -> None:
    reading = read(*_EN, *paragraphs)
    assert history(reading, "payment_days") == [(Decimal(45), date(2025, 9, 1)), (Decimal(30), None)]
    assert (best(reading, "payment_days").clause, best(reading, "payment_days").earlier[0].clause) == (
        clause,
        "1.1",
    )


def test_an_amendment_without_a_first_day_holds_from_when_it_was_made(read: Read) -> None:
    reading = read(
        *_EN, "Amendment No. 2", "dated 3 January 2026", "1. The term is extended until 28 February 2027."
    )
    assert history(reading, "expiry_date") == [
        (date(2027, 2, 28), date(2026, 1, 3)),
        (date(2026, 2, 28), None),
    ]


def test_amendments_follow_each_other(read: Read) -> None:
    reading = read(
        *_EN,
        "Amendment No. 2",
        "1. With effect from 1 January 2026 the cap is EUR 90,000.00.",
        "Amendment No. 1",
        "1. With effect from 1 September 2025 the cap is EUR 80,000.00.",
    )
    assert history(reading, "total_amount") == [
        (Decimal("90000.00"), date(2026, 1, 1)),
        (Decimal("80000.00"), date(2025, 9, 1)),
        (Decimal("50000.00"), None),
    ]


def test_an_amendment_does_not_date_the_contract(read: Read) -> None:
    reading = read(
        *_EN, "Amendment No. 1", "dated 15 August 2025", "1. From 1 September 2025 the cap is EUR 80,000.00."
    )
    assert best(reading, "effective_date").value == date(2025, 3, 1)
    assert best(reading, "signing_date").value == date(2025, 3, 1)


def test_a_change_without_any_day_contradicts(read: Read) -> None:
    first, second = read(
        *_EN, "3. Payment", "3.1 Each invoice is payable within 45 days of the invoice date."
    ).candidates["payment_days"]
    assert first.score == second.score
    assert not first.earlier


def test_a_german_nachtrag_and_a_chinese_supplement_override(read: Read) -> None:
    german = read(
        "Liefervertrag", "§ 1 Zahlung",
        "(1) Rechnungen sind innerhalb von 30 Tagen nach Rechnungserhalt zahlbar.",
        "1. Nachtrag zum Liefervertrag vom 15. August 2025", "§ 1 Änderung",
        "(1) § 1 Abs. 1 wird mit Wirkung ab 1. September 2025 neu gefasst: "
        "Rechnungen sind innerhalb von 45 Tagen nach Rechnungserhalt zahlbar.",
    )  # fmt: skip
    assert best(german, "payment_days").clause == "1. Nachtrag, § 1 Abs. 1"
    chinese = read(
        "采购合同", "第一条 付款", "1.1 甲方应在收到发票后30日内付款。", "补充协议（一）",
        "一、自2025年9月1日起，原合同第1.1条变更为：甲方应在收到发票后45日内付款。",
    )  # fmt: skip
    for reading in (german, chinese):
        assert history(reading, "payment_days") == [(Decimal(45), date(2025, 9, 1)), (Decimal(30), None)]


@pytest.mark.parametrize(
    "change",
    [
        "3.1 From 1 July 2025 the price for copper wire is increased from EUR 12.00 to EUR 13.50 per kg.",
        "3.1 From 1 July 2025 the price of copper wire is EUR 13.50 per kg.",
    ],
)
def test_a_price_keeps_what_it_was_before(read: Read, change: str) -> None:
    reading = read(
        "1. Prices", "No.|Description|Unit|Unit price (EUR)", "1|Copper wire|kg|12.00", "2|Steel rope|m|3.00",
        "3. Change", change,
    )  # fmt: skip
    prices = [row.cells["unit_price"] for row in reading.tables["price_list"]]
    assert [price.value for price in prices] == [Decimal("13.50"), Decimal("3.00")]
    assert [(each.value, each.since) for each in prices[0].earlier] == [(Decimal("12.00"), None)]
    assert prices[0].since == date(2025, 7, 1)


def test_an_amended_account_keeps_its_parts(read: Read) -> None:
    reading = read(
        "1. Payment",
        "1.1 Payments go to the Supplier's account IBAN GB29 NWBK 6016 1331 9268 19 at Harbour Bank.",
        "Amendment No. 1", "dated 3 March 2026",
        "1. Payments go to the Supplier's account IBAN DE89 3704 0044 0532 0130 00 at Rhine Bank.",
    )  # fmt: skip
    account = best(reading, "bank_account").parts["account"]
    assert (account.value, account.since) == ("DE89370400440532013000", date(2026, 3, 3))
    assert [each.value for each in account.earlier] == ["GB29NWBK60161331926819"]


_LISTED = {
    "en": (
        "1. Prices",
        "Item|Unit|Price (EUR)",
        "Pallet collar|piece|12.40",
        "Steel rod|kg|1.85",
        "\f2. Delivery",
        "2.1 The Supplier delivers on working days, and the Customer signs for what was delivered.",
        "3. Further terms",
    ),
    "de": (
        "§ 1 Preise",
        "Leistung|Einheit|Preis EUR",
        "Filtermatte|Stk.|18,50",
        "Vlies|kg|1,85",
        "\f§ 2 Weiteres",
    ),
    "zh": (
        "一、价格",
        "序号|名称|单位|单价（元）",
        "1|水泵机组|台|12000.00",
        "2|钢制托架|件|185.00",
        "\f二、其他",
    ),
}


@pytest.mark.parametrize(
    ("language", "sentence", "price", "since"),
    [
        ("en", "With effect from 1 June 2025 the pallet collar costs EUR 11.00.", "11.00", True),
        ("en", "As of 1 June 2025, pallet collars are invoiced at EUR 11.00 per piece.", "11.00", True),
        (
            "en",
            "Starting 1 June 2025 the Supplier charges EUR 11.00 per piece for pallet collars.",
            "11.00",
            True,
        ),
        (
            "en",
            "The unit price of the pallet collar is reduced to EUR 11.00 from 1 June 2025.",
            "11.00",
            True,
        ),
        ("en", "The pallet collar is charged at EUR 11.00.", "11.00", False),
        (
            "de",
            "Mit Wirkung zum 01.06.2025 wird der Preis für die Filtermatte auf 16,00 EUR gesenkt.",
            "16.00",
            True,
        ),
        ("de", "Ab 01.06.2025 kostet eine Filtermatte 16,00 EUR.", "16.00", True),
        ("zh", "自2025年6月1日起，水泵机组单价调整为11000元/台。", "11000", True),
        ("zh", "自2025年6月1日起，水泵机组的单价改为人民币11000元。", "11000", True),
        ("en", "A deposit of EUR 11.00 is charged for each pallet collar.", None, False),
        ("en", "Repair of the pallet collar is charged at EUR 11.00.", None, False),
        ("en", "The pallet collar is charged at EUR 12.40.", None, False),
        ("en", "Overtime for the pallet collar is charged at EUR 11.00.", None, False),
        ("zh", "水泵机组逾期交付的，乙方支付违约金500元。", None, False),
    ],
)
def test_what_a_sentence_says_that_a_listed_item_costs_is_a_change_or_a_contradiction(
    read: Read, language: str, sentence: str, price: str | None, *, since: bool
) -> None:
    number = {"en": "3.1 ", "de": "(1) ", "zh": "（一）"}[language]
    rows = read(*_LISTED[language], number + sentence).tables["price_list"]
    first = rows[0].cells["unit_price"]
    others = [row.cells["unit_price"] for row in rows[2:]]
    if since:
        assert (str(first.value), first.since) == (price, date(2025, 6, 1))
        assert [each.value for each in first.earlier] != []
    else:
        assert first.since is None
        assert [str(each.value) for each in others] == ([] if price is None else [price])


def test_a_row_that_an_amendment_adds_is_agreed_from_its_day_on(read: Read) -> None:
    table = "No.|Description|Unit|Unit price (EUR)"
    reading = read(
        "1. Prices", table, "1|Copper wire|kg|12.00", "2|Steel rope|m|3.00",
        "Amendment No. 1", "dated 3 March 2026", "1. Prices",
        table, "1|Copper wire|kg|13.00", "2|Brass nut|kg|9.00",
    )  # fmt: skip
    rows = reading.tables["price_list"]
    assert [(row.cells["description"].text, row.cells["unit_price"].since) for row in rows] == [
        ("Copper wire", date(2026, 3, 3)),
        ("Steel rope", None),
        ("Brass nut", date(2026, 3, 3)),
    ]
    assert rows[2].cells["description"].since == date(2026, 3, 3)
    assert not rows[2].cells["unit_price"].earlier


def test_of_two_clauses_with_one_figure_the_cited_one_is_changed(read: Read) -> None:
    reading = read(
        "Works Contract", "1. Tax", "1.1 The applicable rate of value added tax is 5%.", "2. Retention",
        "2.1 The Customer retains 5% of each invoice until acceptance.", "3. Change",
        '3.1 With effect from 1 September 2025, "5%" in clause 2.1 is replaced by "10%".',
    )  # fmt: skip
    assert history(reading, "retention_rate") == [(Decimal(10), date(2025, 9, 1)), (Decimal(5), None)]
    assert history(reading, "tax_rate") == [(Decimal(5), None)]


@pytest.mark.parametrize(
    ("sentence", "item"),
    [
        ("The price of LED panel Aurora is EUR 45.50 per piece.", "LED panel Aurora"),
        ("The price of tablet Basis shall be EUR 45.50 per piece.", "tablet Basis"),
        ("The new price of LED panel Aurora is EUR 45.50 per piece.", "LED panel Aurora"),
        ("The unit price for panel A2 set out in Clause 1.1 is changed to EUR 45.50 per piece.", "panel A2"),
        ("Der Stückpreis für LED-Panel Aurora erhöht sich auf 45,50 EUR je Stück.", "LED-Panel Aurora"),
        ("Der neue Preis für LED-Panel Aurora beträgt 45,50 EUR je Stück.", "LED-Panel Aurora"),
        ("极光面板灯的单价调整为人民币45.50元/个。", "极光面板灯"),
    ],
)
def test_an_item_is_named_without_what_leads_to_its_price(read: Read, sentence: str, item: str) -> None:
    (row,) = read("1. Prices", f"1.1 {sentence}").tables["price_list"]
    assert row.cells["description"].text == item
    assert row.cells["unit_price"].value == Decimal("45.50")
