"""Who contracts with whom: names, what they are called from there on, roles, tax ids."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile

from extractor.engines.contract.clauses import PREAMBLE, SIGNATURES, Clause
from extractor.engines.contract.parties_found import Party, Place, Spot, place_in
from extractor.engines.contract.party_names import has_legal_form
from extractor.engines.contract.party_readers import by_alias, by_between, by_label, by_number, in_blocks
from extractor.engines.contract.passages import casefolded
from extractor.engines.contract.roles import Role, acting_role, role_of
from extractor.values.identifiers import find_tax_ids
from extractor.values.names import comparable_name

_LAST_EARLY = 6  # clauses in which parties may still be introduced
_MIN_DIGITS = 7  # of a tax id
_PAIR = 2
_MAX_OPENING = 14_000  # characters in which parties are introduced
_MIN_OPENING = 150  # characters that introduce anybody
_TAX_CUE = re.compile(
    r"(?<![A-Za-z])(?:VAT|V\.A\.T\.|GST|tax(?:payer)?|EIN|TIN|USt|Umsatzsteuer|Steuer|UID|税\s*号|纳税人识别号|信用代码|"
    r"税务登记)[^\n]{0,45}?(?<![\w])(?P<id>(?:[A-Z]{2,3}[ -]?)?\d[\dA-Z]*(?:[ ./-][\dA-Z]+){0,5})",
    re.IGNORECASE,
)
_TAX_WORD = re.compile(
    r"(?<![A-Za-z])(?:VAT|GST|tax(?:payer)?|EIN|TIN|USt|Umsatzsteuer|Steuer|UID|税\s*号|识别号|信用代码|税务登记)(?:(?!company|"
    r"register)[^,;\n])*$",
    re.IGNORECASE,
)
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
    return tuple(_with_tax_ids(found, opening, clauses))


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


def _with_tax_ids(parties: list[Party], opening: Sequence[Spot], clauses: Sequence[Clause]) -> list[Party]:
    """Give each party the tax id that stands behind its name, before the next party's."""
    order = {id(spot.passage): index for index, spot in enumerate(opening)}
    starts = sorted(
        (order.get(id(party.name.passage), -1), party.name.start, index)
        for index, party in enumerate(parties)
    )
    found = list(parties)
    for place, (line, begin, index) in enumerate(starts):
        if line < 0:
            continue
        stop = starts[place + 1][:2] if place + 1 < len(starts) else (line + 8, 0)
        for number in range(line, min(stop[0] + 1, len(opening))):
            spot = opening[number]
            low = begin if number == line else 0
            high = stop[1] if number == stop[0] else len(spot.passage.text)
            if spot.clause.number != opening[line].clause.number:
                break
            tax_id = _tax_id(spot, low, high)
            if tax_id is not None:
                found[index] = replace(parties[index], tax_id=tax_id)
                break
    return _with_stated_ids(found, clauses)


def _tax_id(spot: Spot, low: int, high: int) -> Place | None:
    text = spot.passage.text[low:high]
    found = find_tax_ids(text)
    near = next((one for one in found if _TAX_WORD.search(text[max(0, one.start - 40) : one.start])), None)
    for one in found if near is None else [near]:
        return replace(place_in(spot, (low + one.start, low + one.end)), value=one.text)
    if (match := _TAX_CUE.search(text)) and sum(c.isdigit() for c in match["id"]) >= _MIN_DIGITS:
        start, end = match.span("id")
        return place_in(spot, (low + start, low + end))
    return None


def _with_stated_ids(parties: list[Party], clauses: Sequence[Clause]) -> list[Party]:
    """Read "the Supplier's VAT number is …" in the clauses, where the opening has none."""
    found = list(parties)
    for index, party in enumerate(found):
        if party.tax_id is not None or not party.defined_term:
            continue
        term = re.escape(casefolded(party.defined_term))
        owner = re.compile(
            rf"{term}(?:'?s)?\s*(?:的)?\s*\W{{0,3}}(?:vat|tax|ust|umsatzsteuer|steuer|uid|ein\b|税号|"
            rf"纳税人识别号|统一社会信用代码|开票)"
        )
        for clause in clauses:
            for passage in clause.passages:
                match = owner.search(casefolded(passage.text))
                if match is None:
                    continue
                spot = Spot(clause=clause, passage=passage)
                tax_id = _tax_id(spot, match.start(), min(len(passage.text), match.end() + 120))
                if tax_id is not None:
                    found[index] = replace(party, tax_id=tax_id)
                    break
    return found
