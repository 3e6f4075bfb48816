"""Rules on the sums of an invoice. A right invoice gives no finding, however it is laid out.

Each rule lists the ways in which invoices that are right differ from the plain sum
(prices with tax, a discount on the line, a price per hundred, rounding to coins), and
speaks only when none of them explains the difference.
"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.extraction.options import is_coded
from extractor.validation.charges import BALANCE
from extractor.validation.figures import (
    CENT,
    Figures,
    LineFigures,
    TaxFigures,
    half_last_digit,
    printed,
)
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.rounding import is_round_discount, is_rounded_to_coins, line_rounding, plain
from extractor.validation.rule import Subject, finding, has
from extractor.values.text import fold

_PERCENT = Decimal(100)
_MOST_UNITS_A_PRICE = 1000  # a price may be for 3, 100 or 1,000 units (BT-149)


def line_amounts(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find lines whose net amount is not quantity times unit price (EN 16931 BT-131)."""
    rows = subject.extraction.rows("line_items")
    for line in subject.figures.lines:
        if line.quantity is None or line.unit_price is None or line.net is None:
            continue
        if line_agrees(line, quantity=line.quantity, unit_price=line.unit_price, net=line.net):
            continue
        if subject.is_read_without_page:
            continue  # what is taken off the line is in no field
        difference = line.quantity * line.unit_price - line.net
        if subject.is_explained(difference) or abs(line.net) in subject.side_amounts:
            continue  # a discount or charge stands in the line itself
        cells = rows[line.index].members
        yield finding(
            FindingCode.LINE_AMOUNT,
            f"line_items[{line.index}].net_amount",
            f"Line {line.index + 1}: {printed(cells.get('quantity'))} × {printed(cells.get('unit_price'))} "
            f"is {plain(line.quantity * line.unit_price)}, but {printed(cells.get('net_amount'))} is billed.",
        )


def line_agrees(line: LineFigures, *, quantity: Decimal, unit_price: Decimal, net: Decimal) -> bool:
    """Say whether one line's figures fit each other, inclusive of the rounding allowed."""
    factor = 1 + (line.tax_rate or Decimal(0)) / _PERCENT
    rounding = line_rounding(quantity, unit_price, net)
    total = quantity * unit_price
    for amount in (total, total / factor, total * factor):
        if abs(amount - net) <= rounding or _is_for_several_units(amount, net):
            return True
    if line.tax is not None and abs(total - net - line.tax) <= rounding:
        return True
    return is_round_discount(total, net)


def lines_sum(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find a net amount that is not the sum of the lines (EN 16931 BR-CO-10, BR-CO-13).

    BR-CO-13 takes allowances off and adds charges on the document; those that are a
    round share of the lines are recognised.
    """
    figures = subject.figures
    total = figures.lines_sum()
    if total is None or figures.net is None:
        return
    rounding = CENT * max(1, len(figures.lines))
    targets = [figures.net]
    if figures.gross is not None:
        targets.append(figures.gross)  # lines priced with tax
    if any(abs(total - target) <= rounding for target in targets):
        return
    if is_round_discount(total, figures.net) or subject.is_explained(figures.net - total):
        return
    yield finding(
        FindingCode.LINES_SUM,
        "net_amount",
        f"The {len(figures.lines)} lines add up to {plain(total)}, "
        f"but the net amount is {printed(subject.extraction.leaf('net_amount'))}.",
    )


def tax_sum(subject: Subject, earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find tax that is not the sum of the tax by rate, each its base times its rate.

    EN 16931 BR-CO-14 (the sum) and BR-CO-17 (base times rate, rounded to two places).
    """
    figures = subject.figures
    rounding = _tax_rounding(figures)
    shown = printed(subject.extraction.leaf("tax_amount"))
    wrong = _wrong_breakdown_row(figures, rounding)
    if wrong is not None:
        index, row, right = wrong
        yield finding(
            FindingCode.TAX_SUM,
            f"tax_breakdown[{index}].tax",
            f"{plain(row.rate)} % of {plain(row.base)} is {plain(right)}, but {plain(row.tax)} is stated.",
        )
        return
    if figures.tax is None:
        return
    for name, total in (
        ("the tax by rate adds", figures.breakdown_tax_sum()),
        ("the lines' tax adds", figures.line_tax_sum()),
    ):
        if total is not None and abs(total - figures.tax) > rounding:
            cause = FindingCode.LINES_SUM if _follows_from_lines(figures, earlier) else None
            yield finding(
                FindingCode.TAX_SUM,
                "tax_amount",
                f"The tax amount is {shown}, but {name} up to {plain(total)}.",
                consequence_of=cause,
            )
            return
    yield from _single_rate(subject, earlier, rounding)


def gross_sum(subject: Subject, earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find a gross amount that is not net and tax together (EN 16931 BR-CO-15)."""
    figures = subject.figures
    if figures.net is None or figures.tax is None or figures.gross is None:
        return
    right = figures.net + figures.tax
    if abs(right - figures.gross) <= CENT or is_rounded_to_coins(right, figures.gross):
        return
    if _has_charges_after_net(figures) or subject.is_explained(figures.gross - right):
        return
    leaf = subject.extraction.leaf
    yield finding(
        FindingCode.GROSS_SUM,
        "gross_amount",
        f"Net {printed(leaf('net_amount'))} and tax {printed(leaf('tax_amount'))} make {plain(right)}, "
        f"but the gross amount is {printed(leaf('gross_amount'))}.",
        consequence_of=_cause_of_gross(figures, earlier),
    )


def amount_due_sum(subject: Subject, earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find an amount due over the gross amount less what is prepaid (EN 16931 BR-CO-16).

    What is taken off is not among the fields, so only more than the gross amount is
    found, and not where the invoice speaks of an older balance.
    """
    figures = subject.figures
    if figures.due is None or figures.gross is None or figures.gross <= 0:
        return
    if is_coded(subject.extraction.leaf("amount_due")):
        return  # `amount_of_code` compares it
    if figures.due - figures.gross <= CENT or is_rounded_to_coins(figures.gross, figures.due):
        return
    names = ("remarks", "payment_terms", "amount_due")
    wording = " ".join(printed(subject.extraction.leaf(name), otherwise="") for name in names)
    if subject.is_read_without_page or BALANCE.search(fold(wording)):
        return
    if subject.is_explained(figures.due - figures.gross):
        return
    is_sum = figures.net is not None and figures.tax is not None and figures.due == figures.net + figures.tax
    cause = FindingCode.GROSS_SUM if is_sum and has(earlier, FindingCode.GROSS_SUM) else None
    leaf = subject.extraction.leaf
    yield finding(
        FindingCode.AMOUNT_DUE_SUM,
        "amount_due",
        f"The amount due is {printed(leaf('amount_due'))}, more than the gross amount of "
        f"{printed(leaf('gross_amount'))}.",
        consequence_of=cause,
    )


def _tax_rounding(figures: Figures) -> Decimal:
    """Return how far tax may be off: a cent, and half a cent a line as each may be rounded."""
    return CENT + half_last_digit(CENT) * max(1, len(figures.lines))


def _is_for_several_units(amount: Decimal, net: Decimal) -> bool:
    """Say whether the amount is exactly a whole multiple of the net: a price for several units."""
    if not net:
        return False
    units = (amount / net).to_integral_value()
    return 1 < units <= _MOST_UNITS_A_PRICE and abs(amount / units - net) <= CENT / 2


def _wrong_breakdown_row(figures: Figures, rounding: Decimal) -> tuple[int, TaxFigures, Decimal] | None:
    reliable = figures.reliable_breakdown()
    for index, row in enumerate(figures.breakdown):
        if row not in reliable or row.rate is None or row.base is None or row.tax is None:
            continue
        right = row.base * row.rate / _PERCENT
        within = row.base * row.rate / (_PERCENT + row.rate)  # the base is printed with tax
        slack = max(rounding, half_last_digit(row.tax))
        if min(abs(right - row.tax), abs(within - row.tax)) > slack:
            return index, row, right
    return None


def _single_rate(subject: Subject, earlier: Sequence[Finding], rounding: Decimal) -> Iterator[Finding]:
    """Without a breakdown, check the one rate of all lines against the net amount."""
    figures = subject.figures
    rates = {line.tax_rate for line in figures.lines}
    if figures.reliable_breakdown() or len(rates) != 1 or figures.net is None or figures.tax is None:
        return
    rate = rates.pop()
    if rate is None:
        return
    right = figures.net * rate / _PERCENT
    slack = max(rounding, half_last_digit(figures.tax))
    if abs(right - figures.tax) <= slack or _is_tax_on_more(subject, rate, slack):
        return
    yield finding(
        FindingCode.TAX_SUM,
        "tax_amount",
        f"{plain(rate)} % of the net amount {plain(figures.net)} is {plain(right)}, "
        f"but the tax amount is {printed(subject.extraction.leaf('tax_amount'))}.",
        consequence_of=FindingCode.LINES_SUM if _follows_from_lines(figures, earlier) else None,
    )


def _is_tax_on_more(subject: Subject, rate: Decimal, slack: Decimal) -> bool:
    """Say whether the tax is also on a charge beside the lines, or not on a deduction."""
    net, tax = subject.figures.net, subject.figures.tax
    if net is None or tax is None:
        return False
    bases = (net + sign * amount for amount in subject.side_amounts for sign in (1, -1))
    return any(abs(base * rate / _PERCENT - tax) <= slack for base in bases)


def _follows_from_lines(figures: Figures, earlier: Sequence[Finding]) -> bool:
    """Say whether the tax was taken on lines that do not add up to the net amount."""
    total = figures.lines_sum()
    if total is None or figures.net is None or not has(earlier, FindingCode.LINES_SUM):
        return False
    rates = {line.tax_rate for line in figures.lines} | {row.rate for row in figures.breakdown}
    return len(rates - {None}) <= 1


def _cause_of_gross(figures: Figures, earlier: Sequence[Finding]) -> FindingCode | None:
    if figures.net is None or figures.tax is None or figures.gross is None:
        return None
    if has(earlier, FindingCode.TAX_SUM):
        for tax in (figures.breakdown_tax_sum(), figures.line_tax_sum(), _computed_tax(figures)):
            if tax is not None and abs(figures.net + tax - figures.gross) <= _tax_rounding(figures):
                return FindingCode.TAX_SUM
    total = figures.lines_sum()
    if (
        has(earlier, FindingCode.LINES_SUM)
        and total is not None
        and abs(total + figures.tax - figures.gross) <= CENT
    ):
        return FindingCode.LINES_SUM
    return None


def _has_charges_after_net(figures: Figures) -> bool:
    """Say whether the printed net amount is a subtotal: the tax is that of gross less tax."""
    if figures.net is None or figures.tax is None or figures.gross is None:
        return False
    rates = {line.tax_rate for line in figures.lines} | {row.rate for row in figures.breakdown}
    taxed = figures.gross - figures.tax
    rounding = _tax_rounding(figures)
    return any(
        rate is not None
        and rate > 0
        and abs(taxed * rate / _PERCENT - figures.tax) <= rounding
        and abs(figures.net * rate / _PERCENT - figures.tax) > rounding
        and figures.lines_sum() == figures.net
        for rate in rates
    )


def _computed_tax(figures: Figures) -> Decimal | None:
    amounts = [
        row.base * row.rate / _PERCENT
        for row in figures.breakdown
        if row.base is not None and row.rate is not None
    ]
    return sum(amounts, Decimal(0)) if amounts else None
