import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.field_specs.alternatives import spelled_out


def test_a_bar_in_brackets_stands_for_several_labels() -> None:
    assert spelled_out(("Total (excl.|without) VAT",)) == ("Total excl. VAT", "Total without VAT")


def test_an_empty_alternative_leaves_no_double_space() -> None:
    assert spelled_out(("(Your|) order (no|)",)) == ("Your order no", "Your order", "order no", "order")


def test_brackets_without_a_bar_belong_to_the_label() -> None:
    assert spelled_out(("价税合计（小写）", "Amount (in words)")) == ("价税合计（小写）", "Amount (in words)")


def test_nothing_is_spelled_out_twice() -> None:
    assert spelled_out(("Net", "(Net|Total)")) == ("Net", "Total")


def test_six_hundred_spellings_are_allowed_and_one_more_is_not() -> None:
    ten = "|".join("abcdefghij")
    assert len(spelled_out((f"({ten})({ten})({'|'.join('klmnop')})",))) == 600
    with pytest.raises(ValueError, match="700 spellings"):
        spelled_out((f"({ten})({ten})({'|'.join('klmnopq')})",))


def test_a_label_that_may_be_empty_is_refused() -> None:
    with pytest.raises(ValueError, match="nothing at all"):
        spelled_out(("(a|)",))


@given(st.lists(st.text(alphabet="abc ()", min_size=1, max_size=8), max_size=5))
def test_labels_without_a_bar_are_kept_as_they_are(labels: list[str]) -> None:
    assert spelled_out(tuple(labels)) == tuple(dict.fromkeys(labels))
