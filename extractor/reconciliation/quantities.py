"""Caps on quantities, over all invoices of the contract together."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extractor.reconciliation.agreement import AgreedPrice, side_of
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import Case, asks, is_duplicate, most_doubtful, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.matching import Match
from extractor.reconciliation.price_contradictions import ComparedPrice
from extractor.reconciliation.prices import compared_prices
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.used_up import UsedUp, earlier_sides, told, total_of, used_up

_CODE = CheckCode.QUANTITY_EXCEEDED


@dataclass(frozen=True, slots=True, kw_only=True)
class _Counted:
    """What one invoice bills of one row, in the row's unit. The line that bills most comes first."""

    price: AgreedPrice
    lines: tuple[BilledLine, ...]
    quantity: Decimal


def quantities(case: Case, earlier: Sequence[Check]) -> Iterator[Check]:
    """Add up what is billed of each row of the price list, invoice by invoice in order of date."""
    billed: dict[int, list[UsedUp]] = defaultdict(list)
    for bill in case.in_order():
        bounded = [match for match in _surely(case, bill) if match.price.quantity is not None]
        if not bounded:
            has_any = any(price.quantity is not None for price in case.agreement.prices)
            why = (
                (Reason.NO_LINE_BOUNDED, "No line has an agreed quantity.")
                if has_any
                else (Reason.NO_QUANTITIES, "The contract names no quantities.")
            )
            yield not_checkable(_CODE, bill, *why)
            continue
        if uncounted := case.why_uncounted(bill):
            yield not_checkable(_CODE, bill, *uncounted)
            continue
        counted, open_ = _count(case, bill, bounded)
        before = {index: list(parts) for index, parts in billed.items()}
        over: list[Check] = []
        for row in counted:
            parts = billed[row.price.index]
            parts.append(used_up(bill, bill.sign * row.quantity, row.lines[0].cell("quantity")))
            if bill.sign > 0:
                over.extend(_over(case, bill, row, parts, earlier))
        if is_duplicate(earlier, bill):
            billed = defaultdict(list, before)  # it is not paid, so it uses up nothing
        yield from (*over, *open_)
        if not over and not open_:
            yield most_doubtful([_within(bill, match, len(bounded)) for match in bounded])


def _within(bill: Bill, match: Match, count: int) -> Check:
    return passed(
        _CODE,
        bill,
        f"The quantities of {count} lines are within the agreed ones.",
        field=match.line.path("quantity"),
        agreed=match.price.quantity_side,
        billed=side_of(match.line.cell("quantity")),
    )


def excess_money(case: Case, bill: Bill, line: BilledLine, *, over: Decimal) -> Decimal:
    """Return what an invoice asks for `over` units of the row that a line is: at most for all of it."""
    match = case.match(bill, line.index)
    same = [each for each in _surely(case, bill) if match and each.price.index == match.price.index]
    counted, _ = _count(case, bill, same)
    money = Decimal(0)
    for row in counted:
        if row.quantity:
            whole = sum((abs(each.net) for each in row.lines if each.net is not None), Decimal(0))
            money += whole * min(Decimal(1), over / row.quantity)
    return money


def _surely(case: Case, bill: Bill) -> list[Match]:
    return [match for line in bill.lines if (match := case.match(bill, line.index)) is not None]


def _count(case: Case, bill: Bill, matches: Sequence[Match]) -> tuple[list[_Counted], list[Check]]:
    """Add up the lines of each row; say of the others why they could not be counted."""
    compared = {each.line.index: each for each in compared_prices(case, bill)}
    by_row: dict[int, list[tuple[Match, Decimal]]] = defaultdict(list)
    open_: list[Check] = []
    for match in matches:
        quantity = _in_agreed_units(case, match, compared)
        if quantity is None:
            open_.append(_uncounted(bill, match))
        else:
            by_row[match.price.index].append((match, abs(quantity)))
    counted = []
    for rows in by_row.values():
        rows.sort(key=lambda row: -row[1])
        lines = tuple(match.line for match, _ in rows)
        total = sum((quantity for _, quantity in rows), Decimal(0))
        counted.append(_Counted(price=rows[0][0].price, lines=lines, quantity=total))
    return counted, open_


def _in_agreed_units(case: Case, match: Match, compared: Mapping[int, ComparedPrice]) -> Decimal | None:
    """Return the quantity in the row's unit; None where it is not printed, or cannot be told.

    Units that nothing connects (sets, pieces) are taken for one where their prices are alike.
    """
    line, price = match.line, compared.get(match.line.index)
    if line.quantity is None or (price is not None and price.is_for_another_unit):
        return None
    factor = case.factor(line.unit, match.price.unit)
    if factor is None and price is None:
        return None
    return line.quantity * (1 if factor is None else factor)


def _uncounted(bill: Bill, match: Match) -> Check:
    """Say why a line could not be counted: never passed silently."""
    line, price = match.line, match.price
    if line.quantity is None:
        return not_checkable(
            _CODE, bill, Reason.QUANTITY_UNREADABLE, f"{line.description}: no quantity is printed."
        )
    return asks(
        _CODE,
        bill,
        Reason.OTHER_UNIT_OF_QUANTITY,
        f"{line.description}: how many {price.unit} are {_plain(line.quantity)} {line.unit or 'units'}? "
        f"{_plain(price.quantity or Decimal(0))} {price.unit} are agreed.",
        field=line.path("quantity"),
        agreed=price.quantity_side,
        billed=side_of(line.cell("quantity")),
    )


def _over(
    case: Case, bill: Bill, row: _Counted, parts: Sequence[UsedUp], earlier: Sequence[Check]
) -> Iterator[Check]:
    agreed, line, billed = row.price.quantity, row.lines[0], total_of(parts)
    if agreed is None or billed <= agreed or case.limits(_CODE).allows(agreed=agreed, billed=billed):
        return
    alone = row.quantity
    others = earlier_sides(parts, bill)
    with_earlier = f"{told(others)} ({_plain(alone)} here)" if billed != alone else ""
    side = side_of(line.cell("quantity"))
    if len(row.lines) > 1:
        side = Side(value=alone, text=side.text, evidence=side.evidence)
    yield case.mismatch(
        _CODE,
        bill,
        f"{line.description}: {_plain(billed)} billed{with_earlier}, but {_plain(agreed)} are agreed.",
        field=line.path("quantity"),
        agreed=row.price.quantity_side,
        billed=side,
        difference=billed - agreed,
        consequence_of=CheckCode.DUPLICATE_INVOICE
        if is_duplicate(earlier, bill) and billed - alone <= agreed and alone <= agreed
        else None,
        earlier=others,
    )


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
