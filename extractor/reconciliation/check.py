"""The check: one comparison of what was billed with what was agreed."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from extractor.assessment.assessment import Assessment
from extractor.engines.reading import Evidence, Scalar
from extractor.reconciliation.ledger_entry import LedgerEntry
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.wording import LineKind
from extractor.validation.finding import FindingCode, Severity


class CheckCode(StrEnum):
    """What is compared. Stable: finance systems key on them."""

    PARTY_NAME_MISMATCH = "PARTY_NAME_MISMATCH"
    TAX_ID_MISMATCH = "TAX_ID_MISMATCH"
    CONTRACT_NUMBER_MISMATCH = "CONTRACT_NUMBER_MISMATCH"
    CURRENCY_MISMATCH = "CURRENCY_MISMATCH"
    UNIT_PRICE_MISMATCH = "UNIT_PRICE_MISMATCH"
    ITEM_NOT_IN_CONTRACT = "ITEM_NOT_IN_CONTRACT"
    QUANTITY_EXCEEDED = "QUANTITY_EXCEEDED"
    TOTAL_EXCEEDED = "TOTAL_EXCEEDED"
    TAX_RATE_MISMATCH = "TAX_RATE_MISMATCH"
    INVOICE_TYPE_MISMATCH = "INVOICE_TYPE_MISMATCH"
    PAYMENT_TERM_MISMATCH = "PAYMENT_TERM_MISMATCH"
    DISCOUNT_MISSING = "DISCOUNT_MISSING"
    FEE_NOT_AGREED = "FEE_NOT_AGREED"
    BANK_ACCOUNT_CHANGED = "BANK_ACCOUNT_CHANGED"
    OUTSIDE_VALIDITY = "OUTSIDE_VALIDITY"
    MILESTONE_AMOUNT_MISMATCH = "MILESTONE_AMOUNT_MISMATCH"
    RETENTION_NOT_HELD = "RETENTION_NOT_HELD"
    DUPLICATE_INVOICE = "DUPLICATE_INVOICE"


class CheckState(StrEnum):
    """How a comparison came out."""

    PASSED = "passed"
    MISMATCH = "mismatch"
    NOT_CHECKABLE = "not_checkable"


class Verdict(StrEnum):
    """What to do with the invoices."""

    APPROVE = "approve"
    REVIEW = "review"
    BLOCK = "block"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One side of a check: the value, as printed, and where. Clauses only if agreed.

    `source` is set where the place is in another document than the contract (agreed) or
    the invoice (billed): in an amendment, or the invoice that a duplicate repeats. `also` are the other
    clauses, where the contract contradicts itself.
    """

    value: Scalar | None
    text: str | None = None
    evidence: Evidence | None = None
    clause: str | None = None
    quote: str | None = None
    source: str | None = None
    also: tuple["Side", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One comparison. `invoice` counts from 0 in the order given.

    `difference` is billed less agreed, in the invoice's currency or the value's unit.
    `earlier` is what other invoices had used up of a cap: each with its source, its number as
    text, and how much of the cap.
    """

    code: CheckCode
    state: CheckState
    message: str
    reason: Reason | None = None  # set on what could not be compared, and on a question
    severity: Severity | None = None  # set on a mismatch
    invoice: int | None = None
    field: str | None = None  # path in the invoice: `line_items[3].unit_price`
    difference: Decimal | None = None
    agreed: Side | None = None
    billed: Side | None = None
    is_unsure: bool = False  # a question for a person, not a flag
    consequence_of: CheckCode | FindingCode | None = None
    earlier: tuple[Side, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyReference:
    """Which policy was in force: its name, "sha256:" and hash of its rules, its overrides.

    `overrides` are the names of those that hold for the contract, in the order laid on.
    """

    name: str
    hash: str
    overrides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerUse:
    """What a ledger had to do with a reconciliation.

    `revision` is the ledger's when it was asked, `remembered` how many invoices of the contract
    it had, `is_recorded` whether the given ones were appended.
    """

    revision: int
    remembered: int
    is_recorded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMatch:
    """What a line of an invoice was taken for: a row of the price list, a milestone, a fee.

    `invoice` and `line` count from 0 as in the invoices and their `line_items`, `price` as
    in the contract's `price_list`. `term` is the path of whatever the line is in the
    contract ("milestones[1]"), None where it is nothing of it. `score` is in 0..1, of what
    was told by likeness only. An unsure match is a question: nothing is compared by it.
    `factor` is how many agreed units a billed one is, None where nothing connects them.
    """

    invoice: int
    line: int
    kind: LineKind
    price: int | None = None
    term: str | None = None
    score: float | None = None
    is_sure: bool = False
    factor: Decimal | None = None
    billed: Side
    agreed: Side | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """Invoices compared with one contract. What `extractor.reconcile` returns.

    `entries` are the invoices as a ledger keeps them.
    `matches` has every line of every invoice, in the order given and printed.
    `reasons` are the codes that the verdict rests on: those that block the payment, else
    all that a person should look at; none where it is approved.
    """

    contract: Assessment
    invoices: tuple[Assessment, ...]
    checks: tuple[Check, ...]
    verdict: Verdict
    reasons: tuple[CheckCode | FindingCode, ...] = ()
    entries: tuple[LedgerEntry, ...] = ()
    policy: PolicyReference | None = None
    ledger: LedgerUse | None = None
    matches: tuple[LineMatch, ...] = ()

    @property
    def contract_sources(self) -> tuple[str, ...]:
        """Return the files of the contract: its own first, then those of its amendments."""
        contract = self.contract.extraction
        return tuple(dict.fromkeys((contract.source, *(each.source for each in contract.amended_by))))
