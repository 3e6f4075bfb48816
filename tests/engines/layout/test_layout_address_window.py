"""A buyer whom no label names: the address that is not the seller's."""

import pytest
from engines.layout.pages import block, first, page, read, text_of

SELLER = ("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg")
BUYER = ("Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach")
FOOT = "Nordwind Lampen GmbH · Hafenstraße 9 · 20457 Hamburg · Tel. 040 123456 @50,800,7"
NUMBERS = "Rechnung Nr. 4711 vom 05.03.2026 @50,300"


def buyer(*prints: str | list[str]) -> str | None:
    return text_of(read(page(*prints, NUMBERS)), "buyer_name")


@pytest.mark.parametrize("logo", ["Nordwind", "nordwind+", "NL"])
def test_a_logo_over_the_letterhead_is_not_the_buyer(logo: str) -> None:
    head = [f"{logo} @320,30,24", *block(*SELLER, x=320, top=66)]
    assert buyer(head, block(*BUYER, x=50, top=140), FOOT) == BUYER[0]


def test_a_block_after_a_gap_wider_than_its_lines_is_another_one() -> None:
    assert buyer(block(*SELLER, x=50, top=40), block(*BUYER, x=50, top=100), FOOT) == BUYER[0]


def test_a_form_of_address_is_no_part_of_a_name() -> None:
    person = ("Frau Gesa Uhlenbrook", "Am Markt 4", "88356 Ostrach")
    assert buyer(block(*SELLER, x=320, top=40), block(*person, x=50, top=140), FOOT) == "Gesa Uhlenbrook"


def test_it_may_stand_on_a_line_of_its_own() -> None:
    lines = ("Frau", "Gesa Uhlenbrook", "Am Markt 4", "88356 Ostrach")
    assert buyer(block(*SELLER, x=320, top=40), block(*lines, x=50, top=140), FOOT) == "Gesa Uhlenbrook"


def test_an_address_with_a_phone_and_no_name_is_not_the_buyer_beside_one_without() -> None:
    branch = ("Meisterbetrieb", "Lindenweg 11", "84508 Burgdorf", "Telefon 08679 555 310")
    found = buyer(
        "Nordwind Lampen @50,30,20", block(*branch, x=400, top=40), block(*BUYER, x=50, top=160), FOOT
    )
    assert found == BUYER[0]


def test_a_sentence_under_another_is_no_name() -> None:
    small = "Vorgang nach § 19 UStG, Satz 1, ohne Steuer @50,330"
    goes_on = ["gemäß den Angaben des Kunden @50,344", "Stand 2026 der Vereinbarung @50,358"]
    assert buyer(block(*SELLER, x=320, top=40), small, goes_on, FOOT) is None


def test_a_buyer_found_by_its_place_alone_does_not_pass_without_a_look() -> None:
    best = first(
        read(page(block(*SELLER, x=320, top=40), block(*BUYER, x=50, top=140), FOOT, NUMBERS)), "buyer_name"
    )
    assert best is not None
    assert best.text == BUYER[0]
    assert best.score < 0.7


def test_the_block_in_which_the_customers_tax_id_is_labelled_is_the_buyers() -> None:
    lines = (*BUYER, "Ihre USt-IdNr.: DE811569869")
    found = read(page(block(*lines, x=50, top=40), block(*SELLER, x=320, top=120), FOOT, NUMBERS))
    assert text_of(found, "buyer_name") == BUYER[0]
    assert text_of(found, "seller_name") == SELLER[0]


def test_a_name_goes_on_over_lines_that_were_too_narrow_for_it() -> None:
    lines = ("Ostracher", "Hotelbetriebe", "GmbH", "Am Markt 4", "88356 Ostrach")
    head = block(*SELLER, x=320, top=40)
    assert buyer(head, block("Kunde:", *lines, x=50, top=140), FOOT) == "Ostracher Hotelbetriebe GmbH"


def test_a_contact_over_a_firm_is_no_part_of_its_name() -> None:
    lines = ("Gesa Uhlenbrook", "Ostrach GmbH", "Am Marktplatz bei der Kirche 4", "88356 Ostrach")
    found = buyer(block(*SELLER, x=320, top=40), block("Kunde:", *lines, x=50, top=140), FOOT)
    assert found != "Gesa Uhlenbrook Ostrach GmbH"


def test_what_stands_far_to_the_right_of_a_heading_is_anothers() -> None:
    left = block("Kunde:", "Firma: " + BUYER[0], *BUYER[1:], x=50, top=100)
    right = block("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg", x=400, top=100)
    assert buyer(left, right, FOOT) == BUYER[0]


def test_a_value_a_little_to_the_right_of_a_heading_is_its_own() -> None:
    assert buyer("Kunde: @50,100", f"{BUYER[0]} @120,100", block(*SELLER, x=320, top=40), FOOT) == BUYER[0]


def test_an_address_a_line_under_a_logo_is_a_block_of_its_own() -> None:
    lines = ("Lerchenfeld Mills", "Am Markt 4", "88356 Ostrach")
    foot = "Nordwind Lampen GmbH · Hafenstraße 9 · 20457 Hamburg @50,800,7"
    assert buyer("Fern Catering @50,30,22", block(*lines, x=50, top=78), foot) == lines[0]


@pytest.mark.parametrize(
    ("first_line", "expected"),
    [("Rechnungsgeber", BUYER[0]), ("Ostrach Gruppe", "Ostrach Gruppe")],
)
def test_one_word_over_a_firm_is_a_heading_that_no_spec_knows(first_line: str, expected: str) -> None:
    lines = (first_line, *BUYER)
    assert buyer(block(*SELLER, x=320, top=40), block(*lines, x=50, top=140), FOOT) == expected


@pytest.mark.parametrize(("above", "expected"), [("Reference", None), ("Reference: 4711", "Gesa Uhlenbrook")])
def test_what_stands_under_a_label_that_waits_is_no_buyer(above: str, expected: str | None) -> None:
    window = block(above, "Gesa Uhlenbrook", "Hafenstraße 4", "88356 Ostrach", x=50, top=140)
    assert buyer(block(*SELLER, x=320, top=40), window, FOOT) == expected
