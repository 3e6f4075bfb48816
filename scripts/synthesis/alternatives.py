"""Settle which of several right answers a reading is held to, so that measuring needs to know only one."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.delivery.encoding import encode_scalar
from extractor.extraction.extraction import FieldValue, Group, Leaf
from extractor.values.text import squeeze
from synthesis.truth import Row, Truth


def settled(truth: Truth, assessment: Assessment) -> Truth:
    """Return the truth with the alternative in place of each value that was read as one of its alternatives.

    A cell of a line that is only implied, or that may be read otherwise, becomes what was read
    in the row with the same description. Rows of taxes that are only implied count where they were read.
    """
    fields = dict(truth.fields)
    for name, others in truth.alternatives.items():
        read = _text(assessment.fields.get(name))
        fields[name] = _chosen(fields[name], others, read)
    free = {name.partition(".")[2] for name in truth.unscored if name.startswith("line_items.")}
    read_rows = _rows(assessment, "line_items")
    read_taxes = [_in_numbers(row) for row in _rows(assessment, "tax_breakdown")]
    taxes = tuple(row for row in truth.implied_taxes if _in_numbers(row) in read_taxes)
    others_of = truth.line_alternatives or ({},) * len(truth.line_items)
    rows = tuple(
        _settled_row(row, others, read_rows, free)
        for row, others in zip(truth.line_items, others_of, strict=True)
    )
    return replace(truth, fields=fields, line_items=rows, tax_breakdown=truth.tax_breakdown + taxes)


def _rows(assessment: Assessment, name: str) -> list[Row]:
    return [
        {column: encode_scalar(leaf.value) or None for column, leaf in row.members.items()}
        for row in assessment.extraction.rows(name)
    ]


def _in_numbers(row: Row) -> dict[str, Decimal]:
    return {column: Decimal(text) for column, text in row.items() if text is not None}


def _settled_row(
    row: Row, others: Mapping[str, tuple[str | None, ...]], read_rows: Iterable[Row], free: set[str]
) -> Row:
    names = {_plain(text) for text in (row["description"], *others.get("description", ())) if text}
    for read in read_rows:
        if _plain(read.get("description") or "") in names:
            chosen = {name: _chosen(row[name], texts, read.get(name)) for name, texts in others.items()}
            return {**row, **chosen, **{name: read.get(name) for name in free}}
    return row


def _chosen(wanted: str | None, others: tuple[str | None, ...], read: str | None) -> str | None:
    for other in others:
        if (other is None and read is None) or (other and read and _plain(other) == _plain(read)):
            return other
    return wanted


def _text(value: FieldValue | None) -> str | None:
    if isinstance(value, Group):
        value = value.members.get("account")
    return encode_scalar(value.value) or None if isinstance(value, Leaf) else None


def _plain(text: str) -> str:
    return squeeze(text.replace(",", " "))
