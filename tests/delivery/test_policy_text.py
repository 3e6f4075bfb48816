"""A policy written as text is the policy read from it."""

from pathlib import Path

from extractor.delivery.policy_text import policy_in_force_toml, policy_toml
from extractor.reconciliation.policy_file import load_policy


def test_reading_the_written_policy_gives_an_equal_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'block_severities = ["critical"]\n[checks.TOTAL_EXCEEDED]\nseverity = "low"\nblocks = true\n'
        '[[overrides]]\nseller_name = "Ä\\"B"\n[overrides.checks.FEE_NOT_AGREED]\nrelative_over = "2"\n'
        '[overrides.payment]\ndays_over = 5\n[[overrides]]\ncontract_number = "K-1"\nline_rounding = "0.5"\n'
    )
    for path in (None, own):
        written = tmp_path / "written.toml"
        written.write_text(policy_toml(load_policy(path)))
        assert load_policy(written) == load_policy(path)


def test_what_holds_for_a_supplier_is_a_policy_with_the_overrides_laid_on(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text('[[overrides]]\nname = "two\\nlines"\nseller_name = "B"\nline_rounding = "0.5"\n')
    in_force = load_policy(own).in_force(seller_name="B")
    written = tmp_path / "written.toml"
    written.write_text(policy_in_force_toml(in_force))
    assert load_policy(written) == in_force.policy
    assert "# overrides: two lines" in written.read_text()
