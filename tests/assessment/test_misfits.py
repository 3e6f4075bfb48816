"""What does not fit together in one document, and what does."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from engines.layout.pages import page
from invoice_record import extraction, leaf, line, rows

from extractor.assessment.misfits import misfits
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import ABSENT, Extraction, Leaf, State, Table
from extractor.pages.geometry import Box
from extractor.pages.word import Origin


def paths(made: Extraction) -> list[str]:
    return [path for path, _ in misfits(made)]


def items(*amounts: str) -> Table:
    return rows(*({**line("1", each, each), "description": leaf("Lamp")} for each in amounts))


def test_a_plain_invoice_fits() -> None:
    assert paths(extraction(line_items=items("60.00", "40.00"))) == []


def test_lines_that_add_up_to_the_amount_with_tax_do_not_fit_a_net_amount() -> None:
    assert paths(extraction(line_items=items("79.00", "40.00"))) == ["line_items"]
    assert paths(extraction(line_items=items("79.00", "40.00"), net_amount=ABSENT)) == []


def test_a_line_without_description_does_not_fit_others_that_have_one() -> None:
    described, bare = (
        {**line("1", "60.00", "60.00"), "description": leaf("Lamp")},
        line("1", "40.00", "40.00"),
    )
    assert paths(extraction(line_items=rows(described, bare))) == ["line_items[1]"]
    assert paths(extraction(line_items=rows(bare, bare))) == []


@pytest.mark.parametrize(("tax", "fits"), [("19.00", True), ("19.02", True), ("19.03", False)])
def test_a_lines_tax_is_its_rate_of_its_amount_to_two_cents(tax: str, *, fits: bool) -> None:
    cells = {**line("1", "100.00", "100.00"), "tax_rate": leaf(Decimal(19)), "tax_amount": leaf(Decimal(tax))}
    assert paths(extraction(line_items=rows(cells))) == ([] if fits else ["line_items[0].tax_amount"])


@pytest.mark.parametrize(
    ("due", "score", "fits"),
    [
        (date(2025, 3, 17), 0.65, True),
        (date(2025, 3, 18), 0.65, False),
        (date(2025, 3, 18), 0.9, True),  # a label names the date of issue
        (date(2025, 3, 31), 0.65, True),  # to the end of the month
    ],
)
def test_a_date_that_no_label_names_fits_the_days_of_the_terms(
    due: date, score: float, *, fits: bool
) -> None:
    made = extraction(
        issue_date=leaf(date(2025, 3, 3), score=score), due_date=leaf(due), payment_terms=leaf("14 days net")
    )
    assert paths(made) == ([] if fits else ["issue_date"])


def test_an_amount_due_has_the_sign_of_the_total() -> None:
    assert paths(extraction(amount_due=leaf(Decimal("119.00")))) == []
    assert paths(extraction(amount_due=leaf(Decimal("-9.34")))) == ["amount_due"]
    assert paths(extraction(amount_due=leaf(Decimal(0)))) == []


def test_taxed_lines_do_not_fit_a_total_without_tax() -> None:
    taxed = rows({**line("1", "100.00", "100.00"), "tax_rate": leaf(Decimal(19))})
    untaxed = {"tax_amount": ABSENT, "gross_amount": leaf(Decimal("100.00"))}
    assert paths(extraction(untaxed, line_items=taxed)) == ["gross_amount"]
    assert paths(extraction(untaxed)) == []


@pytest.mark.parametrize(("tax", "fits"), [("0.00", True), ("19.00", False)])
def test_a_net_amount_is_the_total_only_where_there_is_no_tax(tax: str, *, fits: bool) -> None:
    made = extraction(net_amount=leaf(Decimal("119.00")), tax_amount=leaf(Decimal(tax)))
    assert paths(made) == ([] if fits else ["net_amount"])


def test_a_tax_id_of_the_buyer_alone_may_be_the_sellers() -> None:
    buyers = leaf("DE811569869")
    assert paths(extraction(buyer_tax_id=buyers)) == ["buyer_tax_id"]
    assert paths(extraction(buyer_tax_id=buyers, seller_tax_id=leaf("DE136695976"))) == []


def test_one_number_is_not_two_fields() -> None:
    assert paths(extraction(purchase_order_number=leaf("R-1"))) == ["purchase_order_number"]
    assert paths(extraction(purchase_order_number=leaf("P-1"), contract_number=leaf("P-1"))) == [
        "contract_number"
    ]


@pytest.mark.parametrize(("score", "fits"), [(0.57, False), (0.58, True)])
def test_a_currency_that_nothing_tells_is_a_guess(score: float, *, fits: bool) -> None:
    dollar = replace(leaf("USD", text="$5", score=score), state=State.DERIVED)
    assert paths(extraction(currency=dollar)) == ([] if fits else ["currency"])


def test_data_says_what_it_means() -> None:
    stored: Leaf = leaf("R-1", origin=Origin.XML)
    assert paths(extraction(invoice_number=stored, purchase_order_number=leaf("R-1"))) == []


@pytest.mark.parametrize(
    ("column", "most", "odd"),
    [("tax_amount", "50.00", "50.01"), ("tax_rate", "40", "41"), ("quantity", "99999", "100000")],
)
def test_figures_of_another_column_are_odd(column: str, most: str, odd: str) -> None:
    for figure, fits in ((most, True), (odd, False)):
        cells = {"net_amount": leaf(Decimal(100)), column: leaf(Decimal(figure))}
        made = extraction(line_items=rows(cells))
        assert paths(made) == ([] if fits else [f"line_items[0].{column}"])


def test_a_total_with_three_decimals_may_have_a_point_that_parts_thousands() -> None:
    peso = {"net_amount": leaf(Decimal("132.000")), "gross_amount": leaf(Decimal("151.00"))}
    assert paths(extraction(peso)) == ["net_amount"]


@pytest.mark.parametrize(("tax", "fits"), [("59.50", True), ("59.51", False)])
def test_tax_is_at_most_half_of_the_total(tax: str, *, fits: bool) -> None:
    assert paths(extraction(tax_amount=leaf(Decimal(tax)))) == ([] if fits else ["tax_amount"])


@pytest.mark.parametrize(
    ("second", "fits"), [("9.02", True), ("9.03", False), ("8.98", True), ("8.97", False)]
)
def test_the_tax_by_rate_adds_up_to_a_cent_a_row(second: str, *, fits: bool) -> None:
    taxes = rows({"tax": leaf(Decimal("10.00"))}, {"tax": leaf(Decimal(second))})
    assert paths(extraction(tax_breakdown=taxes)) == ([] if fits else ["tax_breakdown"])


def test_tax_by_rate_that_is_not_all_printed_says_nothing() -> None:
    taxes = rows({"tax": leaf(Decimal("10.00"))}, {"rate": leaf(Decimal(7))})
    assert paths(extraction(tax_breakdown=taxes)) == []


@pytest.mark.parametrize(("kind", "fits"), [("credit_note", True), ("commercial", False)])
def test_a_negative_total_is_of_a_credit_note(kind: str, *, fits: bool) -> None:
    negative = {"net_amount": leaf(Decimal(-100)), "tax_amount": leaf(Decimal(-19))}
    made = extraction(negative, gross_amount=leaf(Decimal(-119)), invoice_type=leaf(kind))
    assert paths(made) == ([] if fits else ["invoice_type"])


@pytest.mark.parametrize(("score", "fits"), [(0.88, False), (0.89, True)])
def test_a_lone_party_that_no_label_names_may_be_the_buyer(score: float, *, fits: bool) -> None:
    seller = leaf("Quendelmoor Lampen GmbH", score=score)
    assert paths(extraction(seller_name=seller, buyer_name=ABSENT)) == ([] if fits else ["seller_name"])
    assert paths(extraction(seller_name=seller)) == []


def test_one_printed_day_is_not_both_of_issue_and_due() -> None:
    day = leaf(date(2025, 3, 3))
    assert paths(extraction(issue_date=day, due_date=day)) == ["issue_date"]
    elsewhere = Evidence(page=1, boxes=(Box(1, 9, 2, 10),), origin=Origin.TEXT_LAYER)
    assert paths(extraction(issue_date=day, due_date=replace(day, evidence=elsewhere))) == []
    assert paths(extraction(issue_date=ABSENT, due_date=ABSENT)) == []


@pytest.mark.parametrize(
    ("buyer", "fits"), [("QUENDELMOOR LAMPEN GMBH", False), ("Quendelmoor Handel GmbH", True)]
)
def test_seller_and_buyer_are_two(buyer: str, *, fits: bool) -> None:
    assert paths(extraction(buyer_name=leaf(buyer))) == ([] if fits else ["buyer_name"])


@pytest.mark.parametrize(
    ("printed", "score", "fits"),
    [
        ("08/09/2023", 0.65, False),
        ("08/09/2023", 0.66, True),  # something else on the page tells
        ("13/09/2023", 0.65, True),
        ("09/09/2023", 0.65, True),
        ("12-11-23", 0.65, False),
        ("08.09.2023", 0.65, True),
    ],
)
def test_a_date_that_begins_with_day_or_month_is_asked_about(
    printed: str, score: float, *, fits: bool
) -> None:
    issued = leaf(date(2023, 9, 8), text=printed, score=score)
    assert paths(extraction(issue_date=issued)) == ([] if fits else ["issue_date"])


def test_lines_with_codes_and_no_description_at_all_do_not_fit() -> None:
    coded = {**line("1", "60.00", "60.00"), "product_code": leaf("Oak board")}
    assert paths(extraction(line_items=rows(coded, coded))) == ["line_items[0]"]


@pytest.mark.parametrize(
    ("text", "due", "fits"),
    [("45", "45", False), ("45.00", "45.00", True), ("EUR 45", "45", True), ("119", "119.00", True)],
)
def test_a_bare_number_is_no_amount_due_where_the_total_has_cents(text: str, due: str, *, fits: bool) -> None:
    gross = Decimal("119.00") if fits and due == "119.00" else Decimal("119.40")
    made = extraction(amount_due=leaf(Decimal(due), text=text), gross_amount=leaf(gross))
    assert ("amount_due" in paths(made)) is not fits


@pytest.mark.parametrize(("price", "fits"), [("24103.88", False), ("2493.12", True)])
def test_a_price_without_a_quantity_is_the_lines_amount(price: str, *, fits: bool) -> None:
    cells = {
        "unit_price": leaf(Decimal(price)),
        "net_amount": leaf(Decimal("2493.12")),
        "description": leaf("Lamp"),
    }
    assert ("line_items[0].unit_price" in paths(extraction(line_items=rows(cells)))) is not fits


@pytest.mark.parametrize(
    ("said", "fits"),
    [
        ("3% discount by 13 March 2025, net by 2 April 2025", False),
        ("3% discount by 10 March 2025, net by 13 March 2025", True),  # it is the last day
        ("3% discount within 10 days, net 30 days", False),
        ("3% discount within 5 days, net 10 days", True),
        ("net by 2 April 2025", True),
    ],
)
def test_a_date_due_may_be_that_of_a_discount(said: str, *, fits: bool) -> None:
    made = extraction(due_date=leaf(date(2025, 3, 13)))
    found = [path for path, _ in misfits(made, [page(f"{said} @50,100")])]
    assert ("due_date" in found) is not fits


@pytest.mark.parametrize(("lines", "fits"), [(3, False), (4, True)])
def test_a_day_far_from_the_discount_says_nothing_of_it(lines: int, *, fits: bool) -> None:
    between = [f"Goods @50,{100 + 20 * index}" for index in range(1, lines)]
    made = extraction(due_date=leaf(date(2025, 3, 13)))
    sheet = page("3% discount @50,100", *between, f"2 April 2025 @50,{100 + 20 * lines}")
    assert ("due_date" in [path for path, _ in misfits(made, [sheet])]) is not fits


@pytest.mark.parametrize(("quantity", "fits"), [("52.79", False), ("52.78", True)])
def test_a_quantity_is_not_its_lines_amount(quantity: str, *, fits: bool) -> None:
    cells = {
        "quantity": leaf(Decimal(quantity)),
        "net_amount": leaf(Decimal("52.79")),
        "description": leaf("Lamp"),
    }
    assert ("line_items[0].quantity" in paths(extraction(line_items=rows(cells)))) is not fits


@pytest.mark.parametrize(
    ("kind", "fits"), [("commercial", False), ("credit_note", True), ("e_vat_general", True)]
)
def test_a_negative_total_is_a_credit_notes_or_a_red_fapiaos(kind: str, *, fits: bool) -> None:
    negative = {name: leaf(-Decimal(total)) for name, total in (("net_amount", 100), ("tax_amount", 19))}
    made = extraction(negative, gross_amount=leaf(Decimal("-119.00")), invoice_type=leaf(kind))
    assert ("invoice_type" in paths(made)) is not fits


@pytest.mark.parametrize(("rate", "fits"), [("-8.23", False), ("0", True), ("40", True), ("40.01", False)])
def test_a_lines_tax_rate_is_one(rate: str, *, fits: bool) -> None:
    cells = {**line("1", "60.00", "60.00"), "description": leaf("Lamp"), "tax_rate": leaf(Decimal(rate))}
    assert ("line_items[0].tax_rate" in paths(extraction(line_items=rows(cells)))) is not fits


@pytest.mark.parametrize(("text", "fits"), [("receipt", False), ("Receipt", True)])
def test_a_receipt_is_told_by_a_title(text: str, *, fits: bool) -> None:
    made = extraction(invoice_type=leaf("receipt", text=text))
    assert ("invoice_type" in paths(made)) is not fits


@pytest.mark.parametrize(("due", "fits"), [("19.00", False), ("119.00", True), ("0.00", True)])
def test_an_amount_due_is_not_the_tax(due: str, *, fits: bool) -> None:
    assert ("amount_due" in paths(extraction(amount_due=leaf(Decimal(due))))) is not fits


@pytest.mark.parametrize(("buyer", "fits"), [("DE136695976", False), ("DE811907980", True)])
def test_two_parties_have_two_tax_ids(buyer: str, *, fits: bool) -> None:
    made = extraction(seller_tax_id=leaf("DE136695976"), buyer_tax_id=leaf(buyer))
    assert ("seller_tax_id" in paths(made)) is not fits
