"""Read a tolerance policy from TOML. A policy of one's own is laid over the shipped one."""

import tomllib
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from extractor.errors import ConfigurationError
from extractor.reconciliation.check import CheckCode
from extractor.reconciliation.policy import (
    CheckPolicy,
    MatchingPolicy,
    NamesPolicy,
    PaymentPolicy,
    Policy,
    PolicyOverride,
)

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_SHIPPED = "default_policy.toml"
_NEAR = 70  # of 100: from here on, another name is worth a question
_KEYS = {  # by table; the empty one is the policy itself
    "": tuple(Policy.model_fields),
    "matching": tuple(MatchingPolicy.model_fields),
    "names": tuple(NamesPolicy.model_fields),
    "payment": tuple(PaymentPolicy.model_fields),
    "checks": tuple(CheckCode),
    "overrides": tuple(PolicyOverride.model_fields),
}
_CHECK_KEYS = tuple(CheckPolicy.model_fields)


def load_policy(path: Path | str | None) -> Policy:
    """Return the policy of a file laid over the shipped one; the shipped one for None.

    Raises:
        ConfigurationError: names the file, every wrong key, and the reason.
    """
    shipped = tomllib.loads(resources.files(__package__).joinpath(_SHIPPED).read_text(encoding="utf-8"))
    if path is None:
        return parse_policy(shipped, source=_SHIPPED)
    try:
        own = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as cause:
        raise ConfigurationError(f"{path}: the policy cannot be read: {cause.strerror or cause}") from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise ConfigurationError(f"{path}: the policy is no TOML: {cause}") from cause
    named = {"name": Path(path).stem or str(path), **own}
    return parse_policy(_laid_over(shipped, named), source=str(path))


def parse_policy(table: Mapping[str, object], *, source: str) -> Policy:
    """Check a whole policy.

    Raises:
        ConfigurationError: names `source`, every wrong key, and the reason.
    """
    try:
        return Policy.model_validate(table)
    except ValidationError as cause:
        raise ConfigurationError(f"{source}: {'; '.join(dict.fromkeys(_said(cause)))}") from cause


def _said(cause: ValidationError) -> Iterator[str]:
    """Say what is wrong, a key each."""
    for error in cause.errors():
        path = [part for part in error["loc"] if part != "[key]"]
        yield f"{_key(path) or 'the policy'}: {_reason(error, path)}"


def _reason(error: "ErrorDetails", path: list[str | int]) -> str:
    known = _known_keys(path)
    if error["type"] == "extra_forbidden":
        return "there is no such key" + _instead(str(path[-1]), known)
    if "[key]" in error["loc"]:
        return "there is no such check" + _instead(str(path[-1]), known)
    if error["type"] == "greater_than_equal":
        return f"{error['input']} is below {error['ctx']['ge']}, the least allowed"
    message = error["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    return (
        f"{message} (it is {error['input']!r})" if isinstance(error["input"], str | int | float) else message
    )


def _known_keys(path: list[str | int]) -> tuple[str, ...]:
    """Return what may stand where the last part of a path does."""
    names = [str(part) for part in path[:-1] if not isinstance(part, int)]
    if len(names) > 1 and names[0] == "overrides":
        names = names[1:]
    if len(names) > 1 and names[0] == "checks":
        return _CHECK_KEYS
    return _KEYS.get(names[0] if names else "", ())


def _instead(wrong: str, known: tuple[str, ...]) -> str:
    from rapidfuzz import fuzz, process  # noqa: PLC0415 - slow to import, and rarely needed

    near = process.extractOne(
        wrong.casefold(), known, scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_NEAR
    )
    return f"; did you mean {near[0]}?" if near is not None else f" (there are {', '.join(known)})"


def _key(path: list[str | int]) -> str:
    """Return a key as TOML's readers count it: overrides[0].checks.TOTAL_EXCEEDED."""
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path).removeprefix(".")


def _laid_over(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(shipped)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = (
            _laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
        )
    return merged
