"""How alike two wordings of an article are. Knows words and numbers, no prices.

A number that stands in one wording and is another in the other (1.5 mm², 2.5 mm²)
tells two articles apart, however alike the words are. Years and dates do not count:
they say when, not what.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from extractor.values.text import fold, has_chinese, letters_and_digits, squeeze

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)?")
_WHEN = re.compile(
    r"\b(?:jan|feb|mär|mar|apr|mai|may|jun|jul|aug|sep|okt|oct|nov|dez|dec)[^\W\d]*\.? (?=(?:19|20)\d\d)|"
    r"\b\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d\b|(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?)?|(?<!\d)20[12]\d(?!\d)"
)
_CODE = re.compile(
    r"(?<![\w.,/-])(?:[A-Za-z]{1,4}[-./]?\d{4,}(?:[-./]?[A-Za-z0-9]{1,8})*|[A-Za-z]{1,4}-\d{2,3}-\d{2,6}|"
    r"\d{3,}-[A-Z]{1,3}|\d{6,})(?![\w-])"
)
_SIZE = re.compile(r"(?:DIN|ISO|EN|IP|GB|IEC|ASTM|BS|RAL|VDE|DN|PN)[-./]?\d+$|\d+(?:K|mm|g|ml)$")
_SAME_WORD = 80.0  # rapidfuzz ratio, 0..100: inflections and a misread letter
_OTHER_NUMBER = 0.55  # what is left of a score when numbers contradict
_OTHER_WORD = 0.78  # when each side has a word that the other lacks
_SHORTER = 0.97  # when one side has no specification
_SPECIFICATION_SHARE = 0.3
_SPECIFICATION_LIFT = 0.02  # at most this much above what the descriptions say alone
_CONTAINED = 0.82  # when one wording holds all of the other, and the other says enough
_CONTAINED_SHARE = 0.1
_FEWEST_LETTERS = 8  # of a wording that says enough, in one word
_FEWEST_SIGNS = 3  # in Chinese
_FEWEST_TRACKED = 6  # signs that stand alone
_TRACKED_SHARE = 0.7
_BETWEEN = "()[],;、/- "  # signs between the parts of a wording
_SHORT_WORD = 2  # letters: no abbreviation is recognised by so few


def wording_score(billed: tuple[str, str], agreed: tuple[str, str]) -> float:
    """Return how alike two (description, specification) pairs are, 0..1."""
    billed = _without_tracking(billed[0]), _without_tracking(billed[1])
    billed_all, agreed_all = (" ".join(part for part in pair if part) for pair in (billed, agreed))
    whole = similarity(billed_all, agreed_all)
    described = similarity(billed[0], agreed[0])
    if billed[1] and agreed[1]:
        specified = similarity(billed[1], agreed[1])
        score = (1 - _SPECIFICATION_SHARE) * described + _SPECIFICATION_SHARE * specified
        score = min(score, described + _SPECIFICATION_LIFT)
        if whole >= _SHORTER:
            score = max(score, whole)
    else:
        score = max(whole, _SHORTER * described)
    score = max(score, _containment(billed_all, agreed_all), _in_another_order(billed, agreed))
    if _numbers_contradict(billed_all, agreed_all):
        score *= _OTHER_NUMBER
    return score


def similarity(one: str, other: str) -> float:
    """Return how alike two wordings are, 0..1, word by word; sign by sign in Chinese."""
    if not one or not other:
        return 0.0
    if squeeze(one) == squeeze(other):
        return 1.0
    if has_chinese(one) or has_chinese(other):
        return fuzz.ratio(squeeze(one), squeeze(other)) / 100
    return _words_similarity(_words(one), _words(other))


@lru_cache(maxsize=4096)
def codes_in(text: str) -> frozenset[str]:
    """Return the article codes in a wording: QX-40713, A83074, 4471-C. Sizes and dates are none."""
    codes = (found.group() for found in _CODE.finditer(_WHEN.sub(" ", text)))
    return frozenset(plain_code(code) for code in codes if not _SIZE.match(code))


def plain_code(text: str) -> str:
    """Return a code without what only differs in notation: "QX-40713" is "qx40713"."""
    return letters_and_digits(text)


def _without_tracking(text: str) -> str:
    """Join the letters of a text that is printed with spaces between them."""
    signs = text.split()
    single = sum(len(sign) == 1 for sign in signs)
    is_tracked = len(signs) >= _FEWEST_TRACKED and single > _TRACKED_SHARE * len(signs)
    return "".join(signs) if is_tracked else text


def _words_similarity(one: Sequence[str], other: Sequence[str]) -> float:
    if not one or not other:
        return 0.0
    unmatched_one, unmatched_other = _unmatched(one, other), _unmatched(other, one)
    left = sum(map(len, unmatched_one)) + sum(map(len, unmatched_other))
    score = 1 - left / (sum(map(len, one)) + sum(map(len, other)))
    joined = fuzz.ratio("".join(one), "".join(other)) / 100  # compounds: Feuchtraum-Leuchte
    if joined > score and not (unmatched_one and unmatched_other and len(one) == len(other)):
        return joined
    return score * _OTHER_WORD if unmatched_one and unmatched_other else score


def _containment(one: str, other: str) -> float:
    """Return a score where all of the shorter wording stands in the longer, else 0."""
    shorter, longer = sorted((one, other), key=lambda text: len(squeeze(text)))
    if has_chinese(shorter) or has_chinese(longer):
        short, long = squeeze(_WHEN.sub("", shorter)), squeeze(longer)
        says_enough, holds = len(short) >= _FEWEST_SIGNS, short in long
        share = len(short) / max(1, len(long))
    else:
        words, others = _words(shorter), _words(longer)
        letters = [word for word in words if word.isalpha()]
        says_enough = len(letters) > 1 or any(len(word) >= _FEWEST_LETTERS for word in letters)
        holds = bool(words) and not _unmatched(words, others)
        if len(words) == 1:  # Anfahrtspauschale does not stand in "einschließlich Anfahrt"
            holds = holds and any(
                other.startswith(words[0]) or fuzz.ratio(words[0], other) >= _SAME_WORD for other in others
            )
        share = len(words) / max(1, len(others))
    return _CONTAINED + _CONTAINED_SHARE * min(share, 1.0) if says_enough and holds else 0.0


def _in_another_order(billed: tuple[str, str], agreed: tuple[str, str]) -> float:
    """Return a score where one wording is the other's parts in another order, else 0.

    Chinese only, which has no spaces to tell words by: 网布带头枕 办公椅.
    """
    best = 0.0
    for parts, pair in ((billed, agreed), (agreed, billed)):
        if not (all(parts) and has_chinese(parts[0]) and has_chinese("".join(pair))):
            continue
        whole = rest = squeeze("".join(pair))
        for part in sorted(map(squeeze, parts), key=len, reverse=True):
            rest = rest.replace(part, "", 1) if part in rest else rest + part
        left = len(rest.strip(_BETWEEN))
        best = max(best, 1 - left / max(1, len(whole)) if left * 2 < len(whole) else 0.0)
    return best


@lru_cache(maxsize=4096)  # each wording is compared with many
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(_WHEN.sub(" ", fold(text))))


@lru_cache(maxsize=4096)
def _numbers(text: str) -> frozenset[str]:
    return frozenset(_number(word) for word in _words(text) if word[0].isdigit())


def _unmatched(words: Sequence[str], others: Sequence[str]) -> list[str]:
    return [
        word
        for word in words
        if word not in others and not any(_is_same_word(word, other) for other in others)
    ]


@lru_cache(maxsize=16384)
def _is_same_word(word: str, other: str) -> bool:
    if word[0].isdigit() or other[0].isdigit():
        return _number(word) == _number(other)
    if min(len(word), len(other)) > _SHORT_WORD and (word.startswith(other) or other.startswith(word)):
        return True  # abbreviations: maint. for maintenance
    return fuzz.ratio(word, other) >= _SAME_WORD


def _numbers_contradict(one: str, other: str) -> bool:
    mine, theirs = _numbers(one), _numbers(other)
    return not (mine <= theirs or theirs <= mine)


def _number(word: str) -> str:
    """Return a number without what only differs in notation: 2,50 is 2.5."""
    plain = word.replace(",", ".")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
