"""Decide whether a page goes on with the pages gathered so far, or begins another document.

Signs for a new document are added up, and those against it taken off. None decides
alone: a page may quote another invoice, an attachment has counters and dates of its own.
One invoice cut in two is the worst error, therefore what contradicts itself stays together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from extractor.parts.carrying import Carried
from extractor.parts.counters import Position, Succession, succession
from extractor.parts.numbers import Likeness, Naming, ShownNumber, likeness, may_count_pages
from extractor.parts.signs import PageSigns, PartyId, Title
from extractor.values.page_counters import PageCounter

_BEGINS = 9  # from here on a page begins a document

_OTHER_NUMBER = {Naming.INVOICE: 6, Naming.DOCUMENT: 4, Naming.NUMBER: 2}
_FIRST_NUMBER = 2
_TITLE, _TOTAL_BEFORE, _OTHER_TOTAL, _OTHER_DATE = 3, 2, 1, 2
_OTHER_IDS, _MORE_AND_FEWER_IDS, _OTHER_LETTERHEAD = 4, 3, 2
_SUCCESSION = {
    Succession.NONE: 0,
    Succession.GOES_ON: -12,
    Succession.MAY_BE_STAMPED: -6,
    Succession.BEGINS: 3,
    Succession.BEGINS_AGAIN: 4,
    Succession.BEGINS_AFTER_END: 6,
    Succession.STRAY: -4,
}
_SAME_NUMBER = -8
_QUOTES_KNOWN, _QUOTED_BEFORE, _COUNTS_PAGES = -6, -4, -4
_CARRIED = -12
_AGAINST = frozenset({Succession.GOES_ON, Succession.MAY_BE_STAMPED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Whether a page begins a document, and whether something on it contradicts that."""

    begins: bool
    is_contradicted: bool = False


@dataclass(slots=True, kw_only=True)
class Gathering:
    """The pages of one document, as far as they have been gathered, in the order of the file.

    `contradicting` are numbers of pages that were kept although they look like others'.
    """

    pages: list[PageSigns] = field(default_factory=list)
    contradicting: list[ShownNumber] = field(default_factory=list)

    @property
    def number(self) -> ShownNumber | None:
        """Return the invoice's number: that of the first page which shows one."""
        return next((page.number for page in self.pages if page.number is not None), None)

    @property
    def has_invoice(self) -> bool:
        """Say whether an invoice has begun on these pages, and not only what lies before it."""
        return any(page.numbers or page.title is Title.INVOICE for page in self.pages)

    @property
    def is_contract(self) -> bool:
        """Say whether the pages begin as a contract."""
        return self.pages[0].title is Title.CONTRACT

    @property
    def is_other_document(self) -> bool:
        """Say whether the pages are a document that is no invoice, with all its pages."""
        last = self.pages[-1]
        return self.pages[0].title is Title.OTHER and any(each.page == each.of for each in last.counters)

    @property
    def totals(self) -> frozenset[Decimal]:
        """Return the amounts of the whole invoice on all pages."""
        return frozenset().union(*(page.totals for page in self.pages))

    @property
    def ids(self) -> frozenset[PartyId]:
        """Return the ids on all pages."""
        return frozenset().union(*(page.ids for page in self.pages))

    @property
    def dates(self) -> frozenset[date]:
        """Return the dates of issue on all pages."""
        return frozenset().union(*(page.dates for page in self.pages))

    @property
    def letterheads(self) -> frozenset[str]:
        """Return the first lines of all pages."""
        return frozenset().union(*(page.letterhead for page in self.pages))

    @property
    def counters(self) -> Sequence[Sequence[PageCounter]]:
        """Return the counters of each page."""
        return [page.counters for page in self.pages]

    def prints(self, number: ShownNumber) -> bool:
        """Say whether a number stands on one of the pages."""
        return any(page.prints(number) for page in self.pages)


def judge(page: PageSigns, so_far: Gathering, position: Position) -> Judgement:
    """Say whether a page begins another document than the one gathered so far."""
    is_elses = bool(page.totals) and _of_parties(page.ids, so_far.ids) == _OTHER_IDS
    is_head = page.title is Title.INVOICE or page.number is not None or is_elses
    if not is_head or page.title is Title.OTHER:
        return Judgement(begins=False)
    follows = succession(page.counters, so_far.counters, position)
    if not so_far.has_invoice:
        is_behind = follows is Succession.BEGINS_AFTER_END and so_far.is_other_document
        is_next = is_behind or so_far.is_contract
        return Judgement(begins=is_next and page.title is Title.INVOICE and page.number is not None)
    weights = [_SUCCESSION[follows], *_of_number(page, so_far), *_of_rest(page, so_far)]
    begins = sum(weights) >= _BEGINS
    looks_like_one = sum(weight for weight in weights if weight > 0) >= _BEGINS
    is_against = follows in _AGAINST or _is_carried(page, so_far)
    is_other = likeness_of(page.number, so_far.number) is Likeness.OTHER
    return Judgement(begins=begins, is_contradicted=not begins and looks_like_one and is_against and is_other)


def likeness_of(number: ShownNumber | None, known: ShownNumber | None) -> Likeness:
    """Say whether two numbers are one, unsure where one is missing."""
    return Likeness.UNSURE if number is None or known is None else likeness(number, known)


def _of_number(page: PageSigns, so_far: Gathering) -> Iterator[int]:
    """Weigh the page's number against that of the pages before."""
    number, known = page.number, so_far.number
    if number is not None and known is None:
        yield _SAME_NUMBER if so_far.prints(number) else _FIRST_NUMBER
        return
    if number is None or known is None or likeness(number, known) is Likeness.UNSURE:
        if known is not None and page.prints(known):
            yield _SAME_NUMBER
        return
    if likeness(number, known) is Likeness.SAME:
        yield _SAME_NUMBER
        return
    yield _OTHER_NUMBER[number.naming]
    if so_far.prints(number):
        yield _QUOTED_BEFORE
    if not so_far.totals and may_count_pages(number, known, place=len(so_far.pages) + 1):
        yield _COUNTS_PAGES
    if page.prints(known) and page.title is not Title.INVOICE:
        yield _QUOTES_KNOWN


def _of_rest(page: PageSigns, so_far: Gathering) -> Iterator[int]:
    """Weigh title, totals, date, ids and carried sums."""
    dates = so_far.dates
    if page.title is Title.INVOICE:
        yield _TITLE
    if so_far.totals:
        yield _TOTAL_BEFORE
        if page.totals and page.totals.isdisjoint(so_far.totals):
            yield _OTHER_TOTAL
    if page.dates and dates and page.dates.isdisjoint(dates):
        yield _OTHER_DATE
    yield _of_parties(page.ids, so_far.ids)
    if page.letterhead and page.letterhead.isdisjoint(so_far.letterheads):
        yield _OTHER_LETTERHEAD
    if _is_carried(page, so_far):
        yield _CARRIED


def _of_parties(ids: frozenset[PartyId], known: frozenset[PartyId]) -> int:
    """Weigh ids of the same kinds: all are others, or some are, as where invoices share their buyer."""
    kinds = {each.kind for each in ids} & {each.kind for each in known}
    new, old = ({each for each in side if each.kind in kinds} for side in (ids, known))
    if not kinds or not (new - old and old - new):
        return 0
    return _MORE_AND_FEWER_IDS if new & old else _OTHER_IDS


def _is_carried(page: PageSigns, so_far: Gathering) -> bool:
    last = next((each for each in reversed(so_far.pages) if each.page.words), page)
    return Carried.IN in page.carried or (last is not page and Carried.OUT in last.carried)
