import pytest
from synthesis.chance import seeded
from synthesis.invoices.markets import markets
from synthesis.invoices.words import random_wording, spellings

_LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")


@pytest.mark.parametrize("language", _LANGUAGES)
def test_every_language_has_the_same_words(language: str) -> None:
    assert set(spellings(language)) == set(spellings("en"))


@pytest.mark.parametrize("key", sorted(markets()))
def test_labels_that_meet_are_never_the_same(key: str) -> None:
    market = markets()[key]
    for seed in range(60):
        words = random_wording(seeded(f"{key}{seed}"), market, tax=market.tax[0])
        for one, other in (
            ("gross_total", "net_total"),
            ("amount_due", "gross_total"),
            ("net_amount", "net_total"),
            ("tax_total", "tax_rate"),
            ("issue_date", "due_date"),
        ):
            assert words[one] != words[other], (seed, one, other)


@pytest.mark.parametrize("key", sorted(markets()))
def test_no_label_keeps_the_place_of_the_tax(key: str) -> None:
    market = markets()[key]
    words = random_wording(seeded(key), market, tax=market.tax[0])
    assert [name for name, text in words.items() if "{tax}" in text] == []
