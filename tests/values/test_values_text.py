"""Folding, and positions that it must not move."""

from hypothesis import given
from hypothesis import strategies as st

from extractor.values.text import fold, has_chinese, letters_and_digits, plain, squeeze, without_accents


def test_widths_dashes_case_and_spaces_are_folded() -> None:
    assert fold("  ＲＥ－４７１１\u00a0–\tSTRASSE ") == "re-4711 - strasse"
    assert fold("Straße") == fold("STRASSE")


def test_squeezing_takes_out_all_white_space() -> None:
    assert squeeze("价 税\u3000合 计") == "价税合计"


def test_plain_text_keeps_every_position() -> None:
    assert plain("￥１，２３４\u202f５６−") == "¥1,234 56-"


def test_accents_go_and_letters_stay() -> None:
    assert without_accents("février Ü ø") == "fevrier U ø"


def test_chinese_is_told_from_other_scripts() -> None:
    assert has_chinese("合计 12")
    assert not has_chinese("Größe ￥12 かな")


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_plain_text_is_as_long_as_the_text(text: str) -> None:
    assert len(plain(text)) == len(text)


def test_numbers_are_compared_by_their_letters_and_digits() -> None:
    assert letters_and_digits("Ｋ－2041 / 25_N 甲-1") == "k204125n甲1"
    assert letters_and_digits("–/ .") == ""
