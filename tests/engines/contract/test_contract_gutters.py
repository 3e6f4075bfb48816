"""Two columns on a page: read one after the other, and told from tables and letterheads."""

from collections.abc import Callable, Sequence

import pytest

from extractor.engines.contract.gutters import in_columns
from extractor.engines.contract.outline import clauses_of
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Word

_LEFT = (
    "1. Scope of the supply",
    "1.1 The Supplier delivers what the Customer",
    "calls off during the term of this contract.",
    "1.2 Every call-off names the quantity, the day",
    "and the place to which the goods are brought.",
    "2. Payment of the invoices",
    "2.1 Every invoice is payable within thirty days",
    "of receipt of the invoice by the accounts office.",
)
_RIGHT = (
    "2.2 The total of all invoices is limited to the",
    "sum of EUR 20,000.00 excluding VAT, whatever",
    "is called off while the contract is in force.",
    "3. Term of the contract",
    "3.1 This contract begins on 1 March 2025 and",
    "ends on 28 February 2026 without any notice.",
    "4. Law that applies to it",
    "4.1 The laws of Scotland govern this contract.",
)


def words(text: str, x: float, y: float) -> list[Word]:
    made = []
    for part in text.split():
        width = 5.0 * len(part)
        made.append(Word(text=part, box=Box(x, y, x + width, y + 10)))
        x += width + 4
    return made


def page(left: Sequence[str], right: Sequence[str], *, head: str = "") -> Page:
    placed = words(head, 50, 60)
    for column, x in ((left, 50.0), (right, 310.0)):
        for row, text in enumerate(column):
            placed += words(text, x, 100 + 14 * row)
    return Page(number=1, width=600.0, height=840.0, words=tuple(placed))


def read(drawn: Page) -> list[str]:
    return [line.text for line in in_columns(drawn.lines, width=drawn.width)[0]]


def test_the_left_column_is_read_before_the_right() -> None:
    assert read(page(_LEFT, _RIGHT)) == [*_LEFT, *_RIGHT]


def test_a_line_over_both_columns_comes_first() -> None:
    head = "Supply Agreement between the parties whose names stand at the end of this document"
    assert read(page(_LEFT, _RIGHT, head=head)) == [head, *_LEFT, *_RIGHT]


def test_clauses_go_on_from_column_to_column() -> None:
    clauses = {clause.number: clause.text for clause in clauses_of([page(_LEFT, _RIGHT)])}
    assert list(clauses) == ["1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1", "4", "4.1"]
    assert clauses["2.2"].startswith("The total of all invoices is limited to the sum of EUR 20,000.00")


def test_a_sentence_goes_on_at_the_top_of_the_next_column() -> None:
    left = (*_LEFT[:-1], "of receipt, and a further term of ten days is")
    right = ("granted to the Customer in the month of August.", *_RIGHT[3:], *_RIGHT[:3])
    (clause,) = [each for each in clauses_of([page(left, right)]) if each.number == "2.1"]
    assert clause.text.endswith("ten days is granted to the Customer in the month of August.")
    quote = clause.passages[0].quote(0, len(clause.passages[0].text))
    assert quote.text.endswith("ten days is")  # evidence is cut to the column that holds most of it


@pytest.mark.parametrize("rows", [5, 6])
def test_so_many_rows_on_both_sides_make_a_gutter(rows: int) -> None:
    lines = page(_LEFT[1 : rows + 1], _RIGHT[:rows]).lines
    assert len(in_columns(lines, width=600.0)[1]) == (2 if rows == 6 else 0)


def test_a_half_empty_last_column_is_a_column_too() -> None:
    left = (*_LEFT, *_RIGHT)
    ordered, columns = in_columns(page(left, ("Signed at Leeds on", "3 March 2025 twice")).lines, width=600.0)
    assert [line.text for line in ordered][-2:] == ["Signed at Leeds on", "3 March 2025 twice"]
    assert columns[0].right_edge < 310


def test_a_price_list_with_long_names_stays_a_table() -> None:
    names = [f"Calibration of a pressure transmitter number {count}" for count in range(8)]
    left, right = (
        ["Description", *names],
        ["Unit      Unit price", *(f"hour    {count}98.50" for count in range(1, 9))],
    )
    rows = page(left, right).lines
    assert [line.text for line in in_columns(rows, width=600.0)[0]] == [line.text for line in rows]


def test_a_letterhead_is_no_column() -> None:
    head = [
        "Brindlewick Textiles Incorporated",
        "21 Larkspur Avenue, Dundee DD1 4BG",
        "VAT No. GB794477765 and GB1",
        "Company number 4477 of Scotland",
        "Telephone 0131 496 0000 extension 2",
        "Bank: Northmere Savings Bank ltd",
        "Fenwick Fasteners Corporation ltd",
        "136 Larkspur Avenue, Dundee DD1",
    ]
    assert in_columns(page(head, ()).lines, width=600.0)[1] == []


def test_no_lines_have_no_columns(draw: Callable[..., tuple[Page, ...]]) -> None:
    assert in_columns((), width=600.0) == ([], [])
    (plain,) = draw("1. Scope", "1.1 The Supplier delivers what the Customer calls off. " * 12)
    assert in_columns(plain.lines, width=plain.width) == (list(plain.lines), [])
