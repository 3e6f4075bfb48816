from dataclasses import replace
from datetime import date
from decimal import Decimal

from synthesis.invoices.pen import Pen
from synthesis.notation import NumberStyle

_GERMAN = NumberStyle(decimal_mark=",", group_mark=".", currency="sign_after")
_PEN = Pen(
    language="de",
    currency="EUR",
    in_totals=_GERMAN,
    in_cells=replace(_GERMAN, currency="none"),
    date_pattern="D.M.Y",
    rate_gap=" ",
)


def test_totals_have_the_currency_that_cells_leave_out() -> None:
    assert _PEN.total(Decimal("1234.5")) == "1.234,50 €"
    assert _PEN.cell(Decimal("1234.5")) == "1.234,50"
    assert _PEN.bare(Decimal("1234.5")) == "1.234,50"


def test_prices_keep_their_decimals() -> None:
    assert _PEN.price(Decimal("0.8734")) == "0,8734"
    assert _PEN.price(Decimal(12)) == "12,00"


def test_pesos_without_cents_are_written_whole() -> None:
    pen = replace(_PEN, currency="CLP", in_totals=replace(_GERMAN, currency="none"))
    assert pen.total(Decimal(1234567)) == "1.234.567"


def test_rates_are_short_or_full() -> None:
    assert _PEN.rate(Decimal(19)) == "19 %"
    assert replace(_PEN, has_full_rates=True).rate(Decimal("9.975")) == "9,975 %"
    assert replace(_PEN, has_full_rates=True).rate(Decimal("8.1")) == "8,10 %"


def test_days_follow_the_pattern() -> None:
    assert _PEN.day(date(2026, 3, 5)) == "05.03.2026"
