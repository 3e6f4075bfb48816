"""Reconcile invoices with a contract: one list of rules, causes before consequences."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
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
from extractor.reconciliation.bill import Bill, bill_of
from extractor.reconciliation.case import Case, Rule
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Verdict
from extractor.reconciliation.in_force import first_days, version_on
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


def reconcile(invoices: Sequence[Assessment], contract: Assessment, *, policy: Policy) -> Reconciliation:
    """Compare what was billed with what was agreed.

    Every check is reported for every invoice: passed, mismatch, or not checkable with
    the reason. Caps count the invoices in order of their dates, whatever the order given.

    Raises:
        ConfigurationError: there is no invoice, so there is nothing to approve.
    """
    if not invoices:
        raise ConfigurationError("there is no invoice to compare with the contract")
    bills = tuple(bill_of(invoice, position=position) for position, invoice in enumerate(invoices))
    checks: list[Check] = []
    for version, positions in _versions(contract, bills):
        found = _checks(agreement_of(version), bills, policy=policy)
        checks += [check for check in found if check.invoice in positions]
    checks.sort(key=lambda check: (check.invoice or 0, _ORDER[check.code]))  # stable: lines keep their order
    return Reconciliation(
        contract=contract,
        invoices=tuple(invoices),
        checks=tuple(checks),
        verdict=verdict_of(checks, invoices, policy=policy),
    )


def _versions(
    contract: Assessment, bills: Sequence[Bill]
) -> Iterator[tuple[Assessment, frozenset[int | None]]]:
    """Yield the contract as it was in force for some of the bills, and their positions.

    Caps count all bills, whichever version each of them was issued under.
    """
    days = sorted(first_days(contract))
    if not days:
        yield contract, frozenset({None, *range(len(bills))})
        return
    held: dict[int | None, list[Bill]] = {}
    for bill in bills:
        day = bill.issue_date
        held.setdefault(None if day is None else bisect_right(days, day), []).append(bill)
    for own in held.values():
        yield version_on(contract, own[0].issue_date), frozenset(bill.position for bill in own)


def _checks(agreement: Agreement, bills: tuple[Bill, ...], *, policy: Policy) -> list[Check]:
    """Return what the rules say of all bills under one version of the terms."""
    case = Case(
        agreement=agreement,
        bills=bills,
        matches={
            bill.position: match_lines(
                [line for line in bill.lines if line.kind in (LineKind.GOODS, LineKind.FEE)],
                agreement.prices,
                policy=policy.matching,
            )
            for bill in bills
        },
        policy=policy,
    )
    checks: list[Check] = []
    for rule in _RULES:
        checks.extend(rule(case, tuple(checks)))
    return [doubted(check, agreement) for check in checks]


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
