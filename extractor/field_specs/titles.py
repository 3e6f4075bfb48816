"""Find the title of a document among its first and its large lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from extractor.field_specs.first_pages import CHINESE, FirstPages
from extractor.field_specs.labels import label_key
from extractor.field_specs.load import load_spec

_FIRST_LINES = 25  # a title stands among so many lines, or is large
_MOST_WORDS = 12
_LARGE = 1.3  # of the usual letter height


_OTHER = (
    "quotation|quote|estimate|offer|purchase order|order confirmation|sales order|work order|delivery note",
    "packing slip|packing list|bill of lading|bank statement|account statement|statement of account|reminder",
    "remittance advice|payment reminder|curriculum vitae|resume|cover letter|certificate|press release",
    "newsletter|minutes|agenda|report|angebot|kostenvoranschlag|bestellung|auftragsbestätigung|lieferschein|mahnung",
    "zahlungserinnerung|kontoauszug|lebenslauf|zeugnis|bescheinigung|protokoll|devis|bon de commande",
    "bon de livraison|relevé de compte|rappel|attestation|offerte|bestelbon|pakbon|presupuesto|albarán",
    "pedido|preventivo|ordine|documento di trasporto|orçamento|guia de remessa|报价单|采购订单",
    "订单确认书|送货单|装箱单|发货单|对账单|催款函|简历|证明|通知|会议纪要|报告",
)
OTHER_TITLES: Final = frozenset(label_key(title) for line in _OTHER for title in line.split("|"))

_DIGIT = re.compile(r"\d")
_NUMBER_WORDS = frozenset({"no", "nr", "n", "nummer", "number", "num", "numero", "id", "ref"})


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundTitle:
    """A title as printed, and how sure it is one, 0..1."""

    weight: float = 0.0
    text: str | None = None


class TitleLine(NamedTuple):
    """A line that may be a title: as printed, its key, the key's words, and those that name it."""

    printed: str
    key: str
    words: list[str]
    named: list[str]
    name: str  # these, one space between them
    prominence: float  # 0..1


@lru_cache(maxsize=4)
def titles_of(name: str) -> frozenset[str]:
    """Return the keys of a shipped spec's titles; spellings of its first choice are titles too."""
    spec = load_spec(name)
    spellings = [title for group in spec.recognise.values() for title in group]
    first = next(iter(spec.fields.values()))
    spellings += [spelling for group in first.choices.values() for spelling in group]
    return frozenset(label_key(spelling) for spelling in spellings)


def title_lines(text: FirstPages) -> list[TitleLine]:
    """Return what may be a title: the first lines and the large ones of the first page, and their parts."""
    found = []
    for line in text.lines:
        if line.page != text.lines[0].page:
            break
        is_large = line.height >= _LARGE * text.usual_height
        if line.index >= _FIRST_LINES and not is_large:
            continue
        prominence = 1.0 if is_large or line.index < _FIRST_LINES // 3 else 0.6
        for printed, key in dict.fromkeys(((line.text, line.key), *line.segments)):
            words = key.split()
            if words and len(words) <= _MOST_WORDS:
                named = [word for word in words if word not in _NUMBER_WORDS and not _DIGIT.search(word)]
                found.append(TitleLine(printed, key, words, named, " ".join(named), prominence))
    return found


def best_title(lines: Sequence[TitleLine], titles: frozenset[str]) -> FoundTitle:
    """Return the line that is most surely one of the titles."""
    best = FoundTitle()
    for line in lines:
        weight = line.prominence * _title_weight(line, titles)
        if weight > best.weight:
            best = FoundTitle(weight=weight, text=line.printed)
    return best


def _title_weight(line: TitleLine, titles: frozenset[str]) -> float:
    printed, key, words, named, name, _ = line
    if name in titles:
        return 1.0 if len(named) == len(words) else 0.9
    if ":" in printed or "：" in printed:
        return 0.0  # a label with its value, or a sentence
    if CHINESE.search(key):
        return 0.9 if len(key) <= 2 * _MOST_WORDS and key.endswith(tuple(titles)) else 0.0
    if len(named) == len(words) and _holds_title(words, titles):
        return 0.8 if printed[:1].isupper() and printed[-1:].isalnum() else 0.4
    return 0.5 if len(words) > len(named) and named and named[0] in titles else 0.0


def _holds_title(words: list[str], titles: frozenset[str]) -> bool:
    """Say whether a title begins or ends the words, or ends a compound: "handwerkerrechnung"."""
    ends = {" ".join(words[-count:]) for count in (1, 2, 3)} | {words[0]}
    return bool(ends & titles) or words[-1].endswith(_compound_ends(titles))


@lru_cache(maxsize=4)
def _compound_ends(titles: frozenset[str]) -> tuple[str, ...]:
    return tuple(title for title in titles if len(title) >= len("rechnung") and " " not in title)
