"""The tax breakdown has one row a rate, with what is printed of it."""

from collections.abc import Sequence
from decimal import Decimal

from extractor.engines.layout.breakdown import tax_breakdown
from extractor.engines.layout.totals import NET, TAX, TotalCandidate, Totals, choose_totals
from extractor.engines.reading import Candidate, CandidateRow, Evidence
from extractor.pages.geometry import Box


def printed(value: str, row: int, *, score: float = 0.9) -> Candidate:
    evidence = Evidence(page=1, boxes=(Box(400, row, 450, row + 10),))
    return Candidate(text=value, evidence=evidence, score=score, value=Decimal(value))


def total(
    name: str, value: str, row: int, *, rate: str | None = None, base: str | None = None, score: float = 0.9
) -> TotalCandidate:
    return TotalCandidate(
        name=name,
        candidate=printed(value, row, score=score),
        value=Decimal(value),
        place=(1, float(row)),
        rate=printed(rate, row) if rate else None,
        base=printed(base, row) if base else None,
    )


def choose(*candidates: TotalCandidate) -> Totals:
    return choose_totals(candidates, extras=(), lines_sum=None)


def items(*rates: str | None) -> list[CandidateRow]:
    return [
        CandidateRow(cells={"tax_rate": printed(rate, 200 + 20 * row)} if rate else {})
        for row, rate in enumerate(rates)
    ]


def texts(totals: Totals, rows: Sequence[CandidateRow] = ()) -> list[dict[str, str]]:
    return [{name: cell.text for name, cell in row.cells.items()} for row in tax_breakdown(totals, rows)]


def test_each_rate_is_one_row_in_the_order_printed() -> None:
    assert texts(
        choose(
            total(NET, "300.00", 5),
            total(TAX, "38.00", 1, rate="19", base="200.00"),
            total(TAX, "7.00", 2, rate="7", base="100.00"),
        )
    ) == [
        {"tax": "38.00", "rate": "19", "base": "200.00"},
        {"tax": "7.00", "rate": "7", "base": "100.00"},
    ]


def test_a_rate_printed_twice_is_one_row_and_keeps_its_base() -> None:
    assert texts(
        choose(total(TAX, "38.00", 1, rate="19", base="200.00", score=0.6), total(TAX, "38.00", 7, rate="19"))
    ) == [{"tax": "38.00", "rate": "19", "base": "200.00"}]


def test_the_net_amount_is_the_base_of_an_only_rate_if_the_arithmetic_says_so() -> None:
    for tax, base in (("19.00", "100.00"), ("19.02", "100.00"), ("19.03", None)):
        (row,) = texts(choose(total(NET, "100.00", 1), total(TAX, tax, 2, rate="19")))
        assert row.get("base") == base


def test_the_net_amount_is_not_the_base_of_one_of_several_rates() -> None:
    rows = texts(
        choose(total(NET, "100.00", 1), total(TAX, "19.00", 2, rate="19"), total(TAX, "7.00", 3, rate="7"))
    )
    assert all("base" not in row for row in rows)


def test_tax_without_a_printed_rate_is_no_row() -> None:
    assert texts(choose(total(NET, "100.00", 1), total(TAX, "19.00", 2))) == []
    assert texts(choose()) == []


def test_a_rate_that_all_items_carry_is_that_of_the_totals() -> None:
    totals = choose(total(NET, "150.00", 1), total(TAX, "19.50", 2))
    assert texts(totals, items("13", "13")) == [{"tax": "19.50", "rate": "13", "base": "150.00"}]


def test_rates_of_items_that_differ_or_lack_make_no_row() -> None:
    totals = choose(total(NET, "150.00", 1), total(TAX, "19.50", 2))
    assert texts(totals, items("13", "6")) == []
    assert texts(totals, items("13", None)) == []
