"""The parties' tax ids: behind their names, in a clause of their own, or where they sign."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.parties_found import Party, Place, Spot, place_in
from extractor.engines.contract.passages import casefolded
from extractor.values.identifiers import find_tax_ids

_MIN_DIGITS = 7  # of a tax id
_PAIR = 2
_MAX_BELOW = 5  # paragraphs between a name and the id below it, where the parties sign
_MAX_STATED = 60  # characters between a defined term and its id
_OTHER_ID = re.compile(
    r"(?:company|regist\w*|charity|commercial|\bhr[ab]\b|handelsregister\w*|phone|tel|fax|注册号|电话)"
    r"[^,;\d]{0,25}$",
    re.IGNORECASE,
)
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


def with_tax_ids(parties: list[Party], opening: Sequence[Spot], clauses: Sequence[Clause]) -> list[Party]:
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
    return _with_signed_ids(_with_stated_ids(found, clauses), clauses)


def _tax_id(spot: Spot, low: int, high: int) -> Place | None:
    text = spot.passage.text[low:high]
    found = find_tax_ids(text)
    near = next((one for one in found if _TAX_WORD.search(text[max(0, one.start - 40) : one.start])), None)
    plain = [one for one in found if not _OTHER_ID.search(text[max(0, one.start - 40) : one.start])]
    for one in plain if near is None else [near]:
        return replace(place_in(spot, (low + one.start, low + one.end)), value=one.text)
    if (match := _TAX_CUE.search(text)) and sum(c.isdigit() for c in match["id"]) >= _MIN_DIGITS:
        start, end = match.span("id")
        return place_in(spot, (low + start, low + end))
    return None


def _with_stated_ids(parties: list[Party], clauses: Sequence[Clause]) -> list[Party]:
    """Read "the Supplier's VAT number is …" and "VAT numbers: Supplier …", where the opening has none."""
    found = list(parties)
    for index, party in enumerate(found):
        if party.tax_id is not None or not party.defined_term:
            continue
        term = re.escape(casefolded(party.defined_term))
        owner = re.compile(
            rf"{term}(?:'?s)?\s*(?:的)?\s*\W{{0,3}}(?:vat|tax|ust|umsatzsteuer|steuer|uid|ein\b|税号|"
            rf"纳税人识别号|统一社会信用代码|开票)"
        )
        listed = re.compile(
            rf"(?:vat|tax|ust|umsatzsteuer|税号|识别号)[^\n]{{0,90}}(?<!\w){term}(?P<id>\W{{1,4}})(?=\w*\d)"
        )
        for clause in clauses:
            for passage in clause.passages:
                text = casefolded(passage.text)
                match = owner.search(text) or listed.search(text)
                if match is None:
                    continue
                start = match.start("id") if "id" in match.groupdict() else match.start()
                spot = Spot(clause=clause, passage=passage)
                tax_id = _tax_id(spot, start, min(len(passage.text), match.end() + _MAX_STATED))
                if tax_id is not None:
                    found[index] = replace(party, tax_id=tax_id)
                    break
    return found


def _with_signed_ids(parties: list[Party], clauses: Sequence[Clause]) -> list[Party]:
    """Read the ids below the names where the parties sign, also two beside each other."""
    if len(parties) != _PAIR or any(party.tax_id is not None for party in parties):
        return parties
    found = list(parties)
    order: list[int] = []
    distance = 0
    for spot in _spots(clauses):
        places = [spot.passage.text.find(party.name.text) for party in parties]
        named = [index for index in sorted(range(_PAIR), key=places.__getitem__) if places[index] >= 0]
        if named:
            order = ([*order, *named] if distance <= _MAX_BELOW else named)[-_PAIR:]
            distance = 0
        distance += 1
        cues = list(_TAX_CUE.finditer(spot.passage.text))
        owners = order if len(cues) == _PAIR else order[-1:]
        if not cues or distance > _MAX_BELOW or len(set(owners)) != len(cues):
            continue
        for owner, cue in zip(owners, cues, strict=True):
            tax_id = _tax_id(spot, cue.start(), cue.end())
            if tax_id is not None and found[owner].tax_id is None:
                found[owner] = replace(found[owner], tax_id=tax_id)
    return found


def _spots(clauses: Sequence[Clause]) -> Iterator[Spot]:
    for clause in clauses:
        for passage in clause.passages:
            yield Spot(clause=clause, passage=passage)
