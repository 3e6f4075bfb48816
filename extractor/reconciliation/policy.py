"""The tolerance policy: what may differ, how bad a difference is, and what blocks.

Written as TOML. A policy of one's own is laid over the shipped one, table by table.
"""

import tomllib
from collections.abc import Mapping
from decimal import Decimal
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from extractor.errors import ConfigurationError
from extractor.reconciliation.check import CheckCode
from extractor.validation.finding import Severity

_SHIPPED = "default_policy.toml"
_PERCENT = Decimal(100)

_Bound = Annotated[Decimal, Field(ge=0, allow_inf_nan=False)]
_Share = Annotated[float, Field(ge=0, le=1)]
_Days = Annotated[int, Field(ge=0, le=366)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CheckPolicy(_Strict):
    """One check's bounds, both inclusive, and its severity."""

    severity: Severity
    blocks: bool | None = None  # None: as the severity says
    absolute_over: _Bound = Decimal(0)
    absolute_under: _Bound = Decimal(0)
    relative_over: _Bound = Decimal(0)  # percent
    relative_under: _Bound = Decimal(0)

    def allows(self, *, agreed: Decimal, billed: Decimal, rounding: Decimal = Decimal(0)) -> bool:
        """Say whether `billed` is within the bounds, widened by `rounding` on both sides."""
        difference = billed - agreed
        if difference >= 0:
            bound = max(self.absolute_over, abs(agreed) * self.relative_over / _PERCENT)
        else:
            bound = max(self.absolute_under, abs(agreed) * self.relative_under / _PERCENT)
        return abs(difference) <= bound + rounding


class MatchingPolicy(_Strict):
    """From which score a line is a price-list row, and from which it is a question."""

    sure: _Share
    unsure: _Share

    @model_validator(mode="after")
    def _is_ordered(self) -> "MatchingPolicy":
        if self.unsure > self.sure:
            raise ValueError("unsure must not be above sure")
        return self


class NamesPolicy(_Strict):
    """From which similarity a name read by OCR is a question instead of a mismatch."""

    unsure: _Share


class PaymentPolicy(_Strict):
    """How many days a due date may lie from the agreed one."""

    days_over: _Days
    days_under: _Days
    receipt_days: _Days


class Policy(_Strict):
    """All that a reconciliation allows. `checks` has every code."""

    block_severities: tuple[Severity, ...]
    line_rounding: _Bound
    matching: MatchingPolicy
    names: NamesPolicy
    payment: PaymentPolicy
    checks: Mapping[CheckCode, CheckPolicy]

    @model_validator(mode="after")
    def _has_every_check(self) -> "Policy":
        missing = [code.value for code in CheckCode if code not in self.checks]
        if missing:
            raise ValueError(f"checks are missing: {', '.join(missing)}")
        return self

    def blocks(self, code: CheckCode) -> bool:
        """Say whether a mismatch of `code` stops the payment."""
        check = self.checks[code]
        return check.severity in self.block_severities if check.blocks is None else check.blocks


def load_policy(path: Path | str | None) -> Policy:
    """Return the policy of a file laid over the shipped one; the shipped one for None.

    Raises:
        ConfigurationError: names the file, the key and the reason.
    """
    shipped = tomllib.loads(resources.files(__package__).joinpath(_SHIPPED).read_text(encoding="utf-8"))
    if path is None:
        return parse_policy(shipped, source=_SHIPPED)
    try:
        own = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as cause:
        raise ConfigurationError(f"{path}: the policy cannot be read: {cause.strerror or cause}") from cause
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as cause:
        raise ConfigurationError(f"{path}: the policy is no TOML: {cause}") from cause
    return parse_policy(_laid_over(shipped, own), source=str(path))


def parse_policy(table: Mapping[str, object], *, source: str) -> Policy:
    """Check a whole policy.

    Raises:
        ConfigurationError: names `source`, the key and the reason.
    """
    try:
        return Policy.model_validate(table)
    except ValidationError as cause:
        first = cause.errors()[0]
        key = ".".join(str(part) for part in first["loc"] if part != "[key]") or "the policy"
        raise ConfigurationError(f"{source}: {key}: {first['msg']}") from cause


def _laid_over(shipped: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(shipped)
    for key, value in own.items():
        below = merged.get(key)
        merged[key] = (
            _laid_over(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
        )
    return merged
