"""Lines in smaller print below an item: its code, what specifies it, or another paper's number."""

import pytest
from engines.layout.pages import page, read, table_texts


def details(*lines: str) -> dict[str, str]:
    prints = [f"{line} @50,{229 + 11 * index},8" for index, line in enumerate(lines)]
    (row,) = table_texts(
        read(
            page(
                "Description @50,200", "Qty @>330,200", "Price @>400,200", "Amount @>540,200",
                "Team plan seats @50,216", "14 @>330,216", "72.00 @>400,216", "1,008.00 @>540,216",
                prints,
            )
        )
    )  # fmt: skip
    return {name: row[name] for name in ("description", "product_code", "specification") if name in row}


def test_a_smaller_line_specifies_the_item() -> None:
    assert details("Apr 1, 2025 – Mar 31, 2026") == {
        "description": "Team plan seats",
        "specification": "Apr 1, 2025 – Mar 31, 2026",
    }


@pytest.mark.parametrize(
    "line", ["Art.-Nr. 98.360.65", "Ref. 98.360.65", "Código: 98.360.65", "货号：98.360.65"]
)
def test_a_smaller_line_with_a_code_gives_the_code(line: str) -> None:
    assert details(line) == {"description": "Team plan seats", "product_code": "98.360.65"}


@pytest.mark.parametrize(
    "line", ["Serial no. 508045", "Lot 809617", "Lieferschein 4711", "Code douanier 150767", "批号 28979781"]
)
def test_numbers_of_other_papers_and_things_are_neither(line: str) -> None:
    assert details(line) == {"description": "Team plan seats"}


def test_a_line_in_the_same_print_belongs_to_the_description() -> None:
    prints = ("Description @50,200", "Qty @>330,200", "Price @>400,200", "Amount @>540,200")
    item = ("Team plan seats, billed @50,216", "14 @>330,216", "72.00 @>400,216", "1,008.00 @>540,216")
    (row,) = table_texts(read(page(prints, item, "for a year @50,229")))
    assert row["description"] == "Team plan seats, billed for a year"
