"""What a page shows that tells which document it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from functools import cached_property
from itertools import chain
from typing import Literal, NamedTuple

from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.header_fields import labelled_candidates
from extractor.engines.layout.labelled import LabelledSheet, is_strong, label
from extractor.engines.layout.lexicon import squeezed
from extractor.engines.layout.spec_labels import labels_for
from extractor.engines.layout.zones import zones
from extractor.field_specs.first_pages import FirstPages, PrintedLine, first_pages
from extractor.field_specs.spec import Spec
from extractor.field_specs.titles import (
    OTHER_TITLES,
    FoundTitle,
    TitleLine,
    best_title,
    title_lines,
    titles_of,
)
from extractor.pages.page import Page
from extractor.parts.carrying import Carried, carried
from extractor.parts.counters import Position, counters_on
from extractor.parts.numbers import ShownNumber, shown_numbers
from extractor.values.amounts import find_amounts
from extractor.values.conventions import Conventions
from extractor.values.identifiers import find_ibans, find_tax_ids
from extractor.values.page_counters import PageCounter
from extractor.values.text import fold, squeeze

_HEAD = 0.45  # of the page's height: where titles stand
_SURE_TITLE, _ONLY_TITLE = 0.9, 1.0  # with a number behind it; alone on its line
_LARGE_TITLE, _LARGE = 0.75, 1.3  # a title among other words is one in large print
_FIRST_LINES = 8  # among which the name of another document is a title
_SURE_DATE = 0.5
_TOTALS = ("gross_amount", "amount_due")
_SHORT_NUMBER = 5  # characters; a shorter number is looked for as a whole word only
_SPACED_NUMBER = 8  # characters; one so long is looked for in neighbouring words too
_LETTERHEAD_LINES, _TELLING = 4, 4  # letters; a line with fewer tells nothing
_ANY = Conventions()  # values are only compared with one another, however they are meant
_SIGNS = re.compile(r"[^\w ]|_")
_DOMAIN = re.compile(r"(?:@|www\.)((?:[\w-]+\.)+[a-z]{2,})", re.IGNORECASE)


class Title(Enum):
    """What the head of a page says that it is."""

    NONE = auto()
    INVOICE = auto()
    CONTRACT = auto()
    OTHER = auto()  # a delivery note, a statement, a reminder


class PartyId(NamedTuple):
    """What tells one party from others: only ids of one kind can be compared."""

    kind: Literal["tax id", "account", "domain"]
    text: str


@dataclass(frozen=True, kw_only=True)
class PageSigns:
    """What one page shows. `numbers` are the invoice numbers by label, the page's own first."""

    page: Page
    title: Title = Title.NONE
    numbers: tuple[ShownNumber, ...] = ()
    counters: tuple[PageCounter, ...] = ()
    dates: frozenset[date] = frozenset()  # of issue, by label
    ids: frozenset[PartyId] = frozenset()  # of whom the page tells
    totals: frozenset[Decimal] = frozenset()  # of the whole document, by label
    carried: frozenset[Carried] = frozenset()
    letterhead: frozenset[str] = frozenset()  # the letters of the first lines

    @property
    def number(self) -> ShownNumber | None:
        """Return the page's own invoice number."""
        return self.numbers[0] if self.numbers else None

    def prints(self, number: ShownNumber) -> bool:
        """Say whether a number stands anywhere on the page, with a label or without."""
        words, letters = self._printed
        length = len(number.key)
        return (
            number.key in words
            or (length >= _SHORT_NUMBER and number.key in letters)
            or (length >= _SPACED_NUMBER and number.key in letters.replace(" ", ""))
        )

    @cached_property
    def _printed(self) -> tuple[frozenset[str], str]:
        letters = _SIGNS.sub("", fold(" ".join(word.text for word in self.page.words)))
        return frozenset(letters.split()), letters


def signs_of(page: Page, spec: Spec, position: Position) -> PageSigns:
    """Read a page for what tells its document. A blank page shows nothing."""
    if not page.words:
        return PageSigns(page=page)
    labels = labels_for(spec)
    sheet = sheet_of(page, labels)
    labelled = label(sheet, labels.fields, labels.titles)
    title, title_text = _title(page)
    titles = frozenset(squeezed(title)[0] for title in chain.from_iterable(spec.recognise.values()))
    numbers = shown_numbers(
        labelled, spec.fields["invoice_number"], _ANY, titles=titles, title=squeezed(title_text)[0]
    )
    return PageSigns(
        page=page,
        title=title,
        numbers=() if title is Title.OTHER else numbers,
        counters=counters_on(sheet, position),
        dates=frozenset(_dates(labelled, spec)),
        ids=frozenset(_ids(page)),
        totals=frozenset(_totals(labelled)),
        carried=carried(sheet),
        letterhead=frozenset(_letterhead(page)),
    )


def _title(page: Page) -> tuple[Title, str]:
    """Return what the head of the page is called. "Invoice No. 4711" is a label, unless in large print.

    Names of other documents stand on invoices as labels too ("Delivery note"), over
    their numbers or beside them: one counts as title in large print or alone on its line.
    """
    words = tuple(word for word in page.words if word.box.y0 < _HEAD * page.height)
    text = first_pages((replace(page, words=words),))
    printed = [line for line in text.lines if not any(_begins_with_colon(part) for part, _ in line.segments)]
    large = _lines_of(text, [line for line in text.lines if line.height >= _LARGE * text.usual_height])
    plain = _without_labels(text, printed)
    alone = _without_labels(
        text, [line for line in printed if len(line.segments) == 1 and line.index < _FIRST_LINES]
    )
    invoice = _best(titles_of("invoice"), plain, large, least=_SURE_TITLE)
    other = _best(OTHER_TITLES, alone, large, least=_ONLY_TITLE)
    contract = _best(titles_of("contract"), alone, large, least=_ONLY_TITLE)
    if max(other.weight, contract.weight) > invoice.weight:
        is_contract = contract.weight >= other.weight
        return (Title.CONTRACT, contract.text or "") if is_contract else (Title.OTHER, other.text or "")
    return Title.INVOICE if invoice.weight else Title.NONE, invoice.text or ""


def _best(
    titles: frozenset[str], plain: Sequence[TitleLine], large: Sequence[TitleLine], *, least: float
) -> FoundTitle:
    """Return the surest title among plain lines, where it must be as sure as `least`, and large ones."""
    in_plain, in_large = best_title(plain, titles), best_title(large, titles)
    sure = [in_plain] if in_plain.weight >= least else []
    sure += [in_large] if in_large.weight >= _LARGE_TITLE else []
    return max(sure, key=lambda each: each.weight, default=FoundTitle())


def _lines_of(text: FirstPages, lines: Sequence[PrintedLine]) -> list[TitleLine]:
    return title_lines(replace(text, lines=tuple(lines)))


def _without_labels(text: FirstPages, lines: Sequence[PrintedLine]) -> list[TitleLine]:
    return [line._replace(prominence=1.0) for line in _lines_of(text, lines) if not _is_label(line)]


def _begins_with_colon(text: str) -> bool:
    return text.startswith((":", "："))


def _is_label(line: TitleLine) -> bool:
    """Say whether a word for "number" stands in the line, or a colon."""
    named = [word for word in line.words if not any(map(str.isdigit, word))]
    return named != line.named or ":" in line.printed or "：" in line.printed


def _dates(page: LabelledSheet, spec: Spec) -> Iterator[date]:
    field = spec.fields.get("issue_date")
    if field is None:
        return
    for candidate in labelled_candidates([page], "issue_date", field, _ANY, titles=frozenset()):
        if candidate.score >= _SURE_DATE and isinstance(candidate.value, date):
            yield candidate.value


def _ids(page: Page) -> Iterator[PartyId]:
    for line in page.lines:
        yield from (PartyId("tax id", found.text) for found in find_tax_ids(line.text))
        yield from (PartyId("account", found.text) for found in find_ibans(line.text))
        yield from (PartyId("domain", found[1].casefold()) for found in _DOMAIN.finditer(line.text))


def _letterhead(page: Page) -> Iterator[str]:
    """Yield the letters of the first lines: dates and page numbers differ from page to page."""
    for line in page.lines[:_LETTERHEAD_LINES]:
        letters = "".join(character for character in squeeze(line.text) if character.isalpha())
        if len(letters) >= _TELLING:
            yield letters


def _totals(page: LabelledSheet) -> Iterator[Decimal]:
    """Yield the amounts of the whole document, beside their labels: what stands below is a column."""
    for cell, hit in chain.from_iterable(page.labels_of(name) for name in _TOTALS):
        if not is_strong(cell, hit):
            continue
        for zone in zones(page, cell, hit):
            if zone.cell.row == cell.row:
                found = find_amounts(zone.text)
                yield from (each.amount.value for each in found[:1])
