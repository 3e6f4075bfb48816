"""Numbers that go on beside what was read, accounts that are no IBAN, ids that nobody read."""

from dataclasses import replace

import pytest
from engines.layout.pages import page
from invoice_record import extraction, leaf

from extractor.assessment.cut_numbers import cut_numbers, unread_ids
from extractor.assessment.misfits import misfits
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import ABSENT, Extraction, Group, State
from extractor.pages.page import Page
from extractor.pages.word import Origin


def printed(text: str, of: Page) -> Extraction:
    """Return an invoice with the buyer's id at the place of a word."""
    word = next(each for each in of.words if each.text == text)
    evidence = Evidence(page=1, boxes=(word.box,), origin=Origin.TEXT_LAYER)
    return extraction(buyer_tax_id=replace(leaf(text), evidence=evidence))


@pytest.mark.parametrize(
    ("line", "is_cut"),
    [
        ("811 439", True),
        ("439 811", True),
        ("811 Kiel", False),
        ("DE 811", True),
        ("No 811", False),
    ],
)
def test_more_digits_right_beside_an_id_are_its_rest(line: str, *, is_cut: bool) -> None:
    sheet = page(f"{line} @50,100")
    assert [path for path, _ in cut_numbers(printed("811", sheet), [sheet])] == (
        ["buyer_tax_id"] if is_cut else []
    )


@pytest.mark.parametrize(("x", "is_cut"), [(72, True), (90, False)])
def test_digits_farther_away_are_another_number(x: float, *, is_cut: bool) -> None:
    sheet = page("811 @50,100", f"439 @{x},100")
    assert bool(list(cut_numbers(printed("811", sheet), [sheet]))) is is_cut


@pytest.mark.parametrize(
    ("account", "said", "is_odd"),
    [
        ("16059232070539", "IBAN No.: GB05 HBKX", True),
        ("16059232070539", "Account No.", False),
        ("GB05HBKX16059232070539", "IBAN", False),
    ],
)
def test_an_account_is_the_iban_that_is_spoken_of(account: str, said: str, *, is_odd: bool) -> None:
    bank = Group(members={"account": leaf(account)}, state=State.FOUND)
    found = cut_numbers(extraction(seller_bank_account=bank), [page(f"{said} @50,100")])
    assert [path for path, _ in found] == (["seller_bank_account"] if is_odd else [])


@pytest.mark.parametrize(
    ("read", "said", "is_odd"),
    [
        ("5575246496", "USt-ID DE136695976", True),
        ("5575246496", "Telefon 0555 2378", False),
        ("DE136695976", "USt-ID DE811569869", False),  # an id of a country's form was read
    ],
)
def test_an_id_of_a_form_that_nobody_read_is_told(read: str, said: str, *, is_odd: bool) -> None:
    found = unread_ids(extraction(seller_tax_id=leaf(read)), [page(f"{said} @50,100")])
    assert [path for path, _ in found] == (["seller_tax_id"] if is_odd else [])


def test_the_buyers_id_and_the_invoices_number_are_read() -> None:
    known = extraction(
        seller_tax_id=leaf("5575246496"), buyer_tax_id=leaf("DE136695976"), invoice_number=leaf("SI20246290")
    )
    assert list(unread_ids(known, [page("DE136695976 @50,100", "SI-2024-6290 @50,120")])) == []
    assert list(unread_ids(extraction(seller_tax_id=ABSENT), [page("DE136695976 @50,100")])) == []


def test_they_are_among_what_does_not_fit() -> None:
    sheet = page("811 439 @50,100", "DE136695976 @50,120")
    made = extraction(printed("811", sheet).fields, seller_tax_id=leaf("5575246496"))
    assert {"buyer_tax_id", "seller_tax_id"} <= {path for path, _ in misfits(made, [sheet])}
