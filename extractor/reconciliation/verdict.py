"""The verdict: what to do with the invoices, and why."""

from collections.abc import Sequence

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.check import Check, CheckCode, CheckState, Verdict
from extractor.reconciliation.policy import Policy
from extractor.validation.finding import FindingCode


def verdict_of(checks: Sequence[Check], invoices: Sequence[Assessment], *, policy: Policy) -> Verdict:
    """Return block for a blocking mismatch, review for anything else to look at, else approve."""
    wrong = [check for check in checks if check.state is CheckState.MISMATCH]
    if any(policy.blocks(check.code) for check in wrong):
        return Verdict.BLOCK
    if wrong or any(check.is_unsure for check in checks) or any(invoice.findings for invoice in invoices):
        return Verdict.REVIEW
    return Verdict.APPROVE


def reasons_of(
    checks: Sequence[Check], invoices: Sequence[Assessment], *, policy: Policy
) -> tuple[CheckCode | FindingCode, ...]:
    """Return the codes that the verdict rests on, each once."""
    blocking: list[CheckCode | FindingCode] = []
    told: list[CheckCode | FindingCode] = []
    for check in checks:
        if check.state is CheckState.MISMATCH or check.is_unsure:
            told.append(check.code)
        if check.state is CheckState.MISMATCH and policy.blocks(check.code):
            blocking.append(check.code)
    told.extend(finding.code for invoice in invoices for finding in invoice.findings)
    return tuple(dict.fromkeys(blocking or told))
