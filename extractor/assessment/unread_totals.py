"""Amounts that are printed and were not read: larger than every total, or the net amount that fits.

A total that was read from the wrong row is mostly smaller than the right one, which is
printed too: with its tax, with a balance carried over.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from extractor.extraction.extraction import Extraction
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.validation.figures import CENT, figures_of
from extractor.values.amounts import find_amounts
from extractor.values.conventions import DecimalMark

_TOTALS = ("gross_amount", "amount_due", "net_amount")
_ITEMS = "line_items"
_CENTS = re.compile(r"\d([.,])\d\d(?!\d)")
_INCLUDED = re.compile(
    r"\b(?:inclui|incluye|inclu[ds]\w*|incl\.?|enthalten\w*|inkl\w*|darin|dont|di cui"
    r"|compres[oa]|waarvan|inbegrepen|de que|del cual)\b"
    r"[^\d]{0,24}\b(?:VAT|GST|tax|MwSt|USt|TVA|T\.V\.A|IVA|I\.V\.A|BTW|IPI)\b.*\d[.,]\d\d(?!\d)",
    re.IGNORECASE,
)
_ROUNDING = Decimal("0.05")  # to the smallest coin
_PERCENT = Decimal(100)
_MARKS: tuple[DecimalMark, ...] = (".", ",")
_SPLIT = re.compile(r"split payment|scissione (?:dei )?pagament|17[- ]?ter", re.IGNORECASE)
_OF_THE_FIRM = re.compile(r"capital|kapitaal|kapital|资本|資本", re.IGNORECASE)


def unread_totals(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield the path of the total that is smaller than an amount beside the items, and why that is odd."""
    read = {name: abs(value) for name in _TOTALS if isinstance(value := extraction.leaf(name).value, Decimal)}
    if not read:
        return
    most, name = max(read.values()), next(iter(read))
    items = list(_places_of_items(extraction))
    for page in pages:
        beside = _merged(box for number, box in items if number == page.number)
        for part in (part for parts in page.parted_lines for part in parts):
            mark = _CENTS.search(part.text)
            if mark is None or _OF_THE_FIRM.search(part.text) or _is_at_height_of(part.box, beside):
                continue
            for found in find_amounts(part.text, decimal_mark=mark[1]):
                if abs(found.amount.value) > most:
                    printed = part.text[found.start : found.end]
                    yield name, f"A larger amount than the total is printed: {printed}."
                    return


def other_net(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield a net amount that does not make the total with the tax, where one that does is printed."""
    net, tax, gross = (extraction.leaf(name).value for name in ("net_amount", "tax_amount", "gross_amount"))
    if not (isinstance(net, Decimal) and isinstance(tax, Decimal) and isinstance(gross, Decimal)):
        return
    missing = gross - tax
    if not tax or missing == net:
        return
    if abs(missing - net) > CENT and _are_printed((missing,), pages):
        yield "net_amount", f"Another amount makes the total with the tax: {missing}."
    elif abs(missing - net) <= _ROUNDING and _are_printed((net + tax,), pages):
        yield "gross_amount", f"The net amount and the tax make another total, before rounding: {net + tax}."


def other_tax(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield a tax that is not that of the lines, where that, or what is missing, is printed too.

    The lines must make up the net amount, and each have a rate.
    """
    figures = figures_of(extraction)
    tax, net, total = figures.tax, figures.net, figures.lines_sum()
    if tax is None or net is None or total is None or abs(total - net) > CENT:
        return
    taxes = [
        line.net * line.tax_rate / _PERCENT
        for line in figures.lines
        if line.net is not None and line.tax_rate is not None
    ]
    expected = sum(taxes, Decimal(0)).quantize(CENT)
    if len(taxes) < len(figures.lines) or abs(expected - tax) <= CENT * (1 + len(taxes)):
        return
    if _are_printed((expected, expected - tax), pages):
        yield "tax_amount", f"The tax of the line items at their rates is another: {expected}."


def included_tax(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield a net amount that is the total, where a tax in it is printed and was not read."""
    net, tax, gross = (extraction.leaf(name).value for name in ("net_amount", "tax_amount", "gross_amount"))
    if net is None or tax is not None or net != gross:
        return
    said = (match for page in pages for line in page.lines if (match := _INCLUDED.search(line.text)))
    if (first := next(said, None)) is not None:
        yield "net_amount", f"The total is read as net, and a tax is in it: {first[0]}."


def net_due(extraction: Extraction, pages: Sequence[Page]) -> Iterator[tuple[str, str]]:
    """Yield an amount due that is the net amount, unless the buyer pays the tax to the state.

    So it is with split payment (Italy, Presidential Decree 633/1972, art. 17-ter).
    """
    net, gross, due = (extraction.leaf(name).value for name in ("net_amount", "gross_amount", "amount_due"))
    if not due or due != net or gross in (None, due):
        return
    if not any(_SPLIT.search(line.text) for page in pages for line in page.lines):
        yield "amount_due", "The amount due is the net amount."


def _are_printed(amounts: Sequence[Decimal], pages: Sequence[Page]) -> bool:
    """Say whether one of the amounts stands on a page, by either decimal mark."""
    return any(
        found.amount.value in amounts
        for page in pages
        for line in page.lines
        for mark in _MARKS
        for found in find_amounts(line.text, decimal_mark=mark)
    )


def _places_of_items(extraction: Extraction) -> Iterator[tuple[int | None, Box]]:
    for row in extraction.rows(_ITEMS):
        for leaf in row.members.values():
            if leaf.evidence is not None:
                yield from ((leaf.evidence.page, box) for box in leaf.evidence.boxes)


def _merged(boxes: Iterable[Box]) -> list[tuple[float, float]]:
    """Return the heights that boxes cover, from top to bottom, without overlap."""
    merged: list[tuple[float, float]] = []
    for top, bottom in sorted((box.y0, box.y1) for box in boxes):
        if merged and top <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(merged[-1][1], bottom)
        else:
            merged.append((top, bottom))
    return merged


def _is_at_height_of(box: Box, heights: Sequence[tuple[float, float]]) -> bool:
    return any(top < box.y1 and box.y0 < bottom for top, bottom in heights)
