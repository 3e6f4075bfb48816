"""Read how a UBL document is to be paid: until when, on which terms, to which accounts."""

from collections.abc import Iterator
from typing import Final

from lxml.etree import _Element as Element

from extractor.engines.einvoice.candidates import WrittenAccount, accounts, day, each, written
from extractor.engines.einvoice.tree import find, find_all, first_text, texts
from extractor.engines.reading import Candidate

_DUE: Final = ("DueDate", "PaymentMeans/PaymentDueDate", "PaymentTerms/PaymentDueDate")
_BIC: Final = ("ID", "FinancialInstitution/ID")  # below the branch; the latter in UBL 2.0
_BANK: Final = ("FinancialInstitution/Name", "Name")


def read_payment(root: Element) -> dict[str, tuple[Candidate, ...]]:
    """Return due dates (a credit note has them beside the means), terms and the seller's accounts."""
    terms = "\n".join(texts(root, "PaymentTerms/Note"))
    return {
        "due_date": each([text for path in _DUE for text in texts(root, path)], day),
        "payment_terms": each([terms] if terms else [], written),
        "seller_bank_account": tuple(accounts(_accounts(root))),
    }


def _accounts(root: Element) -> Iterator[WrittenAccount]:
    """Yield the accounts to be paid to (BG-17). The payer's, of a direct debit, is not among them."""
    for account in find_all(root, "PaymentMeans/PayeeFinancialAccount"):
        branch = find(account, "FinancialInstitutionBranch")
        yield WrittenAccount(
            number=first_text(account, "ID"), bic=_first(branch, _BIC), bank=_first(branch, _BANK)
        )


def _first(parent: Element | None, paths: tuple[str, ...]) -> str | None:
    return next((text for path in paths if (text := first_text(parent, path)) is not None), None)
