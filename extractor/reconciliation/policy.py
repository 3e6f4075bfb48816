"""The tolerance policy: what may differ, how bad a difference is, and what blocks.

Overrides change it for a supplier or a contract. `policy_file.py` reads it from TOML.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, model_validator

from extractor.reconciliation.check import CheckCode, PolicyReference
from extractor.validation.finding import Severity
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name
from extractor.values.text import letters_and_digits

_PERCENT = Decimal(100)


def _no_truth(value: object) -> object:
    """Refuse true and false, which Python takes for 1 and 0."""
    if isinstance(value, bool):
        raise ValueError("must be a number")  # noqa: TRY004 - what pydantic reports
    return value


_Bound = Annotated[Decimal, BeforeValidator(_no_truth), Field(ge=0, allow_inf_nan=False)]
_Share = Annotated[float, BeforeValidator(_no_truth), Field(ge=0, le=1)]
_Days = Annotated[int, Field(ge=0, le=366, strict=True)]
_Name = Annotated[StrictStr, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class CheckPolicy(_Strict):
    """One check's bounds, both inclusive, and its severity."""

    severity: Severity
    blocks: StrictBool | None = None  # None: as the severity says
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


class CheckChange(_Strict):
    """What an override changes of a check; None for what it leaves."""

    severity: Severity | None = None
    blocks: StrictBool | None = None
    absolute_over: _Bound | None = None
    absolute_under: _Bound | None = None
    relative_over: _Bound | None = None
    relative_under: _Bound | None = None


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


class PaymentChange(_Strict):
    """What an override changes of the days; None for what it leaves."""

    days_over: _Days | None = None
    days_under: _Days | None = None
    receipt_days: _Days | None = None


class PolicyOverride(_Strict):
    """What holds for one supplier, one contract, or one contract of one supplier.

    It holds where all that it names of seller and contract is the contract's.
    """

    name: _Name | None = None
    seller_name: _Name | None = None
    seller_tax_id: _Name | None = None
    contract_number: _Name | None = None
    line_rounding: _Bound | None = None
    payment: PaymentChange = PaymentChange()
    checks: Mapping[CheckCode, CheckChange] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _names_somebody(self) -> "PolicyOverride":
        if not (self.seller_name or self.seller_tax_id or self.contract_number):
            raise ValueError("name whom it is for: seller_name, seller_tax_id or contract_number")
        return self

    @property
    def label(self) -> str:
        """Return its name, else whom it is for."""
        whom = (self.seller_name, self.seller_tax_id, self.contract_number)
        return self.name or ", ".join(each for each in whom if each)

    def is_for(self, *, seller_name: str, seller_tax_id: str, contract_number: str) -> bool:
        """Say whether it holds for a contract: all that it names must be the same."""
        return all(
            comparable(named) == comparable(read) != ""
            for named, read, comparable in (
                (self.seller_name, seller_name, comparable_name),
                (self.seller_tax_id, seller_tax_id, normal_tax_id),
                (self.contract_number, contract_number, letters_and_digits),
            )
            if named is not None
        )


class Policy(_Strict):
    """All that a reconciliation allows. `checks` has every code."""

    name: _Name
    block_severities: tuple[Severity, ...]
    line_rounding: _Bound
    matching: MatchingPolicy
    names: NamesPolicy
    payment: PaymentPolicy
    checks: Mapping[CheckCode, CheckPolicy]
    overrides: tuple[PolicyOverride, ...] = ()

    @model_validator(mode="after")
    def _has_every_check(self) -> "Policy":
        missing = [code.value for code in CheckCode if code not in self.checks]
        if missing:
            raise ValueError(f"checks are missing: {', '.join(missing)}")
        return self

    @property
    def hash(self) -> str:
        """Return "sha256:" and the hash of all but the name: equal rules have one hash, however written."""
        rules = json.dumps(_canonical(self.model_dump(exclude={"name"})), sort_keys=True)
        return f"sha256:{sha256(rules.encode()).hexdigest()}"

    def blocks(self, code: CheckCode) -> bool:
        """Say whether a mismatch of `code` stops the payment."""
        check = self.checks[code]
        return check.severity in self.block_severities if check.blocks is None else check.blocks

    def in_force(
        self, *, seller_name: str = "", seller_tax_id: str = "", contract_number: str = ""
    ) -> "PolicyInForce":
        """Return what holds for a contract.

        Overrides for a supplier are laid on first, then those for a contract, each kind in the
        order written: of two that change the same value, the later one holds.
        """
        held = [
            override
            for override in self.overrides
            if override.is_for(
                seller_name=seller_name, seller_tax_id=seller_tax_id, contract_number=contract_number
            )
        ]
        held.sort(key=lambda override: override.contract_number is not None)
        policy = self
        for override in held:
            policy = _with(policy, override)
        reference = PolicyReference(
            name=self.name, hash=self.hash, overrides=tuple(override.label for override in held)
        )
        return PolicyInForce(policy=policy.model_copy(update={"overrides": ()}), reference=reference)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyInForce:
    """What holds for one contract: a policy with its overrides laid on, and where it comes from."""

    policy: Policy
    reference: PolicyReference


def _with(policy: Policy, override: PolicyOverride) -> Policy:
    """Return the policy with an override laid on. Both were validated."""
    checks = {
        code: check.model_copy(update=_given(override.checks[code])) if code in override.checks else check
        for code, check in policy.checks.items()
    }
    return policy.model_copy(
        update={
            "checks": checks,
            "payment": policy.payment.model_copy(update=_given(override.payment)),
            "line_rounding": policy.line_rounding
            if override.line_rounding is None
            else override.line_rounding,
        }
    )


def _given(change: CheckChange | PaymentChange) -> dict[str, object]:
    return {name: value for name, value in change if value is not None}


def _canonical(value: object) -> object:
    """Return plain JSON in which equal numbers are written alike."""
    if isinstance(value, Mapping):
        return {str(key): _canonical(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_canonical(each) for each in value]
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value
