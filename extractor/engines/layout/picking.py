"""What of a text is the value, by the field's type. The text begins behind a label."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from extractor.engines.reading import Scalar
from extractor.field_specs.spec import FieldSpec, FieldType
from extractor.values.amounts import find_amounts, parse_amount
from extractor.values.conventions import Conventions
from extractor.values.currencies import find_currency
from extractor.values.dates import find_dates, looks_like_date
from extractor.values.identifiers import find_ibans, find_tax_ids
from extractor.values.rates import find_rates
from extractor.values.text import is_chinese

_TOKEN = re.compile(r"[^\s,;；，。|()（）]+")
_PREFIX = re.compile(r"[A-Z]{1,5}|[A-Z][a-z]?\.?")
_LONG_NUMBER = re.compile(r"(?<![\w-])[A-Z]{0,3}\d[\d \-/.]{4,28}\d(?![\w-])")
_EDGES = " \t:：.,;；，。-–—|"
_AT_START = 2  # characters that may stand before a value without a doubt
BEHIND_WORDS = 0.5
_NO_DIGIT = 0.5
EITHER_ORDER = 0.65  # of a date that is another one month first: a person must look
_GROUPS = re.compile(
    r"\W{0,2}(?P<number>(?:[A-Z]{1,4} ?)?\d{2,}(?: \d{2,}){1,4})"
    r"(?:\s*$|\s*[·•|,;，；(（]|\s+(?:vom|du|del|of|dated|van|de|da)\s)",
)
_DATED = re.compile(r"\s*(?:vom|dated|of|du|del?|van|d\.d\.|da|do)\s+", re.IGNORECASE)
_NUMBER_WORD = re.compile(
    r"[\s,;]*(?:nr|no|num|number|nummer|número|numero|numéro|n\.?\s?[°ºo]|n\.|#)[\s.:]*", re.IGNORECASE
)
_PERCENT = re.compile(r"\s?%")
_LONGEST_IDENTIFIER = 40
_MOST_CHINESE = 4  # characters of a number: "沪税字第 123 号"
_DECIMALS = re.compile(r"[.,]\d{2}$")
_TAX_ID_DIGITS = 5
_CIPHER = re.compile(r"[<>*+]")  # of a fapiao, beside its ids
_UNKNOWN_FORM = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Picked:
    """A value within a text: its characters, how likely, and what it means if known."""

    start: int
    end: int
    score: float
    value: Scalar | None = None
    is_derived: bool = False


def pick(text: str, spec: FieldSpec, conventions: Conventions) -> Picked | None:
    """Return the value at the start of a text, or None if there is none of the type."""
    picker = _PICKERS.get(spec.type, _pick_text)
    return picker(text, spec, conventions)


def _pick_date(text: str, _: FieldSpec, conventions: Conventions) -> Picked | None:
    found = find_dates(text, is_day_first=conventions.is_day_first)
    if not found:
        return None
    first = found[0]
    score = _place_score(text, first.start) * (EITHER_ORDER if first.is_ambiguous else 1.0)
    return Picked(start=first.start, end=first.end, score=score, value=first.date)


def _pick_amount(text: str, _: FieldSpec, conventions: Conventions) -> Picked | None:
    found = find_amounts(text, decimal_mark=conventions.decimal_mark)
    if not found:
        return None
    first = found[0]
    return Picked(
        start=first.start, end=first.end, score=_place_score(text, first.start), value=first.amount.value
    )


def _pick_rate(text: str, _: FieldSpec, __: Conventions) -> Picked | None:
    found = find_rates(text)
    return Picked(start=found[0].start, end=found[0].end, score=1.0, value=found[0].rate) if found else None


def _pick_identifier(text: str, _: FieldSpec, __: Conventions) -> Picked | None:
    """Take the first word with a digit, with a short prefix of capitals before it.

    Groups of digits with nothing else up to a break are one number: "2026 0815 · page 1".
    """
    groups = _GROUPS.match(text.rstrip(_EDGES))
    if groups is not None and not looks_like_date(groups["number"]):
        return Picked(start=groups.start("number"), end=groups.end("number"), score=1.0)
    behind = _behind_its_date(text)
    picked = _pick_word(text[behind:])
    return replace(picked, start=behind + picked.start, end=behind + picked.end) if picked else None


def _pick_word(text: str) -> Picked | None:
    if any(not text[: found.start].strip() for found in find_dates(text)[:1]):
        return None
    tokens = list(_TOKEN.finditer(text))
    for index, token in enumerate(tokens[:4]):
        word = token.group().strip(_EDGES)
        if not any(character.isdigit() for character in word):
            continue
        if looks_like_date(word) or _PERCENT.match(text, token.end()) or word.endswith("%"):
            return None
        is_address = sum(map(is_chinese, word)) > _MOST_CHINESE
        start = token.start() + token.group().index(word)
        first = start
        if index == 1 and _PREFIX.fullmatch(tokens[0].group()):
            first = tokens[0].start()
        if len(word) > _LONGEST_IDENTIFIER or is_address:
            return None
        return Picked(start=first, end=start + len(word), score=_place_score(text, first))
    if len(tokens) == 1 and tokens[0].group().isascii() and tokens[0].group().isupper():
        return Picked(start=tokens[0].start(), end=tokens[0].end(), score=_NO_DIGIT)
    return None


def _behind_its_date(text: str) -> int:
    """Return where the number begins that its date stands before: "of 1 May 2026, No. 7781"; else 0."""
    lead = _DATED.match(text)
    dates = find_dates(text, is_day_first=None) if lead is not None else []
    if lead is None or not dates or dates[0].start != lead.end():
        return 0
    word = _NUMBER_WORD.match(text, dates[0].end)
    return word.end() if word is not None else 0


def _pick_tax_id(text: str, spec: FieldSpec, conventions: Conventions) -> Picked | None:
    found = find_tax_ids(text)
    if found:
        return Picked(start=found[0].start, end=found[0].end, score=_place_score(text, found[0].start))
    match = _LONG_NUMBER.search(text)
    if match is not None and not _DECIMALS.search(match[0]) and not looks_like_date(match[0]):
        return Picked(start=match.start(), end=match.end(), score=0.8 * _place_score(text, match.start()))
    picked = _pick_identifier(text, spec, conventions)
    if (
        picked is None
        or _CIPHER.search(text, picked.start, picked.end)
        or looks_like_date(text[picked.start : picked.end])
        or _DECIMALS.search(text[picked.start : picked.end])
        or sum(c.isdigit() for c in text[picked.start : picked.end]) < _TAX_ID_DIGITS
    ):
        return None
    return replace(picked, score=_UNKNOWN_FORM * picked.score)


def _pick_currency(text: str, _: FieldSpec, __: Conventions) -> Picked | None:
    code = find_currency(text)
    if code is None:
        return None
    start = text.upper().find(code)
    token = _TOKEN.search(text)
    if start < 0 and token is None:
        return None
    if start >= 0:
        return Picked(start=start, end=start + len(code), score=1.0, value=code)
    assert token is not None  # noqa: S101 - for the type checker; returned above otherwise
    return Picked(start=token.start(), end=len(text.rstrip()), score=0.8, value=code, is_derived=True)


def _pick_account(text: str, _: FieldSpec, __: Conventions) -> Picked | None:
    ibans = find_ibans(text)
    if ibans:
        return Picked(start=ibans[0].start, end=ibans[0].end, score=1.0)
    match = _LONG_NUMBER.search(text)
    return Picked(start=match.start(), end=match.end(), score=0.7) if match else None


def _pick_text(text: str, _: FieldSpec, __: Conventions) -> Picked | None:
    start = len(text) - len(text.lstrip(_EDGES))
    end = len(text.rstrip(" \t:：,;；，|"))
    if end - start < 2 or not any(character.isalpha() for character in text[start:end]):  # noqa: PLR2004
        return None
    if parse_amount(text[start:end]) is not None or looks_like_date(text[start:end]):
        return None
    return Picked(start=start, end=end, score=1.0)


def _place_score(text: str, start: int) -> float:
    """Rate a value lower that stands behind other words than at once behind its label."""
    before = sum(character.isalpha() for character in text[:start])
    return 1.0 if before <= _AT_START else BEHIND_WORDS


_PICKERS: Mapping[FieldType, Callable[[str, FieldSpec, Conventions], Picked | None]] = {
    FieldType.DATE: _pick_date,
    FieldType.AMOUNT: _pick_amount,
    FieldType.RATE: _pick_rate,
    FieldType.IDENTIFIER: _pick_identifier,
    FieldType.TAX_ID: _pick_tax_id,
    FieldType.CURRENCY: _pick_currency,
    FieldType.ACCOUNT: _pick_account,
}
