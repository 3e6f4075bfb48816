from decimal import Decimal

from synthesis.invoices.markets import Tax
from synthesis.invoices.sums import add_up
from synthesis.record import Allowance, Line


def _line(net: str, rate: str, gross: str | None = None) -> Line:
    return Line(
        description="thing",
        quantity=Decimal(1),
        unit_price=Decimal(net),
        net_amount=Decimal(net),
        tax_rate=Decimal(rate),
        gross_amount=Decimal(gross) if gross else None,
    )


def test_each_rate_has_its_own_row() -> None:
    sums = add_up(
        (_line("10.00", "20"), _line("5.00", "5"), _line("1.00", "20")),
        (),
        parts=(),
        places=2,
        is_gross=False,
    )
    assert [(row.rate, row.base, row.tax) for row in sums.rows] == [
        (Decimal(20), Decimal("11.00"), Decimal("2.20")),
        (Decimal(5), Decimal("5.00"), Decimal("0.25")),
    ]
    assert (sums.net, sums.tax, sums.gross) == (Decimal("16.00"), Decimal("2.45"), Decimal("18.45"))


def test_allowances_lower_the_base_and_charges_raise_it() -> None:
    allowances = (
        Allowance(amount=Decimal("2.00"), reason="", tax_rate=Decimal(20)),
        Allowance(amount=Decimal("5.00"), reason="", tax_rate=Decimal(20), is_charge=True),
    )
    sums = add_up((_line("10.00", "20"),), allowances, parts=(), places=2, is_gross=False)
    assert (sums.net, sums.tax) == (Decimal("13.00"), Decimal("2.60"))


def test_parts_share_one_base() -> None:
    parts = (Tax(name="TPS", rate=Decimal(5)), Tax(name="TVQ", rate=Decimal("9.975")))
    sums = add_up((_line("100.00", "14.975"),), (), parts=parts, places=2, is_gross=False)
    assert [(row.name, row.base, row.tax) for row in sums.rows] == [
        ("TPS", Decimal("100.00"), Decimal("5.00")),
        ("TVQ", Decimal("100.00"), Decimal("9.98")),
    ]


def test_the_tax_is_taken_out_of_gross_prices() -> None:
    sums = add_up((_line("10.00", "20", gross="12.00"),), (), parts=(), places=2, is_gross=True)
    assert (sums.net, sums.tax, sums.gross) == (Decimal("10.00"), Decimal("2.00"), Decimal("12.00"))


def test_whole_currencies_are_taxed_in_whole_units() -> None:
    sums = add_up((_line("1001", "19"),), (), parts=(), places=0, is_gross=False)
    assert (sums.tax, sums.gross) == (Decimal(190), Decimal(1191))
