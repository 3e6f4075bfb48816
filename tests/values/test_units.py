"""Units and their spellings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.values.units import canonical_unit


@pytest.mark.parametrize(
    ("unit", "spellings"),
    [
        ("piece", ["pcs", "Stk.", "Stück", "个", "件", "EA", "each", "Unit(s)", "pièces", "C62", "ＰＣＳ"]),
        (
            "hour",
            ["h", "hrs.", "Std.", "Stunden", "小时", "工时", "per hour", "/h", "HUR", "heures", "man-hours"],
        ),
        ("day", ["day", "Tage", "天", "日", "人天", "jours", "PT", "man-days"]),
        ("month", ["Monat", "months", "月", "mois", "MON"]),
        ("kilogram", ["kg", "KGM", "公斤"]),
        ("tonne", ["t", "吨", "MT"]),
        ("square metre", ["m²", "㎡", "m2", "qm", "平方米", "sq. m"]),
        ("metre", ["m", "米", "lfd. m"]),
        ("set", ["set", "Satz", "套"]),
        ("lump sum", ["lump sum", "pauschal", "Psch.", "项", "LS", "forfait", "批"]),
    ],
)
def test_spellings_have_one_name(unit: str, spellings: list[str]) -> None:
    assert {spelling: canonical_unit(spelling) for spelling in spellings} == dict.fromkeys(spellings, unit)


def test_an_unknown_unit_is_its_folded_text() -> None:
    assert canonical_unit(" Gebinde  XL ") == "gebinde xl"
    assert canonical_unit("") == ""


@given(st.text())
def test_a_name_is_its_own_name(text: str) -> None:
    once = canonical_unit(text)
    assert isinstance(once, str)
