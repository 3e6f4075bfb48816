"""Fapiao of both forms, worded and laid out in many ways, are read all but completely."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from synthesis.fapiao import GeneratedFapiao, generate_fapiao
from synthesis.measure import Tally, compare

import extractor

_SEEDS = range(1000, 1060)
_BOUND = Decimal("0.98")


def _has_discount(made: GeneratedFapiao) -> bool:
    return any(row.net_amount < 0 < made.fapiao.gross_amount for row in made.fapiao.lines)


@pytest.fixture(scope="module")
def generated() -> list[GeneratedFapiao]:
    return [generate_fapiao(seed) for seed in _SEEDS]


@pytest.fixture(scope="module")
def tally(generated: list[GeneratedFapiao]) -> Tally:
    counted = Tally()
    for made in generated:
        assessment, *others = extractor.extract(made.content, name=made.name)
        assert not others, f"{made.name} was read as {len(others) + 1} documents"
        assert assessment.extraction.spec == "invoice", made.name
        compare(counted, made.name, assessment, made.truth)
    return counted


def test_at_least_98_percent_of_all_printed_fields_and_cells_are_read_right(tally: Tally) -> None:
    assert tally.recall >= _BOUND, "\n".join((*tally.table(), *map(str, tally.misses[:40])))


def test_at_least_98_percent_of_what_is_read_stands_there(tally: Tally) -> None:
    assert tally.precision >= _BOUND, "\n".join((*tally.table(), *map(str, tally.misses[:40])))


@pytest.mark.parametrize(
    "name",
    [
        "invoice_number",
        "issue_date",
        "seller_name",
        "seller_tax_id",
        "net_amount",
        "gross_amount",
        "line_items.net_amount",
    ],
)
def test_what_a_payment_hangs_on_is_never_wrong(tally: Tally, name: str) -> None:
    wrong = [miss for miss in tally.misses if miss.field == name and miss.read is not None]
    assert not wrong


@pytest.mark.parametrize(
    ("what", "is_there"),
    [
        ("the special digital form", lambda made: made.fapiao.invoice_type == "e_vat_special"),
        ("the general digital form", lambda made: made.fapiao.invoice_type == "e_vat_general"),
        ("the older special form", lambda made: made.fapiao.invoice_type == "vat_special"),
        ("the older general form", lambda made: made.fapiao.invoice_type == "vat_general"),
        ("a red fapiao", lambda made: made.fapiao.gross_amount < 0),
        ("an exempt fapiao", lambda made: made.fapiao.tax_amount is None),
        (
            "a discount line",
            _has_discount,
        ),
        ("several pages", lambda made: b"/Count 2" in made.content or b"/Count 3" in made.content),
        ("a person as buyer", lambda made: made.fapiao.is_buyer_a_person),
        ("no rules", lambda made: not made.style.has_rules),
        ("spaced labels", lambda made: " " in made.style.name_label),
        ("half-width parentheses", lambda made: not made.style.are_parentheses_wide),
    ],
)
def test_the_sample_has_every_kind(
    generated: list[GeneratedFapiao], what: str, is_there: Callable[[GeneratedFapiao], bool]
) -> None:
    assert any(is_there(made) for made in generated), f"no {what}"


def test_the_sample_varies_in_wording_and_size(generated: list[GeneratedFapiao]) -> None:
    styles = [made.style for made in generated]
    labels = {(style.name_label, style.tax_id_label, style.total_label, style.colon) for style in styles}
    assert len(labels) >= 20
    assert len({(style.paper, style.size, style.margin) for style in styles}) >= 15
