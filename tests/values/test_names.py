"""Names of companies, alike and not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.names import comparable_name, is_legal_form, name_similarity


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nordlicht Gartenbau GmbH & Co. KG", "NORDLICHT GARTENBAU GMBH UND CO KG"),
        ("Alder Tools Ltd.", "Alder Tools Limited"),
        ("Alder Tools DAC", "Alder Tools Designated Activity Company"),
        ("Alder Tools Co., Ltd.", "ALDER TOOLS CO.,LTD"),
        ("O’Merrow & Daughters, Inc.", "OMerrow and Daughters Incorporated"),
        ("云杉科技有限公司", "云杉科技有限责任公司"),
        ("云杉（北京）科技有限公司", "云杉(北京)科技有限公司"),
        ("Ａｌｄｅｒ　Ｔｏｏｌｓ　Ｌｔｄ", "Alder Tools Ltd"),
        ("Brücke Handels Gesellschaft mit beschränkter Haftung", "Brücke Handels GmbH"),
        ("Lumière S.A.R.L.", "Lumiere SARL"),
        ("Molino S.p.A.", "Molino SpA"),
    ],
)
def test_variants_of_a_name_are_the_same(one: str, other: str) -> None:
    assert comparable_name(one) == comparable_name(other)
    assert name_similarity(one, other) == 1.0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alder Tools Ltd", "Birch Tools Ltd"),
        ("云杉科技有限公司", "白桦贸易有限公司"),
        ("Alder GmbH", "Birke GmbH"),
    ],
)
def test_a_shared_legal_form_does_not_make_names_alike(one: str, other: str) -> None:
    assert name_similarity(one, other) < 0.75


def test_another_legal_form_is_not_the_same_name() -> None:
    assert 0.7 < name_similarity("Alder Tools GmbH", "Alder Tools AG") < 1.0


def test_a_misread_letter_leaves_names_alike() -> None:
    assert name_similarity("Alder Tools Limited", "A1der Tools Limited") > 0.85


def test_nothing_is_like_nothing() -> None:
    assert name_similarity("", "") == 0.0
    assert name_similarity("...", "Alder") == 0.0


@given(one=st.text(), other=st.text())
def test_similarity_is_bounded_and_goes_both_ways(one: str, other: str) -> None:
    similarity = name_similarity(one, other)
    assert 0.0 <= similarity <= 1.0
    assert similarity == pytest.approx(name_similarity(other, one))


@given(st.text())
def test_comparable_names_stay_as_they_are(name: str) -> None:
    once = comparable_name(name)
    assert comparable_name(once) == once


@pytest.mark.parametrize("text", ["GmbH", "GmbH & Co. KG", "S.r.l.", "有限公司"])
def test_a_legal_form_alone_is_one(text: str) -> None:
    assert is_legal_form(text)


@pytest.mark.parametrize("text", ["Nova GmbH", "Nova", "GmbH Nova", "***", ""])
def test_a_name_or_no_word_at_all_is_no_legal_form(text: str) -> None:
    assert not is_legal_form(text)
