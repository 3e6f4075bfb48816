"""Read the seller's bank account: IBAN or number, bank and BIC, wherever they stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.labelled import LabelledSheet, has_colon, is_strong, zones
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.names import is_name
from extractor.engines.layout.party_regions import Region, Span, is_party, side_of
from extractor.engines.layout.spec_labels import PART
from extractor.engines.reading import Candidate
from extractor.values.identifiers import find_bics, find_ibans

_NUMBER = re.compile(r"(?<![\w.,-])\d[\d \-]{4,30}\d(?!\w|,\d)|(?<=[\u4e00-\u9fff:：])\d{6,30}(?!\d)")
_MASKED = re.compile(r"[*xX]{2,}[\d -]*\d{2,}")
_DEBITED = re.compile(
    r"\b(?:your|ihrem|ihr|votre|uw|su|vostro)\s+(?:\w+\s+)?(?:account|konto|bankkonto|compte|rekening|cuenta|conto)\b"
    r"|abgebucht|lastschrift|direct debit|prélèvement|incasso|domiciliaci|扣款|代扣",
    re.IGNORECASE,
)
_FEWEST_DIGITS = 6
_WITHOUT_BANK = 0.5
_IBAN, _LABELLED, _COMBINED = 0.95, 0.85, 0.8
_BANK = re.compile(r"bank|kasse|banque|banco|banca|crédit|credit union|银行|信用社", re.IGNORECASE)
_ALIGNED = 8.0  # points
_NEAR_ROWS = 4
_NEAR_POINTS = 220.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Account:
    span: Span
    page: LabelledSheet
    score: float
    bank: Span | None = None  # where the same text names it


def read_accounts(
    pages: Sequence[LabelledSheet], name: str, regions: Sequence[Region]
) -> tuple[Candidate, ...]:
    """Return the accounts that are not the buyer's, best first.

    Each has the parts "account" and, where they are printed near it, "bank" and "bic".
    """
    buyers = [region for region in regions if region.side == "buyer"]
    found: dict[str, _Account] = {}
    for page in pages:
        for account in (*_ibans(page), *_labelled(page, name)):
            if _DEBITED.search(account.span.cell.text) or any(
                region.holds(account.span.cell) for region in buyers
            ):
                continue
            key = re.sub(r"\W", "", account.span.text)
            if key not in found or account.score > found[key].score:
                found[key] = account
    ranked = sorted(found.values(), key=lambda each: -each.score)
    return tuple(_candidate(account, name) for account in ranked)


def _ibans(page: LabelledSheet) -> Iterator[_Account]:
    for cell in page.sheet.cells:
        for each in find_ibans(cell.text):
            yield _Account(span=Span(cell=cell, start=each.start, end=each.end), page=page, score=_IBAN)


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
            start, end = zone.start + match.start(), zone.start + match.end()
            bank = _name_before(zone.cell, zone.start, start)
            if is_number and any(c.isalpha() for c in zone.text[: match.start()]) and bank is None:
                continue
            score = (_LABELLED if is_number else _COMBINED) * zone.score
            if is_number and not _is_among_bank_labels(page, cell, hit, name):
                score *= _WITHOUT_BANK
            yield _Account(span=Span(cell=zone.cell, start=start, end=end), page=page, score=score, bank=bank)
            break


def _is_among_bank_labels(page: LabelledSheet, cell: Cell, hit: Hit, name: str) -> bool:
    """Say whether a bank, a BIC or an IBAN is labelled near a label of an account's number.

    A customer's account number has none of them near.
    """
    return any(
        other is not hit and any(each == name or each.startswith(f"{name}{PART}") for each in other.names)
        for near in page.sheet.rows[max(0, cell.row - _NEAR_ROWS) : cell.row + _NEAR_ROWS + 1]
        for at in near
        for other in page.hits_of(at)
        if other.label != hit.label
    )


def _is_number(text: str) -> bool:
    """Say whether a match has as many digits as an account's number, or is masked."""
    return sum(c.isdigit() for c in text) >= _FEWEST_DIGITS or _MASKED.match(text) is not None


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
    parts = {"account": _part(span, account.score)}
    bank = (
        account.bank
        or _near(account, f"{name}{PART}bank")
        or _under_heading(account, name)
        or _above(account)
    )
    if bank is not None:
        parts["bank"] = _part(bank, account.score)
    bic = _bic(account, name)
    if bic is not None:
        parts["bic"] = _part(bic, account.score)
    return Candidate(
        text=span.text, evidence=span.cell.evidence(span.start, span.end), score=account.score, parts=parts
    )


def _part(span: Span, score: float) -> Candidate:
    return Candidate(text=span.text, evidence=span.cell.evidence(span.start, span.end), score=score)


def _neighbours(account: _Account) -> Iterator[tuple[Cell, Hit]]:
    """Yield the labels near an account, nearest row first."""
    cell = account.span.cell
    near = [
        (other, hit)
        for other, hit in account.page.labels()
        if abs(other.row - cell.row) <= _NEAR_ROWS and abs(other.box.x0 - cell.box.x0) <= _NEAR_POINTS
    ]
    yield from sorted(near, key=lambda each: (abs(each[0].row - cell.row), abs(each[0].box.x0 - cell.box.x0)))


def _near(account: _Account, label: str) -> Span | None:
    """Return the text behind the nearest label of that name, cut before a number or code."""
    for cell, hit in _neighbours(account):
        if label not in hit.names:
            continue
        for zone in zones(account.page, cell, hit):
            stop = min(
                [zone.end]
                + [zone.start + each.start for each in (*find_ibans(zone.text), *find_bics(zone.text))]
                + [
                    other.start
                    for other in account.page.hits_of(zone.cell)
                    if other.start >= zone.start and _is_code(other)
                ]
            )
            start = zone.start
            if (
                zone.cell is cell
                and not has_colon(cell, hit)
                and hit.start == 0
                and zone.start - hit.end <= 1
            ):
                start = hit.start  # "Banco del Cabo": the label is the name's first word
            text = zone.cell.text[start:stop].rstrip(" ,;:：，；、/-|")
            if sum(character.isalpha() for character in text) >= 3 and not any(c.isdigit() for c in text):  # noqa: PLR2004
                return Span(cell=zone.cell, start=start, end=start + len(text))
            break
    return None


def _under_heading(account: _Account, name: str) -> Span | None:
    """Return the line between a heading ("Bank details") and the account that may be the bank's name."""
    page, cell = account.page, account.span.cell
    for heading, hit in _neighbours(account):
        if name not in hit.names or heading.row >= cell.row or not is_strong(heading, hit):
            continue
        for row in page.sheet.rows[heading.row + 1 : cell.row]:
            for line in row:
                is_below = abs(line.box.x0 - heading.box.x0) <= _ALIGNED
                if is_below and is_name(line.text) and not page.starts_with_label(line):
                    return Span(cell=line, start=0, end=len(line.text))
    return None


def _above(account: _Account) -> Span | None:
    """Return the line right above the account, if it speaks of a bank."""
    page, cell = account.page, account.span.cell
    for row in page.sheet.rows[max(0, cell.row - 2) : cell.row]:
        for line in row:
            is_over = abs(line.box.x0 - cell.box.x0) <= _ALIGNED
            if is_over and _BANK.search(line.text) and is_name(line.text):
                return Span(cell=line, start=0, end=len(line.text))
    return None


def _is_code(hit: Hit) -> bool:
    return any(name.endswith((f"{PART}account", f"{PART}bic")) for name in hit.names)


def _bic(account: _Account, name: str) -> Span | None:
    cell = account.span.cell
    for each in find_bics(cell.text):
        return Span(cell=cell, start=each.start, end=each.end)
    for other, hit in _neighbours(account):
        if f"{name}{PART}bic" not in hit.names:
            continue
        for zone in zones(account.page, other, hit):
            for each in find_bics(zone.text, needs_cue=False)[:1]:
                return Span(cell=zone.cell, start=zone.start + each.start, end=zone.start + each.end)
            break
    return None
