"""Seller and buyer are found where no label names them."""

import pytest
from engines.layout.pages import block, field, page, read, text_of

SELLER = ("Nordwind Lampen GmbH", "Hafenstraße 9", "20457 Hamburg")
BUYER = ("Ostrach Hotelbetriebe AG", "Am Markt 4", "88356 Ostrach")
SENDER = "Nordwind Lampen GmbH · Hafenstraße 9 · 20457 Hamburg @50,130,7"
WINDOW = block(*BUYER, x=50, top=145)
NUMBERS = ["RECHNUNG @50,250,18", "Rechnungs-Nr.: 4711 @380,250", "Datum: 5.3.2026 @380,265"]


@pytest.mark.parametrize(("x", "edge"), [(50, ""), (545, ">"), (297, "|")])
def test_a_letterhead_is_the_seller_wherever_it_is_aligned(x: int, edge: str) -> None:
    head = block(*SELLER, "Tel. 040 123456", "www.nordwind-lampen.example", x=x, top=30, edge=edge)
    reading = read(page(head, WINDOW, NUMBERS))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "seller_address") == "Hafenstraße 9 20457 Hamburg"


def test_a_sender_line_is_the_seller_and_the_window_below_the_buyer() -> None:
    reading = read(page(SENDER, WINDOW, NUMBERS))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "seller_address") == "Hafenstraße 9 · 20457 Hamburg"
    assert text_of(reading, "buyer_name") == BUYER[0]


@pytest.mark.parametrize(
    ("seller", "buyer"),
    [
        (
            ("Atelier Brume SARL", "14 rue des Lilas", "69003 Lyon", "Tél. 04 12 34 56 78"),
            ("Hôtel du Lac SAS", "2 quai Vert", "74000 Annecy"),
        ),
        (
            ("Cinder Peak Tools LLC", "410 Alder Ave", "Boise, ID 83702", "(208) 555-0142"),
            ("Marlow Fabrication Inc.", "77 Foundry St", "Salem, OR 97301"),
        ),
        (("Quillon & Partner", "Seestraße 2", "8002 Zürich", "mail@quillon.example"), BUYER),
        (SELLER, ("Jona Quellbach", "Am Markt 4", "88356 Ostrach")),
    ],
)
def test_firms_and_persons_of_any_country_are_told_apart(
    seller: tuple[str, ...], buyer: tuple[str, ...]
) -> None:
    reading = read(page(block(*seller, x=50, top=30), block(*buyer, x=320, top=145), NUMBERS))
    assert text_of(reading, "seller_name") == seller[0]
    assert text_of(reading, "buyer_name") == buyer[0]


def test_an_address_window_without_a_sender_line_is_the_buyer() -> None:
    head = block(*SELLER, "info@nordwind-lampen.example", x=380, top=30)
    reading = read(page(head, WINDOW, NUMBERS))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "buyer_name") == BUYER[0]


def test_the_firm_of_the_footer_is_the_seller_where_the_head_is_a_picture() -> None:
    footer = block(
        "Nordwind Lampen GmbH",
        "Hafenstraße 9, 20457 Hamburg",
        "USt-IdNr.: DE136695976",
        "www.nordwind-lampen.example",
        x=50,
        top=770,
        step=11,
        size=7,
    )
    reading = read(page(WINDOW, NUMBERS, footer))
    assert text_of(reading, "seller_name") == SELLER[0]
    assert text_of(reading, "buyer_name") == BUYER[0]


def test_the_title_is_not_the_seller() -> None:
    reading = read(page("TAX INVOICE @50,30,24", block(*SELLER, "Tel. 040 123456", x=50, top=80), WINDOW))
    assert text_of(reading, "seller_name") == SELLER[0]


def test_the_buyer_under_a_heading_is_not_taken_for_the_seller() -> None:
    head = block("Quillon & Partner", "Seestraße 2", "8002 Zürich", x=350, top=30)
    reading = read(page(block("Bill to", *BUYER, x=50, top=30), head, NUMBERS))
    assert text_of(reading, "buyer_name") == BUYER[0]
    assert text_of(reading, "seller_name") != BUYER[0]


def test_a_name_that_repeats_in_the_footer_is_likelier_the_sellers() -> None:
    head = block("Quillon & Partner", "Seestraße 2", "8002 Zürich", "Tel. 044 123 45 67", x=350, top=30)
    footer = "Quillon & Partner @50,800"
    alone, again = (read(page(head, WINDOW, NUMBERS, *more)) for more in ([], [footer]))
    assert text_of(again, "seller_name") == "Quillon & Partner"
    scores = [
        next(each.score for each in reading.candidates["seller_name"] if each.text == "Quillon & Partner")
        for reading in (alone, again)
    ]
    assert scores[1] > scores[0]


def test_a_block_in_the_lower_half_is_no_address_window() -> None:
    head = block(*SELLER, "info@nordwind-lampen.example", x=380, top=30)
    assert field("buyer_name", head, NUMBERS, block(*BUYER, x=50, top=500)) is None


def test_a_slogan_or_a_thank_you_is_not_the_seller() -> None:
    reading = read(
        page(
            "We light your rooms @50,30,16",
            block(*SELLER, "Tel. 040 123456", x=380, top=30),
            WINDOW,
            "Thank you for your order @50,700",
        )
    )
    assert text_of(reading, "seller_name") == SELLER[0]


def test_what_is_guessed_from_the_layout_scores_below_what_is_labelled() -> None:
    guessed = read(page(SENDER, WINDOW, NUMBERS)).candidates["seller_name"][0]
    named = read(page("Seller: Nordwind Lampen GmbH @50,130", WINDOW, NUMBERS)).candidates["seller_name"][0]
    assert guessed.score < named.score


def test_an_empty_page_has_no_parties() -> None:
    reading = read(page())
    assert not reading.candidates
