"""Match invoice lines with price-list rows: one assignment over all lines of an invoice.

The words decide. A number that stands in one wording and is another in the other
(1.5 mm², 2.5 mm²) tells two articles apart, however alike the words are; price and
unit only decide between rows whose words are equally near.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from extractor.reconciliation.agreement import AgreedPrice
from extractor.reconciliation.bill import BilledLine
from extractor.values.text import fold, has_chinese, squeeze
from extractor.values.units import canonical_unit

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)?")
_NEAREST_ROWS = 12  # how many rows a line is compared with in full
_SAME_WORD = 80.0  # rapidfuzz ratio, 0..100: inflections and a misread letter
_OTHER_NUMBER = 0.55  # what is left of a score when numbers contradict
_OTHER_WORD = 0.78  # when each side has a word that the other lacks
_SHORTER = 0.97  # when one side has no specification
_SPECIFICATION_SHARE = 0.3
_SPECIFICATION_LIFT = 0.02  # at most this much above what the descriptions say alone
_SAME_CODE = 0.95
_PRICE_TIE = 0.004
_UNIT_TIE = 0.002
_FEWEST_CODE_SIGNS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An invoice line and the price-list row it is taken for. `score` is in 0..1."""

    line: BilledLine
    price: AgreedPrice
    score: float


def match_lines(
    lines: Sequence[BilledLine], prices: Sequence[AgreedPrice], *, unsure: float
) -> dict[int, Match]:
    """Return the best match by line index; lines below `unsure` are left out.

    Each row is given to one line first, so that alike lines take alike rows; a line that
    is left over may then share a row (a second delivery of the same goods).
    """
    if not lines or not prices:
        return {}
    scores = _score_table(lines, prices)
    matches: dict[int, Match] = {}
    for line_index, price_index in _assignment(scores):
        score = scores[line_index].get(price_index, 0.0)
        best = max(scores[line_index].values(), default=0.0)
        if score >= unsure and score >= best - _PRICE_TIE - _UNIT_TIE:
            line = lines[line_index]
            matches[line.index] = Match(line=line, price=prices[price_index], score=min(score, 1.0))
    for line_index, line in enumerate(lines):
        if line.index in matches or not scores[line_index]:
            continue
        price_index, score = max(scores[line_index].items(), key=lambda pair: (pair[1], -pair[0]))
        if score >= unsure:
            matches[line.index] = Match(line=line, price=prices[price_index], score=min(score, 1.0))
    return matches


def wording_score(billed: tuple[str, str], agreed: tuple[str, str]) -> float:
    """Return how alike two (description, specification) pairs are, 0..1."""
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
    return _words_similarity(_WORD.findall(fold(one)), _WORD.findall(fold(other)))


def _words_similarity(one: list[str], other: list[str]) -> float:
    if not one or not other:
        return 0.0
    unmatched_one, unmatched_other = _unmatched(one, other), _unmatched(other, one)
    total = sum(map(len, one)) + sum(map(len, other))
    left = sum(map(len, unmatched_one)) + sum(map(len, unmatched_other))
    score = 1 - left / total
    joined = fuzz.ratio("".join(one), "".join(other)) / 100  # compounds: Feuchtraum-Leuchte
    if joined > score and not (unmatched_one and unmatched_other and len(one) == len(other)):
        return joined
    return score * _OTHER_WORD if unmatched_one and unmatched_other else score


def _unmatched(words: list[str], others: list[str]) -> list[str]:
    return [word for word in words if not any(_is_same_word(word, other) for other in others)]


def _is_same_word(word: str, other: str) -> bool:
    if word == other:
        return True
    if _NUMBER.search(word) or _NUMBER.search(other):
        return False  # 36w and 30w differ in one sign only
    if len(word) > 2 and len(other) > 2 and (word.startswith(other) or other.startswith(word)):  # noqa: PLR2004
        return True  # abbreviations: maint. for maintenance
    return fuzz.ratio(word, other) >= _SAME_WORD


def _numbers_contradict(one: str, other: str) -> bool:
    mine, theirs = (
        {number.replace(",", ".") for number in _NUMBER.findall(fold(text))} for text in (one, other)
    )
    return not (mine <= theirs or theirs <= mine)


def _score_table(lines: Sequence[BilledLine], prices: Sequence[AgreedPrice]) -> list[dict[int, float]]:
    """Return, for each line, the scores of its nearest rows by row index."""
    coarse = cdist(
        [squeeze(line.wording) for line in lines],
        [squeeze(price.wording) for price in prices],
        scorer=fuzz.ratio,
    )
    short = cdist(
        [squeeze(line.description) for line in lines],
        [squeeze(price.description) for price in prices],
        scorer=fuzz.ratio,
    )
    nearest = (-np.maximum(coarse, short)).argsort(axis=1, kind="stable")[:, :_NEAREST_ROWS]
    return [
        {int(index): _score(line, prices[index]) for index in row}
        for line, row in zip(lines, nearest, strict=True)
    ]


def _score(line: BilledLine, price: AgreedPrice) -> float:
    score = wording_score((line.description, line.specification), (price.description, price.specification))
    code = squeeze(line.code)
    if len(code) >= _FEWEST_CODE_SIGNS and any(map(str.isdigit, code)) and code in squeeze(price.wording):
        score = max(score, _SAME_CODE)
    if score and line.unit and price.unit and canonical_unit(line.unit) == canonical_unit(price.unit):
        score += _UNIT_TIE
    if score and line.price is not None and abs(line.price - price.price) <= price.price / 100:
        score += _PRICE_TIE
    return score


def _assignment(scores: Sequence[dict[int, float]]) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to import, not needed to extract

    width = 1 + max(index for row in scores for index in row)
    matrix = np.zeros((len(scores), width))
    for line_index, row in enumerate(scores):
        for price_index, score in row.items():
            matrix[line_index, price_index] = score
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]
