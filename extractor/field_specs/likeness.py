"""Say how much a text looks like an invoice and how much like a contract, titles aside."""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final

from extractor.field_specs.first_pages import CHINESE, FirstPages, PrintedLine
from extractor.field_specs.labels import label_key
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldType

# What an invoice looks like: short labels beside amounts

_LABEL_WORTH: Final = {
    "invoice_number": 1.2,
    "invoice_code": 0.8,
    "issue_date": 0.6,
    "due_date": 0.8,
    "amount_due": 0.8,
    "gross_amount": 0.6,
    "net_amount": 0.6,
    "tax_amount": 0.5,
    "amount_in_words": 0.5,
    "buyer_name": 0.4,
    "seller_name": 0.2,
    "payment_terms": 0.3,
    "seller_tax_id": 0.3,
    "seller_bank_account": 0.3,
}
_COLUMN_WORTH = 0.3
_VAGUE = "no nr n number date to from for de du le del an von van bill invoice betrag amount"
_LABEL_WORDS = 5
_LABEL_LETTERS = 14  # of a Chinese label
_FORM_WORDS = 9  # a segment with more words is prose, not a label with its value
_MONEY = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,' ]?\d{3})*[.,]\d{2}(?![\d.,])")
_MANY_AMOUNTS = 8


def invoice_likeness(text: FirstPages) -> float:
    """Return 0 for no label of an invoice, about 6 for a full one."""
    labels = _invoice_labels()
    found: dict[str, float] = {}
    amounts = 0
    for line in text.lines:
        amounts += len(_MONEY.findall(line.text))
        for _, key in line.segments:
            if len(key.split()) <= _FORM_WORDS:
                found.update(_labels_at_start(key, labels))
    return sum(found.values()) + min(amounts / _MANY_AMOUNTS, 1.0)


def _labels_at_start(
    key: str, labels: Mapping[str, tuple[tuple[str, float], ...]]
) -> tuple[tuple[str, float], ...]:
    """Return what the longest label that begins the key stands for."""
    for start in _starts(key):
        if start in labels:
            return labels[start]
    return ()


def _starts(key: str) -> Iterator[str]:
    if CHINESE.search(key[:2]):
        yield from (key[:length] for length in range(min(len(key), _LABEL_LETTERS), 1, -1))
        return
    words = key.split()
    yield from (" ".join(words[:count]) for count in range(min(len(words), _LABEL_WORDS), 0, -1))


@lru_cache(maxsize=1)
def _invoice_labels() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Return the keys of the invoice's labels with what finding them is worth."""
    spec = load_spec("invoice")
    worth: dict[str, dict[str, float]] = {}
    for name, field in spec.fields.items():
        if name in _LABEL_WORTH:
            for label in field.all_labels():
                worth.setdefault(label_key(label), {})[name] = _LABEL_WORTH[name]
        if field.type is FieldType.TABLE:
            for column_name, column in field.columns.items():
                for label in column.all_labels():
                    worth.setdefault(label_key(label), {}).setdefault(column_name, _COLUMN_WORTH)
    for key in _VAGUE.split():
        worth.pop(key, None)
    return {key: tuple(names.items()) for key, names in worth.items()}


# What a contract looks like: prose in numbered clauses, with its own wording

_SIDES = "seller|vendor|supplier|provider|contractor|buyer|purchaser|customer|client"
_DUTIES = "shall|will|must|may|agrees?|undertakes?|warrants?|pays?|issues?|delivers?|grants?"
# What is said, what that is worth, how often it must be said, and what it cannot do without.
_WORDING: Final = tuple(
    (re.compile(pattern), worth, least, tuple(stems.split("|")))
    for pattern, worth, least, stems in (
        (r"\bthis (?:\w+ ){0,3}(?:agreement|contract|lease|deed|amendment)\b", 1.2, 1, "this "),
        (r"\b(?:the|both|each) part(?:y|ies)\b", 0.8, 2, " party| parties"),
        (r"\bherein(?:after)?\b|\bhereto\b|\bhereof\b|\bhereunder\b|\bhereby\b", 0.9, 1, "here"),
        (
            r"\bwhereas\b|\bwitnesseth\b|\bin witness whereof\b|\bnow therefore\b",
            1.0,
            1,
            "whereas|witness|now therefore",
        ),
        (r"\bshall\b", 1.0, 4, "shall"),
        (rf"\b(?:{_SIDES}) (?:\w+ ){{0,2}}?(?:{_DUTIES})\b", 1.0, 2, _SIDES),
        (
            r"\b(?:annex|appendix|schedule|exhibit|in writing|amendments?)\b",
            0.6,
            2,
            "annex|appendix|schedule|exhibit|in writing|amendment",
        ),
        (
            r"\b(?:entered into|by and between|made (?:and entered into|as of|on this))\b",
            0.9,
            1,
            "entered into|by and between|made ",
        ),
        (
            r"\bgoverning law\b|\bconfidential information\b|\btermination\b|\beffective date\b",
            0.7,
            1,
            "governing law|confidential information|termination|effective date",
        ),
        (r"甲方|买方|需方|发包人|委托方", 0.9, 2, "方|发包人"),
        (r"乙方|卖方|供方|承包人|受托方", 0.9, 2, "方|承包人"),
        (r"甲方.{1,80}乙方", 0.9, 1, "甲方"),
        (r"本合同|本协议|双方|以下简称", 1.2, 1, "本合同|本协议|双方|以下简称"),
        (r"违约|争议|解除|生效|履行|签订", 0.9, 2, "违约|争议|解除|生效|履行|签订"),
        (
            r"\bvertragspart(?:ei|ner)\w*|\bparteien\b|\bvertragsgegenstand\b",
            1.0,
            1,
            "vertragspart|parteien|vertragsgegenstand",
        ),
        (
            r"\b(?:diese[rs]?|dieses|des|der) (?:rahmen\w*|\w*vertrag\w*|vereinbarung)\b",
            1.0,
            1,
            "rahmen|vertrag|vereinbarung",
        ),
        (
            r"\b(?:nachfolgend|im folgenden|nachstehend)\b",
            0.8,
            1,
            "nachfolgend|im folgenden|nachstehend",
        ),
        (
            r"\bauftragnehmer\w*\b|\bverkaufer\w*\b|\blieferant\w*\b",
            0.6,
            2,
            "auftragnehmer|verkaufer|lieferant",
        ),
        (r"\bauftraggeber\w*\b|\bkaufer\w*\b|\bbesteller\w*\b", 0.6, 2, "auftraggeber|kaufer|besteller"),
        (
            r"\bkundigung\w*\b|\bgekundigt\b|\blaufzeit\b|\bgerichtsstand\b",
            0.6,
            2,
            "kundig|laufzeit|gerichtsstand",
        ),
        (
            r"\ble(?:s)? partie[s]?\b|\bci apres\b|\bl[ea] presente? (?:contrat|convention|accord)\b",
            1.2,
            1,
            " partie|ci apres| present",
        ),
        (r"\bpartijen\b|\bhierna\b|\bdeze overeenkomst\b", 1.2, 1, "partijen|hierna|deze overeenkomst"),
        (
            r"\blas partes\b|\bel presente (?:contrato|acuerdo)\b|\bclausulas?\b",
            1.2,
            1,
            "las partes|el presente |clausula",
        ),
        (r"\ble parti\b|\bil presente (?:contratto|accordo)\b", 1.2, 1, "le parti|il presente "),
        (r"\bas partes\b|\bo presente (?:contrato|acordo)\b", 1.2, 1, "as partes|o presente "),
    )
)
_CLAUSE = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+[^\W\d]|§\s*\d"
    r"|(?:article|section|artikel|clause|art\.|ziffer)\s+[\divx]+|第[一二三四五六七八九十百\d]{1,4}条|(?:[一二三四五六七八九十]{1,3}|\d{1,2})、|\([a-z]\)\s)",
    re.IGNORECASE,
)
_MOST_WORDING = 4.0
_MANY_CLAUSES = 4
_CLAUSE_WORTH = 1.2
_LONG = 500  # words
_PROSE_WORDS = 9  # a line with so many words is prose
_MOST_SEGMENTS = 2  # a line in more parts is a row of a table


def contract_likeness(text: FirstPages) -> float:
    """Return 0 for no wording and no clause of a contract, about 6 for a plain one."""
    wording = sum(
        worth
        for pattern, worth, least, stems in _WORDING
        if any(stem in text.joined for stem in stems) and _occurs(pattern, text.joined, least)
    )
    clauses = sum(map(_begins_clause, text.lines))
    prose = sum(_is_prose(line) for line in text.lines) / max(len(text.lines), 1)
    score = min(wording, _MOST_WORDING) + min(clauses / _MANY_CLAUSES, 1.0) * _CLAUSE_WORTH
    if score:
        score += prose + (0.5 if text.word_count > _LONG else 0.0)
    return score


def _begins_clause(line: PrintedLine) -> bool:
    if _CLAUSE.match(line.text) is None:
        return False
    return len(line.segments) <= _MOST_SEGMENTS and not _MONEY.search(line.text)


def _occurs(pattern: re.Pattern[str], joined: str, least: int) -> bool:
    return sum(1 for _ in zip(range(least), pattern.finditer(joined), strict=False)) == least


def _is_prose(line: PrintedLine) -> bool:
    letters = len(CHINESE.findall(line.key))
    return len(line.key.split()) >= _PROSE_WORDS or letters >= 2 * _PROSE_WORDS
