"""Reconcile invoices with a contract: one list of rules, causes before consequences."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from extractor.assessment.assessment import Assessment
from extractor.errors import ConfigurationError
from extractor.reconciliation import (
    contract_numbers,
    dates,
    duplicates,
    fees,
    listing,
    milestones,
    parties,
    payment,
    prices,
    quantities,
    retention,
    tax,
    totals,
    undated,
)
from extractor.reconciliation.agreement import agreement_of
from extractor.reconciliation.assembling import by_own_version, case_of
from extractor.reconciliation.bill import Bill, bill_of
from extractor.reconciliation.case import Case, Rule
from extractor.reconciliation.check import (
    Check,
    CheckCode,
    LedgerUse,
    Reconciliation,
)
from extractor.reconciliation.contradictions import doubted
from extractor.reconciliation.in_force import first_days, version_on
from extractor.reconciliation.ledger import Ledger
from extractor.reconciliation.ledger_bills import identity_of
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.line_matches import line_matches
from extractor.reconciliation.policy import Policy, PolicyInForce
from extractor.reconciliation.verdict import reasons_of, verdict_of

_RULES: tuple[Rule, ...] = (
    parties.party_names,
    parties.tax_ids,
    contract_numbers.contract_numbers,
    parties.bank_accounts,
    duplicates.duplicates,
    tax.currencies,
    tax.invoice_types,
    tax.tax_rates,
    payment.payment_terms,
    dates.validity,
    undated.undated,
    prices.unit_prices,
    listing.lines_in_contract,
    fees.fees,
    fees.discounts,
    milestones.milestone_amounts,
    retention.retention,
    quantities.quantities,
    totals.contract_total,
)
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
    bills = tuple(bill_of(invoice, position=position) for position, invoice in enumerate(invoices))
    identity = identity_of(contract)
    in_force = _policy_for(identity, policy)
    revision = ledger.revision() if ledger is not None else 0  # before anything is asked
    approved = tuple(ledger.invoices(identity)) if ledger is not None else ()
    cases = by_own_version(
        [
            (
                case_of(
                    bills,
                    agreement_of(version),
                    identity,
                    approved=approved,
                    policy=in_force.policy,
                    ledger=ledger,
                ),
                positions,
            )
            for version, positions in _versions(contract, bills)
        ]
    )
    checks = _checks(cases)
    entries = cases[0][0].entries
    matches = [
        match for case, positions in cases for match in line_matches(case) if match.invoice in positions
    ]
    checks.sort(key=lambda check: (check.invoice or 0, _ORDER[check.code]))  # stable: lines keep their order
    matches.sort(key=lambda match: match.invoice)
    return Reconciliation(
        contract=contract,
        invoices=tuple(invoices),
        checks=tuple(checks),
        verdict=verdict_of(checks, invoices, policy=in_force.policy),
        reasons=reasons_of(checks, invoices, policy=in_force.policy),
        entries=tuple(entries[bill.position] for bill in bills),
        policy=in_force.reference,
        ledger=LedgerUse(revision=revision, remembered=len(approved)) if ledger is not None else None,
        matches=tuple(matches),
    )


def _versions(contract: Assessment, bills: Sequence[Bill]) -> Iterator[tuple[Assessment, frozenset[int]]]:
    """Yield the contract as it was in force for some of the bills, and their positions.

    Caps count all bills, whichever version each of them was issued under.
    """
    days = sorted(first_days(contract))
    if not days:
        yield contract, frozenset(range(len(bills)))
        return
    held: dict[int | None, list[Bill]] = {}
    for bill in bills:
        day = bill.issue_date
        held.setdefault(None if day is None else bisect_right(days, day), []).append(bill)
    for own in held.values():
        yield version_on(contract, own[0].issue_date), frozenset(bill.position for bill in own)


def _checks(cases: Sequence[tuple[Case, frozenset[int]]]) -> list[Check]:
    """Return what the rules say of each bill under its own version of the terms.

    A rule sees what those before it said of every bill under that bill's own version, so that nothing
    follows from a deviation that there is not. The ledger's bills are not compared.
    """
    checks: list[Check] = []
    doubts: list[Check] = []
    for rule in _RULES:
        before = tuple(checks)
        for place, (case, positions) in enumerate(cases):
            told = [
                check
                for check in rule(case, before)
                if check.invoice in positions or (place == 0 and (check.invoice is None or check.invoice < 0))
            ]
            checks.extend(told)
            doubts.extend(
                doubted(check, case.agreement)
                for check in told
                if check.invoice is None or check.invoice >= 0
            )
    return doubts


def policy_for(contract: Assessment, policy: Policy) -> PolicyInForce:
    """Return what a policy comes to for a contract: with its overrides for the seller and the contract."""
    return _policy_for(identity_of(contract), policy)


def _policy_for(identity: ContractIdentity, policy: Policy) -> PolicyInForce:
    return policy.in_force(
        seller_name=identity.seller_name,
        seller_tax_id=identity.seller_tax_id,
        contract_number=identity.number,
    )
