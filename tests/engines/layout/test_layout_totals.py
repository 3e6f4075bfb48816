"""Totals are chosen together, so that the arithmetic holds."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.engines.layout.totals import DUE, GROSS, NET, TAX, TotalCandidate, Totals, choose_totals
from extractor.engines.reading import Candidate, Evidence
from extractor.pages.geometry import Box


def total(
    name: str, value: str, score: float = 0.9, *, row: int | None = None, rate: str | None = None
) -> TotalCandidate:
    """Make a candidate; `row` is where it is printed: by its value, if none is given."""
    y = float(row) if row is not None else float(abs(Decimal(value)))
    evidence = Evidence(page=1, boxes=(Box(400, y, 450, y + 10),))
    return TotalCandidate(
        name=name,
        candidate=Candidate(text=value, evidence=evidence, score=score, value=Decimal(value)),
        value=Decimal(value),
        place=(1, y),
        rate=Candidate(text=rate, evidence=evidence, score=score, value=Decimal(rate)) if rate else None,
    )


def chosen(
    *candidates: TotalCandidate, extras: Iterable[str] = (), lines: str | None = None
) -> dict[str, str]:
    totals = choose(*candidates, extras=extras, lines=lines)
    return {name: str(each.value) for name, each in totals.chosen.items()}


def choose(*candidates: TotalCandidate, extras: Iterable[str] = (), lines: str | None = None) -> Totals:
    return choose_totals(
        candidates,
        extras=[Decimal(extra) for extra in extras],
        lines_sum=Decimal(lines) if lines is not None else None,
    )


def test_net_and_tax_that_make_the_gross_amount_win_over_better_labels() -> None:
    assert chosen(
        total(NET, "100.00", 0.6, row=1),
        total(NET, "80.00", 0.95, row=2),
        total(TAX, "19.00", row=3),
        total(GROSS, "119.00", row=4),
    ) == {NET: "100.00", TAX: "19.00", GROSS: "119.00"}


def test_an_ambiguous_total_is_net_or_gross_as_the_sum_demands() -> None:
    first = [total(name, "100.00", 0.7, row=1) for name in (NET, GROSS)]
    last = [total(name, "119.00", 0.7, row=3) for name in (NET, GROSS)]
    assert chosen(*first, total(TAX, "19.00", row=2), *last) == {NET: "100.00", TAX: "19.00", GROSS: "119.00"}


@pytest.mark.parametrize(
    ("gross", "is_proven"), [("119.02", True), ("119.03", False), ("118.98", True), ("118.97", False)]
)
def test_the_sum_may_be_off_by_two_hundredths(gross: str, *, is_proven: bool) -> None:
    found = choose(total(NET, "100.00", row=1), total(TAX, "19.00", row=2), total(GROSS, gross, row=3))
    assert found.is_proven is is_proven


def test_shipping_printed_among_the_totals_explains_the_sum() -> None:
    found = choose(
        total(NET, "100.00", row=1),
        total(TAX, "19.00", row=3),
        total(GROSS, "126.50", row=4),
        extras=["7.50"],
    )
    assert found.is_proven
    assert found.extras == (Decimal("7.50"),)


def test_a_discount_explains_the_sum_whichever_sign_is_printed() -> None:
    for printed in ("10.00", "-10.00"):
        found = choose(
            total(NET, "100.00", row=1),
            total(TAX, "19.00", row=3),
            total(GROSS, "109.00", row=4),
            extras=[printed],
        )
        assert found.extras == (Decimal("-10.00"),)


def test_a_discount_and_shipping_explain_the_sum_together() -> None:
    found = choose(
        total(NET, "100.00", row=1),
        total(TAX, "19.00", row=3),
        total(GROSS, "114.00", row=4),
        extras=["-10.00", "5.00", "33.00"],
    )
    assert found.is_proven
    assert sum(found.extras) == Decimal("-5.00")


def test_a_discount_that_the_tax_was_reckoned_after_comes_off_the_net_amount() -> None:
    found = choose(
        total(NET, "100.00", row=1),
        total(TAX, "9.00", row=3, rate="10"),
        total(GROSS, "99.00", row=4),
        extras=["-10.00"],
    )
    assert found.chosen[NET].value == Decimal("90.00")
    assert found.chosen[NET].candidate.is_derived


@pytest.mark.parametrize(
    ("tax", "rate", "gross"), [("10.00", "10", "100.00"), ("9.00", None, "99.00"), ("9.00", "12", "99.00")]
)
def test_without_that_proof_the_net_amount_stays_as_printed(tax: str, rate: str | None, gross: str) -> None:
    rows = (total(NET, "100.00", row=1), total(TAX, tax, row=3, rate=rate), total(GROSS, gross, row=4))
    assert choose(*rows, extras=["-10.00"]).chosen[NET].value == Decimal("100.00")


def test_what_is_taken_off_is_no_tax() -> None:
    rows = (total(NET, "100.00", row=1), total(TAX, "-10.00", row=2), total(GROSS, "90.00", row=3))
    assert {NET, TAX} - chosen(*rows).keys()
    credit = (total(NET, "-100.00", row=1), total(TAX, "-10.00", row=2), total(GROSS, "-110.00", row=3))
    assert chosen(*credit)[TAX] == "-10.00"


def test_lines_with_tax_in_their_prices_support_the_gross_amount() -> None:
    rows = (total(NET, "50.00", row=1), total(GROSS, "60.00", 0.6, row=2), total(GROSS, "70.00", row=3))
    assert chosen(*rows, lines="60.00")[GROSS] == "60.00"
    assert chosen(*rows)[GROSS] == "70.00"


def test_a_sum_without_extras_wins_over_one_that_needs_them() -> None:
    assert (
        chosen(
            total(NET, "100.00", 0.7, row=1),
            total(NET, "90.00", 0.75, row=2),
            total(TAX, "19.00", row=3),
            total(GROSS, "119.00", row=4),
            extras=["10.00"],
        )[NET]
        == "100.00"
    )


def test_negative_totals_of_a_credit_note_add_up() -> None:
    found = choose(total(NET, "-100.00", row=1), total(TAX, "-19.00", row=2), total(GROSS, "-119.00", row=3))
    assert found.is_proven


def test_tax_of_several_rates_is_summed_where_no_total_of_it_is_printed() -> None:
    found = choose(
        total(NET, "300.00", row=1),
        total(TAX, "19.00", row=2, rate="19"),
        total(TAX, "14.00", row=3, rate="7"),
        total(GROSS, "333.00", row=4),
    )
    assert found.is_proven
    assert found.chosen[TAX].value == Decimal("33.00")
    assert found.chosen[TAX].candidate.is_derived


def test_a_printed_total_of_the_tax_is_taken_as_printed() -> None:
    found = choose(
        total(NET, "300.00", row=1),
        total(TAX, "19.00", row=2, rate="19"),
        total(TAX, "14.00", row=3, rate="7"),
        total(TAX, "33.00", row=4),
        total(GROSS, "333.00", row=5),
    )
    assert found.chosen[TAX].value == Decimal("33.00")
    assert not found.chosen[TAX].candidate.is_derived


def test_the_sum_of_the_lines_tells_which_amount_is_the_net_one() -> None:
    rivals = (total(NET, "100.00", 0.8, row=1), total(NET, "120.00", 0.85, row=2))
    assert chosen(*rivals, lines="100.00")[NET] == "100.00"
    assert chosen(*rivals, lines="100.02")[NET] == "100.00"
    assert chosen(*rivals, lines="100.03")[NET] == "120.00"
    assert chosen(*rivals)[NET] == "120.00"


def test_net_and_gross_are_equal_where_no_tax_is_due() -> None:
    assert chosen(total(NET, "100.00", row=1), total(GROSS, "100.00", row=2)) == {
        NET: "100.00",
        GROSS: "100.00",
    }


def test_a_lone_total_stands_without_a_proof() -> None:
    found = choose(total(GROSS, "100.00"))
    assert {name: each.value for name, each in found.chosen.items()} == {GROSS: Decimal("100.00")}
    assert not found.is_proven


def test_one_printed_amount_is_not_net_and_gross_at_once() -> None:
    printed = [total(name, "100.00", score, row=1) for name, score in ((NET, 0.8), (GROSS, 0.9))]
    assert chosen(*printed) == {GROSS: "100.00"}


def test_the_amount_due_does_not_take_part_in_the_sum() -> None:
    assert (
        chosen(
            total(NET, "100.00", row=1),
            total(TAX, "19.00", row=2),
            total(GROSS, "119.00", row=3),
            total(DUE, "69.00", row=4),
        )[DUE]
        == "69.00"
    )


def test_what_is_due_is_the_gross_amount_where_nothing_else_is_and_the_sum_holds() -> None:
    def gross(due: str) -> str | None:
        found = chosen(total(NET, "100.00", row=1), total(TAX, "19.00", row=2), total(DUE, due, row=3))
        return found.get(GROSS)

    assert gross("119.02") == "119.02"
    assert gross("119.03") is None
    assert gross("69.00") is None


def test_no_candidates_give_no_totals() -> None:
    assert choose().chosen == {}


_CANDIDATES = st.lists(
    st.builds(
        total,
        st.sampled_from([NET, TAX, GROSS, DUE]),
        st.decimals(-500, 500, places=2).map(str),
        st.floats(0.05, 1.0),
        row=st.integers(1, 6),
    ),
    max_size=12,
)


@given(
    _CANDIDATES,
    st.lists(st.decimals(-50, 50, places=2), max_size=3),
    st.none() | st.decimals(-500, 500, places=2),
)
def test_a_choice_is_of_the_candidates_and_never_takes_one_amount_twice(
    candidates: list[TotalCandidate], extras: list[Decimal], lines_sum: Decimal | None
) -> None:
    found = choose_totals(candidates, extras=extras, lines_sum=lines_sum)
    for name, each in found.chosen.items():
        assert each.name == name
        is_printed = any(each.candidate.evidence == candidate.candidate.evidence for candidate in candidates)
        assert is_printed or each.candidate.is_derived
    net, gross = found.chosen.get(NET), found.chosen.get(GROSS)
    if net and gross in candidates:
        assert net.candidate.evidence != gross.candidate.evidence
    if found.is_proven:
        made = found.chosen[NET].value + found.chosen[TAX].value + sum(found.extras)
        assert abs(found.chosen[GROSS].value - made) <= Decimal("0.02")


@given(st.permutations([NET, TAX, GROSS]), st.decimals(1, 900, places=2), st.decimals(1, 90, places=2))
def test_the_order_of_the_candidates_does_not_matter(order: list[str], net: Decimal, tax: Decimal) -> None:
    values = {NET: net, TAX: tax, GROSS: net + tax}
    rows = {NET: 1, TAX: 2, GROSS: 3}
    found = choose_totals(
        [total(name, str(values[name]), row=rows[name]) for name in order], extras=(), lines_sum=None
    )
    assert {name: each.value for name, each in found.chosen.items()} == values
    assert found.is_proven


def test_two_pairs_of_halves_are_the_whole_tax() -> None:
    halves = [
        total(TAX, "90.00", row=2, rate="9"),
        total(TAX, "90.00", row=3, rate="9"),
        total(TAX, "25.00", row=4, rate="2.5"),
        total(TAX, "25.00", row=5, rate="2.5"),
    ]
    found = chosen(total(NET, "3000.00", row=1), *halves, total(GROSS, "3230.10", row=6), extras=["0.10"])
    assert found == {NET: "3000.00", TAX: "230.00", GROSS: "3230.10"}


def test_rows_of_one_rate_in_two_tables_are_no_pair_of_halves() -> None:
    same = [total(TAX, "90.00", row=2, rate="9"), total(TAX, "90.00", row=2, rate="9")]
    found = chosen(total(NET, "1000.00", row=1), *same, total(GROSS, "1090.00", row=6))
    assert found == {NET: "1000.00", TAX: "90.00", GROSS: "1090.00"}


def test_a_net_amount_that_is_to_be_paid_is_the_gross_amount_too() -> None:
    assert chosen(total(NET, "265.00", row=1), total(DUE, "265.00", row=2)) == {
        NET: "265.00",
        GROSS: "265.00",
        DUE: "265.00",
    }
    assert chosen(total(NET, "265.00", row=1), total(DUE, "315.35", row=2)) == {NET: "265.00", DUE: "315.35"}


@pytest.mark.parametrize(("taken_off", "gross"), [("8693.00", "86930.00"), ("8600.00", None)])
def test_the_amount_above_a_retention_is_the_gross_amount(taken_off: str, gross: str | None) -> None:
    above = replace(total(GROSS, "86930.00", 0.3, row=1), is_borrowed=True)
    found = chosen(above, total(DUE, "78237.00", row=3), extras=["86930.00", taken_off])
    assert found.get(GROSS) == gross or (gross is None and found.get(GROSS) != "86930.00")
