"""Part a file's pages by the invoice they belong to.

A page goes to the invoice before it unless it plainly begins another: attachments,
conditions and blank backs stay with the invoice they follow, and pages before the first
invoice with that one, unless they are a contract or another document with all its pages.
Where sheets were mixed up, a page that shows the number of an earlier invoice and is
missing there goes back to it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.engines.reading import Candidate, Reading
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.parts.counters import Position
from extractor.parts.gathering import Gathering, judge, likeness_of
from extractor.parts.numbers import Likeness
from extractor.parts.signs import PageSigns, Title, signs_of

_NUMBER = "invoice_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class PagesOfPart:
    """The pages of one invoice, in the order of the file.

    `contradicting` are other invoices' numbers on pages that were kept nevertheless,
    because something else says that they belong here.
    """

    pages: tuple[Page, ...]
    contradicting: tuple[Candidate, ...] = ()

    @property
    def witness(self) -> Reading:
        """Return the contradicting numbers as a second reading of the invoice's number."""
        return Reading(engine="layout", witnesses={_NUMBER: self.contradicting} if self.contradicting else {})


def one_part(pages: Sequence[Page]) -> tuple[PagesOfPart, ...]:
    """Return all pages as one part: an e-invoice is one invoice, and so is a single page."""
    return (PagesOfPart(pages=tuple(pages)),)


def part_pages(pages: Sequence[Page], spec: Spec) -> tuple[PagesOfPart, ...]:
    """Return the parts in the order of their first pages; every page is in one of them.

    Only forms with an invoice's number are parted: a contract is one document.
    """
    if len(pages) < 2 or spec.reading != "form" or _NUMBER not in spec.fields:  # noqa: PLR2004 - one page is one part
        return one_part(pages)
    gathered: list[Gathering] = []
    current = Gathering()
    for place, page in enumerate(pages, 1):
        position = Position(page=place, of=len(pages))
        signs = signs_of(page, spec, position)
        if not current.pages:
            gathered.append(current)
        elif (owner := _owner(signs, gathered, current)) is not None:
            current = owner
        else:
            judgement = judge(signs, current, position)
            if judgement.begins:
                current = Gathering()
                gathered.append(current)
            elif judgement.is_contradicted and signs.number is not None:
                current.contradicting.append(signs.number)
        current.pages.append(signs)
    return tuple(_part(each) for each in gathered)


def _owner(page: PageSigns, gathered: Sequence[Gathering], current: Gathering) -> Gathering | None:
    """Return the earlier invoice that a page was torn from: it has its number and lacks the page."""
    if page.number is None or likeness_of(page.number, current.number) is not Likeness.OTHER:
        return None
    for each in gathered:
        is_its = each is not current and likeness_of(page.number, each.number) is Likeness.SAME
        if is_its and _lacks(each, page):
            return each
    return None


def _lacks(so_far: Gathering, page: PageSigns) -> bool:
    """Say whether an invoice has a gap where the page fits, by its counters or else for want of a total."""
    if page.counters:
        seen = {(counter.page, counter.of) for each in so_far.pages for counter in each.counters}
        is_new = all((counter.page, counter.of) not in seen for counter in page.counters)
        return is_new and any(of == counter.of for _, of in seen for counter in page.counters)
    return not so_far.totals and page.title is not Title.INVOICE


def _part(gathered: Gathering) -> PagesOfPart:
    return PagesOfPart(
        pages=tuple(each.page for each in gathered.pages),
        contradicting=tuple(number.candidate for number in gathered.contradicting),
    )
