"""Where a table begins: the row, or rows, of headings."""

import pytest
from engines.layout.pages import LABELS, grid, page

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.tables.head import Head, find_heads

LEXICON = LABELS.tables["line_items"]


def heads(*prints: str | list[str]) -> list[Head]:
    return find_heads(sheet_of(page(*prints), LABELS), LEXICON)


def names(head: Head) -> list[tuple[str, ...]]:
    return [column.names for column in head.columns]


@pytest.mark.parametrize(
    "printed",
    [
        "Description | Qty | Unit Price | Amount",
        "DESCRIPTION | QUANTITY | UNIT PRICE | LINE TOTAL",
        "Bezeichnung | Menge | Einzelpreis | Gesamtpreis",
        "Désignation | Qté | P.U. HT | Total HT",
        "Omschrijving | Aantal | Prijs | Bedrag",
        "项目名称 | 数量 | 单价 | 金额",
        "货物或应税劳务、服务名称 | 数 量 | 单 价 | 金 额",
    ],
)
def test_a_row_of_headings_is_a_header_in_any_language(printed: str) -> None:
    (head,) = heads(grid("50 >300 >400 >545", printed, top=300))
    wanted = ("description", "quantity", "unit_price", "net_amount")
    assert [name in column.names for name, column in zip(wanted, head.columns, strict=True)] == [True] * 4


def test_a_header_needs_three_known_columns_or_texts_and_amounts_alone() -> None:
    assert len(heads(grid("50 >300 >545", "Description | Qty | Amount", top=300))) == 1
    assert len(heads(grid("50 >545", "Description | Amount", top=300))) == 1
    assert heads(grid("50 >545", "Qty | Amount", top=300)) == []


def test_a_row_of_values_is_no_header() -> None:
    assert heads(grid("50 >300 >400 >545", "Total service | 2 days | Price 40 | Amount 80", top=300)) == []


def test_a_sentence_with_headings_in_it_is_no_header() -> None:
    assert (
        heads("The description quantity and price of these goods remain subject to the agreement @50,300")
        == []
    )


def test_headings_over_two_rows_are_one_header() -> None:
    (head,) = heads(
        grid(
            "50 >300 >400 >545",
            "Description | Quantity | Price | Line",
            " |  | each | total",
            top=300,
            step=13,
        )
    )
    assert (head.first_row, head.last_row) == (0, 1)
    assert [column.names[:1] for column in head.columns] == [
        ("description",),
        ("quantity",),
        ("unit_price",),
        ("net_amount",),
    ]


def test_columns_keep_where_their_heading_stands() -> None:
    (head,) = heads(grid("50 >300 >400 >545", "Description | Qty | Price | Amount", top=300))
    assert [round(column.box.x1) for column in head.columns[1:]] == [300, 400, 545]
    assert round(head.columns[0].box.x0) == 50


def test_neighbours_that_would_name_one_column_twice_are_parted_elsewhere() -> None:
    (head,) = heads("Description @50,300", "Quantity @230,300", "Unit Price each @300,300", "Amount @500,300")
    assert [column.names[0] for column in head.columns] == [
        "description",
        "quantity",
        "unit",
        "unit_price",
        "net_amount",
    ]


def test_a_column_that_is_none_of_the_fields_keeps_its_place() -> None:
    (head,) = heads(
        grid("50 90 >300 >400 >470 >545", "Pos | Description | Qty | Price | Disc % | Amount", top=300)
    )
    assert names(head)[0] == ()
    assert names(head)[4] == ()
    assert len(head.columns) == 6


def test_every_header_of_a_page_is_found() -> None:
    found = heads(
        grid("50 >300 >400 >545", "Description | Qty | Price | Amount", top=200),
        grid("50 >300 >400 >545", "Oak board | 2 | 3.00 | 6.00", top=216),
        grid("50 >300 >400 >545", "Description | Hours | Rate | Amount", top=400),
    )
    assert [head.first_row for head in found] == [0, 2]


def test_an_empty_page_has_no_header() -> None:
    assert heads() == []


def test_headings_side_by_side_in_one_cell_are_stacked_each_on_its_own() -> None:
    first = grid("50 300 >430 >545", "Description | Quantity UoM | Price | Total", top=300)
    (head,) = heads(first, "shipped @300,313", "each @>430,313", "(GBP) @>545,313")
    assert [column.names[:1] for column in head.columns[:3]] == [("description",), ("quantity",), ("unit",)]


def test_a_heading_of_several_words_is_one_column() -> None:
    (head,) = heads(grid("50 >300 >400 >545", "Descrição do artigo | Qtd. | Preço | Valor", top=300))
    assert len(head.columns) == 4


def test_numbers_in_the_texts_below_do_not_part_a_heading_of_texts() -> None:
    rows = ("Item description | Qty | Price | Amount", "A4 80 g, 5 reams | 2 | 3.50 | 7.00")
    (head,) = heads(grid("50 >300 >400 >545", *rows, top=300))
    assert len(head.columns) == 4


def test_two_headings_with_a_stroke_between_them_are_one_column() -> None:
    (head,) = heads(grid("50 >300 >400 >545", "Artículo / servicio | Cant. | Precio | Importe", top=300))
    assert names(head)[0] == ("description",)


def test_a_sentence_that_leads_to_the_headings_is_none() -> None:
    first = "We charge this price for the work: @50,287"
    (head,) = heads(first, grid("50 >300 >400 >545", "Description | Qty | Price | Amount", top=300))
    assert (head.first_row, head.last_row) == (1, 1)
    assert [word.text for word in head.columns[0].words] == ["Description"]


@pytest.mark.parametrize(("below", "last_row"), [("Lot 2: fitting", 0), ("per unit", 1)])
def test_the_title_of_a_group_below_the_headings_is_none_of_them(below: str, last_row: int) -> None:
    columns = "50 >300 >400 >545"
    (head,) = heads(grid(columns, "Description | Qty | Unit | Amount", top=300), f"{below} @>400,313")
    assert head.last_row == last_row


def test_headings_that_a_stroke_joins_are_one_though_another_parted_them() -> None:
    joined = grid("50 150 >300 >400 >545", "Artículo / | Servicio | Cant. | Precio | Importe", top=300)
    (head,) = heads(joined)
    assert [" ".join(word.text for word in column.words) for column in head.columns] == [
        "Artículo / Servicio",
        "Cant.",
        "Precio",
        "Importe",
    ]
    assert names(head)[0] == ("description",)


def test_the_number_of_a_box_stands_with_its_heading() -> None:
    columns = "40 100 >360 >440 >540"
    (head,) = heads(
        grid(
            columns, "13. HS code | 14. Description of goods | 15. Quantity | 16. Price | 17. Amount", top=300
        )
    )
    assert [column.words[0].text for column in head.columns[1:]] == ["14.", "15.", "16.", "17."]
    assert [column.names[0] for column in head.columns[:2]] == ["product_code", "description"]


@pytest.mark.parametrize(("margin", "columns"), [("E-mail:", 4), ("Notes", 5)])
def test_a_label_in_the_margin_that_waits_for_its_value_heads_nothing(margin: str, columns: int) -> None:
    printed = grid("20 120 >330 >430 >545", f"{margin} | Description | Qty | Unit Price | Amount", top=100)
    (head,) = heads(printed)
    assert len(head.columns) == columns
