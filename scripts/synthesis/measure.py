"""Compare what was read with what was drawn, value by value."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import Group, Leaf, Table
from synthesis.truth import LINE_COLUMNS, Row, Truth

_NUMBERS = frozenset(
    {
        "net_amount",
        "tax_amount",
        "gross_amount",
        "amount_due",
        "quantity",
        "unit_price",
        "tax_rate",
        "rate",
        "base",
        "tax",
    },
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One value that was not read as it was drawn. `wanted` is None where nothing was drawn."""

    document: str
    field: str
    wanted: str | None
    read: str | None


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts by field name; the cells of lines are named `line_items.quantity` and the like."""

    printed: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    @property
    def recall(self) -> Decimal:
        """Return the share of printed values that were read right."""
        return _share(self.right.total(), self.printed.total())

    @property
    def precision(self) -> Decimal:
        """Return the share of read values that are right."""
        return _share(self.right.total(), self.given.total())

    def count(self, document: str, name: str, *, wanted: str | None, read: str | None) -> None:
        """Count one value."""
        is_right = wanted is not None and read is not None and is_same(name, wanted, read)
        self.printed[name] += wanted is not None
        self.given[name] += read is not None
        self.right[name] += is_right
        if not is_right and (wanted is not None or read is not None):
            self.misses.append(Miss(document=document, field=name, wanted=wanted, read=read))

    def table(self) -> Iterator[str]:
        """Yield one line a field: recall, precision, and how often it is printed."""
        for name in sorted(self.printed | self.given):
            recall = _share(self.right[name], self.printed[name])
            precision = _share(self.right[name], self.given[name])
            yield f"{name:28s} recall {recall:.3f}  precision {precision:.3f}  printed {self.printed[name]}"


def compare(tally: Tally, document: str, assessment: Assessment, truth: Truth) -> None:
    """Count every value of one invoice."""
    for name, wanted in truth.fields.items():
        read = _read(assessment, name)
        is_free = name in truth.unscored and (read is None or wanted is None or is_same(name, wanted, read))
        if not is_free:
            tally.count(document, name, wanted=wanted, read=read)
    rows = [_cells(row) for row in assessment.extraction.rows("line_items")]
    for wanted_row, index in matched_rows(truth.line_items, rows):
        read_row = {} if index is None else rows[index]
        for column in LINE_COLUMNS:
            name = f"line_items.{column}"
            tally.count(document, name, wanted=wanted_row.get(column), read=read_row.get(column))


def is_same(name: str, wanted: str, read: str) -> bool:
    """Say whether two values mean the same. Texts must agree but for white space and width of characters."""
    if name.rpartition(".")[2] in _NUMBERS:
        first, second = _number(wanted), _number(read)
        if first is not None and second is not None:
            return first == second
    if name == "seller_address":  # printed on several lines, or in one with commas
        wanted, read = (text.replace(",", " ") for text in (wanted, read))
    return squeezed(wanted) == squeezed(read)


def squeezed(text: str) -> str:
    """Fold widths, dashes and case, and drop all white space."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    for dash in "\u2010\u2011\u2012\u2013\u2014\u2212":
        folded = folded.replace(dash, "-")
    return "".join(folded.split())


def written(value: str | Decimal | date | None) -> str | None:
    """Return a typed value as truth writes it."""
    if value is None or value == "":
        return None
    return (
        f"{value:f}"
        if isinstance(value, Decimal)
        else value.isoformat()
        if isinstance(value, date)
        else value
    )


def _read(assessment: Assessment, name: str) -> str | None:
    value = assessment.fields.get(name)
    if isinstance(value, Group):
        account = value.members.get("account")
        return written(account.value) if account else None
    return written(value.value) if isinstance(value, Leaf) else None


def _cells(row: Group) -> Row:
    return {name: _cell(leaf) for name, leaf in row.members.items()}


def _cell(leaf: Leaf) -> str | None:
    if leaf.value is None and leaf.text and leaf.text.strip("*"):
        return leaf.text  # printed, but no value of the type: "免税" for a rate
    return written(leaf.value)


def matched_rows(wanted: Sequence[Row], read: Sequence[Row]) -> Iterator[tuple[Row, int | None]]:
    """Pair rows in order, so that as many cells as possible agree.

    Yields a drawn row with the index of the read one. A drawn row left over has no index, a
    read one left over is paired with an empty row.
    """
    best = [[0] * (len(read) + 1) for _ in range(len(wanted) + 1)]
    for i, wanted_row in reversed(list(enumerate(wanted))):
        for j, read_row in reversed(list(enumerate(read))):
            best[i][j] = max(
                best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _agreement(wanted_row, read_row)
            )
    i = j = 0
    while i < len(wanted) or j < len(read):
        if i == len(wanted):
            yield {}, j
            j += 1
        elif j == len(read):
            yield wanted[i], None
            i += 1
        elif best[i][j] == best[i + 1][j + 1] + _agreement(wanted[i], read[j]):
            yield wanted[i], j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield wanted[i], None
            i += 1
        else:
            yield {}, j
            j += 1


def _agreement(wanted: Row, read: Row) -> int:
    return sum(
        is_same(name, text, other)
        for name, text in wanted.items()
        if text is not None and (other := read.get(name)) is not None
    )


def tables_of(assessment: Assessment, name: str) -> list[Row]:
    """Return the rows of a table field in plain strings."""
    value = assessment.fields.get(name)
    return [_cells(row) for row in value.rows] if isinstance(value, Table) else []


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole if whole else Decimal(1)
