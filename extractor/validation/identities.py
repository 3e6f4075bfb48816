"""Rules on what identifies an invoice: check digits, dates, and second readings of a value."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from extractor.extraction.agreement import is_same_account, says_same
from extractor.extraction.extraction import Group, Leaf, State
from extractor.extraction.options import is_coded
from extractor.field_specs.spec import FieldSpec, FieldType
from extractor.validation.figures import CENT, number_of, printed
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.rule import Subject, finding, has, readable
from extractor.values.identifiers import CheckDigit, check_iban, check_tax_id
from extractor.values.numerals import parse_chinese_amount, parse_number_words
from extractor.values.text import fold, letters_and_digits, squeeze

_TAX_IDS = ("seller_tax_id", "buyer_tax_id")
_ORDERED_DATES = (("issue_date", "due_date"), ("effective_date", "expiry_date"))
_IBAN_SHAPE = re.compile(r"[a-z]{2}\d{2}[0-9a-z]{11,30}")
_DATE_SHAPE = re.compile(r"\d{1,4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,4}|\d{1,2}\W+[^\W\d]{3,}\W+\d{4}")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def amount_in_words(subject: Subject, earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find an amount in words that is neither the gross amount nor the amount due."""
    extraction = subject.extraction
    words = extraction.leaf("amount_in_words")
    text = words.text or (str(words.value) if words.value is not None else "")
    spoken = parse_words(text)
    figures = subject.figures
    if spoken is None or figures.gross is None:
        return
    meant = [each for each in (figures.gross, figures.due) if each is not None]
    if any(_says(spoken, amount, text) for amount in meant):
        return
    is_sum = figures.net is not None and figures.tax is not None and spoken == figures.net + figures.tax
    yield finding(
        FindingCode.AMOUNT_IN_WORDS,
        "amount_in_words",
        f"The amount in words, {text}, is {spoken}, "
        f"but the gross amount is {printed(extraction.leaf('gross_amount'))}.",
        consequence_of=FindingCode.GROSS_SUM if is_sum and has(earlier, FindingCode.GROSS_SUM) else None,
    )


def parse_words(text: str) -> Decimal | None:
    """Read an amount written in words, in Chinese capitals or as a European sentence."""
    if not text:
        return None
    return parse_chinese_amount(text) if _HAN.search(text) else parse_number_words(text)


def tax_id_checksums(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find tax ids whose check digit does not fit the other digits."""
    for name in _TAX_IDS:
        leaf = subject.extraction.leaf(name)
        if isinstance(leaf.value, str) and check_tax_id(leaf.value) is CheckDigit.INVALID:
            yield finding(
                FindingCode.TAX_ID_CHECKSUM,
                name,
                f"{printed(leaf)} is no valid tax id: its check digit is wrong.",
            )


def iban_checksums(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find IBANs whose two check digits do not fit the rest (ISO 7064)."""
    for name in ("seller_bank_account", "bank_account"):
        account = account_of(subject, name)
        if account is None or not isinstance(account.value, str):
            continue
        if _IBAN_SHAPE.fullmatch(squeeze(account.value)) and check_iban(account.value) is CheckDigit.INVALID:
            yield finding(
                FindingCode.IBAN_CHECKSUM,
                name,
                f"{printed(account)} is no valid IBAN: its check digits are wrong.",
            )


def account_of(subject: Subject, name: str) -> Leaf | None:
    """Return the account number of a bank account, whether it is structured or plain."""
    value = subject.extraction.fields.get(name)
    if isinstance(value, Group):
        return value.members.get("account")
    return value if isinstance(value, Leaf) else None


def date_order(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find what is due before it is issued, or ends before it begins."""
    for first_name, second_name in _ORDERED_DATES:
        first, second = subject.extraction.leaf(first_name), subject.extraction.leaf(second_name)
        if isinstance(first.value, date) and isinstance(second.value, date) and second.value < first.value:
            yield finding(
                FindingCode.DATE_ORDER,
                second_name,
                f"{readable(second_name)} {printed(second)} is before the {readable(first_name).lower()} "
                f"{printed(first)}.",
            )


def dates_invalid(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find what is printed as a date and is no day of the calendar."""
    for name, field in subject.spec.fields.items():
        leaf = subject.extraction.leaf(name)
        if field.type is not FieldType.DATE or leaf.state is not State.UNREADABLE:
            continue
        if leaf.text and _DATE_SHAPE.search(fold(leaf.text)):
            yield finding(
                FindingCode.DATE_INVALID, name, f"{readable(name)} {leaf.text} is no day of the calendar."
            )


def pages_unreadable(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find pages that cannot be read."""
    for number, advice in subject.extraction.unreadable_pages.items():
        yield finding(FindingCode.UNREADABLE_PAGE, None, f"Page {number} cannot be read: {advice}.")


def witnesses(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find fields of which a code on the page or embedded XML says something else."""
    for name, others in subject.extraction.witnesses.items():
        leaf = account_of(subject, name)
        if leaf is None or leaf.value is None:
            continue
        for other in others:
            if other.value is not None and not agrees(leaf, other, subject.spec.fields[name]):
                yield finding(
                    FindingCode.WITNESS_MISMATCH,
                    name,
                    f"{readable(name)} is {printed(leaf)}, but a second reading of it "
                    f"({_place(other)}) says {printed(other)}.",
                )
                break


def amount_of_code(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find a payment code that asks for another amount than the total, where no amount due is printed."""
    due, gross = subject.extraction.leaf("amount_due"), subject.extraction.leaf("gross_amount")
    asked, total = number_of(due), number_of(gross)
    if asked is None or total is None or not is_coded(due) or is_coded(gross):
        return
    if abs(asked - total) > CENT / 2 and not subject.is_explained(asked - total):
        yield finding(
            FindingCode.WITNESS_MISMATCH,
            "amount_due",
            f"The gross amount is {printed(gross)}, but the {_place(due)} asks for {printed(due)}.",
        )


def agrees(leaf: Leaf, other: Leaf, field: FieldSpec) -> bool:
    """Say whether a second reading says the same; of texts one may hold the other, but of a code's."""
    if is_coded(leaf) or is_coded(other):
        if field.type is FieldType.ACCOUNT:
            return is_same_account(str(leaf.value), str(other.value))
        return says_same(leaf, other, field)
    mine, theirs = number_of(leaf), number_of(other)
    if mine is not None and theirs is not None:
        return abs(mine - theirs) <= CENT / 2
    if isinstance(leaf.value, date) or isinstance(other.value, date):
        return leaf.value == other.value
    mine_text, theirs_text = (letters_and_digits(str(each.value)) for each in (leaf, other))
    return not mine_text or not theirs_text or mine_text in theirs_text or theirs_text in mine_text


def hidden_text(subject: Subject, _earlier: Sequence[Finding]) -> Iterator[Finding]:
    """Find pages with text that a reader of them cannot see."""
    pages = subject.extraction.hidden_text_pages
    if pages:
        yield finding(
            FindingCode.HIDDEN_TEXT,
            None,
            f"Text that cannot be seen stands on page {', '.join(map(str, pages))}.",
        )


def _says(spoken: Decimal, amount: Decimal, text: str) -> bool:
    if abs(abs(spoken) - abs(amount)) <= CENT / 2:
        return True
    is_whole = spoken == spoken.to_integral_value() and not _HAN.search(text)
    return is_whole and abs(spoken) == abs(amount).to_integral_value(
        rounding="ROUND_DOWN"
    )  # cents left in figures


def _place(leaf: Leaf) -> str:
    if leaf.evidence is None:
        return "elsewhere"
    if leaf.evidence.page is None:
        return f"in the {leaf.evidence.origin.value.upper()}"
    page = f"page {leaf.evidence.page}"
    return f"code on {page}" if is_coded(leaf) else page
