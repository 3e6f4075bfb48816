"""Who bills whom, under which contract, and to which account."""

import re
from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Leaf, State
from extractor.pages.word import Origin
from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.standing import is_foreign
from extractor.validation.finding import FindingCode
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name, name_similarity, without_legal_form
from extractor.values.text import squeeze

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_FEWEST_ACCOUNT_SIGNS = 6
_FEWEST_SHARED_SIGNS = 8
_FEWEST_NUMBER_SIGNS = 5
_FEWEST_TOLD_SIGNS = 3  # of a number that can tell another contract: "30" is a piece of a date
_ARTICLE = re.compile(r"^(?:the|die|der|das)\s+(?=\S+\s)")  # no part of a name: The Heron Trust
_COMPOUND = re.compile(r"^\W*(&|co|kg)\b")  # GmbH & Co. KG is no GmbH
_OPPOSITE = {
    "seller_name": "buyer_name",
    "buyer_name": "seller_name",
    "seller_tax_id": "buyer_tax_id",
    "buyer_tax_id": "seller_tax_id",
}
_PARTIES = (("seller_name", "seller"), ("buyer_name", "buyer"))
_TAX_IDS = (("seller_tax_id", "seller's tax id"), ("buyer_tax_id", "buyer's tax id"))


def party_names(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare seller and buyer by name; legal forms and widths of signs do not count."""
    for bill in case.bills:
        yield from _one_or_all(
            CheckCode.PARTY_NAME_MISMATCH,
            bill,
            [_party(case, bill, field, role) for field, role in _PARTIES],
        )


def tax_ids(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the tax ids of both parties, where both sides print one of the same kind."""
    for bill in case.bills:
        yield from _one_or_all(
            CheckCode.TAX_ID_MISMATCH, bill, [_tax_id(case, bill, field, role) for field, role in _TAX_IDS]
        )


def contract_numbers(case: Case, earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the contract's number with the invoice's; ask where nothing says which contract it is."""
    code = CheckCode.CONTRACT_NUMBER_MISMATCH
    agreed = case.agreement.leaf("contract_number")
    for bill in case.bills:
        for question in _about_the_contract(case):
            yield asks(code, bill, question)
        billed = bill.leaf("contract_number")
        reason = _why_not(agreed, billed, "number of its own", "contract number")
        if not reason and len(_signs(billed.value)) < min(_FEWEST_TOLD_SIGNS, len(_signs(agreed.value))):
            reason = f"{_text(billed)} is too short for a contract number."
        if reason:
            is_told = any(_tells_the_contract(check, bill) for check in earlier)
            yield (
                not_checkable(code, bill, reason)
                if is_told
                else asks(
                    code, bill, f"{reason} No party is compared either: is it billed under this contract?"
                )
            )
            continue
        if any(_is_a_piece(other, billed) for other in readings(agreed)):
            yield asks(
                code,
                bill,
                f"Is {_text(billed)} contract {_text(agreed)}? It is a part of its number.",
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
            is_same=any(_holds(_signs(other.value), _signs(billed.value)) for other in readings(agreed)),
            same=f"The invoice names contract {_text(billed)}.",
            other=f"The contract is {_text(agreed)}, but the invoice refers to {_text(billed)}{foreign}.",
        )


def _about_the_contract(case: Case) -> Iterator[str]:
    """Yield what is asked of a contract that looks like another document, or is not clearly amended."""
    for each in case.agreement.contract.findings:
        if each.code is FindingCode.DOCUMENT_KIND:
            yield f"Is this the contract? {each.message}"
        elif each.code is FindingCode.AMENDMENT_UNCLEAR:
            yield f"What is agreed? {each.message}"


def _tells_the_contract(check: Check, bill: Bill) -> bool:
    """Say whether a party was compared, so that something ties the invoice to the contract."""
    return (
        check.invoice == bill.position
        and check.code in (CheckCode.PARTY_NAME_MISMATCH, CheckCode.TAX_ID_MISMATCH)
        and (check.agreed is not None or check.is_unsure)
    )


def bank_accounts(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the account that payment is asked to with the one in the contract."""
    code = CheckCode.BANK_ACCOUNT_CHANGED
    agreed = case.agreement.member("bank_account", "account")
    for bill in case.bills:
        billed = bill.account()
        reason = _why_not(agreed, billed, "bank account", "bank account")
        if not reason and min(len(_signs(agreed.value)), len(_signs(billed.value))) < _FEWEST_ACCOUNT_SIGNS:
            reason = "An account number is too short to be compared."
        if reason:
            yield not_checkable(code, bill, reason)
            continue
        yield case.compared(
            code,
            bill,
            "seller_bank_account",
            agreed=agreed,
            billed=billed,
            is_same=any(_is_same_account(other.value, billed.value) for other in readings(agreed)),
            same="The bank account is the agreed one.",
            other=f"Payment is asked to account {_text(billed)}, but the contract names {_text(agreed)}.",
        )


def readings(leaf: Leaf) -> tuple[Leaf, ...]:
    """Return a term with its other readings, where clauses contradict each other."""
    return (leaf, *leaf.also)


def _party(case: Case, bill: Bill, field: str, role: str) -> Check:
    code = CheckCode.PARTY_NAME_MISMATCH
    agreed, billed = case.agreement.leaf(field), bill.leaf(field)
    reason = _why_not(agreed, billed, f"name of the {role}", f"name of the {role}")
    if reason:
        return not_checkable(code, bill, reason)
    mine_side, their_side = side_of(billed), side_of(agreed)
    names = [str(other.value) for other in readings(agreed)]
    mine = str(billed.value)
    if any(_is_same_name(name, mine) for name in names):
        return passed(code, bill, f"The {role} is {mine}.", field=field, agreed=their_side, billed=mine_side)
    is_read_by_ocr = any(
        leaf.evidence is not None and leaf.evidence.origin is Origin.OCR for leaf in (agreed, billed)
    )
    similarity = max(name_similarity(name, mine) for name in names)
    is_near = is_read_by_ocr and similarity >= case.policy.names.unsure
    if is_near or any(_is_part_of(name, mine) for name in names) or _is_other_party(case, field, billed):
        return asks(
            code,
            bill,
            f"Is the {role} {mine} the contract's {names[0]}?",
            field=field,
            agreed=their_side,
            billed=mine_side,
        )
    return case.mismatch(
        code,
        bill,
        f"The {role} is {mine}, but the contract is with {names[0]}.",
        field=field,
        agreed=their_side,
        billed=mine_side,
    )


def _is_same_name(agreed: str, billed: str) -> bool:
    mine, theirs = (_ARTICLE.sub("", comparable_name(name)) for name in (agreed, billed))
    return mine == theirs or squeeze(mine) == squeeze(theirs)


def _is_part_of(agreed: str, billed: str) -> bool:
    """Say whether one name is the other with something behind it: a branch, an address.

    Another legal form is another company.
    """
    shorter, longer = sorted((_ARTICLE.sub("", comparable_name(name)) for name in (agreed, billed)), key=len)
    rest = longer.removeprefix(shorter)
    if not without_legal_form(shorter) or rest == longer:
        return False
    is_whole_word = not rest[:1].isalnum() or "\u4e00" <= rest[:1] <= "\u9fff"
    return is_whole_word and bool(without_legal_form(f"- {rest}").strip("- ")) and not _COMPOUND.match(rest)


def _is_other_party(case: Case, field: str, billed: Leaf) -> bool:
    """Say whether what is billed as one party's is the other's: misread, or sides exchanged."""
    other = case.agreement.leaf(_OPPOSITE[field])
    return other.value is not None and _signs(other.value) == _signs(billed.value)


def _tax_id(case: Case, bill: Bill, field: str, role: str) -> Check:
    code = CheckCode.TAX_ID_MISMATCH
    agreed, billed = case.agreement.leaf(field), bill.leaf(field)
    reason = _why_not(agreed, billed, role, role)
    if reason:
        return not_checkable(code, bill, reason)
    mine_side, their_side = side_of(billed), side_of(agreed)
    if any(_is_same_tax_id(str(other.value), str(billed.value)) for other in readings(agreed)):
        return passed(
            code, bill, f"The {role} is the agreed one.", field=field, agreed=their_side, billed=mine_side
        )
    if _is_other_party(case, field, billed):
        return asks(
            code,
            bill,
            f"The {role} is {_text(billed)}, which is the other party's. Is it misread?",
            field=field,
            agreed=their_side,
            billed=mine_side,
        )
    if _is_another_kind(str(agreed.value), str(billed.value)):
        return not_checkable(
            code,
            bill,
            f"The {role} is {_text(billed)} here and {_text(agreed)} in the contract: two kinds of id.",
        )
    return case.mismatch(
        code,
        bill,
        f"The {role} is {_text(billed)}, but {_text(agreed)} in the contract.",
        field=field,
        agreed=their_side,
        billed=mine_side,
    )


def _is_same_tax_id(agreed: str, billed: str) -> bool:
    mine, theirs = normal_tax_id(agreed), normal_tax_id(billed)
    return mine == theirs or _without_country(mine) == _without_country(theirs)


def _is_another_kind(agreed: str, billed: str) -> bool:
    """Say whether one is a VAT id and the other a national number: they differ by nature."""
    mine, theirs = _signs(agreed), _signs(billed)
    has_prefix = mine[:2].isalpha(), theirs[:2].isalpha()
    return has_prefix[0] != has_prefix[1] and len(_without_country(mine)) != len(_without_country(theirs))


def _without_country(signs: str) -> str:
    return signs[2:] if signs[:2].isalpha() else signs


def _is_same_account(agreed: object, billed: object) -> bool:
    mine, theirs = _signs(agreed), _signs(billed)
    if mine == theirs:
        return True
    shorter, longer = sorted((mine, theirs), key=len)
    return len(shorter) >= _FEWEST_SHARED_SIGNS and shorter in longer  # an IBAN holds the national number


def _one_or_all(code: CheckCode, bill: Bill, checks: Sequence[Check]) -> Iterator[Check]:
    """Hand on what was compared; where nothing was, one reason for the lot."""
    compared = [check for check in checks if check.agreed is not None]
    if compared:
        yield from compared
    else:
        yield not_checkable(code, bill, " ".join(check.message for check in checks))


def _why_not(agreed: Leaf, billed: Leaf, agreed_name: str, billed_name: str) -> str | None:
    if agreed.value is None:
        how = "cannot be read" if agreed.state is State.UNREADABLE else "is not in the contract"
        return f"The {agreed_name} {how}."
    if billed.value is None:
        how = "cannot be read" if billed.state is State.UNREADABLE else "is not printed"
        return f"The {billed_name} {how} on the invoice."
    return None


def _holds(agreed: str, billed: str) -> bool:
    """Say whether the numbers are one, the shorter perhaps without its prefix."""
    shorter, longer = sorted((agreed, billed), key=len)
    return agreed == billed or (len(shorter) >= _FEWEST_NUMBER_SIGNS and shorter in longer)


def _is_a_piece(agreed: Leaf, billed: Leaf) -> bool:
    """Say whether the invoice names one piece of the number only: 6844 of C/6844/2025."""
    pieces, mine = _NOT_ALPHANUMERIC.split(str(agreed.value).strip()), _signs(billed.value)
    return len(pieces) > 1 and mine in map(_signs, pieces) and not _holds(_signs(agreed.value), mine)


def _signs(value: object) -> str:
    return _NOT_ALPHANUMERIC.sub("", squeeze(str(value)))


def _text(leaf: Leaf) -> str:
    return leaf.text or str(leaf.value)
