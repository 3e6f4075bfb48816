"""Read what sentences say of payment: the terms, and the date to pay by."""

import re
from collections.abc import Iterator, Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.header_fields import EARLY, opens_text, whole_text
from extractor.engines.layout.labelled import LabelledSheet, Zone, has_colon
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.picking import EITHER_ORDER
from extractor.engines.reading import Candidate
from extractor.values.conventions import Conventions
from extractor.values.dates import find_dates

_PAYMENT = frozenset({"payment_terms", "due_date", "amount_due"})
_DAYS = re.compile(
    r"\d+\s*(?:days?|Tagen?|jours?|dagen|días|giorni|dias)\b|net\s+\d+\b|(?<![月\d])\d+\s*(?:天|日)",
    re.IGNORECASE,
)
_PAYING = re.compile(
    r"\b(?:pay|zahl|règl|régl|regl|begleich|überweis|paie|betal|pag"
    r"|due|fällig|échéan|verval|vencimi|scaden|vencimen|direct debit|lastschrift|prélèvement)|付款|支付|结算",
    re.IGNORECASE,
)
_BY = re.compile(
    r"(?:\bbis(?: zum| spätestens)?|\bspätestens(?: am)?|\buntil|\bby|\bbefore"
    r"|\bon or after|\bdue(?: on)?|\bfällig(?: am)?|\béchéance(?: le)?"
    r"|\bvervalt op|\bvence el|\bscade il|\bvence em"
    r"|\bavant le|\bplus tard le|\bpour le|\bvóór|\buiterlijk|\bantes del?|\bentro il|\baté|[于在至])\s*$",
    re.IGNORECASE,
)
_SENTENCE = 0.7
_CLAUSE = re.compile(r"[,;，；。]\s*|\.\s+(?=[^\W\d_])|\s(?:oder|or|ou|otherwise|sonst)\s")


def payment_sentences(pages: Sequence[LabelledSheet]) -> Iterator[Candidate]:
    """Yield sentences that speak of payment and of a number of days, label or not."""
    for page in pages:
        for cell in page.sheet.cells:
            if page.is_in_table(cell) or not _DAYS.search(cell.text):
                continue
            hits = page.hits_of(cell)
            if any(_PAYMENT & set(hit.names) for hit in hits) or _PAYING.search(cell.text):
                first = hits[0] if hits else None
                start = first.end if first is not None and _labels_text(cell, first) else 0
                start += len(cell.text[start:]) - len(cell.text[start:].lstrip(" .:："))
                zone = Zone(cell=cell, start=start, end=len(cell.text), score=_SENTENCE, is_beside=False)
                text, evidence = whole_text(page, zone)
                yield Candidate(text=text, evidence=evidence, score=_SENTENCE)


def dates_to_pay_by(pages: Sequence[LabelledSheet], conventions: Conventions) -> Iterator[Candidate]:
    """Yield dates that sentences of payment name as the last: "payable within 30 days, by 4 April"."""
    for page in pages:
        for cell in page.sheet.cells:
            if page.is_in_table(cell) or not _PAYING.search(cell.text):
                continue
            for each in find_dates(cell.text, is_day_first=conventions.is_day_first):
                before, behind = cell.text[: each.start], cell.text[each.end :]
                clause = _CLAUSE.split(before)[-1] + _CLAUSE.split(behind)[0]
                if _BY.search(before) and not EARLY.search(clause):
                    yield Candidate(
                        text=cell.text[each.start : each.end],
                        evidence=cell.evidence(each.start, each.end),
                        score=_SENTENCE * (EITHER_ORDER if each.is_ambiguous else 1.0),
                        value=each.date,
                    )
                    break


def _labels_text(cell: Cell, hit: Hit) -> bool:
    """Say whether a sentence begins with its own label, colon or not."""
    is_first = not any(character.isalnum() for character in cell.text[: hit.start])
    return is_first and (has_colon(cell, hit) or opens_text(cell, hit))
