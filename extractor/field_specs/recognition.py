"""Tell invoices, contracts and other documents apart by what stands on their first pages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import median
from typing import Final

from extractor.documents.document import Document, MediaType
from extractor.field_specs.labels import label_key
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldType
from extractor.pages.lines import Line, lines_of, segments
from extractor.pages.page import Page

INVOICE: Final = "invoice"
CONTRACT: Final = "contract"
OTHER: Final = "other"

_PAGES = 3  # at most so many are looked at
_MAX_LINES = 150  # of a page
_LEAST = 2.5  # a document with less evidence than this is neither
_TITLE = 3.0  # what a title is worth
_TITLE_LINES = 25  # a title stands among so many first lines, or is large
_TITLE_WORDS = 12
_LARGE = 1.3  # of the usual letter height
_PROSE_WORDS = 9  # a line with so many words is prose


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognition:
    """What a document is: the name of a spec, or "other". `title` is as printed."""

    spec: str
    title: str | None = None
    scores: Mapping[str, float]


def recognise(pages: Sequence[Page], document: Document) -> Recognition:
    """Say whether a document is an invoice, a contract or neither.

    Titles weigh most, then an invoice's labels and amounts against a contract's
    wording and numbered clauses. XML that can be read is always an invoice.
    """
    if document.media_type is MediaType.XML:
        return Recognition(spec=INVOICE, scores={INVOICE: 1.0, CONTRACT: 0.0})
    text = _text_of(pages)
    titles = {name: _title(text, _titles(name)) for name in (INVOICE, CONTRACT)}
    other_title = _title(text, _other_titles())
    scores = {INVOICE: _invoice_score(text), CONTRACT: _contract_score(text)}
    for name, title in titles.items():
        scores[name] += _TITLE * title.weight
    if other_title.weight > max(title.weight for title in titles.values()):
        scores = {name: score - _TITLE * other_title.weight for name, score in scores.items()}
    best = max(scores, key=lambda name: scores[name])
    if scores[best] < _LEAST:
        return Recognition(spec=OTHER, title=other_title.text, scores=scores)
    return Recognition(spec=best, title=titles[best].text, scores=scores)


# The first pages as lines


@dataclass(frozen=True, slots=True, kw_only=True)
class _PrintedLine:
    """One line. `segments` are its parts between wide gaps; all keys are folded."""

    text: str
    key: str
    segments: tuple[tuple[str, str], ...]  # as printed, key
    height: float
    top: float  # as a share of the page
    index: int  # on its page
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Text:
    lines: tuple[_PrintedLine, ...]
    usual_height: float
    joined: str  # all keys, padded by spaces

    @property
    def word_count(self) -> int:
        """Return the words, a Chinese character counting as half of one."""
        return len(self.joined.split()) + len(_CHINESE.findall(self.joined)) // 2


_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def _text_of(pages: Sequence[Page]) -> _Text:
    lines: list[_PrintedLine] = []
    for page in [page for page in pages if page.words][:_PAGES]:
        for index, line in enumerate(lines_of(page)[:_MAX_LINES]):
            lines.append(_printed(line, page=page, index=index))
    heights = [line.height for line in lines]
    return _Text(
        lines=tuple(lines),
        usual_height=median(heights) if heights else 0.0,
        joined=f" {' '.join(line.key for line in lines)} ",
    )


def _printed(line: Line, *, page: Page, index: int) -> _PrintedLine:
    return _PrintedLine(
        text=line.text,
        key=label_key(line.text),
        segments=tuple((part.text, label_key(part.text)) for part in segments(line)),
        height=max(word.box.height for word in line.words),
        top=line.box.y0 / page.height if page.height else 0.0,
        index=index,
        page=page.number,
    )


# Titles


@dataclass(frozen=True, slots=True, kw_only=True)
class _FoundTitle:
    weight: float = 0.0  # 0..1
    text: str | None = None


_OTHER_TITLES = (
    "quotation|quote|estimate|offer|purchase order|order confirmation|sales order|work order|delivery note|packing slip"
    "|packing list|bill of lading|bank statement|account statement|statement of account|remittance advice|reminder"
    "|payment reminder|curriculum vitae|resume|cover letter|certificate|press release|newsletter|minutes|agenda|report"
    "|angebot|kostenvoranschlag|bestellung|auftragsbestatigung|lieferschein|mahnung|zahlungserinnerung|kontoauszug"
    "|lebenslauf|zeugnis|bescheinigung|protokoll|devis|bon de commande|bon de livraison|releve de compte|rappel"
    "|attestation|offerte|bestelbon|pakbon|presupuesto|albaran|pedido|preventivo|ordine|documento di trasporto|orcamento"
    "|guia de remessa|报价单|采购订单|订单确认书|送货单|装箱单|发货单|对账单|催款函|简历|证明|通知|会议纪要|报告"
)
_ID_WORDS = frozenset("no nr n nummer number num numero n° № id ref".split())


@lru_cache(maxsize=4)
def _titles(name: str) -> frozenset[str]:
    """Return the keys of a spec's titles; the spellings of choices are titles too."""
    spec = load_spec(name)
    spellings = [title for group in spec.recognise.values() for title in group]
    if name == INVOICE:
        spellings += [spelling for group in spec.fields["invoice_type"].choices.values() for spelling in group]
    return frozenset(label_key(spelling) for spelling in spellings)


@lru_cache(maxsize=1)
def _other_titles() -> frozenset[str]:
    return frozenset(label_key(title) for title in _OTHER_TITLES.split("|"))


def _title(text: _Text, titles: frozenset[str]) -> _FoundTitle:
    """Return the best title among the first lines and the large ones of the first page."""
    best = _FoundTitle()
    for line in text.lines:
        if line.page != text.lines[0].page:
            break
        is_large = line.height >= _LARGE * text.usual_height
        if line.index >= _TITLE_LINES and not is_large:
            continue
        prominence = 1.0 if is_large or line.index < _TITLE_LINES // 3 else 0.6
        for printed, key in ((line.text, line.key), *line.segments):
            weight = prominence * _title_weight(printed, key, titles)
            if weight > best.weight:
                best = _FoundTitle(weight=weight, text=printed)
    return best


def _title_weight(printed: str, key: str, titles: frozenset[str]) -> float:
    words = key.split()
    if not words or len(words) > _TITLE_WORDS:
        return 0.0
    named = [word for word in words if word not in _ID_WORDS and not any(map(str.isdigit, word))]
    rest = " ".join(named)
    if rest in titles:
        return 1.0 if len(named) == len(words) else 0.9
    if ":" in printed or "：" in printed:
        return 0.0  # a label with its value, or a sentence
    if _CHINESE.search(key):
        ends = any(key.endswith(title) for title in titles if len(title) > 1)
        return 0.9 if ends and len(key) <= 2 * _TITLE_WORDS else 0.0
    if len(named) == len(words) and _holds_title(words, titles):
        return 0.8 if printed[:1].isupper() and printed[-1:].isalnum() else 0.4
    return 0.5 if len(words) > len(named) and named and named[0] in titles else 0.0


def _holds_title(words: list[str], titles: frozenset[str]) -> bool:
    """Say whether a title begins or ends the words, or ends a compound: "handwerkerrechnung"."""
    ends = {" ".join(words[-count:]) for count in (1, 2, 3)} | {words[0]}
    return bool(ends & titles) or any(
        words[-1].endswith(title) for title in titles if len(title) >= len("rechnung") and " " not in title
    )


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
_VAGUE: Final = frozenset("no nr n number date to from for # de du le del an von van bill invoice betrag amount".split())
_LABEL_WORDS = 5
_LABEL_LETTERS = 14  # of a Chinese label
_FORM_WORDS = 9  # a segment with more words is prose, not a label with its value
_MONEY = re.compile(r"(?<![\d.,])\d{1,3}(?:[.,' ]?\d{3})*[.,]\d{2}(?![\d.,])")
_MANY_AMOUNTS = 8


def _invoice_score(text: _Text) -> float:
    labels = _invoice_labels()
    found: dict[str, float] = {}
    amounts = 0
    for line in text.lines:
        amounts += len(_MONEY.findall(line.text))
        for _, key in line.segments:
            if len(key.split()) <= _FORM_WORDS:
                for name, worth in _labels_at_start(key, labels):
                    found[name] = worth
    return sum(found.values()) + min(amounts / _MANY_AMOUNTS, 1.0)


def _labels_at_start(key: str, labels: Mapping[str, tuple[tuple[str, float], ...]]) -> tuple[tuple[str, float], ...]:
    """Return what the longest label that begins the key stands for."""
    for start in _starts(key):
        if start in labels:
            return labels[start]
    return ()


def _starts(key: str) -> Iterator[str]:
    if _CHINESE.search(key[:2]):
        yield from (key[:length] for length in range(min(len(key), _LABEL_LETTERS), 1, -1))
        return
    words = key.split()
    yield from (" ".join(words[:count]) for count in range(min(len(words), _LABEL_WORDS), 0, -1))


@lru_cache(maxsize=1)
def _invoice_labels() -> Mapping[str, tuple[tuple[str, float], ...]]:
    """Return the keys of the invoice's labels with what finding them is worth."""
    spec = load_spec(INVOICE)
    worth: dict[str, dict[str, float]] = {}
    for name, field in spec.fields.items():
        if name in _LABEL_WORTH:
            for label in field.all_labels():
                worth.setdefault(label_key(label), {})[name] = _LABEL_WORTH[name]
        if field.type is FieldType.TABLE:
            for column_name, column in field.columns.items():
                for label in column.all_labels():
                    worth.setdefault(label_key(label), {}).setdefault(column_name, _COLUMN_WORTH)
    for key in _VAGUE:
        worth.pop(key, None)
    return {key: tuple(names.items()) for key, names in worth.items()}


# What a contract looks like: prose in numbered clauses, with its own wording

_WORDING: Final = tuple(
    (re.compile(pattern), worth, least)
    for pattern, worth, least in (
        (r"\bthis (?:\w+ ){0,3}(?:agreement|contract|lease|deed|amendment)\b", 1.2, 1),
        (r"\b(?:the|both|each) part(?:y|ies)\b", 0.8, 2),
        (r"\bherein(?:after)?\b|\bhereto\b|\bhereof\b|\bhereunder\b|\bhereby\b", 0.9, 1),
        (r"\bwhereas\b|\bwitnesseth\b|\bin witness whereof\b|\bnow therefore\b", 1.0, 1),
        (r"\bshall\b", 1.0, 4),
        (r"\b(?:entered into|by and between|made (?:and entered into|as of|on this))\b", 0.9, 1),
        (r"\bgoverning law\b|\bconfidential information\b|\btermination\b|\beffective date\b", 0.7, 1),
        (r"甲方|买方|需方|发包人|委托方", 0.9, 2),
        (r"乙方|卖方|供方|承包人|受托方", 0.9, 2),
        (r"本合同|本协议|双方|以下简称", 1.2, 1),
        (r"违约|争议|解除|生效|履行|签订", 0.9, 2),
        (r"\bvertragspart(?:ei|ner)\w*|\bparteien\b|\bvertragsgegenstand\b", 1.0, 1),
        (r"\b(?:diese[rs]?|dieses|des|der) (?:rahmen\w*|\w*vertrag\w*|vereinbarung)\b", 1.0, 1),
        (r"\b(?:nachfolgend|im folgenden|nachstehend)\b", 0.8, 1),
        (r"\bauftragnehmer\w*\b|\bverkaufer\w*\b|\blieferant\w*\b", 0.6, 2),
        (r"\bauftraggeber\w*\b|\bkaufer\w*\b|\bbesteller\w*\b", 0.6, 2),
        (r"\bkundigung\w*\b|\bgekundigt\b|\blaufzeit\b|\bgerichtsstand\b", 0.6, 2),
        (r"\ble(?:s)? partie[s]?\b|\bci apres\b|\bl[ea] presente? (?:contrat|convention|accord)\b", 1.2, 1),
        (r"\bpartijen\b|\bhierna\b|\bdeze overeenkomst\b", 1.2, 1),
        (r"\blas partes\b|\bel presente (?:contrato|acuerdo)\b|\bclausulas?\b", 1.2, 1),
        (r"\ble parti\b|\bil presente (?:contratto|accordo)\b", 1.2, 1),
        (r"\bas partes\b|\bo presente (?:contrato|acordo)\b", 1.2, 1),
    )
)
_CLAUSE = re.compile(
    r"^\s*(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+[^\W\d]|§\s*\d|(?:article|section|artikel|clause|art\.|ziffer)\s+[\divx]+"
    r"|第[一二三四五六七八九十百\d]{1,4}条|[一二三四五六七八九十]{1,3}、|\([a-z]\)\s)",
    re.IGNORECASE,
)
_MOST_WORDING = 4.0
_MANY_CLAUSES = 4
_CLAUSE_WORTH = 1.2
_LONG = 500  # words


def _contract_score(text: _Text) -> float:
    wording = sum(worth for pattern, worth, least in _WORDING if _occurs(pattern, text.joined, least))
    if not wording:
        return 0.0
    clauses = sum(
        1
        for line in text.lines
        if len(line.segments) <= 2 and _CLAUSE.match(line.text) and not _MONEY.search(line.text)  # noqa: PLR2004
    )
    prose = sum(_is_prose(line) for line in text.lines) / max(len(text.lines), 1)
    length = 0.5 if text.word_count > _LONG else 0.0
    return min(wording, _MOST_WORDING) + min(clauses / _MANY_CLAUSES, 1.0) * _CLAUSE_WORTH + prose + length


def _occurs(pattern: re.Pattern[str], joined: str, least: int) -> bool:
    return sum(1 for _ in zip(range(least), pattern.finditer(joined), strict=False)) == least


def _is_prose(line: _PrintedLine) -> bool:
    letters = len(_CHINESE.findall(line.key))
    return len(line.key.split()) >= _PROSE_WORDS or letters >= 2 * _PROSE_WORDS
