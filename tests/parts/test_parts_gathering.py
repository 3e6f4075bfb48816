"""What makes a page begin another document, sign by sign."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from engines.layout.pages import page

from extractor.engines.reading import Candidate, Evidence
from extractor.parts.carrying import Carried
from extractor.parts.counters import Position
from extractor.parts.gathering import Gathering, judge
from extractor.parts.numbers import Naming, ShownNumber
from extractor.parts.signs import PageSigns, PartyId, Title
from extractor.values.page_counters import PageCounter
from extractor.values.text import letters_and_digits

HERE = Position(page=2, of=9)
WORDS = page("something @50,60")


def number(text: str, naming: Naming = Naming.INVOICE) -> ShownNumber:
    candidate = Candidate(text=text, evidence=Evidence(page=1), score=1.0)
    return ShownNumber(key=letters_and_digits(text), candidate=candidate, label="", naming=naming)


def counter(number: int, of: int | None = None) -> tuple[PageCounter, ...]:
    return (PageCounter(start=0, end=1, page=number, of=of),)


FIRST = PageSigns(
    page=WORDS,
    title=Title.INVOICE,
    numbers=(number("A-1001"),),
    dates=frozenset({date(2026, 3, 5)}),
    ids=frozenset({PartyId("tax id", "GB123456789")}),
    totals=frozenset({Decimal("192.00")}),
    letterhead=frozenset({"fernhillprintltd"}),
)
SECOND = replace(
    FIRST,
    numbers=(number("A-1002"),),
    dates=frozenset({date(2026, 4, 9)}),
    totals=frozenset({Decimal("12.00")}),
)
ATTACHED = PageSigns(page=WORDS)


def begins(signs: PageSigns, *earlier: PageSigns) -> bool:
    return judge(signs, Gathering(pages=list(earlier or (FIRST,))), HERE).begins


def test_another_number_under_a_title_begins_an_invoice() -> None:
    assert begins(SECOND)
    assert begins(replace(SECOND, dates=frozenset(), totals=frozenset()))


def test_another_number_alone_begins_nothing() -> None:
    assert not begins(replace(ATTACHED, numbers=(number("A-1002"),)))
    assert begins(replace(ATTACHED, numbers=(number("A-1002"),), dates=SECOND.dates))


@pytest.mark.parametrize(
    ("naming", "expected"), [(Naming.INVOICE, True), (Naming.DOCUMENT, True), (Naming.NUMBER, False)]
)
def test_the_less_a_label_says_the_less_its_number_weighs(naming: Naming, expected: bool) -> None:  # noqa: FBT001 - a case
    assert begins(replace(ATTACHED, title=Title.INVOICE, numbers=(number("77", naming),))) is expected


@pytest.mark.parametrize("signs", [ATTACHED, replace(ATTACHED, counters=counter(1, 1), dates=SECOND.dates)])
def test_a_page_without_number_and_title_begins_nothing(signs: PageSigns) -> None:
    assert not begins(signs, replace(FIRST, counters=counter(1, 1)))


def test_another_document_begins_nothing_behind_an_invoice() -> None:
    assert not begins(replace(SECOND, title=Title.OTHER, numbers=()))


def test_a_page_of_another_party_with_a_total_begins_a_document_without_title_and_number() -> None:
    other = replace(SECOND, title=Title.NONE, numbers=(), ids=frozenset({PartyId("tax id", "GB987654321")}))
    assert begins(replace(other, letterhead=frozenset({"ashdownfreightltd"})))
    assert not begins(replace(other, totals=frozenset()))
    assert not begins(replace(other, ids=frozenset({PartyId("account", "GB0099")})))  # nothing to compare


def test_parties_that_share_one_id_may_still_be_others() -> None:
    buyer = PartyId("tax id", "GB555555555")
    first = replace(FIRST, ids=FIRST.ids | {buyer}, numbers=(), totals=frozenset())
    second = replace(SECOND, numbers=(), totals=frozenset(), counters=counter(1))
    assert not begins(replace(second, ids=first.ids), first)
    assert begins(replace(second, ids=frozenset({buyer, PartyId("tax id", "GB987654321")})), first)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (counter(1, 1), counter(1, 1), True),
        (counter(1), counter(1), True),
        (counter(1, 2), counter(2, 2), False),
        ((), (), False),
    ],
)
def test_counters_decide_where_no_number_is_shown(
    before: tuple[PageCounter, ...],
    now: tuple[PageCounter, ...],
    expected: bool,  # noqa: FBT001 - a case
) -> None:
    first = replace(FIRST, numbers=(), counters=before, dates=frozenset())
    second = replace(FIRST, numbers=(), counters=now, totals=frozenset({Decimal("12.00")}))
    assert begins(second, first) is expected


def test_the_same_number_keeps_pages_together_whatever_else_is_new() -> None:
    first = replace(FIRST, counters=counter(1, 1))
    assert not begins(replace(SECOND, numbers=FIRST.numbers, counters=counter(1, 1)), first)
    assert not begins(replace(SECOND, numbers=(), page=page("A-1001 @50,60"), counters=counter(1, 1)), first)


def test_a_first_number_begins_nothing_where_it_stood_before() -> None:
    first = replace(FIRST, numbers=(), page=page("A-1002 @50,60"), counters=counter(1, 1))
    second = replace(SECOND, counters=counter(1, 1))
    assert not begins(second, first)
    assert begins(second, replace(first, page=WORDS))


def test_carried_sums_keep_pages_together() -> None:
    assert not begins(replace(SECOND, carried=frozenset({Carried.IN})))
    assert not begins(SECOND, replace(FIRST, carried=frozenset({Carried.OUT})))
    assert begins(SECOND, replace(FIRST, carried=frozenset({Carried.IN})))
    assert not begins(SECOND, replace(FIRST, carried=frozenset({Carried.OUT})), PageSigns(page=page()))


def test_a_number_that_was_quoted_before_needs_more() -> None:
    first = replace(FIRST, page=page("A-1002 @50,60"))
    bare = replace(SECOND, dates=frozenset(), totals=frozenset())
    assert not begins(bare, first)
    assert begins(replace(bare, counters=counter(1, 1)), replace(first, counters=counter(1, 1)))


def test_a_number_that_counts_pages_begins_nothing_before_a_total() -> None:
    first = replace(FIRST, numbers=(number("4711/1"),), totals=frozenset(), dates=frozenset())
    second = replace(SECOND, numbers=(number("4711/2"),))
    assert not begins(second, first)
    assert begins(second, replace(first, totals=FIRST.totals))
    assert begins(replace(second, numbers=(number("4711/3"),)), first)


def test_what_contradicts_is_told_only_where_a_count_or_a_sum_goes_on() -> None:
    def judged(now: PageSigns, before: PageSigns) -> tuple[bool, bool]:
        judgement = judge(now, Gathering(pages=[before]), HERE)
        return judgement.begins, judgement.is_contradicted

    counted = replace(SECOND, counters=counter(2, 4))
    assert judged(counted, replace(FIRST, counters=counter(1, 4))) == (False, True)
    assert judged(replace(SECOND, carried=frozenset({Carried.IN})), FIRST) == (False, True)
    assert judged(replace(counted, numbers=FIRST.numbers), replace(FIRST, counters=counter(1, 4))) == (
        False,
        False,
    )
    assert judged(SECOND, FIRST) == (True, False)
    assert judged(ATTACHED, FIRST) == (False, False)


def test_a_stamp_through_the_file_weighs_less_than_a_count_of_the_document() -> None:
    other = frozenset({PartyId("tax id", "GB987654321")})
    second = replace(SECOND, ids=other, counters=counter(2, 9))
    assert begins(second, replace(FIRST, counters=counter(1, 9)))
    assert not begins(replace(second, counters=counter(2, 4)), replace(FIRST, counters=counter(1, 4)))


def test_pages_before_the_first_invoice_go_to_it_unless_they_are_a_whole_document() -> None:
    cover = replace(ATTACHED, counters=counter(1, 1))
    counted = replace(SECOND, counters=counter(1, 1))
    assert not begins(counted, cover)
    assert begins(counted, replace(cover, title=Title.OTHER))
    assert not begins(counted, replace(cover, title=Title.OTHER, counters=()))
    assert not begins(replace(counted, numbers=()), replace(cover, title=Title.OTHER))
    assert begins(SECOND, replace(ATTACHED, title=Title.CONTRACT))
    assert not begins(replace(SECOND, title=Title.NONE), replace(ATTACHED, title=Title.CONTRACT))
