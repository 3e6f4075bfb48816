"""Terms that the contract's clauses contradict each other on: nothing is passed by them."""

from dataclasses import replace

from extractor.extraction.extraction import Leaf, State
from extractor.reconciliation.agreement import Agreement
from extractor.reconciliation.check import Check, CheckCode, CheckState

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
    told = leaf.text or leaf.value or "nothing"
    return f"{told}" + (f" ({leaf.clause})" if leaf.clause else "")
