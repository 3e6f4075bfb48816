"""Choose net, tax, gross and amount due together, so that the arithmetic holds.

A label alone is a weak witness for a total ("Total" may be any of them). Among the
labelled amounts the engine takes the set that scores best, where a set whose net and tax
(and fees or discounts printed among the totals) make the gross amount scores higher:
EN 16931 BR-CO-13 and BR-CO-15 read backwards.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations
from typing import TypeAlias

from extractor.engines.reading import Candidate
from extractor.values.arithmetic import agrees, tax_on

NET, TAX, GROSS, DUE = "net_amount", "tax_amount", "gross_amount", "amount_due"
_TOTALS = (NET, TAX, GROSS)
_CENT = Decimal("0.02")  # rounding of two printed amounts
_KEPT = 8  # candidates a total: more never decide anything and cost time
_IDENTITY = 1.6
_IDENTITY_WITH_EXTRAS = 1.0
_HALVES = 0.9
_UNLIKELY = 0.5  # a rate and an amount without a tax's label
_BORROWED = 0.7
_LINES_AGREE = 0.45
_NO_TAX = 0.25  # net and gross equal, and no tax printed
_ORDER = 0.15  # net above gross on the page
_PAID = 0.9  # what is to be paid is the net amount: the gross amount too
_CONTRADICTION = 0.8  # all three printed and they do not add up
_MOST_SUPPORT = _IDENTITY + _LINES_AGREE + _ORDER + 1e-9  # and what adding up in another order rounds

_Added: TypeAlias = tuple[Decimal, tuple[Decimal, ...]]  # what some extras add up to, and these


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalCandidate:
    """A labelled amount. `place` orders the page; `rate` and `base` stand in tax rows."""

    name: str
    candidate: Candidate
    value: Decimal
    place: tuple[int, float]
    rate: Candidate | None = None
    base: Candidate | None = None
    is_borrowed: bool = False  # by its label another total: counts only where the sum proves it


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The chosen totals by field name, and how they support each other."""

    chosen: Mapping[str, TotalCandidate]
    is_proven: bool  # net and tax make the gross amount
    extras: tuple[Decimal, ...] = ()  # fees and discounts that the sum needed
    ranked: Mapping[str, tuple[TotalCandidate, ...]] = field(default_factory=dict)


def choose_totals(
    candidates: Iterable[TotalCandidate], *, extras: Sequence[Decimal], lines_sum: Decimal | None
) -> Totals:
    """Return the best joint choice; a total without candidates stays out of it.

    `extras` are amounts printed among the totals under other labels (shipping,
    discount); `lines_sum` is the sum of the item lines, if there are any.
    """
    by_name = _ranked(candidates)
    added = _added(extras)
    best, best_score = Totals(chosen={}, is_proven=False), -1.0
    for choice in _choices(by_name):
        if sum(each.candidate.score for each in choice.values()) + _MOST_SUPPORT <= best_score:
            continue  # no sum makes it better
        totals, score = _judge(choice, added=added, lines_sum=lines_sum)
        if score > best_score:
            best, best_score = totals, score
    best = replace(best, chosen=_after_discount(best))
    due = by_name.get(DUE, ())
    chosen = {**best.chosen, DUE: due[0]} if due else dict(best.chosen)
    gross = _untaxed_gross(chosen, by_name.get(GROSS, ()), added)
    if gross is not None:
        chosen[GROSS] = gross
        is_either = any(each.candidate == gross.candidate for each in by_name.get(GROSS, ()))
        if NET in chosen and TAX not in chosen and is_either:
            del chosen[NET]  # its label says both
    if (
        due
        and not {NET, GROSS} & chosen.keys()
        and (lines_sum is None or _is_reached(due[0].value, lines_sum, by_name.get(TAX, ()), extras))
    ):
        chosen[GROSS] = replace(due[0], name=GROSS)  # the only total there is
    return replace(best, chosen=chosen, ranked=by_name)


def _untaxed_gross(
    chosen: Mapping[str, TotalCandidate], grosses: Sequence[TotalCandidate], added: Sequence[_Added]
) -> TotalCandidate | None:
    """Return the net amount as the gross one, where no tax comes on top of it.

    Either its label may mean both ("Summe") and no tax is printed; or the tax is printed as
    nothing, and what is to be paid is the net amount less a deduction (CIS, a retention).
    """
    net, tax, due = (chosen.get(name) for name in (NET, TAX, DUE))
    if GROSS in chosen:
        return None
    if net is None:
        return _before_deduction(due, grosses, added) if due is not None and tax is None else None
    if tax is None:
        same = (each for each in grosses if each.candidate.evidence == net.candidate.evidence)
        either = next((each for each in same if not each.is_borrowed), None)
        is_paid = due is not None and abs(due.value - net.value) <= _CENT
        return _as_gross(due, _PAID) if either is None and due is not None and is_paid else either
    is_due_of_it = due is not None and _explained(net.value - due.value, added) is not None
    return replace(net, name=GROSS) if not tax.value and is_due_of_it else None


def _as_gross(amount: TotalCandidate, weight: float) -> TotalCandidate:
    candidate = replace(amount.candidate, score=weight * amount.candidate.score)
    return replace(amount, name=GROSS, candidate=candidate, is_borrowed=False)


def _before_deduction(
    due: TotalCandidate, amounts: Sequence[TotalCandidate], added: Sequence[_Added]
) -> TotalCandidate | None:
    """Return the amount above a deduction that leaves what is to be paid: a bill less the retention on it."""
    deductions = {total for total, parts in added if len(parts) == 1}
    for each in amounts:
        gap = each.value - due.value
        if 0 < gap < each.value / 2 and each.place < due.place and gap in deductions:
            return _as_gross(each, 1.0)
    return None


def _after_discount(totals: Totals) -> Mapping[str, TotalCandidate]:
    """Take a discount off the net amount where the tax was reckoned after it.

    The printed rate proves that: it makes the tax of what is left, and not of the whole.
    """
    net, tax, discount = totals.chosen.get(NET), totals.chosen.get(TAX), sum(totals.extras, Decimal(0))
    rate = tax.rate.value if tax is not None and tax.rate is not None else None
    if net is None or tax is None or not isinstance(rate, Decimal) or discount >= 0:
        return totals.chosen
    left = net.value + discount
    if agrees(tax_on(net.value, rate), tax.value, within=_CENT) or not agrees(
        tax_on(left, rate), tax.value, within=_CENT
    ):
        return totals.chosen
    candidate = replace(net.candidate, value=left, is_derived=True)
    return {**totals.chosen, NET: replace(net, value=left, candidate=candidate)}


def _ranked(candidates: Iterable[TotalCandidate]) -> dict[str, tuple[TotalCandidate, ...]]:
    by_name: dict[str, list[TotalCandidate]] = {}
    for candidate in candidates:
        by_name.setdefault(candidate.name, []).append(candidate)
    for found in by_name.values():
        found.sort(key=lambda each: (-each.candidate.score, each.place))
    tax = by_name.get(TAX, [])
    proven = [each for each in tax if each.base is not None]
    added = (_sum_of_rates(tax), _sum_of_rates(proven), _sum_of_halves(tax))
    sums = [each for each in added if each is not None]
    by_name[TAX] = [*tax[: _KEPT - len(sums)], *sums]
    return {name: tuple(found[:_KEPT]) for name, found in by_name.items()}


def _sum_of_rates(found: Sequence[TotalCandidate]) -> TotalCandidate | None:
    """Return the sum of the tax rows of different rates, where no total of them is printed."""
    sure = [each for each in found if each.candidate.score > _UNLIKELY]
    rows = {each.rate.text: each for each in reversed(sure) if each.rate is not None}
    if len(rows) < 2:  # noqa: PLR2004 - one row is its own sum
        return None
    parts = sorted(rows.values(), key=lambda each: each.place)
    total = sum((each.value for each in parts), Decimal(0))
    if any(each.rate is None and abs(each.value - total) <= _CENT for each in found):
        return None
    score = min(each.candidate.score for each in parts)
    first = parts[0]
    candidate = replace(first.candidate, value=total, is_derived=True, score=score)
    return TotalCandidate(name=TAX, candidate=candidate, value=total, place=first.place)


def _sum_of_halves(found: Sequence[TotalCandidate]) -> TotalCandidate | None:
    """Return the sum of all pairs of equal taxes of the same rate: India's CGST and SGST."""
    halves: dict[tuple[object, Decimal], list[TotalCandidate]] = {}
    for each in found:
        if each.rate is not None:
            same = halves.setdefault((each.rate.value, each.value), [])
            if all(each.candidate.evidence != other.candidate.evidence for other in same):
                same.append(each)
    pairs = [same[0] for same in halves.values() if len(same) > 1]
    if not pairs:
        return None
    value = 2 * sum((each.value for each in pairs), Decimal(0))
    score = _HALVES * min(each.candidate.score for each in pairs)
    total = replace(pairs[0].candidate, value=value, is_derived=True, score=score)
    return TotalCandidate(name=TAX, candidate=total, value=value, place=pairs[0].place)


def _choices(by_name: Mapping[str, Sequence[TotalCandidate]]) -> Iterator[dict[str, TotalCandidate]]:
    """Yield every way to take one candidate, or none, for each total."""
    nets: tuple[TotalCandidate | None, ...] = (*by_name.get(NET, ()), *_borrowed(by_name, GROSS, NET), None)
    taxed = [each for each in by_name.get(TAX, ()) if each.value]
    is_taxed = any(each.base is not None for each in taxed)  # then a row of 0 % is not the whole tax
    taxes: tuple[TotalCandidate | None, ...] = (*(taxed if is_taxed else by_name.get(TAX, ())), None)
    grosses: tuple[TotalCandidate | None, ...] = (
        *by_name.get(GROSS, ()),
        *_borrowed(by_name, DUE, GROSS),
        *_borrowed(by_name, NET, GROSS),
        None,
    )
    for net in nets:
        for tax in taxes:
            for gross in grosses:
                picked = (net, tax, gross)
                yield {name: each for name, each in zip(_TOTALS, picked, strict=True) if each is not None}


def _borrowed(
    by_name: Mapping[str, Sequence[TotalCandidate]], name: str, wanted: str
) -> Iterator[TotalCandidate]:
    """Yield amounts whose label says another total: "Total 100, tax 19, total 119"."""
    for each in by_name.get(name, ()):
        candidate = replace(each.candidate, score=_BORROWED * each.candidate.score)
        yield replace(each, name=wanted, candidate=candidate, is_borrowed=True)


def _judge(
    choice: dict[str, TotalCandidate], *, added: Sequence[_Added], lines_sum: Decimal | None
) -> tuple[Totals, float]:
    score = sum(each.candidate.score for each in choice.values())
    net, tax, gross = (choice.get(name) for name in _TOTALS)
    is_proven = False
    used: tuple[Decimal, ...] = ()
    if net and gross and net.candidate.evidence == gross.candidate.evidence:
        return Totals(chosen=choice, is_proven=False), -1.0  # one printed amount is not two totals
    if net and tax and net.value * tax.value < 0:
        return Totals(chosen=choice, is_proven=False), -1.0  # what is taken off is a discount, no tax
    if net and tax and gross:
        gap = gross.value - net.value - tax.value
        if abs(gap) <= _CENT:
            score += _IDENTITY
            is_proven = True
        elif (found := _explained(gap, added)) is not None:
            score += _IDENTITY_WITH_EXTRAS
            is_proven, used = True, found
        else:
            score -= _CONTRADICTION
    elif net and gross and abs(net.value - gross.value) <= _CENT:
        score += _NO_TAX
    elif net and gross and abs(gross.value) < abs(net.value):
        score -= _CONTRADICTION
    if any(each.is_borrowed for each in choice.values()) and (not is_proven or used):
        return Totals(chosen=choice, is_proven=False), -1.0
    score += _bonus(net, gross, lines_sum)
    return Totals(chosen=choice, is_proven=is_proven, extras=used), score


def _bonus(net: TotalCandidate | None, gross: TotalCandidate | None, lines_sum: Decimal | None) -> float:
    """Return what the order on the page and the sum of the items add."""
    bonus = _ORDER if net and gross and net.place < gross.place else 0.0
    if lines_sum is not None and any(
        each is not None and abs(each.value - lines_sum) <= _CENT for each in (net, gross)
    ):
        bonus += _LINES_AGREE  # prices are without tax or with it
    return bonus


def _is_reached(
    due: Decimal, lines_sum: Decimal, taxes: Sequence[TotalCandidate], extras: Sequence[Decimal]
) -> bool:
    """Say whether the lines and what is added to them (fees, a stamp duty) are what is to be paid."""
    gap = due - lines_sum
    added = {*(tax.value for tax in taxes), *extras}
    positive = sorted(value for value in added if 0 < value <= gap)[-_KEPT:]
    return abs(gap) <= _CENT or any(
        abs(sum(parts, Decimal(0)) - gap) <= _CENT
        for count in (1, 2, 3)
        for parts in combinations(positive, count)
    )


def _added(extras: Sequence[Decimal]) -> Sequence[_Added]:
    """Return one or two extras with what they add up to, discounts with either sign."""
    signed = [value for extra in extras if extra for value in (extra, -extra)]
    return [(sum(chosen, Decimal(0)), chosen) for count in (1, 2) for chosen in combinations(signed, count)]


def _explained(gap: Decimal, added: Sequence[_Added]) -> tuple[Decimal, ...] | None:
    """Return the extras that add up to the gap."""
    return next((chosen for total, chosen in added if abs(total - gap) <= _CENT), None)
