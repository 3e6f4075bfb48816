"""What a line of an invoice is to the contract: a row, a milestone, a fee, or nothing of it."""

import re
from collections.abc import Sequence
from decimal import Decimal

from extractor.reconciliation.agreement import AgreedFee, AgreedStep
from extractor.reconciliation.bill import Bill, BilledLine
from extractor.reconciliation.case import Case
from extractor.reconciliation.likeness import similarity, wording_score
from extractor.reconciliation.wording import LineKind, names_retention
from extractor.validation.figures import CENT
from extractor.values.text import fold, has_chinese, squeeze

_PERCENT = Decimal(100)
_SAME_STEP = 0.75
_WORD = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS = 6  # of a word that tells a milestone by itself
_FEWEST_SIGNS = 2  # of a milestone's name that may stand inside a line: 竣工
_FEWEST_TELLING = 3  # letters of a word by which a line can be looked up
_SAME_FEE = 0.7  # similarity of two fees' names
_JOINED = re.compile(r"\s*(?:\band\b|\bund\b|\bet\b|[&/,、及和与])\s*")
_FEWEST_SHARED = 5  # letters that "An- und Abtransport" leaves out once
_SORTS = (  # fees of one sort go by many names
    re.compile(
        r"freight|shipping|shipment|deliver|postage|carriage|courier|transport|porto|fracht|versand|liefer|"
        r"\bport\b|livraison|acheminement|expédition|运费|运输|快递|邮费|物流|配送|邮寄"
    ),
    re.compile(r"packing|packaging|verpackung|emballage|包装"),
    re.compile(
        r"travel|mileage|accommodation|subsistence|reise|spesen|fahrt|fahrkosten|übernacht|kilomet|déplacement|差旅|交通费"
    ),
    re.compile(r"insurance|versicherung|assurance|保险"),
    re.compile(r"rush|expedit|urgent|express|eil|加急"),
    re.compile(r"handling|bearbeitung|traitement|手续费"),
)
_MOST_TELLING = 50  # signs of a milestone's name
_AFTER_EVENT = re.compile(
    r"(?:合格)?(?:之后|以后|后|时|前)?(?:\d+个?(?:工作|自然)?[日天]内)?$"
)  # 竣工验收合格后
_BESIDE = re.compile(  # charged beside goods and services, whatever they are
    r"surcharge|zuschlag|zuschläge|admin|verwaltung|levy|maut|toll|fuel|rush|storage|lager|card|"
    r"\bpark|auslage|expenses|disbursement|"
    r"附加费|管理费|加急|仓储费|税费"
)


def is_a_step(case: Case, line: BilledLine) -> bool:
    """Say whether a line bills one of the contract's milestones."""
    return step_of(case.agreement.steps, line) is not None


def step_of(steps: Sequence[AgreedStep], line: BilledLine) -> AgreedStep | None:
    """Return the milestone that a line bills, by its name."""
    if line.kind not in (LineKind.GOODS, LineKind.FEE):
        return None
    scored = [(_name_score(step, line), -step.index, step) for step in steps if step.name]
    best = max(scored, key=lambda each: each[:2], default=None)
    if best is not None and best[0] >= _SAME_STEP:
        return best[2]
    telling = [step for step in steps if _telling_words(step, steps) & _long_words(line.wording)]
    return telling[0] if len(telling) == 1 else _step_by_amount(steps, line)


def _step_by_amount(steps: Sequence[AgreedStep], line: BilledLine) -> AgreedStep | None:
    """Return the one milestone whose amount a line bills to the cent, under a name of its own."""
    if line.net is None or not line.net:
        return None
    net = abs(line.net)
    taxed = net * (1 + line.tax_rate / _PERCENT) if line.tax_rate is not None else net
    same = [step for step in steps if min(abs(step.amount - net), abs(step.amount - taxed)) <= CENT]
    return same[0] if len(same) == 1 else None


def is_release(case: Case, bill: Bill, line: BilledLine) -> bool:
    """Say whether a line asks for retention that the contract kept back before."""
    return (
        line.kind in (LineKind.GOODS, LineKind.FEE)
        and (line.net or 0) > 0
        and names_retention(line.wording)
        and case.agreement.has("retention_rate")
        and line.index not in case.matches[bill.position]
        and not is_a_step(case, line)
    )


def is_fee(case: Case, bill: Bill, line: BilledLine) -> bool:
    """Say whether a line is a fee: by its words, unless the price list or a milestone has it."""
    if line.kind not in (LineKind.FEE, LineKind.GOODS) or line.index in case.matches[bill.position]:
        return False
    if line.kind is LineKind.GOODS:
        return allowed_fee(case, line) is not None  # the contract calls it a fee
    return not is_a_step(case, line) and not is_release(case, bill, line)


def is_unknown(case: Case, bill: Bill, line: BilledLine) -> bool:
    """Say whether a line for goods is nothing that the contract lists or allows."""
    if line.kind is not LineKind.GOODS or line.index in case.matches[bill.position]:
        return False
    if not line.wording or not (line.net or line.price):
        return False  # a row without any amount is a piece of another
    if is_release(case, bill, line):
        return False
    return not is_a_step(case, line) and allowed_fee(case, line) is None


def is_foreign(case: Case, bill: Bill) -> bool:
    """Say whether no line for goods is anything that the contract lists or allows."""
    goods = [line for line in bill.lines if line.kind is LineKind.GOODS]
    is_listing = bool(case.agreement.prices or case.agreement.steps)
    return is_listing and bool(goods) and all(is_unknown(case, bill, line) for line in goods)


def has_words(line: BilledLine) -> bool:
    """Say whether a line has more than a number to look it up by."""
    words = _WORD.findall(line.wording)
    return has_chinese(line.wording) or any(len(word) >= _FEWEST_TELLING for word in words)


def allowed_fee(case: Case, line: BilledLine) -> AgreedFee | None:
    """Return the fee of the contract that a line bills, by its name or its sort."""
    best = max(
        case.agreement.fees or (), key=lambda fee: similarity(line.description, fee.name), default=None
    )
    if best is None:
        return None
    if similarity(line.description, best.name) >= _SAME_FEE:
        return best
    named = next((fee for fee in case.agreement.fees or () if _is_one_of(line, fee)), None)
    if named is not None or line.kind is not LineKind.FEE:
        return named
    sorts = _sorts_of(line.wording)
    return next((fee for fee in case.agreement.fees or () if sorts & _sorts_of(fee.name)), None)


def may_be_a_service(line: BilledLine) -> bool:
    """Say whether a fee by its words may be what a contract of services is about: 运维服务费."""
    return not _sorts_of(line.wording) and not _BESIDE.search(fold(line.wording))


def _is_one_of(line: BilledLine, fee: AgreedFee) -> bool:
    """Say whether a line bills one of the things a fee joins: "Delivery and collection".

    More words than the fee's may name goods ("packing tape"), unless the fee's amount speaks for it.
    """
    parts = _JOINED.split(fold(fee.name))
    if len(parts) == 1:
        return False
    if has_chinese(fee.name):
        return any(len(part) >= _FEWEST_SIGNS and part in squeeze(line.description) for part in parts)
    words = _WORD.findall(fold(line.description))
    if fee.amount is None or line.price is None or line.price > fee.amount:
        words = words if len(words) == 1 else []
    return any(_holds_part(words, part, last=parts[-1]) for part in parts)


def _holds_part(words: Sequence[str], part: str, *, last: str) -> bool:
    if part.endswith("-"):  # its tail stands in the last part only
        start = part[:-1]
        tails = (word.removeprefix(start) for word in words if word.startswith(start))
        return any(len(tail) >= _FEWEST_SHARED and last.endswith(tail) for tail in tails)
    needed = _WORD.findall(part)
    return len("".join(needed)) >= _FEWEST_LETTERS and all(word in words for word in needed)


def _telling_words(step: AgreedStep, steps: Sequence[AgreedStep]) -> frozenset[str]:
    """Return the long words that no other milestone's name has: superstructure, Rohbau."""
    others = frozenset().union(*(_long_words(other.name) for other in steps if other.index != step.index))
    return _long_words(step.name) - others


def _long_words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(fold(text)) if len(word) >= _FEWEST_LETTERS)


def _name_score(step: AgreedStep, line: BilledLine) -> float:
    score = wording_score((line.description, line.specification), (step.name, ""))
    name, text = _AFTER_EVENT.sub("", squeeze(step.name)), squeeze(line.wording)
    if len(name) >= _FEWEST_SIGNS and name in text:
        score = max(score, 0.9 + min(len(name), _MOST_TELLING) / 1000)  # of two names inside, the longer
    return score


def _sorts_of(name: str) -> set[int]:
    words = fold(name)
    return {index for index, sort in enumerate(_SORTS) if sort.search(words)}
