"""Who bills whom, and to which account."""

import re
from collections.abc import Iterator, Sequence

from extractor.extraction.extraction import Leaf, State
from extractor.pages.word import Origin
from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode
from extractor.reconciliation.reason import Reason, Why
from extractor.values.identifiers import normal_tax_id
from extractor.values.names import comparable_name, name_similarity, without_legal_form
from extractor.values.text import letters_and_digits, squeeze

_FEWEST_ACCOUNT_SIGNS = 6
_FEWEST_SHARED_SIGNS = 8
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


def bank_accounts(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the account that payment is asked to with the one in the contract."""
    code = CheckCode.BANK_ACCOUNT_CHANGED
    agreed = case.agreement.member("bank_account", "account")
    for bill in case.bills:
        billed = bill.account()
        why = why_not(agreed, billed, "bank account", "bank account")
        if not why and min(len(signs(agreed.value)), len(signs(billed.value))) < _FEWEST_ACCOUNT_SIGNS:
            why = Reason.TOO_SHORT, "An account number is too short to be compared."
        if why:
            yield not_checkable(code, bill, *why)
            continue
        yield case.compared(
            code,
            bill,
            "seller_bank_account",
            agreed=agreed,
            billed=billed,
            is_same=any(_is_same_account(other.value, billed.value) for other in readings(agreed)),
            same="The bank account is the agreed one.",
            other=f"Payment is asked to account {said(billed)}, but the contract names {said(agreed)}.",
        )


def readings(leaf: Leaf) -> tuple[Leaf, ...]:
    """Return a term with its other readings, where clauses contradict each other."""
    return (leaf, *leaf.also)


def _party(case: Case, bill: Bill, field: str, role: str) -> Check:
    code = CheckCode.PARTY_NAME_MISMATCH
    agreed, billed = case.agreement.leaf(field), bill.leaf(field)
    why = why_not(agreed, billed, f"name of the {role}", f"name of the {role}")
    if why:
        return not_checkable(code, bill, *why)
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
            Reason.MAYBE_THE_PARTY,
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
    return other.value is not None and signs(other.value) == signs(billed.value)


def _tax_id(case: Case, bill: Bill, field: str, role: str) -> Check:
    code = CheckCode.TAX_ID_MISMATCH
    agreed, billed = case.agreement.leaf(field), bill.leaf(field)
    why = why_not(agreed, billed, role, role)
    if why:
        return not_checkable(code, bill, *why)
    mine_side, their_side = side_of(billed), side_of(agreed)
    if any(_is_same_tax_id(str(other.value), str(billed.value)) for other in readings(agreed)):
        return passed(
            code, bill, f"The {role} is the agreed one.", field=field, agreed=their_side, billed=mine_side
        )
    if _is_other_party(case, field, billed):
        return asks(
            code,
            bill,
            Reason.OTHER_PARTYS_ID,
            f"The {role} is {said(billed)}, which is the other party's. Is it misread?",
            field=field,
            agreed=their_side,
            billed=mine_side,
        )
    if _is_another_kind(str(agreed.value), str(billed.value)):
        return not_checkable(
            code,
            bill,
            Reason.OTHER_KIND_OF_ID,
            f"The {role} is {said(billed)} here and {said(agreed)} in the contract: two kinds of id.",
        )
    return case.mismatch(
        code,
        bill,
        f"The {role} is {said(billed)}, but {said(agreed)} in the contract.",
        field=field,
        agreed=their_side,
        billed=mine_side,
    )


def _is_same_tax_id(agreed: str, billed: str) -> bool:
    mine, theirs = normal_tax_id(agreed), normal_tax_id(billed)
    return mine == theirs or _without_country(mine) == _without_country(theirs)


def _is_another_kind(agreed: str, billed: str) -> bool:
    """Say whether one is a VAT id and the other a national number: they differ by nature."""
    mine, theirs = signs(agreed), signs(billed)
    has_prefix = mine[:2].isalpha(), theirs[:2].isalpha()
    return has_prefix[0] != has_prefix[1] and len(_without_country(mine)) != len(_without_country(theirs))


def _without_country(signs: str) -> str:
    return signs[2:] if signs[:2].isalpha() else signs


def _is_same_account(agreed: object, billed: object) -> bool:
    mine, theirs = signs(agreed), signs(billed)
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
        reason = next((check.reason for check in checks if check.reason), Reason.NOT_AGREED)
        yield not_checkable(code, bill, reason, " ".join(check.message for check in checks))


def why_not(agreed: Leaf, billed: Leaf, agreed_name: str, billed_name: str) -> Why | None:
    """Return why two values cannot be compared: one of them is missing or unreadable."""
    if agreed.value is None:
        if agreed.state is State.UNREADABLE:
            return Reason.UNREADABLE_IN_CONTRACT, f"The {agreed_name} cannot be read."
        return Reason.NOT_AGREED, f"The {agreed_name} is not in the contract."
    if billed.value is None:
        if billed.state is State.UNREADABLE:
            return Reason.UNREADABLE_ON_INVOICE, f"The {billed_name} cannot be read on the invoice."
        return Reason.NOT_PRINTED, f"The {billed_name} is not printed on the invoice."
    return None


def signs(value: object) -> str:
    """Return letters and digits of a number or id, folded."""
    return letters_and_digits(str(value))


def said(leaf: Leaf) -> str:
    """Return a value as printed."""
    return leaf.text or str(leaf.value)
