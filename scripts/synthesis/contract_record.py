"""The terms of one invented contract. None, or empty, means that the contract says nothing of it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from synthesis.parties import Party


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceRow:
    """One row of the price list."""

    description: str
    unit: str
    unit_price: Decimal
    specification: str | None = None
    quantity: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """One part payment: its share in percent, its amount, and what it waits for."""

    name: str
    share: Decimal
    amount: Decimal
    due: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractRecord:
    """What a contract fixes. Rates are percent; `payment_trigger` is a choice of the contract spec."""

    language: str
    contract_number: str
    title: str
    seller: Party
    buyer: Party
    signing_date: date
    effective_date: date
    expiry_date: date
    currency: str
    tax_rate: Decimal
    price_list: tuple[PriceRow, ...]
    prices_include_tax: bool = False
    total_amount: Decimal | None = None
    total_includes_tax: bool = False
    invoice_type_required: str | None = None  # as worded in the contract
    payment_days: int = 30
    payment_trigger: str = "invoice_date"
    agreed_discount: Decimal | None = None
    early_discount: tuple[Decimal, int] | None = None  # percent, within days
    late_fee_rate: str | None = None  # as worded
    shows_bank_account: bool = True
    milestones: tuple[Milestone, ...] = ()
    retention_rate: Decimal | None = None
    allowed_fees: tuple[str, ...] = ()
    governing_law: str | None = None
    renewal_months: int | None = None
    notice_days: int | None = None
    is_list_annexed: bool = False
