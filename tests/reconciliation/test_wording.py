"""What a line is, and what an amount is said to contain."""

import pytest

from extractor.reconciliation.wording import LineKind, line_kind, says_tax_included


@pytest.mark.parametrize(
    ("text", "is_negative", "kind"),
    [
        ("Pendelleuchte E27", False, LineKind.GOODS),
        ("Frachtkosten", False, LineKind.FEE),
        ("Energy surcharge", False, LineKind.FEE),
        ("木箱包装费", False, LineKind.FEE),
        ("Kundenrabatt 4 %", True, LineKind.DISCOUNT),
        ("折扣 2%", True, LineKind.DISCOUNT),
        ("Correction", True, LineKind.DISCOUNT),
        ("Less retention 10%", True, LineKind.RETENTION),
        ("Sicherheitseinbehalt 5 %", True, LineKind.RETENTION),
        ("扣留质保金", True, LineKind.RETENTION),
        ("Less deposit paid", True, LineKind.PREPAID),
        ("预付款抵扣", True, LineKind.PREPAID),
        ("Zwischensumme", False, LineKind.SUM),
        ("Subtotal", False, LineKind.SUM),
        ("小　计", False, LineKind.SUM),
        ("Total station survey, two days on site", False, LineKind.GOODS),
    ],
)
def test_lines_are_told_by_words_and_sign(text: str, *, is_negative: bool, kind: LineKind) -> None:
    assert line_kind(text, is_negative=is_negative) is kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("合同总价（含税）", True),
        ("不含税总价", False),
        ("签约合同价500,000.00元，其中不含税价458,715.60元，税额41,284.40元", True),
        ("EUR 1,200.00, of which VAT EUR 200.00", True),
        ("1.190,00 EUR, davon 19 % USt. 190,00 EUR", True),
        ("excluding VAT", False),
        ("exclusive of value added tax", False),
        ("inclusive of 20 % VAT", True),
        ("zuzüglich der gesetzlichen Umsatzsteuer", False),
        ("einschließlich 19 % MwSt.", True),
        ("brutto", True),
        ("true", True),
        ("false", False),
        ("The total price", None),
        (None, None),
    ],
)
def test_what_is_said_of_tax_is_understood(text: str | None, *, said: bool | None) -> None:
    assert says_tax_included(text) is said


def test_the_words_nearest_to_the_amount_count() -> None:
    text = "The total is 8,000.00 net, that is 9,520.00 including VAT."
    assert says_tax_included(text, near="8,000.00") is False
    assert says_tax_included(text, near="9,520.00") is True
