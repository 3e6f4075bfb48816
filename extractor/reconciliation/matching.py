"""Match invoice lines with price-list rows: one assignment over all lines of an invoice.

An article code that a line and a row share decides, wherever it is printed; else the words.
Price and unit decide between rows whose words are equally near, and lift a row whose words
are near enough to ask. Where they do not decide either, or where only the price says that
a line is a row, the match is a question for a person.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np
from rapidfuzz import fuzz
from rapidfuzz.process import cdist

from extractor.reconciliation.agreement import AgreedPrice
from extractor.reconciliation.bill import BilledLine
from extractor.reconciliation.likeness import codes_in, plain_code, wording_score
from extractor.reconciliation.policy import MatchingPolicy
from extractor.reconciliation.units import are_same_unit
from extractor.values.text import fold, squeeze

_NEAREST_ROWS = 8  # how many rows a line is compared with in full
_SAME_CODE = 0.95
_CODE_TIE = 0.05  # a shared code is worth more than equal words
_OTHER_CODE = 0.75  # what is left of a row's score when another row has the line's code
_PRICE_TIE = 0.004
_UNIT_TIE = 0.002
_TIED = 0.001  # scores this near are equal
_FEWEST_CODE_SIGNS = 5
_LEADING_CODE = re.compile(r"^(?=\S*\d)[A-Z0-9][A-Z0-9./-]{2,}\s+")  # an article number before the name
_LONG_WORD = re.compile(r"[^\W\d_]{6,}")
_TELLING_DIGITS = 3  # of a price: 81.37 is hardly met by chance, 100.00 is
_HALF_A_CENT = Decimal("0.005")

_Scores = Sequence[dict[int, float]]  # by line, then by index of the row


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An invoice line and the price-list row it is taken for. `score` is in 0..1."""

    line: BilledLine
    price: AgreedPrice
    score: float


def match_lines(
    lines: Sequence[BilledLine], prices: Sequence[AgreedPrice], *, policy: MatchingPolicy
) -> dict[int, Match]:
    """Return the best match by line index; lines below `policy.unsure` are left out.

    Each row is given to one line first, so that alike lines take alike rows; a line that
    is left over may then share a row (a second delivery of the same goods).
    """
    if not lines or not prices:
        return {}
    scores = _score_table(lines, prices, policy=policy)
    matches: dict[int, Match] = {}
    for line_index, price_index in [*_assignment(scores), *_best_rows(scores)]:
        line, score = lines[line_index], scores[line_index].get(price_index, 0.0)
        best = max(scores[line_index].values(), default=0.0)
        if line.index in matches or score < policy.unsure or score < best - _PRICE_TIE - _UNIT_TIE:
            continue
        if _is_ambiguous(line, prices, scores[line_index], price_index):
            score = min(score, (policy.sure + policy.unsure) / 2)
        matches[line.index] = Match(line=line, price=prices[price_index], score=min(score, 1.0))
    _ask_by_price(lines, prices, scores, matches, policy=policy)
    return matches


def _score_table(
    lines: Sequence[BilledLine], prices: Sequence[AgreedPrice], *, policy: MatchingPolicy
) -> _Scores:
    """Return, for each line, the scores of its nearest rows, and of those that have its code."""
    whole = cdist(
        [squeeze(line.wording) for line in lines],
        [squeeze(price.wording) for price in prices],
        scorer=fuzz.ratio,
    )
    described = cdist(
        [squeeze(line.description) for line in lines],
        [squeeze(price.description) for price in prices],
        scorer=fuzz.partial_ratio,
    )
    in_any_order = cdist(
        [fold(line.wording) for line in lines],
        [fold(price.wording) for price in prices],
        scorer=fuzz.token_sort_ratio,
    )
    nearest = (-np.maximum(np.maximum(whole, described), in_any_order)).argsort(axis=1, kind="stable")[
        :, :_NEAREST_ROWS
    ]
    rows_by_code = _rows_by_code(prices)
    table = []
    for line, row in zip(lines, nearest, strict=True):
        coded = {index for code in _codes_of(line) for index in rows_by_code.get(code, ())}
        scores = {int(index): _score(line, prices[index], policy=policy) for index in {*row, *coded}}
        table.append(
            {
                index: max(score, _SAME_CODE) + _CODE_TIE
                if index in coded
                else score * (_OTHER_CODE if coded else 1)
                for index, score in scores.items()
            }
        )
    return table


def _rows_by_code(prices: Sequence[AgreedPrice]) -> dict[str, set[int]]:
    """Return the rows that print a code, by the code; of what half the rows have, none."""
    rows: dict[str, set[int]] = defaultdict(set)
    for index, price in enumerate(prices):
        for code in codes_in(price.wording) | set(map(plain_code, price.wording.split())):
            rows[code].add(index)
    return {code: of for code, of in rows.items() if 2 * len(of) <= len(prices) or len(prices) == 1}


def _codes_of(line: BilledLine) -> frozenset[str]:
    code = plain_code(line.code)
    own = {code} if len(code) >= _FEWEST_CODE_SIGNS and any(map(str.isdigit, code)) else set()
    return codes_in(line.wording) | own


def _score(line: BilledLine, price: AgreedPrice, *, policy: MatchingPolicy) -> float:
    agreed = (price.description, price.specification)
    score = wording_score((line.description, line.specification), agreed)
    named = _LEADING_CODE.sub("", f"{line.description} ").strip()
    if named != line.description:
        own = (named, line.specification) if named else (line.specification, "")
        score = max(score, wording_score(own, agreed))
    is_same_price = line.price is not None and abs(line.price - price.price) <= _HALF_A_CENT
    if policy.unsure <= score < policy.sure and is_same_price and _is_telling(price.price):
        is_other_unit = bool(line.unit and price.unit) and not are_same_unit(line.unit, price.unit)
        score = score if is_other_unit else policy.sure
    if score and are_same_unit(line.unit, price.unit):
        score += _UNIT_TIE
    if score and line.price is not None and abs(line.price - price.price) <= price.price / 100:
        score += _PRICE_TIE
    return score


def _assignment(scores: _Scores) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - slow to import, not needed to extract

    width = 1 + max(index for row in scores for index in row)
    matrix = np.zeros((len(scores), width))
    for line_index, row in enumerate(scores):
        for price_index, score in row.items():
            matrix[line_index, price_index] = score
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return [(int(row), int(column)) for row, column in zip(rows, columns, strict=True)]


def _best_rows(scores: _Scores) -> list[tuple[int, int]]:
    return [
        (line_index, max(row.items(), key=lambda pair: (pair[1], -pair[0]))[0])
        for line_index, row in enumerate(scores)
    ]


def _is_ambiguous(
    line: BilledLine, prices: Sequence[AgreedPrice], scores: dict[int, float], chosen: int
) -> bool:
    """Say whether another row is as near, of another price, and the line's price is neither."""
    rivals = [index for index, score in scores.items() if index != chosen and score >= scores[chosen] - _TIED]
    if line.price is None or abs(line.price - prices[chosen].price) <= _HALF_A_CENT:
        return False
    return any(prices[index].price != prices[chosen].price for index in rivals)


def _ask_by_price(
    lines: Sequence[BilledLine],
    prices: Sequence[AgreedPrice],
    scores: _Scores,
    matches: dict[int, Match],
    *,
    policy: MatchingPolicy,
) -> None:
    """Make a question of a line in other words whose price is just that of a row left over.

    A round price must come with a word of the row as well.
    """
    taken = {match.price.index for match in matches.values()}
    for line, row in zip(lines, scores, strict=True):
        if line.index in matches or line.price is None:
            continue
        for index in sorted(row, key=lambda each: (-row[each], each)):
            price = prices[index]
            if not (_is_telling(line.price) or _shares_a_word(line, price)):
                continue
            if abs(line.price - price.price) < _HALF_A_CENT and price.index not in taken:
                matches[line.index] = Match(line=line, price=price, score=policy.unsure)
                taken.add(price.index)
                break


def _shares_a_word(line: BilledLine, price: AgreedPrice) -> bool:
    """Say whether both have a long word, and no different units: "Waiting time, 14 July"."""
    if line.unit and price.unit and not are_same_unit(line.unit, price.unit):
        return False
    words = [set(_LONG_WORD.findall(fold(text))) for text in (line.wording, price.wording)]
    return bool(words[0] & words[1])


def _is_telling(price: Decimal) -> bool:
    return len(price.normalize().as_tuple().digits) >= _TELLING_DIGITS
