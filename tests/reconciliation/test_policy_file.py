"""A policy from TOML: what is left out is shipped, what is wrong is named."""

from pathlib import Path

import pytest

from extractor.errors import ConfigurationError
from extractor.reconciliation.check import CheckCode
from extractor.reconciliation.policy_file import load_policy


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
        ("[checks.NO_SUCH_CHECK]\nseverity = 'low'\n", "checks.NO_SUCH_CHECK: there is no such check"),
        ("[checks.UNIT_PRCE_MISMATCH]\nblocks = true\n", "did you mean UNIT_PRICE_MISMATCH?"),
        ("[checks.unit_price_mismatch]\nblocks = true\n", "did you mean UNIT_PRICE_MISMATCH?"),
        (
            "[checks.FEE_NOT_AGREED]\nabsolut_over = '1'\n",
            "there is no such key; did you mean absolute_over?",
        ),
        ("[checks.FEE_NOT_AGREED]\nseverity = 'terrible'\n", "checks.FEE_NOT_AGREED.severity: "),
        (
            "[checks.FEE_NOT_AGREED]\nabsolute_over = '-0.01'\n",
            "checks.FEE_NOT_AGREED.absolute_over: -0.01 is below 0, the least allowed",
        ),
        ("[checks.FEE_NOT_AGREED]\nrelative_under = -1\n", "relative_under: -1 is below 0"),
        ("[checks.FEE_NOT_AGREED]\nabsolute_over = true\n", "absolute_over: must be a number (it is True)"),
        ("[checks.FEE_NOT_AGREED]\nabsolute_over = 'nan'\n", "absolute_over: "),
        ("[checks.FEE_NOT_AGREED]\nblocks = 'yes'\n", "checks.FEE_NOT_AGREED.blocks: "),
        ("[checks]\nFEE_NOT_AGREED = 'high'\n", "checks.FEE_NOT_AGREED: "),
        ("checks = 'all'\n", "checks: "),
        ("[payment]\ndays_over = '3'\n", "payment.days_over: "),
        ("[payment]\ndays_over = 367\n", "payment.days_over: "),
        ("name = ''\n", "name: "),
        ("[[overrides]]\nline_rounding = '1'\n", "overrides[0]: name whom it is for"),
        (
            "[[overrides]]\nseller = 'X'\nseller_name = 'X'\n",
            "overrides[0].seller: there is no such key; did you",
        ),
        (
            "[[overrides]]\nseller_name = 'X'\n[overrides.checks.FEE_NOT_AGRED]\nblocks = true\n",
            "overrides[0].checks.FEE_NOT_AGRED: there is no such check; did you mean FEE_NOT_AGREED?",
        ),
        (
            "[[overrides]]\nseller_name = 'X'\n[overrides.checks.FEE_NOT_AGREED]\nrelative_over = '-2'\n",
            "overrides[0].checks.FEE_NOT_AGREED.relative_over: -2 is below 0",
        ),
        ("[[overrides]]\nseller_name = 4711\n", "overrides[0].seller_name: "),
        ("[overrides]\nseller_name = 'X'\n", "overrides: "),
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


def test_everything_that_is_wrong_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text("line_rounding = '-1'\n[payment]\ndays_over = 'x'\n[checks.TOTALS]\nblocks = true\n")
    with pytest.raises(ConfigurationError) as refused:
        load_policy(path)
    for named in ("line_rounding: -1 is below 0", "payment.days_over: ", "checks.TOTALS: "):
        assert named in str(refused.value)


def test_a_file_without_a_name_is_called_as_the_file(tmp_path: Path) -> None:
    assert load_policy(None).name == "default"
    for name, text in (("ours", ""), ("House rules", "name = 'House rules'\n")):
        path = tmp_path / "ours.toml"
        path.write_text(text)
        assert load_policy(path).name == name


def test_bounds_may_be_written_as_numbers_or_strings(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_text("[checks.TOTAL_EXCEEDED]\nabsolute_over = 0.07\nrelative_over = '0.07'\n")
    check = load_policy(path).checks[CheckCode.TOTAL_EXCEEDED]
    assert str(check.absolute_over) == str(check.relative_over) == "0.07"
