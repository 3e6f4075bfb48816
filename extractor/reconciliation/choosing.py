"""Choose the contract that invoices are for, where a file holds several."""

from collections.abc import Sequence

from extractor.assessment.assessment import Assessment
from extractor.errors import SeveralContracts
from extractor.values.text import squeeze


def contract_for(billed: Sequence[Assessment], contracts: Sequence[Assessment]) -> Assessment:
    """Return the one contract of a file, of several the one whose number all invoices name.

    Raises:
        SeveralContracts: the invoices do not tell which.
    """
    if len(contracts) == 1:
        return contracts[0]
    named = {squeeze(str(bill.extraction.leaf("contract_number").value or "")) for bill in billed}
    meant = [each for each in contracts if {squeeze(_number_of(each))} == named]
    if len(meant) == 1:
        return meant[0]
    held = "; ".join(
        f"{_number_of(each)} on pages {each.extraction.part.pages[0]} to {each.extraction.part.pages[-1]}"
        for each in contracts
    )
    raise SeveralContracts(
        f"the file holds {len(contracts)} contracts ({held}): give the one the invoices are for"
    )


def _number_of(contract: Assessment) -> str:
    return str(contract.extraction.leaf("contract_number").value or "one without a number")
