"""What the rules find in sentences, less what a sentence only says of another text."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from extractor.engines.contract.amended import dates_the_contract, find_own_day
from extractor.engines.contract.replacing import is_added, new_figures
from extractor.engines.contract.rules import Finding, Found, Rule, Statement
from extractor.engines.reading import ChangeKind

DATES = frozenset({"signing_date", "effective_date", "expiry_date"})


def findings_in(
    statements: Sequence[Statement], rules: Sequence[Rule], *, is_amendment: bool
) -> list[Finding]:
    """Return what the rules find, in the order of the sentences.

    A sentence that changes a price is no row of the price list. In an amendment, what is a day or a
    figure of the contract that it changes is left out, and its own first day is its `effective_date`.
    """
    if is_amendment:
        rules = (*rules, find_own_day)
    replaced: dict[int, set[Decimal | date]] = {}
    priced: set[int] = set()
    for figure in new_figures(statements):
        replaced.setdefault(figure.order, set()).add(figure.before)
        if figure.kind is ChangeKind.AMOUNT:
            priced.add(figure.order)
    return [
        Finding(statement=statement, found=found, order=order)
        for order, statement in enumerate(statements)
        for found in _found_in(statement, rules)
        if not (found.is_row and found.term == "price_list" and order in priced)
        and not (is_amendment and _is_of_the_contract(statement, found, replaced.get(order, set())))
    ]


def _found_in(statement: Statement, rules: Sequence[Rule]) -> Iterator[Found]:
    for rule in rules:
        yield from rule(statement)


def _is_of_the_contract(statement: Statement, found: Found, replaced: set[Decimal | date]) -> bool:
    if found.span.value in replaced or is_added(statement, found.span):
        return True
    return found.term in DATES and dates_the_contract(statement, found.span)
