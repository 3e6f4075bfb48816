"""Find the contract that each invoice is billed under: by number, then by parties and dates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from extractor.assessment.assessment import Assessment
from extractor.reconciliation.joining import with_amendments
from extractor.values.names import comparable_name
from extractor.values.text import letters_and_digits

_FEWEST_SIGNS = 4  # of a contract's number that is sought in remarks


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One contract and the invoices billed under it, in the order given; `reasons` say why, for each."""

    contract: Assessment
    invoices: tuple[Assessment, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unpaired:
    """One invoice without a contract, or a contract without an invoice, and why."""

    document: Assessment
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairing:
    """All that was given: in a pair, or unpaired."""

    pairs: tuple[Pair, ...]
    unpaired: tuple[Unpaired, ...]


def pair(invoices: Sequence[Assessment], contracts: Sequence[Assessment]) -> Pairing:
    """Put every invoice to its contract, whatever the order; nothing is lost, and nothing guessed.

    A contract's number on the invoice decides, if contracts differ in it. Else seller and
    buyer must be the contract's (by tax id, or by name), and of several contracts that
    fit, the one that was in force on the invoice's date counts. An amendment that is a document of its
    own is laid on its contract; one whose contract is not there is unpaired.
    """
    contracts, loose = with_amendments(contracts)
    billed: dict[int, list[tuple[Assessment, str]]] = {position: [] for position in range(len(contracts))}
    unpaired = [Unpaired(document=amendment, reason=reason) for amendment, reason in loose]
    for invoice in invoices:
        fitting, reason = _fitting(invoice, contracts)
        if len(fitting) == 1:
            billed[fitting[0]].append((invoice, reason))
            continue
        if fitting:
            names = ", ".join(contracts[position].source for position in fitting)
            reason = f"several contracts fit: {names}"
        unpaired.append(Unpaired(document=invoice, reason=reason))
    pairs = []
    for position, contract in enumerate(contracts):
        if not billed[position]:
            unpaired.append(Unpaired(document=contract, reason="no invoice is billed under this contract"))
            continue
        own, reasons = zip(*billed[position], strict=True)
        pairs.append(Pair(contract=contract, invoices=own, reasons=reasons))
    return Pairing(pairs=tuple(pairs), unpaired=tuple(unpaired))


def _fitting(invoice: Assessment, contracts: Sequence[Assessment]) -> tuple[list[int], str]:
    """Return the positions of the contracts that fit, and why they do, or why none does."""
    if not contracts:
        return [], "no contract is given"
    everyone = list(range(len(contracts)))
    numbered = [each for each in everyone if _names_number(invoice, contracts[each])]
    between = [each for each in everyone if _has_same_parties(invoice, contracts[each])]
    both = [each for each in numbered if each in between] or numbered
    if both:
        in_force = [each for each in both if _is_in_force(invoice, contracts[each])] or both
        return in_force, "the invoice names the contract's number"
    if not between:
        named = _text(invoice, "contract_number")
        told = f"it names contract {named}, and n" if named else "n"
        return [], f"{told}o contract has its number or is between its seller and its buyer"
    in_force = [each for each in between if _is_in_force(invoice, contracts[each])]
    if len(in_force) == 1:
        return in_force, "same seller and buyer, and in force on the invoice's date"
    return in_force or between, "same seller and buyer"


def _names_number(invoice: Assessment, contract: Assessment) -> bool:
    number = letters_and_digits(_text(contract, "contract_number"))
    if not number:
        return False
    printed = (
        letters_and_digits(_text(invoice, name)) for name in ("contract_number", "purchase_order_number")
    )
    return number in printed or (
        len(number) >= _FEWEST_SIGNS and number in letters_and_digits(_text(invoice, "remarks"))
    )


def _has_same_parties(invoice: Assessment, contract: Assessment) -> bool:
    return all(_is_same_party(invoice, contract, role) for role in ("seller", "buyer"))


def _is_same_party(invoice: Assessment, contract: Assessment, role: str) -> bool:
    ids = [letters_and_digits(_text(document, f"{role}_tax_id")) for document in (invoice, contract)]
    if ids[0] and ids[0] == ids[1]:
        return True
    names = [comparable_name(_text(document, f"{role}_name")) for document in (invoice, contract)]
    return bool(names[0]) and names[0] == names[1]


def _is_in_force(invoice: Assessment, contract: Assessment) -> bool:
    issued = _date(invoice, "issue_date")
    first = _date(contract, "effective_date") or _date(contract, "signing_date")
    last = _date(contract, "expiry_date")
    if issued is None:
        return True
    return (first is None or first <= issued) and (last is None or issued <= last)


def _date(document: Assessment, name: str) -> date | None:
    value = document.extraction.leaf(name).value
    return value if isinstance(value, date) else None


def _text(document: Assessment, name: str) -> str:
    value = document.extraction.leaf(name).value
    return "" if value is None else str(value)
