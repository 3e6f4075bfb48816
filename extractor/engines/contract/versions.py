"""What was changed, and from which day: later sentences that override earlier ones.

Both are kept. A term's candidate is what was agreed last; what held before it is `earlier`.
A change whose first day is not said overrides nothing: it stands beside the other, as a contradiction.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date

from extractor.engines.contract.clauses import PREAMBLE, SIGNATURES
from extractor.engines.contract.rules import Finding, Statement
from extractor.engines.reading import Candidate, CandidateRow
from extractor.values.dates import FoundDate, find_dates
from extractor.values.text import squeeze

_AMENDMENT = re.compile(
    r"(?:\d{1,2}\.\s*|first\s+|second\s+|third\s+|erster\s+|zweiter\s+|dritter\s+)?"
    r"(?:amendment|addendum|nachtrag|änderungsvereinbarung|补充协议|变更协议)"
)
_FROM = re.compile(
    r"(?:with\s+effect\s+(?:from|as\s+of|on)|effective(?:\s+(?:as\s+of|from|on|date))?|\bfrom|as\s+(?:of|from)|"
    r"(?:starting|beginning)(?:\s+(?:on|from))?|mit\s+wirkung\s+(?:vom|ab|zum)(?:\s+dem)?|\bab(?:\s+dem)?|\bseit(?:\s+dem)?|"
    r"\b(?:gilt|gelten)\s+vom|自|从|于)\s*:?\s*(?:the\s+)?$"
)
_UNTIL = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:起\s*)?(?:to|until|till|through|and\s+ends?|bis|und\s+endet|-|至|到|止)"
)
_OF_THE_CONTRACT = re.compile(  # the contract itself begins, and nothing in it changes
    r"(?:this|the)\s+(?:agreement|contract|document)\s+(?:\w+\s+)?(?:takes?|enters?|comes?|commences?|begins?|starts?|runs?|is\s+(?:valid|"
    r"effective|made|dated|entered))|(?:vertrag|vereinbarung)\s+(?:\w+\s+)?(?:tritt|beginnt|gilt|läuft|ist\s+gültig)|laufzeit|vertragsbeginn|"
    r"本(?:合同|协议)\S{0,8}(?:生效|有效|自)|有效期|期限"
)
_EXTENDING = re.compile(r"extend|prolong|verlänger|延长|顺延|展期")
_NOT_CHANGED = frozenset({"signing_date", "effective_date", "contract_number", "title", "governing_law"})
_NEAR = 0.15  # less than what was agreed last, so that nothing seems to contradict it


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """From when sentences and amendments override what stands elsewhere."""

    by_order: Mapping[int, date | None]  # sentence -> first day
    by_section: Mapping[str, date | None]  # amendment -> first day

    def is_dropped(self, order: int, term: str) -> bool:
        """Say whether a sentence dates or names only the change, and not the contract."""
        return order in self.by_order and term in _NOT_CHANGED

    def since(self, order: int) -> date | None:
        """Return the day from which a sentence overrides others; None if it does not."""
        return self.by_order.get(order)

    def of_clause(self, number: str | None) -> date | None:
        """Return the day from which the rows of a clause override others; None if they do not."""
        return self.by_section.get(_section(number or ""))


def changes_in(
    statements: Sequence[Statement], findings: Sequence[Finding], *, changing: AbstractSet[int]
) -> Changes:
    """Find the sentences that change what was agreed, and their first days.

    Outside of amendments such a sentence fixes a term, or is one of those `changing` another
    clause, and names a day that is not the contract's first.
    """
    fixing = {each.order for each in findings if _may_change(each)} | changing
    sections: dict[str, list[Statement]] = {}
    for statement in statements:
        if _AMENDMENT.match(statement.clause.number.casefold()):
            sections.setdefault(_section(statement.clause.number), []).append(statement)
    by_section = {name: _first_day(held) for name, held in sections.items()}
    by_order: dict[int, date | None] = {}
    for order, statement in enumerate(statements):
        section = _section(statement.clause.number)
        own = _own_day(statement)
        if section in by_section:
            by_order[order] = own or by_section[section]
        elif own is not None and order in fixing and not statement.has(_OF_THE_CONTRACT):
            by_order[order] = own
    return Changes(by_order=by_order, by_section=by_section)


def day_of_change(statement: Statement) -> date | None:
    """Return the day from which a sentence says that something holds; None for the contract's own first."""
    return None if statement.has(_OF_THE_CONTRACT) else _own_day(statement)


def in_versions(base: Sequence[Candidate], changed: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return a term's candidates with what was agreed last first, the versions before it within it.

    `changed` have a first day each. Where there is nothing else, they are the term.
    """
    if not base or not changed:
        return tuple(base or changed)
    chain = [base[0]]
    for each in sorted(changed, key=lambda candidate: candidate.since or date.min):
        if _meaning(each) != _meaning(chain[-1]):
            chain.append(each)
    if len(chain) == 1:
        return tuple(base)
    *before, last = chain
    score = max(each.score for each in chain)
    held = replace(
        last,
        score=score,
        earlier=tuple(reversed(before)),
        parts={
            name: replace(
                part,
                since=last.since,
                earlier=tuple(each.parts[name] for each in reversed(before) if name in each.parts),
            )
            for name, part in last.parts.items()
        },
    )
    others = (replace(each, score=min(each.score, max(score - _NEAR, 0.0))) for each in base[1:])
    return (held, *others)


def rows_in_versions(rows: Sequence[CandidateRow], changes: Changes) -> tuple[CandidateRow, ...]:
    """Fold rows that give an item another price from a day on into the row that they override.

    A row of an amendment that overrides none is agreed from the amendment's first day on.
    """
    kept: list[CandidateRow] = []
    places: dict[str, int] = {}  # of the rows that have a price, by ware
    for row in rows:
        price = row.cells.get("unit_price")
        since = price.since if price is not None else None
        if since is None and price is not None:
            since = changes.of_clause(price.clause)
        known = None if price is None else places.setdefault(_ware(row), len(kept))
        if price is None or since is None or known is None or known == len(kept):
            dated = {name: replace(cell, since=cell.since or since) for name, cell in row.cells.items()}
            kept.append(replace(row, cells=dated))
            continue
        before = kept[known].cells["unit_price"]
        history = (replace(before, earlier=()), *before.earlier)
        changed = replace(price, since=since, earlier=history)
        kept[known] = replace(kept[known], cells={**kept[known].cells, "unit_price": changed})
    return tuple(kept)


def _ware(row: CandidateRow) -> str:
    """Return what a row's article is called, for comparing."""
    named = (row.cells[name].text for name in ("description", "specification") if name in row.cells)
    return squeeze(" ".join(named))


def _may_change(finding: Finding) -> bool:
    statement, term = finding.statement, finding.found.term
    if statement.clause.number in (PREAMBLE, SIGNATURES) or term in _NOT_CHANGED:
        return False
    return term != "expiry_date" or statement.has(_EXTENDING)


def _section(number: str) -> str:
    return number.partition(",")[0].strip()


def _own_day(statement: Statement) -> date | None:
    for found in _dates(statement):
        if _FROM.search(statement.low[: found.start]) and not _UNTIL.match(statement.low, found.end):
            return found.date
    return None


def _first_day(statements: Sequence[Statement]) -> date | None:
    """Return the first day of an amendment: as said, else the day on which it was made."""
    said = next((day for each in statements if (day := _own_day(each)) is not None), None)
    return said or next((found.date for each in statements for found in _dates(each)), None)


def _dates(statement: Statement) -> Iterator[FoundDate]:
    yield from find_dates(statement.text, is_day_first=statement.conventions.is_day_first)


def _meaning(candidate: Candidate) -> object:
    if candidate.parts:
        return tuple(
            sorted((name, str(_meaning(part))) for name, part in candidate.parts.items() if name != "bank")
        )
    return candidate.value if candidate.value is not None else squeeze(candidate.text)
