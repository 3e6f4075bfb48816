"""Write a tolerance policy as TOML, in the form in which it is read."""

import json
from collections.abc import Mapping

from extractor.reconciliation.policy import Policy


def policy_toml(policy: Policy) -> str:
    """Return the whole policy; reading the text gives an equal one."""
    return "\n".join(_table((), policy.model_dump(mode="json", exclude_none=True))).strip() + "\n"


def _table(path: tuple[str, ...], table: Mapping[str, object]) -> list[str]:
    """Return the lines of one table: its plain values, then the tables inside it."""
    plain = [f"{key} = {_value(value)}" for key, value in table.items() if not isinstance(value, Mapping)]
    lines = ["", f"[{'.'.join(path)}]", *plain] if path and plain else plain
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += _table((*path, key), value)
    return lines


def _value(value: object) -> str:
    """Return a string, number, truth or list of strings: in these TOML writes as JSON does."""
    return json.dumps(value, ensure_ascii=False)
