"""Which pages of a file go together, on pages set by hand."""

from engines.layout.pages import SPEC, block, grid, page
from parts.sheets import (
    OTHER_SELLER,
    SELLER,
    conditions,
    first,
    head,
    invoice,
    last,
    letterhead,
    lines,
    numbered,
    parted,
    recognised,
    total,
)

from extractor.field_specs.load import load_spec
from extractor.parts.parting import part_pages

BLANK = page()


# Several invoices


def test_other_numbers_of_one_seller_are_other_invoices() -> None:
    assert parted(invoice("INV-1001"), invoice("INV-1002"), invoice("INV-1003")) == [[1], [2], [3]]


def test_other_sellers_are_other_invoices() -> None:
    assert parted(invoice("1001"), invoice("88/26", seller=OTHER_SELLER)) == [[1], [2]]


def test_counters_say_where_an_invoice_ends() -> None:
    pages = (
        first("INV-1001", counter="Page 1 of 2"),
        last(counter="Page 2 of 2"),
        invoice("INV-1002", counter="Page 1 of 1"),
    )
    assert parted(*pages) == [[1, 2], [3]]


def test_invoices_without_counters_are_parted_by_number_and_title() -> None:
    assert parted(first("INV-1001"), last(), first("INV-1002"), last()) == [[1, 2], [3, 4]]


def test_invoices_without_a_number_are_parted_by_counter_title_and_total() -> None:
    def unnumbered(day: str) -> list[str]:
        return ["INVOICE @400,40,18", f"Invoice date: {day} @400,96", "Page 1 of 1 @480,810"]

    pages = [
        page(letterhead(), unnumbered(day), lines(), total()) for day in ("5 March 2026", "9 April 2026")
    ]
    assert parted(*pages) == [[1], [2]]


def test_conditions_and_blank_backs_stay_with_the_invoice_before() -> None:
    pages = (
        invoice("INV-1001", counter="Page 1 of 1"),
        conditions(),
        invoice("INV-1002", counter="Page 1 of 1"),
        BLANK,
        invoice("INV-1003", counter="Page 1 of 1"),
        conditions(counter="Page 1 of 2"),
        conditions(counter="Page 2 of 2"),
    )
    assert parted(*pages) == [[1, 2], [3, 4], [5, 6, 7]]


def test_a_credit_note_is_no_part_of_the_invoice_that_it_quotes() -> None:
    credit = page(
        letterhead(),
        head("CN-77", "9 March 2026", title="CREDIT NOTE", label="Credit Note No"),
        ["Original invoice: INV-1001 @400,112"],
        lines(),
        total(),
    )
    assert parted(invoice("INV-1001"), credit) == [[1], [2]]


def test_a_credit_note_may_quote_the_invoice_before_its_own_number() -> None:
    quoting = block("Invoice No: INV-1001", "Credit Note No: CN-77", x=400, top=80)
    credit = page(letterhead(), ["CREDIT NOTE @400,40,18"], quoting, lines(), total("12.00"))
    assert parted(invoice("INV-1001"), credit) == [[1], [2]]


def test_scans_are_parted_by_their_words_alone() -> None:
    pages = [recognised(each) for each in (invoice("INV-1001"), invoice("INV-1002"), conditions())]
    assert parted(*pages) == [[1], [2, 3]]


def test_receipts_without_numbers_are_parted_by_seller_and_total() -> None:
    def receipt(seller: tuple[str, ...], amount: str) -> list[str]:
        return [*block(*seller, "RECEIPT", x=50, top=40), *grid("50 >200", f"Total | {amount}", top=200)]

    assert parted(page(receipt(SELLER, "4.50")), page(receipt(OTHER_SELLER, "9.10"))) == [[1], [2]]


def test_fapiao_printed_one_after_the_other_are_parted() -> None:
    def fapiao(number: str, day: str) -> list[str]:
        return [
            "电子发票（普通发票） @|300,40,16",
            f"发票号码：{number} @420,60",
            f"开票日期：2026年03月{day}日 @420,76",
            "价税合计（小写）¥113.00 @350,300",
        ]

    pages = [page(fapiao(f"2631200000300{index}", f"0{index}")) for index in (1, 2)]
    assert parted(*pages) == [[1], [2]]


# One invoice


def test_one_page_is_one_part() -> None:
    assert parted(invoice("INV-1001")) == [[1]]


def test_no_page_is_one_part_without_pages() -> None:
    assert parted() == [[]]


def test_pages_that_go_on_stay_together() -> None:
    assert parted(first("INV-1001"), page(lines(20, top=60)), last()) == [[1, 2, 3]]


def test_a_head_that_is_repeated_begins_nothing() -> None:
    pages = [
        page(letterhead(), head("INV-1001"), lines(20)),
        page(letterhead(), head("INV-1001"), lines(), total()),
    ]
    assert parted(*pages) == [[1, 2]]


def test_the_same_counter_on_every_page_begins_nothing() -> None:
    pages = [first("INV-1001", counter="Page 1 of 1"), last(counter="Page 1 of 1", shown="INVOICE INV-1001")]
    assert parted(*pages) == [[1, 2]]


def test_a_copy_of_the_same_invoice_stays_with_it() -> None:
    assert parted(*[invoice("INV-1001", counter="Page 1 of 1")] * 2) == [[1, 2]]


def test_a_page_that_quotes_another_invoice_begins_nothing() -> None:
    quoting = page(
        ["Remittance advice for invoice INV-1001 @50,60", "Previous invoice no: INV-0987 @50,80"], lines()
    )
    assert parted(invoice("INV-1001"), quoting) == [[1, 2]]


def test_a_delivery_note_with_its_own_number_and_counter_begins_nothing() -> None:
    note = page(
        letterhead(),
        [
            "DELIVERY NOTE @400,40,18",
            "No: 55310 @400,80",
            "Date: 1 March 2026 @400,96",
            "Page 1 of 1 @480,810",
        ],
        lines(),
    )
    assert parted(invoice("INV-1001", counter="Page 1 of 1"), note) == [[1, 2]]


def test_a_timesheet_with_its_own_total_begins_nothing() -> None:
    sheet = page(
        ["Timesheet March 2026 @50,40,16"], grid("50 >300", "Week 9 | 38.50", "Total | 38.50", top=90)
    )
    assert parted(invoice("INV-1001"), sheet) == [[1, 2]]


def test_a_list_behind_a_fapiao_begins_nothing() -> None:
    front = page(
        ["增值税专用发票 @|300,40,16", "发票号码：12235358 @420,60", "开票日期：2026年03月05日 @420,76"],
        ["（详见销货清单） @50,150", "价税合计（小写）¥113.00 @350,300"],
    )
    listing = page(
        ["销售货物或者提供应税劳务清单 @|300,40,16"],
        ["所属增值税专用发票代码：3200261130 号码：12235358 @50,80", "共 1 页 第 1 页 @420,80"],
        grid("50 >300", "纸箱 | 100.00", "小计 | 100.00", top=120),
    )
    assert parted(front, listing) == [[1, 2]]


def test_a_list_of_invoices_begins_nothing() -> None:
    columns = "50 200 >400"
    rows = [f"INV-10{index:02} | {index + 1} March 2026 | 80.00" for index in range(20)]
    pages = [
        page(
            letterhead(),
            ["STATEMENT OF ACCOUNT @300,40,18"],
            grid(columns, "Invoice No | Date | Amount", *rows[:12], top=120),
        ),
        page(grid(columns, "Invoice No | Date | Amount", *rows[12:], "Total due |  | 1,600.00", top=60)),
    ]
    assert parted(*pages) == [[1, 2]]


def test_a_reminder_about_several_invoices_begins_nothing() -> None:
    reminder = page(
        letterhead(), ["Payment reminder @50,120,16", "Invoice No: INV-0987 of 1 March 2026 @50,160"]
    )
    assert parted(reminder, page(["Invoice No: INV-0990 of 3 March 2026 @50,60"], total())) == [[1, 2]]


def test_pages_before_the_first_invoice_go_to_it() -> None:
    cover = page(["Please find our invoice enclosed. @50,200", "Page 1 of 1 @480,810"])
    assert parted(cover, invoice("INV-1001"), invoice("INV-1002")) == [[1, 2], [3]]


def test_another_document_with_all_its_pages_stands_before_the_first_invoice() -> None:
    statement = page(letterhead(), ["STATEMENT OF ACCOUNT @300,40,18", "Page 1 of 1 @480,810"], total())
    assert parted(statement, invoice("INV-1001", counter="Page 1 of 1")) == [[1], [2]]


# What contradicts itself


def test_a_carried_sum_keeps_pages_together() -> None:
    carried = page(
        letterhead(), head("INV-1002"), grid("330 >545", "Brought forward | 80.00", top=150), total()
    )
    assert parted(invoice("INV-1001"), carried) == [[1, 2]]


def test_a_count_that_goes_on_keeps_pages_together_and_the_other_number_is_told() -> None:
    pages = numbered(
        invoice("INV-1001", counter="Page 3 of 7"),
        invoice("INV-1002", day="9 May 2026", counter="Page 4 of 7"),
    )
    (part,) = part_pages(pages, SPEC)
    assert [number.text for number in part.contradicting] == ["INV-1002"]
    assert part.contradicting[0].evidence.page == 2
    assert [found.text for found in part.witness.witnesses["invoice_number"]] == ["INV-1002"]


def test_a_stamp_through_the_file_does_not_join_invoices_with_counters_of_their_own() -> None:
    pages = [
        page(
            letterhead(),
            head(f"INV-100{index}"),
            lines(),
            total(),
            [f"{index}/2 @30,820", "Page 1 of 1 @480,810"],
        )
        for index in (1, 2)
    ]
    assert parted(*pages) == [[1], [2]]


def test_what_agrees_has_no_witness_against_it() -> None:
    (part,) = part_pages(numbered(first("INV-1001"), last()), SPEC)
    assert part.contradicting == ()
    assert part.witness.witnesses == {}


# Sheets in disorder


def test_sheets_that_were_mixed_up_go_back_by_their_number() -> None:
    pages = (
        first("INV-1001", counter="Page 1 of 2"),
        first("INV-2002", seller=OTHER_SELLER, counter="Page 1 of 2"),
        last(shown="Invoice No: INV-1001", counter="Page 2 of 2"),
        last(shown="Invoice No: INV-2002", counter="Page 2 of 2"),
    )
    assert parted(*pages) == [[1, 3], [2, 4]]


def test_a_page_goes_back_without_a_counter_where_no_total_was_seen() -> None:
    pages = (
        first("INV-1001"),
        invoice("INV-2002", seller=OTHER_SELLER),
        last(shown="Invoice No: INV-1001"),
    )
    assert parted(*pages) == [[1, 3], [2]]


def test_a_second_copy_of_an_earlier_invoice_does_not_go_back_to_it() -> None:
    pages = (invoice("INV-1001"), invoice("INV-2002", seller=OTHER_SELLER), invoice("INV-1001"))
    assert parted(*pages) == [[1], [2], [3]]


def test_sheets_in_reverse_order_stay_together() -> None:
    pages = (last(counter="Page 2 of 2"), first("INV-1001", counter="Page 1 of 2"))
    assert parted(*pages) == [[1, 2]]


# Which specs are parted


def test_contracts_and_forms_without_an_invoice_number_are_one_part() -> None:
    pages = numbered(invoice("INV-1001"), invoice("INV-1002"))
    assert len(part_pages(pages, load_spec("contract"))) == 1
    fields = {name: field for name, field in SPEC.fields.items() if name != "invoice_number"}
    assert len(part_pages(pages, SPEC.model_copy(update={"fields": fields}))) == 1
