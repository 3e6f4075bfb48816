"""Two parties that only places tell apart may be the wrong way round."""

import pytest
from engines.layout.pages import page
from invoice_record import extraction, leaf

from extractor.assessment.guessed_parties import guessed_parties
from extractor.assessment.misfits import misfits
from extractor.extraction.extraction import ABSENT, Extraction

SELLER, BUYER = "Quendelmoor Lampen GmbH", "Ostrach Hotelbetriebe AG"


def guessed(score: float = 0.9) -> Extraction:
    return extraction(seller_name=leaf(SELLER, score=score), buyer_name=leaf(BUYER, score=0.5))


def paths(made: Extraction, *prints: str) -> list[str]:
    return [
        path for path, _ in guessed_parties(made, [page(f"{SELLER} @50,40", f"{BUYER} @50,140", *prints)])
    ]


@pytest.mark.parametrize(("score", "is_odd"), [(0.9, True), (0.91, False)])
def test_a_seller_whom_no_label_names_may_be_the_buyer(score: float, *, is_odd: bool) -> None:
    assert paths(guessed(score)) == (["seller_name"] if is_odd else [])


@pytest.mark.parametrize(
    ("said", "is_odd"),
    [
        ("Quendelmoor  Lampen GmbH, Kiel", False),
        ("mail@quendelmoor.example", False),
        ("www.quendelmoor-lampen.example", False),
        ("mail@ostrach.example", True),
        ("Quendelmoor", True),
    ],
)
def test_a_name_said_again_or_in_the_web_is_the_sellers(said: str, *, is_odd: bool) -> None:
    assert paths(guessed(), f"{said} @50,800") == (["seller_name"] if is_odd else [])


def test_it_takes_two_parties_and_pages() -> None:
    lone = extraction(seller_name=leaf(SELLER, score=0.9), buyer_name=ABSENT)
    assert paths(lone) == []
    assert list(guessed_parties(guessed(), [])) == []


def test_guessed_parties_are_among_what_does_not_fit() -> None:
    found = [path for path, _ in misfits(guessed(), [page(f"{SELLER} @50,40")])]
    assert found == ["seller_name"]
