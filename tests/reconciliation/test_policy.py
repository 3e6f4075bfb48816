"""The tolerance policy: bounds on both sides, and clear errors."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.errors import ConfigurationError
from extractor.reconciliation.check import CheckCode
from extractor.reconciliation.policy import CheckPolicy
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


def test_the_shipped_policy_has_every_check_and_blocks_on_high_and_critical() -> None:
    policy = load_policy(None)
    assert set(policy.checks) == set(CheckCode)
    assert policy.blocks(CheckCode.BANK_ACCOUNT_CHANGED)
    assert policy.blocks(CheckCode.UNIT_PRICE_MISMATCH)
    assert not policy.blocks(CheckCode.FEE_NOT_AGREED)


def test_a_policy_of_ones_own_changes_only_what_it_names(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text('[checks.UNIT_PRICE_MISMATCH]\nrelative_over = "2"\nblocks = false\n', encoding="utf-8")
    policy, shipped = load_policy(path), load_policy(None)
    own = policy.checks[CheckCode.UNIT_PRICE_MISMATCH]
    assert own.relative_over == 2
    assert own.severity is shipped.checks[CheckCode.UNIT_PRICE_MISMATCH].severity
    assert not policy.blocks(CheckCode.UNIT_PRICE_MISMATCH)
    assert policy.matching == shipped.matching


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("[checks.NO_SUCH_CHECK]\nseverity = 'low'\n", "NO_SUCH_CHECK"),
        ("[checks.FEE_NOT_AGREED]\nseverity = 'terrible'\n", "severity"),
        ("[checks.FEE_NOT_AGREED]\nabsolute_over = '-1'\n", "absolute_over"),
        ("[matching]\nsure = 0.5\nunsure = 0.7\n", "matching"),
        ("[mathcing]\nsure = 0.5\n", "mathcing"),
        ("line_rounding = 'a cent'\n", "line_rounding"),
        ("line_rounding = \n", "TOML"),
    ],
)
def test_a_wrong_policy_is_refused_with_file_and_key(tmp_path: Path, text: str, named: str) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigurationError) as refused:
        load_policy(path)
    assert "wrong.toml" in str(refused.value)
    assert named in str(refused.value)


def test_a_policy_that_is_not_there_is_a_configuration_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"absent\.toml"):
        load_policy(tmp_path / "absent.toml")
