"""The tolerance policy: bounds on both sides, and what holds for whom."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.reconciliation.check import CheckCode
from extractor.reconciliation.policy import CheckPolicy, Policy
from extractor.reconciliation.policy_file import load_policy
from extractor.validation.finding import Severity

BOUNDED = CheckPolicy(
    severity=Severity.HIGH,
    absolute_over=Decimal("0.10"),
    absolute_under=Decimal("0.20"),
    relative_over=Decimal(1),
    relative_under=Decimal(2),
)


@pytest.mark.parametrize(
    ("agreed", "billed", "allowed"),
    [
        ("5.00", "5.10", True),  # the absolute bound over, inclusive
        ("5.00", "5.11", False),
        ("5.00", "4.80", True),  # the absolute bound under, inclusive
        ("5.00", "4.79", False),
        ("100.00", "101.00", True),  # the relative bound over, inclusive
        ("100.00", "101.01", False),
        ("100.00", "98.00", True),  # the relative bound under, inclusive
        ("100.00", "97.99", False),
    ],
)
def test_bounds_are_inclusive_on_both_sides(agreed: str, billed: str, allowed: bool) -> None:  # noqa: FBT001 - a table
    assert BOUNDED.allows(agreed=Decimal(agreed), billed=Decimal(billed)) is allowed


@given(amount=st.decimals(min_value=0, max_value=10**9, places=2))
def test_what_was_agreed_is_always_allowed(amount: Decimal) -> None:
    assert CheckPolicy(severity=Severity.LOW).allows(agreed=amount, billed=amount)


OVERRIDDEN = """
name = "ours"

[[overrides]]
contract_number = "K-2041/25"
[overrides.checks.UNIT_PRICE_MISMATCH]
relative_over = "3"

[[overrides]]
name = "lamps"
seller_name = "Quendelmoor Lampen GmbH"
line_rounding = "0.05"
[overrides.payment]
days_over = 9
[overrides.checks.UNIT_PRICE_MISMATCH]
relative_over = "2"
severity = "low"
[overrides.checks.TOTAL_EXCEEDED]
blocks = false

[[overrides]]
seller_tax_id = "DE136695976"
contract_number = "K-7"
[overrides.checks.TOTAL_EXCEEDED]
severity = "low"
"""
LAMPS = {
    "seller_name": "QUENDELMOOR LAMPEN Gesellschaft mit beschränkter Haftung",
    "seller_tax_id": "DE 136695976",
}


@pytest.fixture
def overridden(tmp_path: Path) -> Policy:
    path = tmp_path / "ours.toml"
    path.write_text(OVERRIDDEN, encoding="utf-8")
    return load_policy(path)


def test_an_override_changes_only_what_it_names_for_whom_it_names(overridden: Policy) -> None:
    lamps = overridden.in_force(**LAMPS)
    price, total = (
        lamps.policy.checks[CheckCode(f"{name}")] for name in ("UNIT_PRICE_MISMATCH", "TOTAL_EXCEEDED")
    )
    assert (price.relative_over, price.absolute_over, price.severity) == (
        Decimal(2),
        Decimal("0.005"),
        Severity.LOW,
    )
    assert (total.blocks, total.severity) == (False, Severity.HIGH)
    assert (lamps.policy.payment.days_over, lamps.policy.payment.days_under) == (9, 1)
    assert lamps.policy.line_rounding == Decimal("0.05")
    assert lamps.reference.overrides == ("lamps",)
    other = overridden.in_force(seller_name="Anders AG", seller_tax_id="DE1", contract_number="K-1")
    assert other.policy == overridden.model_copy(update={"overrides": ()})
    assert other.reference.overrides == ()


def test_a_contracts_override_is_laid_over_the_suppliers(overridden: Policy) -> None:
    both = overridden.in_force(**LAMPS, contract_number="k 2041/25")
    price = both.policy.checks[CheckCode.UNIT_PRICE_MISMATCH]
    assert (price.relative_over, price.severity) == (Decimal(3), Severity.LOW)
    assert both.reference.overrides == ("lamps", "K-2041/25")


@pytest.mark.parametrize(
    ("tax_id", "number", "holds"),
    [("DE136695976", "K-7", True), ("DE136695976", "K-8", False), ("DE1", "K-7", False), ("", "K-7", False)],
)
def test_all_that_an_override_names_must_be_the_contracts(
    overridden: Policy, tax_id: str, number: str, *, holds: bool
) -> None:
    in_force = overridden.in_force(seller_tax_id=tax_id, contract_number=number)
    assert in_force.reference.overrides == (("DE136695976, K-7",) if holds else ())


def test_equal_policies_have_one_hash_and_others_another(overridden: Policy, tmp_path: Path) -> None:
    alike = tmp_path / "alike.toml"
    alike.write_text(OVERRIDDEN.replace('"3"', "3.0").replace('"ours"', '"theirs"'), encoding="utf-8")
    assert load_policy(alike).hash == overridden.hash
    changed = tmp_path / "changed.toml"
    changed.write_text(OVERRIDDEN.replace('"3"', '"3.1"'), encoding="utf-8")
    assert load_policy(changed).hash != overridden.hash
    assert overridden.in_force(**LAMPS).reference.hash == overridden.hash


@given(
    agreed=st.decimals(min_value=0, max_value=10**6, places=2),
    over=st.decimals(min_value=0, max_value=100, places=2),
    under=st.decimals(min_value=0, max_value=100, places=2),
)
def test_what_lies_on_a_bound_is_allowed_and_a_step_beyond_is_not(
    agreed: Decimal, over: Decimal, under: Decimal
) -> None:
    check = CheckPolicy(severity=Severity.LOW, absolute_over=over, absolute_under=under)
    step = Decimal("0.001")
    assert check.allows(agreed=agreed, billed=agreed + over)
    assert not check.allows(agreed=agreed, billed=agreed + over + step)
    assert check.allows(agreed=agreed, billed=agreed - under)
    assert not check.allows(agreed=agreed, billed=agreed - under - step)
