"""A seller's tax id that stands with the buyer's name is doubted, one in the seller's block is not."""

from dataclasses import replace

import pytest
from engines.layout.pages import page
from invoice_record import extraction, leaf

from extractor.assessment.ids_apart import ids_apart
from extractor.assessment.misfits import misfits
from extractor.engines.reading import Evidence
from extractor.extraction.extraction import ABSENT, Extraction, Leaf
from extractor.pages.geometry import Box
from extractor.pages.word import Origin

PAGE = page("Invoice @50,20")


def at(text: str, x: float, y: float, number: int = 1) -> Leaf:
    evidence = Evidence(page=number, boxes=(Box(x, y, x + 80, y + 10),), origin=Origin.TEXT_LAYER)
    return replace(leaf(text), evidence=evidence)


def made(tax_id: Leaf, buyer: Leaf | None = None) -> Extraction:
    return extraction(
        seller_name=at("Quendelmoor Lampen GmbH", 50, 40),
        buyer_name=buyer or at("Ostrach Hotelbetriebe AG", 50, 200),
        seller_tax_id=tax_id,
    )


@pytest.mark.parametrize(
    ("x", "y", "is_odd"),
    [
        (50, 120, False),  # eight lines below the seller
        (50, 240, True),  # below the buyer
        (50, 280, True),
        (50, 281, False),  # in nobody's block
        (200, 240, False),  # beside it
        (50, 800, False),
    ],
)
def test_an_id_in_the_buyers_block_is_doubted(x: float, y: float, *, is_odd: bool) -> None:
    found = [path for path, _ in ids_apart(made(at("DE136695976", x, y)), [PAGE])]
    assert found == (["seller_tax_id"] if is_odd else [])


@pytest.mark.parametrize(("y", "is_odd"), [(80, False), (300, True), (588, True), (590, False)])
def test_without_a_buyer_it_must_stand_with_the_seller_or_in_the_foot(y: float, *, is_odd: bool) -> None:
    alone = extraction(made(at("DE136695976", 300, y)).fields, buyer_name=ABSENT)
    near = extraction(alone.fields, seller_tax_id=at("DE136695976", 50, y))
    assert [path for path, _ in ids_apart(near, [PAGE])] == (["seller_tax_id"] if is_odd else [])


def test_another_page_is_no_block() -> None:
    assert list(ids_apart(made(at("DE136695976", 50, 240, number=2)), [PAGE])) == []


def test_it_is_among_what_does_not_fit() -> None:
    assert "seller_tax_id" in [path for path, _ in misfits(made(at("DE136695976", 50, 240)), [PAGE])]


@pytest.mark.parametrize(
    ("printed", "is_odd"),
    [("USt-IdNr.: wrapped", True), ("Umsatzsteuer-ID: wrapped", True), ("Handelsregister", False)],
)
def test_a_number_of_the_tax_office_is_doubted_where_a_vat_id_is_labelled(
    printed: str, *, is_odd: bool
) -> None:
    found = list(ids_apart(made(at("21/815/08150", 50, 60)), [page(f"{printed} @50,700")]))
    assert bool(found) is is_odd


def test_a_vat_id_in_nobodys_block_is_the_sellers_rather_than_the_buyers() -> None:
    def read(y: float) -> list[str]:
        invoice = extraction(made(at("21/815/08150", 50, 60)).fields, buyer_tax_id=at("DE136695976", 50, y))
        return [path for path, _ in ids_apart(invoice, [PAGE])]

    assert read(240) == []
    assert read(600) == ["seller_tax_id"]
