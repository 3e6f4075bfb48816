"""Figures that do not fit together: each may be right, but not all of them.

No sum that the law asks for is wrong there, so that it is no finding of validation.
"""

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

from extractor.extraction.extraction import Extraction
from extractor.validation.figures import CENT, Figures, LineFigures
from extractor.values.amounts import find_amounts

_PERCENT = Decimal(100)
_ROUNDED = CENT * 2
_MOST_TAX = Decimal("0.5")  # of an amount
_MOST_RATE = Decimal(40)  # percent
_MOST_QUANTITY = Decimal(100_000)
_THREE_PLACES = -3
_AMOUNTS_BEHIND = (  # without and with spaces between thousands
    re.compile(r"(?<!\S)\d[\d.,']*([.,])\d\d$"),
    re.compile(r"(?<!\S)\d[\d.,' ]*([.,])\d\d$"),
)


def odd_figures(extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield the path of each figure that does not fit the others, and why."""
    for rule in _RULES:
        yield from rule(extraction, figures)


def _lines_with_tax(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    total, net, gross = figures.lines_sum(), figures.net, figures.gross
    if total is None or net is None or gross is None or abs(total - net) <= CENT:
        return
    slack = CENT * max(1, len(figures.lines))
    if abs(total - gross) <= slack < abs(gross - net):
        yield "line_items", "The line items add up to the amount with tax."


def _tax_of_lines(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    for line in figures.lines:
        if _contradicts_itself(line):
            yield f"line_items[{line.index}].tax_amount", "A line item's tax is not its rate of its amount."
            return


def _contradicts_itself(line: LineFigures) -> bool:
    if line.net is None or line.tax_rate is None or line.tax is None:
        return False
    return abs(line.net * line.tax_rate / _PERCENT - line.tax) > _ROUNDED


def _out_of_range(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield figures that another column, or another decimal mark, gives."""
    for line in figures.lines:
        if line.net is not None and line.tax is not None and abs(line.tax) > abs(line.net) * _MOST_TAX:
            yield f"line_items[{line.index}].tax_amount", "A line item's tax is more than half of its amount."
        if line.tax_rate is not None and not 0 <= line.tax_rate <= _MOST_RATE:
            yield f"line_items[{line.index}].tax_rate", "A line item's tax rate is no tax rate."
        if line.quantity is not None and abs(line.quantity) >= _MOST_QUANTITY:
            yield f"line_items[{line.index}].quantity", "A line item's quantity is very large."
    totals = {"net_amount": figures.net, "tax_amount": figures.tax, "gross_amount": figures.gross}
    for name, amount in totals.items():
        exponent = amount.as_tuple().exponent if amount is not None else 0
        if exponent == _THREE_PLACES:
            yield name, "A total has three decimals: its point may part thousands."
    if (
        figures.tax is not None
        and figures.gross is not None
        and abs(figures.tax) > abs(figures.gross) * _MOST_TAX
    ):
        yield "tax_amount", "The tax is more than half of the total."


def _tax_by_rate(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    taxes = [row.tax for row in figures.breakdown if row.tax is not None]
    if not taxes or len(taxes) < len(figures.breakdown) or figures.tax is None:
        return
    if any(tax * figures.tax < 0 for tax in taxes) or abs(sum(taxes) - figures.tax) > CENT * len(taxes):
        yield "tax_breakdown", "The tax by rate does not add up to the tax."


def _rates_that_are_taxes(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield rates that add up to the tax: they are amounts."""
    lines = [(line.tax_rate, line.net) for line in figures.lines if line.tax_rate and line.net is not None]
    taxes = sum((rate * net / _PERCENT for rate, net in lines), Decimal(0))
    is_tax = figures.tax is not None and sum(rate for rate, _ in lines) == figures.tax
    if is_tax and figures.tax and abs(taxes - figures.tax) > CENT * len(lines):
        yield "line_items[0].tax_rate", "The tax rates of the lines add up to the tax."


def _rates_of_lines(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield a line's rate that the tax by rate does not have: that of a discount, perhaps."""
    rates = {row.rate for row in figures.breakdown}
    if not rates or None in rates:
        return
    for line in figures.lines:
        if line.tax_rate and line.tax_rate not in rates:
            yield f"line_items[{line.index}].tax_rate", "A line's tax rate is none of those of the totals."
            return


def _amount_due(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    due, gross = figures.due, figures.gross
    if due is not None and gross is not None and due * gross < 0:
        yield "amount_due", "The amount due is of another sign than the amount with tax."
    elif due and due == figures.tax and due != gross:
        yield "amount_due", "The amount due is the tax."


def _texts_with_totals(extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield an item's text that ends with a total of the document: rows below the items were read with it."""
    totals = {figures.net, figures.tax, figures.gross} - {None}
    for index, row in enumerate(extraction.rows("line_items")):
        leaf = row.members.get("description")
        text = leaf.text or "" if leaf is not None else ""
        found = [match for form in _AMOUNTS_BEHIND if (match := form.search(text)) is not None]
        amounts = [each for match in found for each in find_amounts(match[0], decimal_mark=match[1])]
        if any(each.amount.value in totals for each in amounts):
            yield f"line_items[{index}].description", "A line item's text ends with a total of the document."
            return


def _amount_without_cents(extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield a lone whole number where the total has cents: a day, a count."""
    leaf, gross = extraction.leaf("amount_due"), figures.gross
    text = leaf.text or ""
    is_bare = text.strip().isdigit() and figures.due is not None and figures.due != gross
    if is_bare and gross is not None and gross != gross.to_integral_value():
        yield "amount_due", "The amount due is a bare number, and the total has cents."


def _price_or_quantity(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    """Yield a price that is not its line's amount without a quantity, and a quantity that is the amount."""
    for line in figures.lines:
        path = f"line_items[{line.index}]"
        if line.quantity is None and line.unit_price is not None and line.net not in (None, line.unit_price):
            yield f"{path}.unit_price", "A line has a price and another amount, and no quantity."
            return
        is_amount = line.quantity is not None and line.quantity == line.net
        if line.unit_price is None and is_amount and line.net is not None and line.net % 1:
            yield f"{path}.quantity", "A line's quantity is its amount."
            return


def _untaxed_total(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    rates = [each.tax_rate for each in figures.lines] + [each.rate for each in figures.breakdown]
    is_taxed = any(rate is not None and rate > 0 for rate in rates)
    if is_taxed and not figures.tax and figures.gross is not None and figures.net in (None, figures.gross):
        yield "gross_amount", "Lines are taxed, and the total has no tax."


def _net_with_tax(_extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    net, tax, gross = figures.net, figures.tax, figures.gross
    if net is not None and gross is not None and tax and abs(net - gross) <= CENT:
        yield "net_amount", "The net amount is the amount with tax."


def _credit_by_sign(extraction: Extraction, figures: Figures) -> Iterator[tuple[str, str]]:
    kind = str(extraction.leaf("invoice_type").value)
    is_credit = kind == "credit_note" or "vat" in kind  # a fapiao in red keeps its name
    if figures.gross is not None and figures.gross < 0 and not is_credit:
        yield "invoice_type", "The total is negative, and the document is read as no credit note."


_RULES: tuple[Callable[[Extraction, Figures], Iterator[tuple[str, str]]], ...] = (
    _lines_with_tax,
    _tax_of_lines,
    _out_of_range,
    _tax_by_rate,
    _rates_that_are_taxes,
    _rates_of_lines,
    _amount_due,
    _texts_with_totals,
    _amount_without_cents,
    _price_or_quantity,
    _untaxed_total,
    _net_with_tax,
    _credit_by_sign,
)
