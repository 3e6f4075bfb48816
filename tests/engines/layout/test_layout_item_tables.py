"""Several tables are the items where only all of them make a total."""

from engines.layout.pages import grid, page, read, table_column

HOURS = grid(
    "50 >330 >420 >540",
    "Activity | Hours | Rate | Amount",
    "Drafting of claim | 2.0 | 300.00 | 600.00",
    "Hearing | 1.5 | 300.00 | 450.00",
    top=200,
)
COSTS = grid("50 >540", "Description | Amount", "Court fee | 210.00", "Courier | 40.00", top=280)


def test_hours_and_costs_that_make_the_total_are_both_items() -> None:
    reading = read(page(HOURS, COSTS, "Total due: @300,360", "1,300.00 @>540,360"))
    assert table_column(reading, "net_amount") == ["600.00", "450.00", "210.00", "40.00"]


def test_a_table_that_makes_a_total_alone_stays_alone() -> None:
    totals = ("Subtotal: @300,360", "1,050.00 @>540,360", "Total: @300,376", "1,300.00 @>540,376")
    assert table_column(read(page(HOURS, COSTS, totals)), "net_amount") == ["600.00", "450.00"]


def test_tables_that_make_no_total_together_are_not_joined() -> None:
    reading = read(page(HOURS, COSTS, "Total due: @300,360", "1,301.00 @>540,360"))
    assert table_column(reading, "net_amount") == ["600.00", "450.00"]


def test_a_table_of_taxes_alone_is_none_of_items() -> None:
    taxes = grid(">150 >300 >450", "VAT Rate | Net | VAT", "19 % | 100.00 | 19.00", top=400)
    assert table_column(read(page(taxes)), "net_amount") == []


def test_items_without_a_description_but_with_a_price_are_items() -> None:
    bare = grid(">150 >300 >450", "Qty | Unit Price | Amount", "2 | 3.50 | 7.00", top=400)
    assert table_column(read(page(bare)), "net_amount") == ["7.00"]
