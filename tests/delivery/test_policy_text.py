"""A policy written as text is the policy read from it."""

from pathlib import Path

from extractor.delivery.policy_text import policy_toml
from extractor.reconciliation.policy_file import load_policy


def test_reading_the_written_policy_gives_an_equal_one(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'block_severities = ["critical"]\n[checks.TOTAL_EXCEEDED]\nseverity = "low"\nblocks = true\n'
    )
    for path in (None, own):
        written = tmp_path / "written.toml"
        written.write_text(policy_toml(load_policy(path)))
        assert load_policy(written) == load_policy(path)
