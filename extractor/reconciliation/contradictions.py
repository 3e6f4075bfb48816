"""Terms that the contract's clauses contradict each other on: nothing is passed by them."""

from dataclasses import replace

from extractor.extraction.extraction import State
from extractor.reconciliation.agreement import Agreement, side_of
from extractor.reconciliation.check import Check, CheckCode, CheckState, Side
from extractor.reconciliation.reason import Reason

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
    CheckCode.RETENTION_NOT_HELD: ("retention_rate", "retention_cap"),
}


COMPARED_TERMS = frozenset(name for names in _TERMS.values() for name in names)
"""The plain terms that invoices are compared with."""


def doubted(check: Check, agreement: Agreement) -> Check:
    """Make a question of a passed check whose term the contract's clauses contradict each other on.

    Also of one that went by a row which they value differently.
    """
    if check.state is not CheckState.PASSED:
        return check
    for name in _TERMS.get(check.code, ()):
        term = agreement.leaf(name)
        if term.state is State.CONTRADICTORY:
            return _asked(check, side_of(term))
    if check.agreed is not None and check.agreed.also:
        return _asked(check, check.agreed)
    return check


def _asked(check: Check, agreed: Side) -> Check:
    told = " and ".join(_told(side) for side in (agreed, *agreed.also))
    return replace(
        check,
        state=CheckState.NOT_CHECKABLE,
        message=f"The contract contradicts itself: {told}.",
        reason=Reason.CONTRADICTORY,
        agreed=agreed,
        is_unsure=True,
    )


def _told(side: Side) -> str:
    said = side.text or side.value or "nothing"
    return f"{said}" + (f" ({side.clause})" if side.clause else "")
