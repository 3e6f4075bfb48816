"""Under which contract an invoice is billed."""

import re
from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Leaf
from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, not_checkable
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.parties import readings, said, signs, why_not
from extractor.reconciliation.reason import Reason, Why
from extractor.reconciliation.standing import is_foreign
from extractor.validation.finding import FindingCode

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_FEWEST_NUMBER_SIGNS = 5
_FEWEST_TOLD_SIGNS = 3  # of a number that can tell another contract: "30" is a piece of a date


def contract_numbers(case: Case, earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the contract's number with the invoice's; ask where nothing says which contract it is."""
    code = CheckCode.CONTRACT_NUMBER_MISMATCH
    agreed = case.agreement.leaf("contract_number")
    for bill in case.bills:
        for question in _about_the_contract(case):
            yield asks(code, bill, *question)
        billed = bill.leaf("contract_number")
        why = why_not(agreed, billed, "number of its own", "contract number")
        if not why and len(signs(billed.value)) < min(_FEWEST_TOLD_SIGNS, len(signs(agreed.value))):
            why = Reason.TOO_SHORT, f"{said(billed)} is too short for a contract number."
        if why:
            is_told = any(_tells_the_contract(check, bill) for check in earlier)
            told = f"{why[1]} No party is compared either: is it billed under this contract?"
            yield (not_checkable(code, bill, *why) if is_told else asks(code, bill, Reason.UNTIED, told))
            continue
        if any(_is_a_piece(other, billed) for other in readings(agreed)):
            yield asks(
                code,
                bill,
                Reason.PIECE_OF_THE_NUMBER,
                f"Is {said(billed)} contract {said(agreed)}? It is a part of its number.",
                field="contract_number",
                agreed=side_of(agreed),
                billed=side_of(billed),
            )
            continue
        foreign = ", and none of its lines is in this contract" if is_foreign(case, bill) else ""
        yield case.compared(
            code,
            bill,
            "contract_number",
            agreed=agreed,
            billed=billed,
            is_same=any(_holds(signs(other.value), signs(billed.value)) for other in readings(agreed)),
            same=f"The invoice names contract {said(billed)}.",
            other=f"The contract is {said(agreed)}, but the invoice refers to {said(billed)}{foreign}.",
        )


def _about_the_contract(case: Case) -> Iterator[Why]:
    """Yield what is asked of a contract that looks like another document or two, or is amended unclearly."""
    asked = {
        FindingCode.DOCUMENT_KIND: (Reason.NOT_A_CONTRACT, "Is this the contract?"),
        FindingCode.SECOND_CONTRACT: (Reason.SECOND_CONTRACT, "Which contract are the invoices for?"),
        FindingCode.AMENDMENT_UNCLEAR: (Reason.AMENDMENT_UNCLEAR, "What is agreed?"),
    }
    for finding in case.agreement.contract.findings:
        if finding.code in asked:
            reason, question = asked[finding.code]
            yield reason, f"{question} {finding.message}"


def _tells_the_contract(check: Check, bill: Bill) -> bool:
    """Say whether a party was compared, so that something ties the invoice to the contract."""
    return (
        check.invoice == bill.position
        and check.code in (CheckCode.PARTY_NAME_MISMATCH, CheckCode.TAX_ID_MISMATCH)
        and (check.agreed is not None or check.is_unsure)
    )


def _holds(agreed: str, billed: str) -> bool:
    """Say whether the numbers are one, the shorter perhaps without its prefix."""
    shorter, longer = sorted((agreed, billed), key=len)
    return agreed == billed or (len(shorter) >= _FEWEST_NUMBER_SIGNS and shorter in longer)


def _is_a_piece(agreed: Leaf, billed: Leaf) -> bool:
    """Say whether the invoice names one piece of the number only: 6844 of C/6844/2025."""
    pieces, mine = _NOT_ALPHANUMERIC.split(str(agreed.value).strip()), signs(billed.value)
    return len(pieces) > 1 and mine in map(signs, pieces) and not _holds(signs(agreed.value), mine)
