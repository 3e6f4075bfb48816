"""The manners in which contracts introduce their parties, one reader a manner."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

from extractor.engines.contract.parties_found import Party, Place, Spot, place_in
from extractor.engines.contract.party_names import aliases, has_legal_form, name_at
from extractor.engines.contract.roles import PARTY_WORD, Role, role_of
from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, WEAK

_AT_ONCE = 4  # characters
_MAX_LEAD = 25  # characters of articles before a name
_PAIR = 2
_BEHIND = re.compile(r"\s*[,(]|\s+of\s")  # a name: its address
_NEAR = 120  # characters between two names joined by "and"
_LABEL = re.compile(
    rf"(?:^|(?<=[\s,.;(]))(?:\(?\d\)?\.?\s*)?(?P<label>(?:{PARTY_WORD.pattern})(?:\s*[(/]\s*(?:the\s+)?"
    rf"\"?(?P<second>[^)]{{1,30}}?)\"?\s*[)]?)?)\s*(?:\((?:name|名称|全称|公司名称)\))?(?:名称)?\s*(?::|=)\s*",
    re.IGNORECASE,
)
_PLAIN_LABEL = re.compile(
    rf"(?P<label>{PARTY_WORD.pattern})(?:\((?P<second>[\u4e00-\u9fff]{{2,6}})\))?(?:\s+|$)", re.IGNORECASE
)
_NAME_LABEL = re.compile(r"(?:name|company|firma|名\s*称|单位名称|公司名称|企业名称)\s*:\s*", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:by\s+and\s+(?:between|among)|between|among|zwischen|"
    r"von\s+und\s+zwischen)\b[\s:,-]*(?:\(?[1a]\)\s*)?",
    re.IGNORECASE,
)
_NEXT = re.compile(
    r"(?:^|[)\s,])(?:与|和|及)(?=[\u4e00-\u9fff]{3})|(?:^|[\s,;)])(?:and|und|&)\s+(?:\(?[2-9b-e]\)\s*)?(?:(?:the|der|die|das|dem|between)\s+)?",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\s*\(?(?:[1-9]|[a-e]|[ivx]{1,3})[).]\s*")
_MENTIONED = re.compile(  # what stands before a label that is no label but a word of the sentence
    r"\b(?:for|to|of|by|from|on|with|the|dem|den|der|des|an|vom|von|für)\s+$", re.IGNORECASE
)
_PAID_THERE = re.compile(
    r"[^,;:]{0,50}(?:\bBank\b|bank\b|[Ss]parkasse|Building\s+Society)[^,;:]{0,20}[,;:]\s*"
    r"(?:sort\s+code|IBAN|BIC|SWIFT|account|a/c|BLZ|Konto)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",?\s+(?:an?|with|having|whose|located|organi[sz]ed|incorporated|registered|residing|acting|"
    r"represented|existing|doing|eine?|mit\s+sitz|vertreten|geschäftsansässig|wohnhaft)\s"
)
_PARTED = re.compile(r";\s*|\b(?:parties|parteien)\s*:\s*", re.IGNORECASE)
_LISTED = re.compile(r"(?:^|[,;:]|\b(?:and|und|among|between))\s*\(?[a-h1-9]\)\s*", re.IGNORECASE)
_DESCRIBED = re.compile(
    r"\s*(?:and\s+|und\s+)?(?P<name>[^,;()]{3,60}),\s+(?:an?|eine?)\s+(?:[\w.]+\s+){0,4}(?:corporation|"
    r"company|partnership|trust|association|gesellschaft)\b",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\b(?:sells?\s+to|suppl(?:y|ies)\s+to|engages|commissions|verkauft\s+an|liefert\s+an|beauftragt)\s+"
    r"(?:(?:the|der|die|das|den|dem)\s+)?",
    re.IGNORECASE,
)
_IN_SENTENCE = re.compile(r"\b[a-zäöüß]+,?\s+(?=[A-ZÄÖÜ])")
_ALONE_AND = re.compile(r"\W*(?:and|und|和|与)\W*", re.IGNORECASE)

Reader: TypeAlias = Callable[[Sequence[Spot]], list[Party]]


def by_label(opening: Sequence[Spot]) -> list[Party]:
    """Read "Seller: NAME", also where the name stands in the next paragraph."""
    found: list[Party] = []
    for index, spot in enumerate(opening):
        text = spot.passage.text
        for match in _labels(text):
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
            if _MENTIONED.search(text[: match.start()]) or _PAID_THERE.match(at.passage.text[span[0] :]):
                continue
            is_sentence = not has_legal_form(name) and re.match(
                r"\s*(?:shall|will|is|are|must)\b", at.passage.text[span[1] :]
            )
            if is_sentence:
                continue
            role, is_certain = named or (Role.OTHER, False)
            term = re.sub(r"\s*\(.*$", "", label).strip()
            found.append(
                Party(
                    name=place_in(at, span),
                    defined_term=term,
                    role=role,
                    is_certain=is_certain,
                    score=SURE if has_legal_form(name) else LIKELY,
                )
            )
    return found


def _labels(text: str) -> list[re.Match[str]]:
    """Return the labels in a paragraph; a whole line, or one before a name, needs no colon."""
    found = list(_LABEL.finditer(text))
    if not found and (alone := _PLAIN_LABEL.match(text)):
        span = name_at(text, alone.end())
        is_named = (
            span is not None and has_legal_form(text[span[0] : span[1]]) and span[1] == len(text.rstrip())
        )
        found = [alone] if is_named or alone.end() == len(text) else []
    return found


def by_alias(opening: Sequence[Spot]) -> list[Party]:
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
                    name=place_in(at, span),
                    defined_term=alias.term,
                    role=role,
                    is_certain=is_certain,
                    score=score,
                )
            )
    return found


def found_in(parties: Sequence[Party], spot: Spot) -> bool:
    """Say whether a party was already read from the paragraph."""
    return any(party.name.passage is spot.passage for party in parties)


def _name_before(text: str, floor: int, end: int) -> tuple[int, int] | None:
    stretch = text[floor:end]
    starts = [0]
    starts += [match.end() for match in _BETWEEN.finditer(stretch)]
    starts += [match.end() for match in _NEXT.finditer(stretch)]
    starts += [match.end() for match in _PARTED.finditer(stretch)]
    starts += [match.end() for match in _TO.finditer(stretch)]
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
        is_close = len(following) < _AT_ONCE or any(each.match(following) for each in (_TAIL, _BEHIND))
        if start == 0 and floor == 0 and not (has_legal_form(text[span[0] : span[1]]) and is_close):
            continue
        if not is_close:
            continue
        is_better = best is None or (
            has_legal_form(text[span[0] : span[1]]) and not has_legal_form(text[best[0] : best[1]])
        )
        if is_better:
            best = span
    return best or _company_before(text, floor, end)


def _company_before(text: str, floor: int, end: int) -> tuple[int, int] | None:
    """Return the company that ends right before a term, wherever in the sentence its name begins."""
    for match in _IN_SENTENCE.finditer(text, floor, end):
        span = name_at(text, match.end())
        if span is not None and 0 <= end - span[1] < _AT_ONCE and has_legal_form(text[span[0] : span[1]]):
            return span
    return None


def _block_above(opening: Sequence[Spot], index: int) -> tuple[Spot, tuple[int, int] | None]:
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


def by_between(opening: Sequence[Spot]) -> list[Party]:
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
            found = [_unnamed(place_in(spot, span)) for spot, span in named if span is not None]
            if len(found) == _PAIR and any(has_legal_form(party.name.text) for party in found):
                return found
    return []


def _pair_in(spot: Spot, start: int) -> list[Party]:
    text = spot.passage.text
    first = name_at(text, start)
    if first is None:
        return []
    found = [_unnamed(place_in(spot, first))]
    for other in _NEXT.finditer(text, first[1]):
        span = name_at(text, other.end())
        is_near = other.start() - first[1] < _NEAR
        if span is not None and (is_near or has_legal_form(text[span[0] : span[1]])):
            return [*found, _unnamed(place_in(spot, span))]
    return found


def _pair_below(spots: Sequence[Spot]) -> list[Party]:
    """Read names on lines of their own: the first, then the one below a lone "and"."""
    found: list[Party] = []
    is_due = True
    for spot in spots:
        text = spot.passage.text
        if _ALONE_AND.fullmatch(text):
            is_due = True
        elif is_due and (span := name_at(text, 0)) is not None:
            found.append(_unnamed(place_in(spot, span)))
            is_due = False
        if len(found) == _PAIR:
            break
    return found


def by_number(opening: Sequence[Spot]) -> list[Party]:
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
            found.append(_unnamed(place_in(spot, span)))
    return found if len(found) > 1 else []


def _unnamed(name: Place) -> Party:
    score = LIKELY if has_legal_form(name.text) else POSSIBLE
    return Party(name=name, defined_term=None, role=Role.OTHER, is_certain=False, score=score)


def in_blocks(opening: Sequence[Spot]) -> list[Party]:
    """Take short lines with a legal form: the parties of a letter or a title page."""
    found: list[Party] = []
    for spot in opening[:40]:
        text = spot.passage.text
        span = name_at(text, 0)
        if span is None or len(text) > span[1] + 25 or not has_legal_form(text[span[0] : span[1]]):
            continue
        found.append(replace(_unnamed(place_in(spot, span)), score=WEAK))
    return found[:3]
