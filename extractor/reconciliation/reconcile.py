"""Reconcile invoices with a contract: one list of rules, causes before consequences."""

from collections.abc import Sequence
from dataclasses import replace

from extractor.assessment.assessment import Assessment
from extractor.errors import ConfigurationError
from extractor.extraction.extraction import Leaf, State
from extractor.reconciliation import (
    dates,
    duplicates,
    fees,
    milestones,
    parties,
    payment,
    prices,
    tax,
    totals,
)
from extractor.reconciliation.agreement import Agreement, agreement_of
from extractor.reconciliation.bill import bill_of
from extractor.reconciliation.case import Case, Rule
from extractor.reconciliation.check import (
    Check,
    CheckCode,
    CheckState,
    LedgerUse,
    Reconciliation,
    Verdict,
)
from extractor.reconciliation.credits import undoing_of
from extractor.reconciliation.ledger import Ledger
from extractor.reconciliation.ledger_bills import entry_of, identity_of, remembered, remembered_matches
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.ledger_entry import LedgerEntry
from extractor.reconciliation.matching import match_lines
from extractor.reconciliation.policy import Policy
from extractor.reconciliation.wording import LineKind

_RULES: tuple[Rule, ...] = (
    parties.party_names,
    parties.tax_ids,
    parties.contract_numbers,
    parties.bank_accounts,
    duplicates.duplicates,
    tax.currencies,
    tax.invoice_types,
    tax.tax_rates,
    payment.payment_terms,
    dates.validity,
    prices.unit_prices,
    prices.lines_in_contract,
    fees.fees,
    fees.discounts,
    milestones.milestone_amounts,
    milestones.retention,
    totals.quantities,
    totals.contract_total,
)
_TERMS: dict[CheckCode, tuple[str, ...]] = {  # the plain terms that a check goes by
    CheckCode.PARTY_NAME_MISMATCH: ("seller_name", "buyer_name"),
    CheckCode.TAX_ID_MISMATCH: ("seller_tax_id", "buyer_tax_id"),
    CheckCode.CONTRACT_NUMBER_MISMATCH: ("contract_number",),
    CheckCode.CURRENCY_MISMATCH: ("currency",),
    CheckCode.TOTAL_EXCEEDED: ("total_amount",),
    CheckCode.TAX_RATE_MISMATCH: ("tax_rate",),
    CheckCode.INVOICE_TYPE_MISMATCH: ("invoice_type_required",),
    CheckCode.PAYMENT_TERM_MISMATCH: ("payment_days",),
    CheckCode.DISCOUNT_MISSING: ("agreed_discount",),
    CheckCode.BANK_ACCOUNT_CHANGED: ("bank_account",),
    CheckCode.OUTSIDE_VALIDITY: ("effective_date", "expiry_date"),
    CheckCode.RETENTION_NOT_HELD: ("retention_rate",),
}
_ORDER = {code: index for index, code in enumerate(CheckCode)}


def reconcile(
    invoices: Sequence[Assessment], contract: Assessment, *, policy: Policy, ledger: Ledger | None = None
) -> Reconciliation:
    """Compare what was billed with what was agreed.

    Every check is reported for every invoice: passed, mismatch, or not checkable with
    the reason. Caps count what the ledger has of the contract, then the invoices in order of their
    dates, whatever the order given. The ledger is only asked; who records appends `entries` at the
    revision that the result names. Overrides of the policy hold by what the contract says of
    seller and number, never by what an invoice claims.

    Raises:
        ConfigurationError: there is no invoice, so there is nothing to approve.
        LedgerUnusable: the ledger cannot be read.
    """
    if not invoices:
        raise ConfigurationError("there is no invoice to compare with the contract")
    agreement = agreement_of(contract)
    identity = identity_of(agreement)
    in_force = policy.in_force(
        seller_name=identity.seller_name,
        seller_tax_id=identity.seller_tax_id,
        contract_number=identity.number,
    )
    revision = ledger.revision() if ledger is not None else 0  # before anything is asked
    approved = tuple(ledger.invoices(identity)) if ledger is not None else ()
    case = _case(invoices, agreement, identity, approved=approved, policy=in_force.policy)
    if ledger is not None:
        case = replace(case, known=_known(case, approved, ledger), has_ledger=True)
    checks: list[Check] = []
    for rule in _RULES:
        checks.extend(rule(case, tuple(checks)))
    checks = [doubted(check, agreement) for check in checks if check.invoice is None or check.invoice >= 0]
    checks.sort(key=lambda check: (check.invoice or 0, _ORDER[check.code]))  # stable: lines keep their order
    return Reconciliation(
        contract=contract,
        invoices=tuple(invoices),
        checks=tuple(checks),
        verdict=verdict_of(checks, invoices, policy=in_force.policy),
        entries=tuple(case.entries[bill.position] for bill in case.bills),
        policy=in_force.reference,
        ledger=LedgerUse(revision=revision, remembered=len(approved)) if ledger is not None else None,
    )


def _case(
    invoices: Sequence[Assessment],
    agreement: Agreement,
    contract: ContractIdentity,
    *,
    approved: Sequence[LedgerEntry],
    policy: Policy,
) -> Case:
    bills = tuple(bill_of(invoice, position=position) for position, invoice in enumerate(invoices))
    earlier = tuple(
        remembered(entry, position=position) for position, entry in enumerate(approved, -len(approved))
    )
    matches = {
        bill.position: match_lines(
            [line for line in bill.lines if line.kind in (LineKind.GOODS, LineKind.FEE)],
            agreement.prices,
            policy=policy.matching,
        )
        for bill in bills
    }
    for bill, entry in zip(earlier, approved, strict=True):
        matches[bill.position] = remembered_matches(bill, entry, agreement.prices, policy=policy.matching)
    entries = {
        bill.position: entry_of(bill, matches[bill.position], agreement=agreement, contract=contract)
        for bill in bills
    }
    every_entry = [*approved, *(entries[bill.position] for bill in bills)]
    cancelled = undoing_of(every_entry).cancelled
    files = {(entry.document, entry.part) for entry in approved}
    return Case(
        agreement=agreement,
        bills=bills,
        matches=matches,
        policy=policy,
        entries=entries,
        remembered=earlier,
        cancelled=frozenset(index - len(approved) for index in cancelled),
        recounted=frozenset(
            position for position, entry in entries.items() if (entry.document, entry.part) in files
        ),
    )


def _known(case: Case, approved: Sequence[LedgerEntry], ledger: Ledger) -> tuple[LedgerEntry, ...]:
    """Return each entry once that a given invoice may repeat, and the contract's own."""
    found = [*approved, *(other for entry in case.entries.values() for other in ledger.look_alikes(entry))]
    return tuple(dict.fromkeys(found))


def doubted(check: Check, agreement: Agreement) -> Check:
    """Make a question of a passed check whose term the contract's clauses contradict each other on."""
    if check.state is not CheckState.PASSED:
        return check
    for name in _TERMS.get(check.code, ()):
        term = agreement.leaf(name)
        if term.state is State.CONTRADICTORY:
            told = " and ".join(_told(leaf) for leaf in (term, *term.also))
            return replace(
                check,
                state=CheckState.NOT_CHECKABLE,
                message=f"The contract contradicts itself: {told}.",
                is_unsure=True,
            )
    return check


def _told(leaf: Leaf) -> str:
    return f"{leaf.text or leaf.value}" + (f" ({leaf.clause})" if leaf.clause else "")


def verdict_of(checks: Sequence[Check], invoices: Sequence[Assessment], *, policy: Policy) -> Verdict:
    """Return block for a blocking mismatch, review for anything else to look at, else approve."""
    wrong = [check for check in checks if check.state is CheckState.MISMATCH]
    if any(policy.blocks(check.code) for check in wrong):
        return Verdict.BLOCK
    if wrong or any(check.is_unsure for check in checks) or any(invoice.findings for invoice in invoices):
        return Verdict.REVIEW
    return Verdict.APPROVE
