from dataclasses import replace
from decimal import Decimal

from synthesis.invoices.truths import truth_of_content

from .drawn_content import some_content, with_choices, with_record, with_table


def test_cells_of_columns_that_are_not_printed_are_empty() -> None:
    content = with_table(
        some_content(2),
        columns=("description", "net_amount"),
        has_unit_in_quantity=True,
        is_code_in_details=False,
    )
    for row in truth_of_content(content).line_items:
        assert {name for name, text in row.items() if text} == {"description", "net_amount"}


def test_details_under_a_description_may_be_left_out() -> None:
    content = with_table(some_content(2), is_code_in_details=False)
    entry = replace(content.bill.record.line_items[0], description="Pump", details=("Serial 7",))
    truth = truth_of_content(with_record(content, line_items=(entry,)))
    assert truth.line_items[0]["description"] == "Pump Serial 7"
    assert "Pump" in truth.line_alternatives[0]["description"]


def test_a_price_for_a_hundred_may_be_read_for_one() -> None:
    content = some_content(2)
    entry = replace(content.bill.record.line_items[0], unit_price=Decimal("12.50"), price_base=Decimal(100))
    truth = truth_of_content(with_record(content, line_items=(entry,)))
    assert truth.line_alternatives[0]["unit_price"] == ("0.125",)


def test_totals_that_are_not_printed_are_only_implied() -> None:
    content = with_choices(some_content(2, tax_case="exempt"), shows_base=False, shows_amount_due=False)
    content = with_record(
        content, prepaid_amount=None, rounding_amount=None, withheld_amount=None, previous_balance=None
    )
    assert {"net_amount", "tax_amount", "amount_due"} <= truth_of_content(content).unscored


def test_a_currency_that_stands_nowhere_is_not_asked_for() -> None:
    content = with_table(some_content(2), has_currency_in_header=False)
    pen = content.layout.pen
    bare = replace(pen, in_totals=replace(pen.in_totals, currency="none"))
    around = replace(content.around, facts=())
    truth = truth_of_content(replace(with_choices(content, pen=bare), around=around))
    assert truth.fields["currency"] is None
    assert "currency" in truth.unscored


def test_the_name_on_the_logo_will_do_for_the_legal_one() -> None:
    content = some_content(2)
    assert truth_of_content(content).alternatives["seller_name"] == (content.bill.seller.trade_name,)


def test_terms_that_begin_with_a_label_may_be_read_without() -> None:
    content = with_record(some_content(2, "pt"), payment_terms="Prazo de pagamento: 30 dias")
    assert "30 dias" in truth_of_content(content).alternatives["payment_terms"]
