"""Price lists, payment plans, fees: from tables with and without rules, and from sentences."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from extractor.engines.contract.table_heads import head_at
from extractor.engines.reading import CandidateRow, Reading
from extractor.pages.geometry import Box
from extractor.pages.lines import line_of
from extractor.pages.word import Word

Read = Callable[..., Reading]


def plain_row(row: CandidateRow) -> dict[str, object]:
    return {name: cell.text if cell.value is None else cell.value for name, cell in row.cells.items()}


def test_an_english_price_table_is_read_column_by_column(read: Read) -> None:
    reading = read(
        "1. Prices",
        "1.1 The agreed prices exclude VAT.",
        "Annex A",
        "Pos.|Description|Specification|Unit|Qty|Unit price",
        "1|Bench grinder|150 mm|piece|12|74.90",
        "2|Drill stand|cast iron|piece|3|1,120.00",
        "Total|||||4,258.80",
    )
    rows = [plain_row(row) for row in reading.tables["price_list"]]
    assert rows == [
        {
            "description": "Bench grinder",
            "specification": "150 mm",
            "unit": "piece",
            "quantity": Decimal(12),
            "unit_price": Decimal("74.90"),
            "tax_included": "false",
        },
        {
            "description": "Drill stand",
            "specification": "cast iron",
            "unit": "piece",
            "quantity": Decimal(3),
            "unit_price": Decimal("1120.00"),
            "tax_included": "false",
        },
    ]
    assert [row.cells["unit_price"].clause for row in reading.tables["price_list"]] == [
        "Annex A, 1",
        "Annex A, 2",
    ]
    assert (
        reading.tables["price_list"][0].cells["unit_price"].quote == "1 Bench grinder 150 mm piece 12 74.90"
    )


@pytest.mark.parametrize(
    ("head", "row", "expected"),
    [
        (
            "Artikel|Einheit|Menge|Einzelpreis (netto)",
            "Kabelkanal|m|40|3,85 €",
            {
                "description": "Kabelkanal",
                "unit": "m",
                "quantity": Decimal(40),
                "unit_price": Decimal("3.85"),
                "tax_included": "false",
            },
        ),
        (
            "Bezeichnung der Leistung|Stundensatz",
            "Softwareentwicklung|98,00",
            {"description": "Softwareentwicklung", "unit_price": Decimal("98.00")},
        ),
        (
            "序号|货物名称|型号规格|单位|数量|含税单价|金额",
            "1|离心水泵|ISW50|台|6|1,980.00|11,880.00",
            {
                "description": "离心水泵",
                "specification": "ISW50",
                "unit": "台",
                "quantity": Decimal(6),
                "unit_price": Decimal("1980.00"),
                "tax_included": "true",
            },
        ),
        (
            "Role|Day rate (GBP, excl. VAT)",
            "Senior surveyor|640.00",
            {"description": "Senior surveyor", "unit_price": Decimal("640.00"), "tax_included": "false"},
        ),
        (
            "Item no.|Product|Price per unit|VAT rate",
            "A-117|Garden hose|18.25|20%",
            {"description": "Garden hose", "unit_price": Decimal("18.25"), "tax_rate": Decimal(20)},
        ),
        (
            "线路|车型|运价（元）",
            "溪口至北港|厢车|1,450.00",
            {"description": "溪口至北港", "unit_price": Decimal("1450.00")},
        ),
    ],
)
def test_headings_of_many_kinds_are_known(
    read: Read, head: str, row: str, expected: dict[str, object]
) -> None:
    reading = read("1. General", "1.1 Nothing else.", "2. Schedule of rates", head, row)
    assert [plain_row(row) for row in reading.tables["price_list"]] == [expected]


def test_a_table_goes_on_over_the_page(read: Read) -> None:
    head = "No.|Description|Unit|Price (EUR)"
    reading = read(
        "1. Prices", head, "1|Hinge|pc|2.10", f"\f{head}", "2|Latch|pc|3.40", "3|Bolt|pc|0.95", "2. Term"
    )
    rows = reading.tables["price_list"]
    assert [row.cells["description"].text for row in rows] == ["Hinge", "Latch", "Bolt"]
    assert [row.cells["description"].evidence.page for row in rows] == [1, 2, 2]
    assert {row.cells["description"].clause for row in rows} == {"1, 1", "1, 2", "1, 3"}


def test_prices_in_sentences_make_a_price_list(read: Read) -> None:
    reading = read(
        "1. Prices",
        "(a) The rate for a project engineer is EUR 112.00 per hour.",
        "(b) Site visits: EUR 380.00 per day.",
        "(c) The Contractor's liability is limited to EUR 50,000.00 per incident.",
    )
    rows = [plain_row(row) for row in reading.tables["price_list"]]
    assert [(row["description"], row["unit_price"], row["unit"]) for row in rows] == [
        ("project engineer", Decimal("112.00"), "hour"),
        ("Site visits", Decimal("380.00"), "day"),
    ]


@pytest.mark.parametrize(
    ("head", "rows", "expected"),
    [
        (
            "No.|Milestone|Share|Amount (USD)|Due",
            ("1|Design approved|40%|20,000.00|May 2025", "2|Handover|60%|30,000.00|July 2025"),
            [
                ("Design approved", Decimal(40), Decimal("20000.00")),
                ("Handover", Decimal(60), Decimal("30000.00")),
            ],
        ),
        (
            "Rate|Leistungsstand|Anteil|Betrag",
            ("1|Fundament fertig|25 %|12.500,00", "2|Dach gedeckt|75 %|37.500,00"),
            [
                ("Fundament fertig", Decimal(25), Decimal("12500.00")),
                ("Dach gedeckt", Decimal(75), Decimal("37500.00")),
            ],
        ),
        (
            "期次|付款节点|付款比例|付款金额（元）",
            ("1|合同签订|30%|60,000.00", "2|验收合格|70%|140,000.00"),
            [("合同签订", Decimal(30), Decimal("60000.00")), ("验收合格", Decimal(70), Decimal("140000.00"))],
        ),
    ],
)
def test_a_payment_plan_is_read_step_by_step(
    read: Read, head: str, rows: tuple[str, ...], expected: list[tuple[str, Decimal, Decimal]]
) -> None:
    reading = read("1. Payment", "1.1 As follows:", head, *rows)
    found = [plain_row(row) for row in reading.tables["milestones"]]
    assert [(row["name"], row["share"], row["amount"]) for row in found] == expected
    assert "price_list" not in reading.tables


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            (
                "The price is paid in instalments: 30% (EUR 9,000.00) upon signing, 70% (EUR "
                "21,000.00) upon final delivery."
            ),
            [
                ("upon signing", Decimal(30), Decimal("9000.00")),
                ("upon final delivery", Decimal(70), Decimal("21000.00")),
            ],
        ),
        (
            "Die Zahlung erfolgt in Raten: 40 % bei Vertragsschluss, 60 % nach Abnahme.",
            [("bei Vertragsschluss", Decimal(40), None), ("nach Abnahme", Decimal(60), None)],
        ),
        (
            "合同签订后支付合同总价的30%，验收合格后支付合同总价的70%。",
            [("合同签订后", Decimal(30), None), ("验收合格后", Decimal(70), None)],
        ),
        (
            "合同签订后10日内，支付总价的30%；样机验收后10日内，支付总价的70%。",
            [("合同签订后10日内", Decimal(30), None), ("样机验收后10日内", Decimal(70), None)],
        ),
        (
            (
                "预付款：合同签订后7日内支付合同价的20%；进度款：基础完工后支付至合同价的50%；竣工后支付至合同价的95%；"
                "质保金：合同价的5%，质保期满后无息支付。"
            ),
            [
                ("预付款", Decimal(20), None),
                ("基础完工后", Decimal(30), None),
                ("竣工后", Decimal(45), None),
                ("质保金", Decimal(5), None),
            ],
        ),
        (
            "Instalments: 30% on signature, up to a total of 80% after delivery and 20% upon acceptance.",
            [
                ("on signature", Decimal(30), None),
                ("after delivery", Decimal(50), None),
                ("upon acceptance", Decimal(20), None),
            ],
        ),
        (
            "Abschläge: bei Baubeginn 20 %, nach Rohbau bis zu insgesamt 60 %, nach Abnahme 40 %.",
            [
                ("bei Baubeginn", Decimal(20), None),
                ("nach Rohbau", Decimal(40), None),
                ("nach Abnahme", Decimal(40), None),
            ],
        ),
        (
            "The instalments are 50% of the commission on signature and 50% on delivery.",
            [("on signature", Decimal(50), None), ("on delivery", Decimal(50), None)],
        ),
    ],
)
def test_instalments_in_a_sentence_make_a_payment_plan(
    read: Read, sentence: str, expected: list[tuple[str, Decimal, Decimal | None]]
) -> None:
    reading = read("1. Payment", f"1.1 {sentence}", "1.2 More.")
    found = [plain_row(row) for row in reading.tables["milestones"]]
    assert [(row["name"], row["share"], row.get("amount")) for row in found] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "No charges beyond the agreed prices may be invoiced.",
        "No surcharge of any kind may be added.",
        "单价已含运输费用，除此之外采购方不再支付任何其他费用。",
        "The prices are all-inclusive.",
        "Expenses shall not be reimbursed.",
        "Nebenkosten werden nicht gesondert vergütet.",
        "Mit den Preisen sind sämtliche Nebenkosten abgegolten.",
        "Weitere Kosten dürfen nicht berechnet werden.",
        "除合同价款外，乙方不得另行收取任何费用。",
        "上述价格已包含一切费用。",
    ],
)
def test_a_contract_may_rule_fees_out(read: Read, sentence: str) -> None:
    reading = read("1. Costs", f"1.1 {sentence}", "1.2 Changes are made in writing.")
    assert reading.tables["allowed_fees"] == ()
    assert reading.candidates["allowed_fees"][0].quote == sentence
    assert reading.candidates["allowed_fees"][0].clause == "1.1"


def test_a_contract_that_is_silent_on_fees_is_no_contract_without_fees(read: Read) -> None:
    reading = read("1. Scope", "1.1 The goods are sold as they stand.")
    assert "allowed_fees" not in reading.tables
    assert "allowed_fees" not in reading.candidates


@pytest.mark.parametrize(
    ("sentence", "name", "amount"),
    [
        ("Freight is charged at EUR 45.00 per delivery.", "Freight", Decimal("45.00")),
        ("Postage and packing: GBP 7.50 per invoice.", "Postage and packing", Decimal("7.50")),
        ("Travel expenses are reimbursed at cost.", "Travel expenses", None),
        (
            "Versandkosten werden pauschal mit 12,90 EUR je Lieferung berechnet.",
            "Versandkosten",
            Decimal("12.90"),
        ),
        ("Eine Verpackungspauschale von 4,00 EUR wird berechnet.", "Verpackungspauschale", Decimal("4.00")),
        ("运费由买方承担，每次200元。", "运费", Decimal(200)),
    ],
)
def test_a_named_fee_is_allowed(read: Read, sentence: str, name: str, amount: Decimal | None) -> None:
    reading = read("1. Costs", f"1.1 {sentence}", "1.2 Changes are made in writing.")
    row = plain_row(reading.tables["allowed_fees"][0])
    assert (row["name"], row.get("amount")) == (name, amount)


def test_the_amount_that_the_table_adds_up_to_is_the_total(read: Read) -> None:
    reading = read(
        "1. Prices",
        "No.|Description|Qty|Unit price|Amount",
        "1|Hinge|10|2.00|20.00",
        "2|Latch|5|8.00|40.00",
        "1.1 The parties settle on EUR 60.00 for everything.",
    )
    best = reading.candidates["total_amount"][0]
    assert (best.value, best.clause) == (Decimal("60.00"), "1.1")


def test_two_clauses_that_disagree_tie(read: Read) -> None:
    reading = read(
        "1. Payment",
        "1.1 Invoices are payable within 30 days of the invoice date.",
        "2. Closing",
        "2.1 Invoices are payable within 45 days of the invoice date.",
    )
    first, second = reading.candidates["payment_days"][:2]
    assert {first.value, second.value} == {Decimal(30), Decimal(45)}
    assert first.score == second.score
    assert {first.clause, second.clause} == {"1.1", "2.1"}


@pytest.mark.parametrize(
    ("heading", "row"),
    [
        ("Plant|Number|Charge per week", "Tracked crane 9 t|2|640.00"),
        ("Gerät|Stückzahl|Miete je Monat netto", "Kranwagen 9 t|2|640,00 EUR"),
        ("机型|吨位|数量（台）|月租金（元/台，不含税）", "履带吊车|9吨|2|640.00"),
    ],
)
def test_a_table_of_hire_charges_is_a_price_list_that_bounds_no_quantity(
    read: Read, heading: str, row: str
) -> None:
    reading = read("1. Hire", "1.1 The items below are hired.", heading, row)
    (found,) = [plain_row(each) for each in reading.tables["price_list"]]
    assert found["unit_price"] == Decimal("640.00")
    assert found["description"] == row.split("|", maxsplit=1)[0]
    assert "quantity" not in found


def test_a_first_column_named_number_counts_the_rows(read: Read) -> None:
    reading = read("1. Prices", "1.1 As listed.", "Number|Item|Unit price", "7|Bench vice|74.90")
    (found,) = [plain_row(each) for each in reading.tables["price_list"]]
    assert "quantity" not in found
    assert found["description"] == "Bench vice"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Customer pays a monthly cleaning fee of £2,115.00.", [("monthly cleaning fee", "2115.00")]),
        ("Hosting is charged at an annual fee of EUR 3,475.", [("Hosting", "3475")]),
        ("Site visits are provided at a day rate of £870.", [("Site visits", "870")]),
        (
            "Der Kunde zahlt eine monatliche Hostingpauschale von 415,00 EUR netto.",
            [("Hostingpauschale", "415.00")],
        ),
        ("Mehraufwand wird mit einem Stundensatz von 91,50 EUR vergütet.", [("Stundensatz", "91.50")]),
        ("甲方每月支付，月保洁服务费为人民币5200元。", [("月保洁服务费", "5200")]),
        (
            (
                "A lead fitter shall be charged at £61.00 per hour, a fitter at £48.50 per hour and a mate "
                "at £33.00 per hour."
            ),
            [("lead fitter", "61.00"), ("fitter", "48.50"), ("mate", "33.00")],
        ),
        ("The annual insurance excess is a monthly fee of £100.00 at the maximum.", []),
        ("Die monatliche Kaution von 900,00 EUR entfällt.", []),
        (
            "The School pays the Caterer £2.95 for each junior meal and £3.85 for each senior meal served.",
            [("junior meal", "2.95"), ("senior meal", "3.85")],
        ),
        ("The Contractor shall pay £300.00 for each week of delay.", []),
        ("Attendance is charged at £88.00 for each hour.", [("Attendance", "88.00")]),
        ("Night visits are charged at £105.00 each.", [("Night visits", "105.00")]),
        (
            "Mehr als die Pauschale kosten: Monteur 71,00 EUR je Stunde, Meister 93,00 EUR je Stunde.",
            [("Monteur", "71.00"), ("Meister", "93.00")],
        ),
        ("Die Pauschale umfasst Arbeiten zu 71,00 EUR je Stunde.", []),
        ("Ein Lagerplatz wird mit 55,00 EUR je Monat berechnet.", [("Lagerplatz", "55.00")]),
        ("学生餐每份15元，教工餐每份18.50元，价格含税。", [("学生餐", "15"), ("教工餐", "18.50")]),
        (
            "驻场工程师按每人每月17,000元计费，高级工程师按2,400元/人天计费。",
            [("驻场工程师", "17000"), ("高级工程师", "2400")],
        ),
        ("承租方每月支付5,200元价款。", []),
        ("Further seats may be added at £240 per user per year.", [("Further seats", "240")]),
    ],
)
def test_fees_in_sentences_are_prices(read: Read, sentence: str, expected: list[tuple[str, str]]) -> None:
    reading = read("2. Charges", f"2.1 {sentence}", "2.2 Further terms follow.")
    rows = [plain_row(row) for row in reading.tables.get("price_list", ())]
    assert [(row["description"], row["unit_price"]) for row in rows] == [
        (name, Decimal(price)) for name, price in expected
    ]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        (
            "Travel and subsistence shall be reimbursed at cost if approved beforehand.",
            ["Travel and subsistence"],
        ),
        ("Fuel surcharge: 6% of the rate.", ["Fuel surcharge"]),
        ("Fuel surcharge: none so far.", []),
        ("差旅费由委托方实报实销。", ["差旅费"]),
        ("等候费：超过4小时的，每小时80元。", ["等候费"]),
        ("等候费：双方另行协商。", []),
        ("Fahrtkosten werden mit 0,38 € je gefahrenem Kilometer erstattet.", ["Fahrtkosten"]),
        ("Die Lieferung wird frei Haus einschließlich Verpackung berechnet.", []),
        ("Prices are charged per unit and include carriage to the site.", []),
        ("Packaging is included; a charge per invoice is agreed elsewhere.", []),
    ],
)
def test_fees_are_allowed_unless_the_prices_include_them(read: Read, sentence: str, names: list[str]) -> None:
    reading = read("2. Charges", f"2.1 {sentence}", "2.2 Further terms follow.")
    rows = [plain_row(row) for row in reading.tables.get("allowed_fees", ())]
    assert [row["name"] for row in rows] == names


def test_a_list_of_stages_is_a_payment_plan_by_its_heading(read: Read) -> None:
    reading = read(
        "Clause 4: Stage Payments. The Contract Sum is paid in these stages:",
        "(i) on completion of the frame, 40% (£8,000.00);",
        "(ii) on practical completion, 60% (£12,000.00).",
        "Clause 5: Law. English law applies.",
    )
    found = [plain_row(row) for row in reading.tables["milestones"]]
    assert [(row["name"], row["share"], row["amount"]) for row in found] == [
        ("on completion of the frame", Decimal(40), Decimal("8000.00")),
        ("on practical completion", Decimal(60), Decimal("12000.00")),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        'Clause 1.1 is amended so that "fourteen (14) days" is replaced by "twenty-one (21) days".',
        "The time for payment in clause 1.1 is extended from 14 days to 21 days.",
    ],
)
def test_an_amendment_stands_beside_what_it_changes(read: Read, sentence: str) -> None:
    reading = read(
        "1. Payment",
        "1.1 The Customer shall pay within fourteen (14) days of the date of the invoice.",
        "AMENDMENT No. 1",
        f"1. {sentence}",
    )
    days = reading.candidates["payment_days"][:2]
    assert {(each.value, each.clause) for each in days} == {
        (Decimal(14), "1.1"),
        (Decimal(21), "AMENDMENT No. 1, 1"),
    }
    assert days[0].score == days[1].score
    assert {each.quote for each in days if each.value == Decimal(21)} == {sentence}


@pytest.mark.parametrize(
    ("sentence", "prices"),
    [
        ("The price of a junior meal is increased from £2.95 to £3.10.", ["2.95", "3.85", "3.10"]),
        ("The price of a bread roll is increased from £2.95 to £3.10.", ["2.95", "3.85"]),
        ("The price of a junior meal ranges from £2.95 to £3.10.", ["2.95", "3.85"]),
        ("The price of a junior meal is increased from £2.90 to £3.10.", ["2.95", "3.85"]),
    ],
)
def test_an_amended_price_is_a_further_row(read: Read, sentence: str, prices: list[str]) -> None:
    table = ("1. Prices", "Item|Unit|Unit price", "junior meal|each|£2.95", "senior meal|each|£3.85")
    reading = read(*table, "\f2. Law", "English law applies.", "AMENDMENT No. 1", f"1. {sentence}")
    rows = [plain_row(row) for row in reading.tables["price_list"]]
    assert [row["unit_price"] for row in rows] == [Decimal(price) for price in prices]


def test_prices_in_sentences_count_beside_a_table(read: Read) -> None:
    """For items that it lacks, and for one that the sentence prices otherwise: the clauses contradict."""
    reading = read(
        "1. Prices",
        "Item|Unit|Unit price",
        "Relay board|piece|€42.00",
        "Fuse holder|piece|€3.10",
        "\f2. Services",
        "2.1 A fitter is charged at €61.00 per hour, and a relay board at €45.00 per piece.",
        "2.2 Carriage is charged at €12.00 per delivery.",
    )
    rows = [plain_row(row) for row in reading.tables["price_list"]]
    assert [(row["description"], row["unit_price"]) for row in rows] == [
        ("Relay board", Decimal("42.00")),
        ("Fuse holder", Decimal("3.10")),
        ("fitter", Decimal("61.00")),
        ("relay board", Decimal("45.00")),
    ]


def test_text_left_of_the_name_tells_rows_of_one_name_apart(read: Read) -> None:
    reading = read(
        "1. Prices", "Leg|Item|Price (£)", "Hull to Kelso|van load|545.00", "Hull to Dover|van load|690.00"
    )
    rows = [plain_row(row) for row in reading.tables["price_list"]]
    assert [(row["description"], row["specification"]) for row in rows] == [
        ("van load", "Hull to Kelso"),
        ("van load", "Hull to Dover"),
    ]


def test_columns_of_rates_for_different_hours_are_prices_each(read: Read) -> None:
    reading = read(
        "1. Rates",
        "Role|Basic rate per hour|Overtime rate per hour",
        "Welder|£18.20|£24.40",
        "Rigger|£16.75|£22.60",
    )
    rows = [plain_row(row) for row in reading.tables["price_list"]]
    assert [(row["description"], row["specification"], row["unit_price"]) for row in rows] == [
        ("Welder", "Basic rate per hour", Decimal("18.20")),
        ("Welder", "Overtime rate per hour", Decimal("24.40")),
        ("Rigger", "Basic rate per hour", Decimal("16.75")),
        ("Rigger", "Overtime rate per hour", Decimal("22.60")),
    ]
    prices = [row.cells["unit_price"] for row in reading.tables["price_list"]]
    assert [price.clause for price in prices] == ["1, 1", "1, 1", "1, 2", "1, 2"]
    assert prices[1].quote == "Welder £18.20 £24.40"


def test_a_list_price_beside_the_agreed_one_is_no_further_price(read: Read) -> None:
    reading = read("1. Prices", "Item|List price|Contract price", "Vice|52.00|44.20", "Anvil|90.00|81.00")
    rows = [plain_row(row) for row in reading.tables["price_list"]]
    assert [row["description"] for row in rows] == ["Vice", "Anvil"]


def test_items_may_be_numbered_before_they_are_named(read: Read) -> None:
    reading = read("1. Prices", "Item|Product|Net price each £", "A1|Desk|245.00", "A2|Chair|169.00")
    rows = reading.tables["price_list"]
    assert [plain_row(row)["description"] for row in rows] == ["Desk", "Chair"]
    assert [row.cells["unit_price"].clause for row in rows] == ["1, A1", "1, A2"]


@pytest.mark.parametrize(
    ("sentence", "prices"),
    [
        ("A gear pump is charged at EUR 95.00 per piece.", ["90.00", "40.00", "95.00"]),
        ("A gear pump is charged at EUR 90.00 per piece.", ["90.00", "40.00"]),
        ("A gear pump repair kit is charged at EUR 15.00 per piece.", ["90.00", "40.00"]),
    ],
)
def test_a_sentence_that_prices_an_item_of_the_table_otherwise_is_kept(
    read: Read, sentence: str, prices: list[str]
) -> None:
    reading = read(
        "Supply Agreement",
        "1. Prices",
        "Description|Unit|Price (EUR)",
        "Gear pump|piece|90.00",
        "Pressure gauge|piece|40.00",
        "2. Further terms",
        f"2.1 {sentence}",
    )
    assert [str(row.cells["unit_price"].value) for row in reading.tables["price_list"]] == prices


def test_a_sentence_that_announces_a_table_is_no_heading_of_it() -> None:
    """It stands as near to the headings as a second line of them would."""
    columns = (60, 120, 240, 330)
    printed = (
        (150, (60, 90), ("1.", "单价如下（不含税）：")),
        (166, columns, ("序号", "名称", "单位", "单价（元）")),
        (182, columns, ("1", "水泵", "台", "9.20")),
    )
    lines = [
        line_of(
            [
                Word(text=text, box=Box(x, y, x + 10 * len(text), y + 12))
                for x, text in zip(places, texts, strict=True)
            ],
            page=1,
        )
        for y, places, texts in printed
    ]
    assert head_at(lines, 0) is None
    head = head_at(lines, 1)
    assert head is not None
    assert [cell.text for cell in head.cells] == ["序号", "名称", "单位", "单价（元）"]


def test_a_list_of_many_pages_is_read_to_its_end(read: Read) -> None:
    rows = [f"{number}|Part {chr(97 + number % 26)}{number}|piece|{number}.50" for number in range(1, 501)]
    reading = read("1. Prices", "No.|Description|Unit|Unit price (EUR)", *rows)
    prices = [row.cells["unit_price"].value for row in reading.tables["price_list"]]
    assert prices == [Decimal(f"{number}.50") for number in range(1, 501)]
