"""Who contracts with whom: names, what they are called from there on, and roles."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extractor.engines.contract.clauses import PREAMBLE, SIGNATURES, Clause
from extractor.engines.contract.parties_found import Party, Spot
from extractor.engines.contract.party_names import has_legal_form
from extractor.engines.contract.party_readers import by_alias, by_between, by_label, by_number, in_blocks
from extractor.engines.contract.passages import casefolded
from extractor.engines.contract.roles import Role, acting_role, role_of
from extractor.engines.contract.terms.party_ids import with_tax_ids
from extractor.values.names import comparable_name

_LAST_EARLY = 6  # clauses in which parties may still be introduced
_PAIR = 2
_MAX_OPENING = 14_000  # characters in which parties are introduced
_MIN_OPENING = 150  # characters that introduce anybody
_SUB = re.compile(r"\bsub|nachunternehmer|subunternehmer|分包", re.IGNORECASE)
_RECITALS = re.compile(
    r"\W*(?:whereas|recitals?|w\s*i\s*t\s*n\s*e\s*s\s*s\s*e\s*t\s*h|now,?\s+therefore|background|"
    r"vorbemerkung|präambel|鉴于)",
    re.IGNORECASE,
)
_OPENING_HEAD = re.compile(
    r"part(?:y|ies)|vertragspart|preamble|präambel|当事人|双方|各方|主体", re.IGNORECASE
)


def find_parties(clauses: Sequence[Clause]) -> tuple[Party, ...]:
    """Return the parties in the order in which the contract introduces them."""
    opening = _opening(clauses)
    before_recitals = _until_recitals(opening)
    found = _merged(by_label(opening))
    if len(found) < _PAIR:
        found = _without_terms(_merged([*by_alias(before_recitals), *found]))
    for read in (by_between, by_number, in_blocks):
        if len(found) < _PAIR:
            found = _without_terms(_merged([*found, *read(before_recitals)]))
    if len(found) < _PAIR:
        found = _without_terms(_merged([*found, *by_alias(opening)]))
    found = _with_roles(found, clauses)
    return tuple(with_tax_ids(found, opening, clauses))


def _opening(clauses: Sequence[Clause]) -> list[Spot]:
    spots: list[Spot] = []
    held = 0
    for index, clause in enumerate(clauses):
        is_early = (
            index < _PAIR
            or clause.number == PREAMBLE
            or bool(_OPENING_HEAD.search(" ".join(clause.headings)))
        )
        if clause.number == SIGNATURES or (not is_early and index > _LAST_EARLY) or held > _MAX_OPENING:
            continue
        for passage in clause.passages:
            spots.append(Spot(clause=clause, passage=passage))
            held += len(passage.text)
    return spots


def _until_recitals(opening: Sequence[Spot]) -> list[Spot]:
    kept = list(takewhile(lambda spot: not _RECITALS.match(spot.passage.text), opening))
    return kept if sum(len(spot.passage.text) for spot in kept) > _MIN_OPENING else list(opening)


def _without_terms(parties: Sequence[Party]) -> list[Party]:
    """Leave out what is no name but another party's defined term, or a role."""
    terms = {casefolded(party.defined_term) for party in parties if party.defined_term}
    return [
        party
        for party in parties
        if has_legal_form(party.name.text)
        or (casefolded(party.name.text) not in terms and role_of(party.name.text) is None)
    ]


def _merged(parties: Sequence[Party]) -> list[Party]:
    kept: dict[str, Party] = {}
    for party in parties:
        key = comparable_name(party.name.text)
        known = kept.get(key)
        if known is None or (known.defined_term is None and party.defined_term is not None):
            kept[key] = party
    return list(kept.values())


def _with_roles(parties: list[Party], clauses: Sequence[Clause]) -> list[Party]:
    """Settle the roles: by the terms, by what the parties do, and by the other's role."""
    if not parties:
        return parties
    text = casefolded("\n".join(clause.text for clause in clauses))[:200_000]
    settled: list[Party] = []
    for party in parties:
        if party.is_certain or not party.defined_term:
            settled.append(party)
            continue
        acting = acting_role(party.defined_term, text)
        settled.append(replace(party, role=acting or party.role))
    if len(settled) == _PAIR and settled[0].role is settled[1].role is Role.SELLER:
        settled = [_as_principal(party, other) for party, other in (settled, settled[::-1])]
    sure = {party.role for party in settled if party.is_certain}
    if len(settled) == _PAIR and sure != {Role.SELLER, Role.BUYER}:
        first, second = settled
        if first.is_certain and first.role is not Role.OTHER:
            settled = [first, replace(second, role=_opposite(first.role))]
        elif second.is_certain and second.role is not Role.OTHER:
            settled = [replace(first, role=_opposite(second.role)), second]
        elif first.role is second.role or Role.OTHER in {first.role, second.role}:
            settled = _told_apart(first, second)
    return settled


def _as_principal(party: Party, other: Party) -> Party:
    """Make a contractor with a subcontractor the buyer."""
    is_over = _SUB.search(other.defined_term or "") and not _SUB.search(party.defined_term or "")
    return replace(party, role=Role.BUYER) if is_over else party


def _told_apart(first: Party, second: Party) -> list[Party]:
    if first.role is second.role:
        return [replace(first, role=Role.OTHER), replace(second, role=Role.OTHER)]
    if first.role is Role.OTHER:
        return [replace(first, role=_opposite(second.role)), second]
    return [first, replace(second, role=_opposite(first.role))]


def _opposite(role: Role) -> Role:
    return Role.BUYER if role is Role.SELLER else Role.SELLER
