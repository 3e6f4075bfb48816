"""Say of every line what it was taken for, and how surely: the matches as they are shown."""

from collections.abc import Iterator

from extractor.reconciliation.agreement import AgreedPrice
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import Case
from extractor.reconciliation.check import LineMatch, Side
from extractor.reconciliation.standing import allowed_fee, step_of
from extractor.reconciliation.wording import LineKind


def line_matches(case: Case) -> Iterator[LineMatch]:
    """Yield one match a line, also for lines that the contract has nothing of."""
    for bill in case.bills:
        for line in bill.lines:
            yield _match(case, bill, line)


def _match(case: Case, bill: Bill, line: BilledLine) -> LineMatch:
    billed = _billed(line)
    found = case.matches[bill.position].get(line.index)
    if found is not None:
        return LineMatch(
            invoice=bill.position,
            line=line.index,
            kind=line.kind,
            price=found.price.index,
            term=f"price_list[{found.price.index}]",
            score=found.score,
            is_sure=case.match(bill, line.index) is not None,
            factor=case.factor(line.unit, found.price.unit),
            billed=billed,
            agreed=_agreed(found.price),
        )
    term, agreed = _beside_the_prices(case, line)
    return LineMatch(
        invoice=bill.position,
        line=line.index,
        kind=line.kind,
        term=term,
        is_sure=term is not None,
        billed=billed,
        agreed=agreed,
    )


def _beside_the_prices(case: Case, line: BilledLine) -> tuple[str | None, Side | None]:
    """Return the milestone or the allowed fee that a line is."""
    if line.kind not in (LineKind.GOODS, LineKind.FEE):
        return None, None
    step = step_of(case.agreement.steps, line)
    if step is not None:
        return f"milestones[{step.index}]", _named(step.name, step.side)
    fee = allowed_fee(case, line)
    return (None, None) if fee is None else (f"allowed_fees[{fee.index}]", _named(fee.name, fee.side))


def _billed(line: BilledLine) -> Side:
    leaf = line.cell("description")
    return Side(value=line.wording or None, text=leaf.text, evidence=leaf.evidence)


def _agreed(price: AgreedPrice) -> Side:
    return _named(price.wording, price.price_side)


def _named(name: str, place: Side) -> Side:
    return Side(value=name, evidence=place.evidence, clause=place.clause, quote=place.quote)
