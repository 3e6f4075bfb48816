"""Who contracts with whom: names, what they are called from there on, roles, tax ids."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from extractor.engines.contract.clauses import PREAMBLE, SIGNATURES, Clause
from extractor.engines.contract.party_names import aliases, has_legal_form, name_at
from extractor.engines.contract.passages import Passage
from extractor.engines.contract.roles import PARTY_WORD, Role, acting_role, role_of
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, WEAK, casefolded
from extractor.values.identifiers import find_tax_ids
from extractor.values.names import comparable_name

_AT_ONCE = 4  # characters
_LAST_EARLY = 6  # clauses in which parties may still be introduced
_MAX_LEAD = 25  # characters of articles before a name
_MIN_DIGITS = 7  # of a tax id
_PAIR = 2
_MAX_OPENING = 14_000  # characters in which parties are introduced
_NEAR = 120  # characters between two names joined by "and"
_MIN_OPENING = 150  # characters that introduce anybody
_LABEL = re.compile(
    rf"(?:^|(?<=[\s,.;(]))(?:\(?\d\)?\.?\s*)?(?P<label>(?:{PARTY_WORD.pattern})(?:\s*[(/]\s*(?:the\s+)?"
    rf"\"?(?P<second>[^)]{{1,30}}?)\"?\s*[)]?)?)\s*(?:\((?:name|名称|全称|公司名称)\))?(?:名称)?\s*(?::|=)\s*",
    re.IGNORECASE,
)
_NAME_LABEL = re.compile(r"(?:name|company|firma|名\s*称|单位名称|公司名称|企业名称)\s*:\s*", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+(?:between|among)|between|among|zwischen|"
    r"von\s+und\s+zwischen)\b[\s:,-]*(?:\(?[1a]\)\s*)?",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:^|[\s,;)])(?:and|und|&)\s+(?:\(?[2-9b-e]\)\s*)?(?:(?:the|der|die|das|dem|between)\s+)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\(?(?:[1-9]|[a-e]|[ivx]{1,3})[).]\s*")
_TAIL = re.compile(
    r",?\s+(?:an?|with|having|whose|located|organi[sz]ed|incorporated|registered|residing|acting|"
    r"represented|existing|doing|eine?|mit\s+sitz|vertreten|geschäftsansässig|wohnhaft)\s"
)
_TAX_CUE = re.compile(
    r"(?:VAT|V\.A\.T\.|GST|tax(?:payer)?|EIN|TIN|USt|Umsatzsteuer|Steuer|UID|税\s*号|纳税人识别号|信用代码|"
    r"税务登记)[^\n]{0,45}?(?<![\w])(?P<id>(?:[A-Z]{2,3}[ -]?)?\d[\dA-Z]*(?:[ ./-][\dA-Z]+){0,5})",
    re.IGNORECASE,
)
_TAX_WORD = re.compile(
    r"(?:VAT|GST|tax(?:payer)?|EIN|TIN|USt|Umsatzsteuer|Steuer|UID|税\s*号|识别号|信用代码|税务登记)(?:(?!company|"
    r"register)[^,;\n])*$",
    re.IGNORECASE,
)
_RECITALS = re.compile(
    r"\W*(?:whereas|recitals?|w\s*i\s*t\s*n\s*e\s*s\s*s\s*e\s*t\s*h|now,?\s+therefore|background|"
    r"vorbemerkung|präambel|鉴于)",
    re.IGNORECASE,
)
_LISTED = re.compile(r"(?:^|[,;:]|\b(?:and|und|among|between))\s*\(?[a-h1-9]\)\s*", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"\s*(?:and\s+|und\s+)?(?P<name>[^,;()]{3,60}),\s+(?:an?|eine?)\s+(?:[\w.]+\s+){0,4}(?:corporation|"
    r"company|partnership|trust|association|gesellschaft)\b",
    re.IGNORECASE,
)
_ALONE_AND = re.compile(r"\W*(?:and|und|和|与)\W*", re.IGNORECASE)
_OPENING_HEAD = re.compile(
    r"part(?:y|ies)|vertragspart|preamble|präambel|当事人|双方|各方|主体", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a passage in a clause; `value` where it is not as printed."""

    clause: Clause
    passage: Passage
    start: int
    end: int
    value: str | None = None

    @property
    def text(self) -> str:
        """Return the stretch, plain."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party. `is_certain` says that its role stands in so many words."""

    name: Place
    defined_term: str | None
    role: Role
    is_certain: bool
    score: float
    tax_id: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    clause: Clause
    passage: Passage


def find_parties(clauses: Sequence[Clause]) -> tuple[Party, ...]:
    """Return the parties in the order in which the contract introduces them."""
    opening = _opening(clauses)
    before_recitals = _until_recitals(opening)
    found = _merged(_by_label(opening))
    if len(found) < _PAIR:
        found = _without_terms(_merged([*_by_alias(before_recitals), *found]))
    for read in (_by_between, _by_number, _in_blocks):
        if len(found) < _PAIR:
            found = _without_terms(_merged([*found, *read(before_recitals)]))
    if len(found) < _PAIR:
        found = _without_terms(_merged([*found, *_by_alias(opening)]))
    found = _with_roles(found, clauses)
    return tuple(_with_tax_ids(found, opening, clauses))


def _opening(clauses: Sequence[Clause]) -> list[_Spot]:
    spots: list[_Spot] = []
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
            spots.append(_Spot(clause=clause, passage=passage))
            held += len(passage.text)
    return spots


def _until_recitals(opening: Sequence[_Spot]) -> list[_Spot]:
    kept = list(takewhile(lambda spot: not _RECITALS.match(spot.passage.text), opening))
    return kept if sum(len(spot.passage.text) for spot in kept) > _MIN_OPENING else list(opening)


def _place(spot: _Spot, span: tuple[int, int]) -> Place:
    return Place(clause=spot.clause, passage=spot.passage, start=span[0], end=span[1])


def _by_label(opening: Sequence[_Spot]) -> list[Party]:
    """Read "Seller: NAME", also where the name stands in the next paragraph."""
    found: list[Party] = []
    for index, spot in enumerate(opening):
        text = spot.passage.text
        for match in _LABEL.finditer(text):
            label = match["label"]
            named = role_of(label) or (role_of(match["second"]) if match["second"] else None)
            inner = _NAME_LABEL.match(text, match.end())
            start = inner.end() if inner else match.end()
            at, span = spot, name_at(text, start)
            if not text[start:].strip() and index + 1 < len(opening):
                at = opening[index + 1]
                inner = _NAME_LABEL.match(at.passage.text)
                span = name_at(at.passage.text, inner.end() if inner else 0)
            if span is None or _LABEL.match(at.passage.text[span[0] :]):
                continue
            name = at.passage.text[span[0] : span[1]]
            is_sentence = not has_legal_form(name) and re.match(
                r"\s*(?:shall|will|is|are|must)\b", at.passage.text[span[1] :]
            )
            if is_sentence:
                continue
            role, is_certain = named or (Role.OTHER, False)
            term = re.sub(r"\s*\(.*$", "", label).strip()
            found.append(
                Party(
                    name=_place(at, span),
                    defined_term=term,
                    role=role,
                    is_certain=is_certain,
                    score=SURE if has_legal_form(name) else LIKELY,
                )
            )
    return found


def _by_alias(opening: Sequence[_Spot]) -> list[Party]:
    """Read 'NAME, a Delaware corporation ("Seller")': the name goes before its defined term."""
    found: list[Party] = []
    for index, spot in enumerate(opening):
        text = spot.passage.text
        floor = 0
        for alias in aliases(text):
            span = _name_before(text, floor, alias.start)
            at = spot
            if span is None and alias.start < _AT_ONCE and index and not found_in(found, opening[index - 1]):
                at, span = _block_above(opening, index)
            floor = alias.end
            if span is None:
                continue
            name = at.passage.text[span[0] : span[1]]
            named = role_of(alias.term)
            if not has_legal_form(name) and not _is_introduced(at.passage.text, span[0]) and named is None:
                continue
            role, is_certain = named or (Role.OTHER, False)
            score = SURE if has_legal_form(name) else LIKELY
            found.append(
                Party(
                    name=_place(at, span),
                    defined_term=alias.term,
                    role=role,
                    is_certain=is_certain,
                    score=score,
                )
            )
    return found


def found_in(parties: Sequence[Party], spot: _Spot) -> bool:
    """Say whether a party was already read from the paragraph."""
    return any(party.name.passage is spot.passage for party in parties)


def _name_before(text: str, floor: int, end: int) -> tuple[int, int] | None:
    stretch = text[floor:end]
    starts = [0]
    starts += [match.end() for match in _BETWEEN.finditer(stretch)]
    starts += [match.end() for match in _NEXT.finditer(stretch)]
    starts += [match.end() for match in re.finditer(r";\s*", stretch)]
    starts += [match.end() for match in _LISTED.finditer(stretch)]
    if numbered := _NUMBERED.match(stretch):
        starts.append(numbered.end())
    best: tuple[int, int] | None = None
    for start in sorted(set(starts)):
        if start and (described := _DESCRIBED.match(stretch, start)) and best is None:
            best = (floor + described.start("name"), floor + described.end("name"))
        span = name_at(text, floor + start)
        if span is None or span[1] > end or span[0] - (floor + start) > _MAX_LEAD:
            continue
        following = text[span[1] : end]
        is_close = len(following) < _AT_ONCE or bool(_TAIL.match(following)) or following[:1] in ",("
        if start == 0 and floor == 0 and not (has_legal_form(text[span[0] : span[1]]) and is_close):
            continue
        if not is_close:
            continue
        is_better = best is None or (
            has_legal_form(text[span[0] : span[1]]) and not has_legal_form(text[best[0] : best[1]])
        )
        if is_better:
            best = span
    return best


def _block_above(opening: Sequence[_Spot], index: int) -> tuple[_Spot, tuple[int, int] | None]:
    """Find the name a few lines above a term that stands alone: a title page."""
    for back in range(1, min(9, index) + 1):
        spot = opening[index - back]
        text = spot.passage.text
        if aliases(text) or re.fullmatch(r"\W*(?:and|und|between|zwischen)\W*", text, re.IGNORECASE):
            break
        span = name_at(text, 0)
        if span and has_legal_form(text[span[0] : span[1]]):
            return spot, span
    return opening[index], None


def _is_introduced(text: str, start: int) -> bool:
    return bool(
        re.search(
            r"(?:between|among|zwischen|\band|\bund|&|[;:]|\))\s*(?:\(?[1-9a-e]\)\s*)?(?:the\s+|der\s+|"
            r"dem\s+)?$",
            text[:start],
            re.IGNORECASE,
        )
    )


def _by_between(opening: Sequence[_Spot]) -> list[Party]:
    """Read "between NAME and NAME" where no terms are defined, also line by line."""
    for index, spot in enumerate(opening):
        text = spot.passage.text
        for match in _BETWEEN.finditer(text):
            if text[match.end() :].strip(" :"):
                found = _pair_in(spot, match.end())
            else:
                found = _pair_below(opening[index + 1 : index + 12])
            if len(found) == _PAIR or (found and has_legal_form(found[0].name.text)):
                return found
    for index in range(1, len(opening) - 1):
        if _ALONE_AND.fullmatch(opening[index].passage.text):
            around = (opening[index - 1], opening[index + 1])
            named = [(spot, name_at(spot.passage.text, 0)) for spot in around]
            found = [_unnamed(_place(spot, span)) for spot, span in named if span is not None]
            if len(found) == _PAIR and any(has_legal_form(party.name.text) for party in found):
                return found
    return []


def _pair_in(spot: _Spot, start: int) -> list[Party]:
    text = spot.passage.text
    first = name_at(text, start)
    if first is None:
        return []
    found = [_unnamed(_place(spot, first))]
    for other in _NEXT.finditer(text, first[1]):
        span = name_at(text, other.end())
        is_near = other.start() - first[1] < _NEAR
        if span is not None and (is_near or has_legal_form(text[span[0] : span[1]])):
            return [*found, _unnamed(_place(spot, span))]
    return found


def _pair_below(spots: Sequence[_Spot]) -> list[Party]:
    """Read names on lines of their own: the first, then the one below a lone "and"."""
    found: list[Party] = []
    is_due = True
    for spot in spots:
        text = spot.passage.text
        if _ALONE_AND.fullmatch(text):
            is_due = True
        elif is_due and (span := name_at(text, 0)) is not None:
            found.append(_unnamed(_place(spot, span)))
            is_due = False
        if len(found) == _PAIR:
            break
    return found


def _by_number(opening: Sequence[_Spot]) -> list[Party]:
    """Read "(1) NAME of ADDRESS" and "(2) NAME": numbered parties without terms."""
    found: list[Party] = []
    for spot in opening:
        text = spot.passage.text
        span = name_at(text, 0)
        if span is None or span[0] > 0 or not re.fullmatch(r".*?\(?[1-6]\)?", spot.clause.number):
            continue
        if has_legal_form(text[span[0] : span[1]]) and re.match(
            r"\s*(?:,|\(|of\b|with\b|$)", text[span[1] :]
        ):
            found.append(_unnamed(_place(spot, span)))
    return found if len(found) > 1 else []


def _unnamed(name: Place) -> Party:
    score = LIKELY if has_legal_form(name.text) else POSSIBLE
    return Party(name=name, defined_term=None, role=Role.OTHER, is_certain=False, score=score)


def _in_blocks(opening: Sequence[_Spot]) -> list[Party]:
    """Take short lines with a legal form: the parties of a letter or a title page."""
    found: list[Party] = []
    for spot in opening[:40]:
        text = spot.passage.text
        span = name_at(text, 0)
        if span is None or len(text) > span[1] + 25 or not has_legal_form(text[span[0] : span[1]]):
            continue
        found.append(replace(_unnamed(_place(spot, span)), score=WEAK))
    return found[:3]


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


def _told_apart(first: Party, second: Party) -> list[Party]:
    if first.role is second.role:
        return [replace(first, role=Role.OTHER), replace(second, role=Role.OTHER)]
    if first.role is Role.OTHER:
        return [replace(first, role=_opposite(second.role)), second]
    return [first, replace(second, role=_opposite(first.role))]


def _opposite(role: Role) -> Role:
    return Role.BUYER if role is Role.SELLER else Role.SELLER


def _with_tax_ids(parties: list[Party], opening: Sequence[_Spot], clauses: Sequence[Clause]) -> list[Party]:
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


def _tax_id(spot: _Spot, low: int, high: int) -> Place | None:
    text = spot.passage.text[low:high]
    found = find_tax_ids(text)
    near = next((one for one in found if _TAX_WORD.search(text[max(0, one.start - 40) : one.start])), None)
    for one in found if near is None else [near]:
        return replace(_place(spot, (low + one.start, low + one.end)), value=one.text)
    if (match := _TAX_CUE.search(text)) and sum(c.isdigit() for c in match["id"]) >= _MIN_DIGITS:
        start, end = match.span("id")
        return _place(spot, (low + start, low + end))
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
                spot = _Spot(clause=clause, passage=passage)
                tax_id = _tax_id(spot, match.start(), min(len(passage.text), match.end() + 120))
                if tax_id is not None:
                    found[index] = replace(party, tax_id=tax_id)
                    break
    return found
