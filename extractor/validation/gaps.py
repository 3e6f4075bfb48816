"""Rules on what must be there and is not: required fields, the tax between two totals, lost cells."""

from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Group, Leaf, State, Table
from extractor.pages.word import Origin
from extractor.validation.figures import CENT
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.rule import Subject, finding, readable

_ITEMS = "line_items"
_FIGURES = ("quantity", "unit_price", "net_amount")


def fields_missing(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find fields that the spec requires and that are not there."""
    for name, field in subject.spec.fields.items():
        if not field.required or name not in subject.extraction.fields:
            continue
        value = subject.extraction.fields[name]
        if value.state is State.ABSENT:
            yield finding(FindingCode.FIELD_MISSING, name, f"{readable(name)} is required and was not found.")
        elif value.state is State.UNREADABLE:
            text = value.text if isinstance(value, Leaf) else None
            yield finding(
                FindingCode.FIELD_MISSING,
                name,
                f"{readable(name)} is required, and {text or 'what is printed'} cannot be read as one.",
            )


def tax_missing(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find net and gross amounts that differ by what was not read: the tax between them."""
    net, gross = subject.figures.net, subject.figures.gross
    if net is None or gross is None or subject.figures.tax is not None or abs(gross - net) <= CENT:
        return
    if not subject.is_read_without_page and not subject.is_explained(gross - net):
        yield finding(
            FindingCode.FIELD_MISSING,
            "tax_amount",
            f"Net amount {net} and gross amount {gross} differ by {gross - net}, and no tax was found.",
        )


def cells_missing(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find figures of items that recognition has lost: other items of the table have them.

    A single digit that stands alone is easily overlooked in a picture of a page.
    """
    items = subject.extraction.fields.get(_ITEMS)
    if not isinstance(items, Table) or not any(map(_is_recognised, items.rows)):
        return
    for column in _FIGURES:
        lost = [index for index, row in enumerate(items.rows) if not _has(row, column)]
        if lost and len(lost) < len(items.rows):
            path = f"{_ITEMS}[{lost[0]}].{column}"
            others = f" (and of {len(lost) - 1} more items)" if len(lost) > 1 else ""
            yield finding(
                FindingCode.FIELD_MISSING, path, f"{readable(path)}{others} was not made out on the scan."
            )


def _is_recognised(row: Group) -> bool:
    return any(
        leaf.evidence is not None and leaf.evidence.origin is Origin.OCR for leaf in row.members.values()
    )


def _has(row: Group, column: str) -> bool:
    return column in row.members and row.members[column].value is not None
