"""Every form of every part can be drawn with any content, and prints all of it without overlaps."""

import pytest
from synthesis.invoices.columns import HEADERS, RULINGS
from synthesis.invoices.content import Content
from synthesis.invoices.drawing import draw_content
from synthesis.invoices.layout import META_NARROW, META_WIDE, TOTALS_FORMS, head_plans
from synthesis.invoices.truths import printed_values

from extractor.values.text import squeeze

from .drawn_content import some_content, with_choices, with_table
from .pages import overlaps, printed_words

_CONTENT = some_content(7)


def _assert_sound(content: Content) -> None:
    words = printed_words(draw_content(content))
    assert overlaps(words) == []
    text = squeeze("".join(word.text for word in words))
    for name, value in printed_values(content).items():
        assert all(squeeze(piece) in text for piece in value.split()), name


@pytest.mark.parametrize("head", sorted(head_plans()))
def test_every_plan_of_a_head_is_sound(head: str) -> None:
    _assert_sound(with_choices(_CONTENT, head=head))


@pytest.mark.parametrize("meta", sorted({*META_NARROW, *META_WIDE}))
def test_every_form_of_data_is_sound(meta: str) -> None:
    _assert_sound(with_choices(_CONTENT, meta=meta, head="parties_plain"))


@pytest.mark.parametrize("totals", sorted(set(TOTALS_FORMS)))
@pytest.mark.parametrize("is_beside", [True, False])
def test_every_form_of_totals_is_sound(totals: str, *, is_beside: bool) -> None:
    _assert_sound(
        with_choices(_CONTENT, totals=totals, is_closing_beside_totals=is_beside, tax_table="after")
    )


@pytest.mark.parametrize("ruling", sorted(set(RULINGS)))
@pytest.mark.parametrize("header", sorted(set(HEADERS)))
def test_every_table_is_sound(ruling: str, header: str) -> None:
    _assert_sound(with_table(_CONTENT, ruling=ruling, header=header))


@pytest.mark.parametrize("account_at", ["closing", "footer", "sentence", "slip", "table"])
@pytest.mark.parametrize("footer", ["columns", "centred", "lines"])
def test_every_place_of_the_account_is_sound(account_at: str, footer: str) -> None:
    _assert_sound(with_choices(_CONTENT, account_at=account_at, footer=footer))


@pytest.mark.parametrize("buyer_form", ["under_label", "bare", "beside_label", "lines"])
@pytest.mark.parametrize("label_form", ["plain", "bold", "grey", "caps"])
def test_every_form_of_the_buyer_is_sound(buyer_form: str, label_form: str) -> None:
    _assert_sound(with_choices(_CONTENT, buyer_form=buyer_form, label_form=label_form))
