"""What one page shows of the document it belongs to."""

from datetime import date
from decimal import Decimal

import pytest
from engines.layout.pages import SPEC, block, grid, page
from parts.sheets import invoice, letterhead, lines

from extractor.pages.page import Page
from extractor.parts.counters import Position
from extractor.parts.numbers import ShownNumber
from extractor.parts.signs import PageSigns, PartyId, Title, signs_of

ALONE = Position(page=1, of=1)


def signs(shown: Page) -> PageSigns:
    return signs_of(shown, SPEC, ALONE)


def title(*prints: str | list[str]) -> Title:
    return signs(page(*prints, lines())).title


def own_number(shown: PageSigns) -> ShownNumber:
    assert shown.number is not None
    return shown.number


def test_a_page_shows_number_date_total_party_and_counter() -> None:
    seen = signs(invoice("INV-1001", counter="Page 1 of 2"))
    assert own_number(seen).candidate.text == "INV-1001"
    assert seen.dates == {date(2026, 3, 5)}
    assert seen.totals == {Decimal("192.00")}
    assert seen.ids == {PartyId("tax id", "GB123456789")}
    assert [(each.page, each.of) for each in seen.counters] == [(1, 2)]
    assert any("fernhillprintltd" in line for line in seen.letterhead)


def test_a_blank_page_shows_nothing() -> None:
    assert signs(page()) == PageSigns(page=page())


@pytest.mark.parametrize(
    "text", ["INVOICE", "Rechnung 4711", "TAX INVOICE", "Credit Note", "增值税专用发票", "Fattura"]
)
def test_a_title_in_the_head_names_an_invoice(text: str) -> None:
    assert title(f"{text} @50,100,16") is Title.INVOICE


@pytest.mark.parametrize(
    "text", ["DELIVERY NOTE", "Lieferschein", "Statement of account", "Mahnung", "送货单"]
)
def test_another_title_names_another_document(text: str) -> None:
    assert title(f"{text} @50,100,16") is Title.OTHER
    assert title(f"{text} @50,40") is Title.OTHER


@pytest.mark.parametrize("text", ["FRAMEWORK AGREEMENT", "Rahmenvertrag", "采购合同"])
def test_the_title_of_a_contract_names_a_contract(text: str) -> None:
    assert title(f"{text} @50,100,16") is Title.CONTRACT


@pytest.mark.parametrize(
    "text", ["Invoice No: 4711", "Rechnung Nr. 4711", "Delivery note: 55310", "Order no. 12", "Thank you"]
)
def test_a_label_in_ordinary_print_is_no_title(text: str) -> None:
    assert title(f"{text} @50,100") is Title.NONE


def test_the_name_of_another_document_over_its_number_is_no_title() -> None:
    row = grid("50 200 350", "Delivery note | Order | Customer", "55310 | 12 | 90031", top=150)
    assert title("INVOICE @400,40,18", row) is Title.INVOICE
    assert title(row) is Title.NONE


def test_a_title_below_the_head_is_none() -> None:
    assert title("INVOICE @50,370,16") is Title.INVOICE
    assert title("INVOICE @50,385,16") is Title.NONE


def test_the_numbers_of_another_document_are_not_its_invoices() -> None:
    assert (
        signs(page(["DELIVERY NOTE @50,40,18", "No: 55310 @50,80", "Invoice No: 4711 @50,96"])).numbers == ()
    )


def test_the_heading_of_a_column_names_no_total() -> None:
    assert (
        signs(page(grid("50 >300", "Description | Total", "Leaflet | 80.00", top=60))).totals == frozenset()
    )


def test_parties_are_known_by_tax_ids_accounts_and_domains() -> None:
    shown = page(
        block(
            "IBAN DE02 1203 0000 0000 2020 51", "www.fernhill.example", "USt-IdNr. DE123456788", x=50, top=60
        )
    )
    assert signs(shown).ids == {
        PartyId("account", "DE02120300000000202051"),
        PartyId("domain", "fernhill.example"),
        PartyId("tax id", "DE123456788"),
    }


def test_a_number_is_found_without_a_label() -> None:
    known = own_number(signs(invoice("INV-1001")))
    assert signs(page("as billed with INV-1001. @50,60")).prints(known)
    assert signs(page("INV- @50,60", "1001 @75,60")).prints(known) is False  # seven characters
    assert not signs(page("as billed with INV-1002. @50,60")).prints(known)


def test_a_long_number_is_found_in_neighbouring_words_and_a_short_one_only_as_a_word() -> None:
    long, short = (own_number(signs(invoice(number))) for number in ("INV-20261001", "712"))
    assert signs(page("INV-2026 @50,60", "1001 @110,60")).prints(long)
    assert signs(page("712 @50,60")).prints(short)
    assert not signs(page("47120 @50,60")).prints(short)


def test_the_letterhead_is_the_letters_of_the_first_lines() -> None:
    assert signs(page(letterhead())).letterhead >= {"fernhillprintltd", "quaystreetludlow"}
    assert signs(page("5 @50,40", "Ab 1 @50,60")).letterhead == frozenset()
