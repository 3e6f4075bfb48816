"""Which two invoices bill the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconciliation.ledger_conformance import entry

from extractor.reconciliation.copies import CopyKind, copy_of
from extractor.reconciliation.ledger_entry import LedgerEntry, LedgerLine

FIGURES = tuple(f"{number}" for number in range(100, 120))
FIRST = entry("R-7001", paper=FIGURES, undoes=())
STEPLESS = (replace(FIRST.lines[0], step=None),)


def other(**changes: object) -> LedgerEntry:
    """Return another paper, file and number for the same lines, changed."""
    members = {"number": "R-7044", "document": "sha256:2", "paper": (), **changes}
    return replace(FIRST, **members)  # type: ignore[arg-type]  # members of an entry


def kind(second: LedgerEntry, first: LedgerEntry = FIRST) -> tuple[CopyKind, bool] | None:
    copy = copy_of(first, second)
    return None if copy is None else (copy.kind, copy.is_sure)


def test_the_same_part_of_the_same_file_is_a_copy_and_another_part_is_not() -> None:
    strange = other(document=FIRST.document, gross_amount=Decimal(1), notes=("ls-1",))
    assert kind(strange) == (CopyKind.FILE, True)
    assert kind(replace(strange, part=2)) is None


@pytest.mark.parametrize("number", ["R-7001", "r 7001", "Ｒ－７００１"])
def test_a_number_is_the_same_in_any_spelling(number: str) -> None:
    assert kind(other(number=number, gross_amount=Decimal(1))) == (CopyKind.NUMBER, True)


def test_the_same_number_of_another_seller_is_no_copy() -> None:
    assert kind(other(number="R-7001", seller_tax_id="DE1", seller_name="Anders AG")) is None
    assert kind(other(number="R-7001", seller_name="Anders AG")) == (CopyKind.NUMBER, True)  # one tax id
    unknown = other(number="R-7001", seller_tax_id="", seller_name="")
    assert kind(unknown) == (CopyKind.NUMBER, True)


@pytest.mark.parametrize(
    ("figures", "is_copy"),
    [
        (FIGURES, True),
        (("1O0", *FIGURES[1:]), True),  # one misread
        (FIGURES[1:], True),  # one not seen
        (("99", *FIGURES), True),  # one too many
        (("98", "99", *FIGURES[2:]), False),  # two: number and date of another invoice
        (FIGURES[2:], False),
        (("98", "99", *FIGURES), False),
        ((*FIGURES[:-1], FIGURES[0]), True),  # how often each is printed counts as well
        ((*FIGURES[:-2], *FIGURES[:2]), False),
    ],
)
def test_a_paper_is_known_again_by_its_figures(figures: tuple[str, ...], is_copy: bool) -> None:  # noqa: FBT001 - a table
    scan = other(paper=figures, number="R-700l", issue_date=None, seller_tax_id="", seller_name="Quendelm00r")
    assert kind(scan) == ((CopyKind.PAPER, True) if is_copy else None)


def test_few_figures_or_another_amount_prove_no_paper() -> None:
    few = replace(FIRST, paper=FIGURES[:14])
    assert kind(other(paper=FIGURES[:14], seller_name="X", seller_tax_id=""), few) is None
    enough = replace(FIRST, paper=FIGURES[:15])
    assert kind(other(paper=FIGURES[:15], seller_name="X", seller_tax_id=""), enough) is not None
    assert kind(other(paper=FIGURES, gross_amount=Decimal("833.01"))) is None
    assert kind(other(paper=FIGURES, gross_amount=None)) == (CopyKind.PAPER, True)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (CopyKind.DELIVERY, True)),
        ({"notes": ("ls-9",)}, None),
        ({"notes": (), "periods": (), "issue_date": date(2025, 4, 1)}, (CopyKind.DELIVERY, True)),  # a step
        ({"gross_amount": Decimal("833.01")}, None),
        ({"currency": "USD"}, None),
        ({"currency": ""}, (CopyKind.DELIVERY, True)),
        ({"sign": -1}, None),
        ({"counts": False}, None),
        ({"gross_amount": None}, None),
    ],
)
def test_the_same_delivery_under_a_new_number(
    changes: dict[str, object], expected: tuple[CopyKind, bool] | None
) -> None:
    assert kind(other(**changes)) == expected


def test_the_same_seller_amount_and_date_with_other_lines_is_a_question() -> None:
    lines = (LedgerLine(description="Stehleuchte", net_amount=Decimal("700.00")),)
    first = replace(FIRST, notes=(), periods=(), lines=STEPLESS)
    same_day = other(notes=(), periods=(), lines=lines)
    assert kind(same_day, first) == (CopyKind.DELIVERY, False)
    assert kind(replace(same_day, issue_date=date(2025, 3, 4)), first) is None
    assert kind(replace(same_day, notes=("ls-1",)), replace(first, notes=("ls-2",))) is None


def test_a_credit_note_is_a_copy_of_a_credit_note_only() -> None:
    credit = other(sign=-1, number="G-1")
    assert kind(credit) is None
    assert kind(replace(credit, document="sha256:3"), credit) == (CopyKind.NUMBER, True)


def test_monthly_papers_whose_months_are_words_are_no_copies() -> None:
    """Their numbers are the only figures that differ: "3 March 2025" and "3 April 2025"."""
    monthly = other(number="R-7001", paper=FIGURES, issue_date=date(2025, 3, 3))
    next_one = replace(
        monthly, document="sha256:9", number="R-7002", issue_date=date(2025, 4, 3), notes=("x",)
    )
    misread = replace(next_one, issue_date=date(2025, 3, 3))
    assert kind(replace(monthly, notes=("y",)), next_one) is None
    assert kind(replace(monthly, notes=("y",)), misread) == (CopyKind.PAPER, True)


figures = st.lists(st.sampled_from(("100000", "100001", "200000", "300", "41")), max_size=20)
entries = st.builds(
    other,
    number=st.sampled_from(("", "R-7001", "r7001", "R-2")),
    document=st.sampled_from(("sha256:1", "sha256:2")),
    paper=st.one_of(figures, figures.map(lambda some: [*some, *FIGURES])).map(
        lambda some: tuple(sorted(some))
    ),
    seller_name=st.sampled_from(("", "Quendelmoor Lampen GmbH", "Anders AG")),
    seller_tax_id=st.sampled_from(("", "DE136695976", "DE 136695976", "GB1")),
    gross_amount=st.sampled_from((None, Decimal("833.00"), Decimal(833), Decimal(2))),
    issue_date=st.sampled_from((None, date(2025, 3, 3), date(2025, 4, 3))),
    notes=st.sampled_from(((), ("ls-1",))),
    sign=st.sampled_from((1, -1)),
)


@given(first=entries, second=entries)
def test_a_copy_is_one_either_way_round_and_shares_a_key(first: LedgerEntry, second: LedgerEntry) -> None:
    assert copy_of(first, second) == copy_of(second, first)
    if copy_of(first, second) is not None:
        assert first.keys & second.keys


@given(one=entries)
def test_an_invoice_that_counts_is_a_copy_of_itself(one: LedgerEntry) -> None:
    copy = copy_of(one, one)
    assert copy is not None
    assert copy.kind is CopyKind.FILE
