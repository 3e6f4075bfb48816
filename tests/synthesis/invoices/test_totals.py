from decimal import Decimal

from synthesis.invoices.content import Content
from synthesis.invoices.totals import shown_taxes, total_rows

from .drawn_content import some_content, with_choices, with_record


def _names(content: Content) -> list[str]:
    return [row.name for row in total_rows(content)]


def _plain(content: Content) -> Content:
    return with_record(
        content,
        allowances=(),
        prepaid_amount=None,
        withheld_amount=None,
        rounding_amount=None,
        previous_balance=None,
    )


def test_a_taxed_invoice_shows_net_tax_and_gross() -> None:
    content = with_choices(_plain(some_content(1)), has_tax_sum_only=False, shows_amount_due=False)
    assert _names(content) == ["net", "tax", "gross"]


def test_taxes_of_several_rates_are_shown_one_by_one() -> None:
    content = _plain(some_content(1, "fr", rates=2))
    content = with_choices(content, tax_table="none", has_tax_sum_too=True, shows_amount_due=False)
    assert _names(content) == ["net", "tax", "tax", "tax_sum", "gross"]


def test_a_table_of_taxes_may_leave_only_their_sum_to_the_totals() -> None:
    content = _plain(some_content(1, "fr", rates=2))
    content = with_choices(content, tax_table="before", has_tax_sum_only=True, shows_amount_due=False)
    assert _names(content) == ["net", "tax_sum", "gross"]
    assert [has_base for _, has_base in shown_taxes(content)] == [True, True]


def test_bases_are_shown_only_where_they_are_printed() -> None:
    content = _plain(some_content(1, "fr", rates=2))
    wording = {**content.layout.wording, "tax_row": "TVA {rate}"}
    for shows_base in (True, False):
        shown = with_choices(content, tax_table="none", shows_base=shows_base, wording=wording)
        assert [has_base for _, has_base in shown_taxes(shown)] == [shows_base, shows_base]


def test_an_exempt_invoice_may_show_nothing_but_its_total() -> None:
    content = _plain(some_content(1, tax_case="exempt"))
    content = with_choices(content, shows_base=False, shows_amount_due=False)
    assert _names(content) == ["gross"]
    assert shown_taxes(content) == ()


def test_prices_with_tax_show_the_tax_that_is_in_them() -> None:
    content = with_choices(_plain(some_content(1, tax_case="gross_prices")), shows_net_of_gross=False)
    assert _names(content)[:2] == ["gross", "tax"]


def test_what_is_paid_already_is_taken_off() -> None:
    content = with_record(_plain(some_content(1)), prepaid_amount=Decimal("5.00"), amount_due=Decimal("7.00"))
    rows = total_rows(content)
    assert [row.name for row in rows][-2:] == ["prepaid", "due"]
    assert rows[-1].text == content.layout.pen.total(Decimal("7.00"))
