"""Contracts in many hands: the truth is printed where it says, and no two are set alike."""

import pymupdf
import pytest
from synthesis.contract_random import GeneratedContract
from synthesis.contracts.generate import generate_varied_contract
from synthesis.contracts.numbering import NUMBERINGS, heading_of, label_of
from synthesis.contracts.wording import wording

from extractor.values.text import squeeze

_LANGUAGES = ("en", "de", "zh")
_LITERAL = (
    "contract_number",
    "title",
    "seller_name",
    "seller_tax_id",
    "buyer_name",
    "bank_account",
    "governing_law",
)


def pages_of(made: GeneratedContract) -> list[str]:
    with pymupdf.open(stream=made.content, filetype="pdf") as file:  # type: ignore[no-untyped-call]  # not annotated
        return [page.get_text() for page in file]


@pytest.mark.parametrize("language", _LANGUAGES)
@pytest.mark.parametrize("seed", range(6))
def test_a_contract_prints_its_terms_on_the_page_it_names(seed: int, language: str) -> None:
    made = generate_varied_contract(seed, language=language)
    pages = [squeeze(page) for page in pages_of(made)]
    for name in _LITERAL:
        term = made.terms[name]
        assert isinstance(term["page"], int)
        assert squeeze(str(term["value"])) in "".join(pages[term["page"] - 1 : term["page"] + 1]), name


@pytest.mark.parametrize("language", _LANGUAGES)
def test_the_same_seed_makes_the_same_bytes(language: str) -> None:
    one, other = (generate_varied_contract(3, language=language) for _ in range(2))
    assert (one.content, one.terms) == (other.content, other.terms)


@pytest.mark.parametrize("language", _LANGUAGES)
def test_wordings_are_drawn_apart_from_each_other(language: str) -> None:
    made = [generate_varied_contract(seed, language=language) for seed in range(12)]
    openings = {pages_of(each)[0][:40] for each in made}
    sentences = {each.sentences["payment_days"].split(" ")[0] for each in made}
    assert len(openings) > 8
    assert len(sentences) > 3 - (language == "zh")


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_wording_can_be_filled(language: str) -> None:
    for seed in range(30):
        made = generate_varied_contract(seed, language=language)
        assert not any("{" in sentence for sentence in made.sentences.values())


@pytest.mark.parametrize("language", _LANGUAGES)
def test_a_provision_names_terms_only_in_languages_that_have_them(language: str) -> None:
    named = {
        term for section in wording(language).sections for each in section.provisions for term in each.terms
    }
    assert {
        "price_list",
        "payment_days",
        "tax_rate",
        "total_amount",
        "bank_account",
        "effective_date",
    } <= named


def test_further_clauses_make_a_contract_long() -> None:
    assert len(pages_of(generate_varied_contract(2, language="en", further_clauses=120))) > 15


@pytest.mark.parametrize(
    ("language", "numbering", "heading", "label"),
    [
        ("en", "section", "Section 4. Prices", ("(b)", "Section 4")),
        ("de", "paragraph", "§ 4 Prices", ("(2)", "§ 4 Abs. 2")),
        ("zh", "items", "四、Prices", ("（二）", "4.2")),
        ("en", "lettered", "4. PRICES", ("(b)", "4")),
    ],
)
def test_clauses_are_numbered_in_the_manner(
    language: str, numbering: str, heading: str, label: tuple[str, str]
) -> None:
    assert heading_of(language, numbering, 4, "Prices") == heading
    assert label_of(language, numbering, 4, 2) == label
    assert numbering in NUMBERINGS[language]
