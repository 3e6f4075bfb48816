"""How far a second engine is trusted: by proven values, and little by what it says of itself."""

from dataclasses import replace
from decimal import Decimal

import invoice_record
import pytest

from extractor.cascade.pairs import pairs_of
from extractor.cascade.trust import Trust, is_proven, trust_of
from extractor.extraction.extraction import Leaf
from extractor.validation.proofs import Proof

SPEC = invoice_record.SPEC


def leaf(value: str | Decimal, *, score: float = 1.0, confidence: float | None = None) -> Leaf:
    return replace(invoice_record.leaf(value, score=score), confidence=confidence)


def test_only_proven_values_that_both_have_tell_of_the_second_engine() -> None:
    fields = {"net_amount": ("1", "1"), "tax_amount": ("2", "3"), "gross_amount": ("3", "3")}
    pairs = [
        pair
        for name, (mine, theirs) in fields.items()
        for pair in pairs_of(name, leaf(Decimal(mine)), leaf(Decimal(theirs)), SPEC.fields[name])
    ]
    proofs = dict.fromkeys(("net_amount", "tax_amount", "amount_due"), frozenset({Proof.SUM}))
    assert trust_of(pairs, proofs) == Trust(proven=2, same=1)
    assert trust_of(pairs, {"net_amount": frozenset({Proof.REPEATED})}) == Trust(proven=0, same=0)


@pytest.mark.parametrize(("same", "is_preferred"), [(2, False), (3, True)])
def test_three_proven_values_make_an_engine_that_is_sure_of_itself_better_than_a_doubt(
    same: int, *, is_preferred: bool
) -> None:
    trust = Trust(proven=same, same=same)
    assert trust.prefers(leaf("A"), leaf("B", confidence=0.5)) is is_preferred


@pytest.mark.parametrize(("confidence", "is_preferred"), [(0.94, True), (0.97, False)])
def test_a_value_gives_way_only_to_one_that_is_trusted_more(confidence: float, *, is_preferred: bool) -> None:
    trust = Trust(proven=10, same=10)  # 12 of 12.5
    assert trust.prefers(leaf("A"), leaf("B", confidence=confidence)) is is_preferred


def test_an_engine_that_errs_is_not_preferred_however_sure_it_is() -> None:
    assert not Trust(proven=20, same=17).prefers(leaf("A"), leaf("B", confidence=0.1))


def test_the_sum_of_a_table_proves_its_net_amounts_and_no_other_cell() -> None:
    proofs = {"line_items": frozenset({Proof.SUM})}
    assert is_proven("line_items[2].net_amount", leaf(Decimal(1)), proofs)
    assert not is_proven("line_items[2].quantity", leaf(Decimal(1)), proofs)
    assert is_proven(
        "line_items[2].quantity", leaf(Decimal(1)), {"line_items[2].quantity": proofs["line_items"]}
    )
