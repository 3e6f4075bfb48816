"""Generated contracts carry the terms that their truth names, where it says."""

import re

import pymupdf
import pytest
from synthesis.contract_random import GeneratedContract, generate_contract
from synthesis.contract_wording import sections
from synthesis.measure_terms import cites, clause_path

from extractor.values.text import squeeze

_LANGUAGES = ("en", "de", "zh")
_LITERAL = (
    "contract_number",
    "title",
    "seller_name",
    "seller_tax_id",
    "buyer_name",
    "buyer_tax_id",
    "late_fee_rate",
    "bank_account",
    "governing_law",
    "payment_days",
)


def _pages(made: GeneratedContract) -> list[str]:
    with pymupdf.open(stream=made.content, filetype="pdf") as file:  # type: ignore[no-untyped-call]  # not annotated
        return [squeeze(page.get_text()) for page in file]


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("seed", range(4))
def test_a_contract_prints_its_terms_on_the_page_it_names(seed: int, language: str) -> None:
    made = generate_contract(seed, language=language)
    pages = _pages(made)
    for name in _LITERAL:
        term = made.terms.get(name)
        if term:
            page = term["page"]
            assert isinstance(page, int)
            assert squeeze(str(term["value"])) in "".join(pages[page - 1 : page + 1]), name


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_same_seed_makes_the_same_bytes(language: str) -> None:
    assert generate_contract(3, language=language).content == generate_contract(3, language=language).content


@pytest.mark.parametrize("language", _LANGUAGES)
def test_what_a_contract_says_nothing_of_is_not_in_its_truth(language: str) -> None:
    made = [generate_contract(seed, language=language) for seed in range(8)]
    assert any("total_amount" in contract.terms for contract in made)
    for contract in made:
        assert ("total_amount" in contract.terms) is (contract.record.total_amount is not None)
        assert ("retention_rate" in contract.terms) is (contract.record.retention_rate is not None)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_term_has_its_sentence(language: str) -> None:
    fixed = {
        term for section in sections(language) for provision in section.provisions for term in provision.terms
    }
    assert {
        "price_list",
        "total_amount",
        "payment_days",
        "bank_account",
        "effective_date",
        "retention_rate",
    } <= fixed


@pytest.mark.parametrize("language", _LANGUAGES)
def test_no_placeholder_is_left_in_a_sentence(language: str) -> None:
    for seed in range(4):
        assert not any(
            re.search(r"[{}]|none", text) for text in _pages(generate_contract(seed, language=language))
        )


@pytest.mark.parametrize(
    ("clause", "path"),
    [
        ("4.2", ("4", "2")),
        ("§ 4 Abs. 3", ("4", "3")),
        ("四、（三）", ("4", "3")),
        ("Annex A, 4", ("annex", "4")),
        ("附件一", ("annex", "1")),
    ],
)
def test_clauses_are_the_same_however_they_are_written(clause: str, path: tuple[str, ...]) -> None:
    assert clause_path(clause) == path


def test_a_place_inside_a_clause_cites_it_and_a_neighbour_does_not() -> None:
    assert cites("4.2, 1", "4.2")
    assert cites("Anlage 1, 3", "Anlage 1")
    assert not cites("4.3", "4.2")
    assert not cites("4", "4.2")
    assert not cites(None, "4.2")
