"""Read the seller's bank account: IBAN or number, bank and BIC, wherever they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.engines.layout.banks import BANK, bank_of, bic_of
from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.party_blocks import Span, is_party, join_spans
from extractor.engines.layout.party_regions import Region, side_of
from extractor.engines.layout.spec_labels import PART
from extractor.engines.layout.zones import zones
from extractor.engines.reading import Candidate
from extractor.values.identifiers import CheckDigit, check_iban, find_ibans

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d \-]{4,30}\d(?!\w|,\d)|(?<=[\u4e00-\u9fff:：])\d{6,30}(?!\d)")
_SORT_CODE = re.compile(r"\d\d-\d\d-\d\d\s+(?=\d{8}$)")  # stands before a British account
_MASKED = re.compile(r"[*xX]{2,}[\d -]*\d{2,}")
_DEBITED = re.compile(
    r"\b(?:your|ihrem|ihr|votre|uw|su|vostro)\s+(?:\w+\s+)?(?:account|konto|bankkonto|compte|rekening|cuenta|conto)\b"
    r"|abgebucht|lastschrift|direct debit|prélèvement|incasso|domiciliaci|扣款|代扣",
    re.IGNORECASE,
)
_IBAN_BEGUN = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){0,7}(?: ?[A-Z0-9]{1,3})?\s*$")
_IBAN_BEFORE = re.compile(r"(?<!\w)[A-Z]{2}\d\d(?: ?[A-Z0-9]{4})* ?[A-Z0-9]{0,3} ?$")  # and no rest of it
_OF_BRANCH = re.compile(r"\b(?:transit|institution|branch|agência|sucursal|guichet)\b", re.IGNORECASE)
_NEAR = 30  # characters
_FEWEST_DIGITS = 6
_WITHOUT_BANK = 0.5
_IBAN, _LABELLED, _COMBINED = 0.95, 0.85, 0.8
_OF_BANK = re.compile(
    rf"{BANK.pattern}|sort code|\b(?:bsb|ifsc?|aba|routing|iban|bacs|eft)\b|开户|銀行", re.IGNORECASE
)
_NEAR_ROWS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    span: Span
    page: LabelledSheet
    score: float
    rest: Span | None = None  # on the next line
    bank: Span | None = None  # where the same text names it
    is_bare: bool = False  # no bank near its label


def read_accounts(
    pages: Sequence[LabelledSheet], name: str, regions: Sequence[Region]
) -> tuple[Candidate, ...]:
    """Return the accounts that are not the buyer's, best first.

    Each has the parts "account" and, where they are printed near it, "bank" and "bic".
    """
    buyers = [region for region in regions if region.side == "buyer"]
    found: dict[str, _Account] = {}
    theirs: set[str] = set()
    for page in pages:
        for account in (*_ibans(page), *_labelled(page, name)):
            if _is_customers(account):
                theirs.add(_key(account))
            if _DEBITED.search(account.span.cell.text) or any(
                region.holds(account.span.cell) for region in buyers
            ):
                continue
            key = _key(account)
            if key not in found or account.score > found[key].score:
                found[key] = account
    ranked = sorted((found[key] for key in found if key not in theirs), key=lambda each: -each.score)
    return tuple(_candidate(account, name) for account in ranked)


def _ibans(page: LabelledSheet) -> Iterator[_Account]:
    for cell in page.sheet.cells:
        for each in find_ibans(cell.text):
            yield _Account(span=Span(cell=cell, start=each.start, end=each.end), page=page, score=_IBAN)
        yield from _wrapped_ibans(page, cell)


def _wrapped_ibans(page: LabelledSheet, cell: Cell) -> Iterator[_Account]:
    """Yield the IBAN that a line begins and the next one ends, if its check digits hold."""
    begun = _IBAN_BEGUN.search(cell.text)
    if begun is None:
        return
    for below in page.sheet.below(cell.box, cell.row, within=cell.box.height):
        whole = f"{begun[0]} {below.text}"
        found = next((each for each in find_ibans(whole) if each.start == 0), None)
        end = found.end - len(begun[0]) - 1 if found else 0
        if found is not None and end > 0 and check_iban(found.text) is CheckDigit.VALID:
            span = Span(cell=cell, start=begun.start(), end=begun.end())
            yield _Account(span=span, page=page, score=_IBAN, rest=Span(cell=below, start=0, end=end))
        return


def _labelled(page: LabelledSheet, name: str) -> Iterator[_Account]:
    """Find numbers behind a label of an account, or of bank and account together."""
    for cell, hit in page.labels():
        if _is_buyers(page, cell, hit):
            continue
        is_number = f"{name}{PART}account" in hit.names
        if not is_number and name not in hit.names:
            continue
        for zone in zones(page, cell, hit):
            if find_ibans(zone.text) or (not is_number and _names_account(page, zone.cell, zone.start, name)):
                break
            match = _NUMBER.search(zone.text) or _MASKED.search(zone.text)
            if match is None or (
                sum(c.isdigit() for c in match[0]) < _FEWEST_DIGITS and not _MASKED.match(match[0])
            ):
                continue
            before = zone.text[: match.start()]
            if _IBAN_BEFORE.search(before) or _OF_BRANCH.search(before[-_NEAR:]):
                continue
            start, end = zone.start + match.start(), zone.start + match.end()
            bank = _name_before(zone.cell, zone.start, start)
            sort_code = _SORT_CODE.match(match[0])
            start += sort_code.end() if sort_code else 0
            if is_number and any(c.isalpha() for c in zone.text[: match.start()]) and bank is None:
                continue
            score = (_LABELLED if is_number else _COMBINED) * zone.score
            is_bare = is_number and not _is_among_bank_labels(page, cell, name)
            score *= _WITHOUT_BANK if is_bare else 1.0
            span = Span(cell=zone.cell, start=start, end=end)
            yield _Account(span=span, page=page, score=score, bank=bank, is_bare=is_bare)
            break


def _is_customers(account: _Account) -> bool:
    """Say whether it is the customer's own account with a utility: in the upper half, no bank near."""
    cell = account.span.cell
    return account.is_bare and account.bank is None and cell.box.y1 < account.page.sheet.page.height / 2


def _key(account: _Account) -> str:
    return re.sub(r"\W", "", account.span.text + (account.rest.text if account.rest else ""))


def _is_among_bank_labels(page: LabelledSheet, cell: Cell, name: str) -> bool:
    """Say whether a bank, a BIC or a sort code stands near a label of an account's number.

    A customer's account number has none of them near.
    """
    return any(
        _OF_BANK.search(near.text)
        or any(each == f"{name}{PART}bic" for hit in page.hits_of(near) for each in hit.names)
        for row in page.sheet.rows[max(0, cell.row - _NEAR_ROWS) : cell.row + _NEAR_ROWS + 1]
        for near in row
    )


def _is_buyers(page: LabelledSheet, cell: Cell, hit: Hit) -> bool:
    """Say whether the last party named before a label in its cell is the buyer."""
    before = [
        other
        for other in page.hits_of(cell)
        if other.end <= hit.start and is_party(other) and (len(other.label) > 2 or other.label[0] > "\u2e80")  # noqa: PLR2004
    ]
    named = [side for other in before if (side := side_of(other)) is not None]
    return bool(named) and named[-1] == "buyer"


def _names_account(page: LabelledSheet, cell: Cell, start: int, name: str) -> bool:
    """Say whether a label of the account's number follows in the same cell."""
    return any(hit.start >= start and f"{name}{PART}account" in hit.names for hit in page.hits_of(cell))


def _name_before(cell: Cell, start: int, end: int) -> Span | None:
    """Return the bank's name that stands before the number in one text."""
    text = cell.text[start:end].rstrip(" ,;:：，；、/-")
    text = re.sub(
        r"[\s,;，；、]*(?:a/?c|account|acct|konto|kto|账号|帐号|账户)\W*(?:no|nr|number)?\W*$",
        "",
        text,
        flags=re.IGNORECASE,
    )
    lead = len(text) - len(text.lstrip(" :："))
    if sum(character.isalpha() for character in text) < 3:  # noqa: PLR2004 - no name is shorter
        return None
    return Span(cell=cell, start=start + lead, end=start + len(text))


def _candidate(account: _Account, name: str) -> Candidate:
    span = account.span
    number = join_spans([span, account.rest] if account.rest else [span], account.score)
    parts = {"account": number}
    bank = account.bank or bank_of(account.page, span, name)
    if bank is not None:
        parts["bank"] = _part(bank, account.score)
    bic = bic_of(account.page, span, name)
    if bic is not None:
        parts["bic"] = _part(bic, account.score)
    return replace(number, parts=parts)


def _part(span: Span, score: float) -> Candidate:
    return Candidate(text=span.text, evidence=span.cell.evidence(span.start, span.end), score=score)
