"""Write a tolerance policy as TOML, in the form in which it is read."""

import json
from collections.abc import Mapping

from extractor.reconciliation.policy import Policy, PolicyInForce


def policy_toml(policy: Policy) -> str:
    """Return the whole policy; reading the text gives an equal one."""
    table = policy.model_dump(mode="json", exclude_none=True)
    if not policy.overrides:
        del table["overrides"]
    return "\n".join(_table((), table)).strip() + "\n"


def policy_in_force_toml(in_force: PolicyInForce) -> str:
    """Return what holds for one contract, with a comment that says what was laid on."""
    laid_on = "; ".join(in_force.reference.overrides) or "none"
    head = [f"# policy: {in_force.reference.name} ({in_force.reference.hash})", f"# overrides: {laid_on}"]
    return "\n".join(" ".join(line.split()) for line in head) + "\n\n" + policy_toml(in_force.policy)


def _table(path: tuple[str, ...], table: Mapping[str, object], *, brackets: str = "[]") -> list[str]:
    """Return the lines of one table: its plain values, then the tables and lists of tables inside it."""
    plain = [f"{key} = {_value(value)}" for key, value in table.items() if not _is_deep(value)]
    half = len(brackets) // 2
    head = ["", f"{brackets[:half]}{'.'.join(path)}{brackets[half:]}"] if path else []
    lines = [*head, *plain] if plain else []
    for key, value in table.items():
        if isinstance(value, Mapping):
            lines += _table((*path, key), value)
        elif isinstance(value, list) and _is_deep(value):
            for each in value:
                lines += _table((*path, key), each, brackets="[[]]")
    return lines


def _is_deep(value: object) -> bool:
    return isinstance(value, Mapping) or (
        isinstance(value, list) and any(isinstance(e, Mapping) for e in value)
    )


def _value(value: object) -> str:
    """Return a string, number, truth or list of strings: in these TOML writes as JSON does."""
    return json.dumps(value, ensure_ascii=False)
