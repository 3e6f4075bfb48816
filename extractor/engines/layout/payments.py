"""Read what sentences say of payment: the terms, and the date to pay by."""

import re
from collections.abc import Iterator, Sequence

from extractor.engines.layout.cells import Cell
from extractor.engines.layout.header_fields import opens_text
from extractor.engines.layout.labelled import LabelledSheet, has_colon
from extractor.engines.layout.lexicon import Hit
from extractor.engines.layout.picking import EITHER_ORDER
from extractor.engines.layout.term_words import (
    AT_ONCE,
    DAYS,
    EARLY,
    OF_PAYMENT,
    PAYING,
    TERM,
    terms_may_go_on,
)
from extractor.engines.layout.terms import NEXT_SENTENCE, first_sentences
from extractor.engines.layout.wrapped_text import whole_text
from extractor.engines.layout.zones import Zone
from extractor.engines.reading import Candidate
from extractor.values.conventions import Conventions
from extractor.values.dates import find_dates

_BY = re.compile(
    r"(?:\bbis(?: zum| spätestens)?|\bspätestens(?: am)?|\buntil|\bby|\bbefore"
    r"|\bon or after|\bdue(?: on)?|\bfällig(?: am)?|\béchéance(?: le)?"
    r"|\bvervalt op|\bvence el|\bscade il|\bvence em"
    r"|\bavant le|\bplus tard le|\bpour le|\bvóór|\buiterlijk|\bantes del?|\bentro il|\baté|[于在至])\s*$",
    re.IGNORECASE,
)
_DEBITING = re.compile(  # that the seller will take the money, not that it has
    r"\b(?:abgebucht|eingezogen|buchen wir|ziehen wir|buchen .{0,60}\bab\b"
    r"|(?:will|shall) be (?:debited|collected|charged|taken)|we(?: will|'ll) (?:debit|collect|charge)"
    r"|(?:sera|serons|est) (?:prélevé|débité)e?|prélèverons|prélèvement|geïncasseerd|afgeschreven"
    r"|incasseren|schrijven .{0,60}\baf\b"
    r"|se (?:cargará|cobrará|adeudará)|será (?:cargad|adeudad|cobrad|debitad)[oa]"
    r"|verrà (?:addebitat|prelevat)[oa]|addebiteremo|addebito|será debitad[oa]|débito direto)|扣款|代扣",
    re.IGNORECASE,
)
_DEBITED = re.compile(
    r"\b(?:wurde|wurden|was|were|has been|have been|a été|is reeds|werd|ha sido|fue|è stat[oa]|foi)\b",
    re.IGNORECASE,
)
_ON = re.compile(
    r"\b(?:am|zum|ab dem|à partir du|dès le|vanaf|a partir del|a partire dal|dal|a partir de|from|on"
    r"|around|about|after|le|vers le|autour du|op|rond|omstreeks|el|el día|il|il giorno"
    r"|em|no dia)\s*$",
    re.IGNORECASE,
)
_TOTALS = frozenset({"net_amount", "tax_amount", "gross_amount", "amount_due"})
_FACTS = re.compile(r"\s*[·•|;；]\s*|\s+[–—]\s+(?=[A-ZÀ-Ý])|\s{3,}")
_OF_ACCOUNT = re.compile(
    r"\b(?:IBAN|BIC|SWIFT|BACS|sort code|account n|a/c|konto|compte|rekening|cuenta|conto|conta|bank|banque"
    r"|banco|banca|kto|blz)",
    re.IGNORECASE,
)
_TO_PAY = re.compile(
    r"\b(?:pay|paid|remit|settle|zahl|begleich|überweis|regl|règl|régl|paie|verser|virement|betal|voldoen|overmaken"
    r"|pag[aou]|abon[ae]|ingres|transferencia|versare|bonifico|saldare|liquid|transferência|pagável)|付款|支付|付清",
    re.IGNORECASE,
)
_UNTIL = re.compile(
    r"(?:\bby|\buntil|\bbefore|\bon or before|\bno later than|\bbis(?: zum)?|\bspätestens(?: am| zum)?"
    r"|\bavant le|\bplus tard le|\bvóór|\buiterlijk|\btot(?: en met)?|\bantes del?(?: día)?|\bhasta el"
    r"|\bentro(?: e non oltre)? il|\baté(?: ao dia)?|截止|截至|[于在至])\s*$",
    re.IGNORECASE,
)
_LONGEST_WORDS = 40  # characters of them, with the spaces behind
_LOWER = 0.4  # of the page's height: what stands below may be a sentence, above it is a label
_BY_DATE = 0.5
_SENTENCE = 0.7
_SOON, _STILL = 24, 60  # characters
_CLAUSE = re.compile(r"(?:,(?!\d)|[;，；。])\s*|\.\s+(?=[^\W\d_])|\s(?:oder|or|ou|otherwise|sonst)\s")


def payment_sentences(pages: Sequence[LabelledSheet]) -> Iterator[Candidate]:
    """Yield sentences that speak of payment and of a number of days or of paying at once, label or not."""
    for page in pages:
        for cell in page.sheet.cells:
            if page.is_in_table(cell):
                continue
            for start, end in _terms(page, cell):
                yield _term(page, cell, _behind_label(page, cell, start, end), end)
            yield from _dated_terms(page, cell)


def _dated_terms(page: LabelledSheet, cell: Cell) -> Iterator[Candidate]:
    """Yield the sentence that asks to pay by a date: "Please pay by 4 April 2026".

    Under the items only: above them it is the date's own label.
    """
    text = cell.text
    is_in_head = page.is_first and cell.box.y0 < _LOWER * page.sheet.page.height
    if is_in_head or any(has_colon(cell, hit) for hit in page.hits_of(cell)):
        return
    asked = _TO_PAY.search(text)
    if asked is None or asked.start() > _SOON:
        return
    if not any(_ends(_UNTIL, text[: each.start]) for each in find_dates(text, is_day_first=None)):
        return
    zone = Zone(cell=cell, start=0, end=len(text), score=_BY_DATE, is_beside=False)
    whole, evidence = whole_text(page, zone, may_go_on=terms_may_go_on)
    yield Candidate(text=first_sentences(whole), evidence=evidence, score=_BY_DATE)


def _terms(page: LabelledSheet, cell: Cell) -> list[tuple[int, int]]:
    """Return where a line tells terms; "30 days net – 2% discount within 8 days" is one."""
    told: list[tuple[int, int]] = []
    goes_on = False
    for start, end in _facts(page, cell):
        text = cell.text[start:end]
        if goes_on and EARLY.search(text) and DAYS.search(text):
            told[-1] = (told[-1][0], end)
            continue
        goes_on = _tells_terms(page, cell, start, end)
        if goes_on:
            told.append((start, end))
    return told


def _facts(page: LabelledSheet, cell: Cell) -> Iterator[tuple[int, int]]:
    """Yield where the facts of a line begin and end that signs part: "Contract 4 · 30 days net".

    A semicolon parts them before a label with another meaning.
    """
    begins = {hit.start for hit in page.hits_of(cell) if not _is_in_terms(cell, hit)}
    start = 0
    for mark in _FACTS.finditer(cell.text):
        is_semicolon = mark[0].strip() in {";", "；"}
        if is_semicolon and (mark.end() not in begins or cell.text[:1].islower()):
            continue  # also in a line that goes on: "days; net in 45 days"
        yield start, mark.start()
        start = mark.end()
    yield start, len(cell.text)


def _is_in_terms(cell: Cell, hit: Hit) -> bool:
    """Say whether a label behind a semicolon is a word of the terms: "; net 30 days", "; 2% discount"."""
    is_word = bool(_TOTALS & set(hit.names)) or EARLY.match(cell.text, hit.start) is not None
    return is_word and not has_colon(cell, hit)


def _tells_terms(page: LabelledSheet, cell: Cell, start: int, end: int) -> bool:
    """Say whether a fact tells when to pay: a number of days with a word of paying, or at once."""
    text = cell.text[start:end]
    if text.lstrip().startswith(("(", "（")):
        return False  # the end of what stands above
    has_digit = any(map(str.isdigit, text))
    if has_digit and TERM.match(text):
        return True
    if not (has_digit and DAYS.search(text)) and not _opens(text):
        return False
    hits = [hit for hit in page.hits_of(cell) if start <= hit.start < end]
    return any(OF_PAYMENT & set(hit.names) for hit in hits) or PAYING.search(text) is not None


def _behind_label(page: LabelledSheet, cell: Cell, start: int, end: int) -> int:
    """Return where the text of a fact begins, behind its own label."""
    first = next((hit for hit in page.hits_of(cell) if start <= hit.start < end), None)
    if first is not None and _labels_text(cell, first, start) and not _dates_itself(cell, first, end):
        start = first.end
    return start + len(cell.text[start:end]) - len(cell.text[start:end].lstrip(" .:："))


def _dates_itself(cell: Cell, hit: Hit, end: int) -> bool:
    """Say whether a label is part of the terms: "Payable on 4 April (30 days)"."""
    rest = cell.text[hit.end : end]
    is_label_of_date = "due_date" in hit.names and not has_colon(cell, hit)
    return is_label_of_date and any(not rest[: each.start].strip() for each in find_dates(rest)[:1])


def _opens(text: str) -> bool:
    """Say whether a fact begins with a word of paying and says soon that it is to be at once."""
    at_once = AT_ONCE.search(text)
    paying = PAYING.search(text) if at_once is not None else None
    if paying is None or at_once is None:
        return False
    return min(paying.start(), at_once.start()) <= _SOON and max(paying.start(), at_once.start()) <= _STILL


def _term(page: LabelledSheet, cell: Cell, start: int, end: int) -> Candidate:
    """Copy the terms with the lines that go on with them, but without the account behind them."""
    for stop in NEXT_SENTENCE.finditer(cell.text, start, end):
        if _OF_ACCOUNT.search(cell.text[stop.end() : end]) and not DAYS.search(cell.text[stop.end() : end]):
            end = stop.start()
            break
    zone = Zone(cell=cell, start=start, end=end, score=_SENTENCE, is_beside=False)
    text, evidence = whole_text(page, zone, may_go_on=terms_may_go_on)
    return Candidate(text=text, evidence=evidence, score=_SENTENCE)


def dates_to_pay_by(pages: Sequence[LabelledSheet], conventions: Conventions) -> Iterator[Candidate]:
    """Yield dates that sentences of payment name as the last: "payable within 30 days, by 4 April"."""
    for page in pages:
        for cell in page.sheet.cells:
            if page.is_in_table(cell):
                continue
            dates = find_dates(cell.text, is_day_first=conventions.is_day_first)
            following = _on_next_line(page, cell, conventions)
            if not dates and following is None:
                continue
            is_debit = _DEBITING.search(cell.text) is not None and not _DEBITED.search(cell.text)
            if not is_debit and not PAYING.search(cell.text):
                continue
            for each in dates:
                before, behind = cell.text[: each.start], cell.text[each.end :]
                clause = _CLAUSE.split(before)[-1] + _CLAUSE.split(behind)[0]
                is_last = _ends(_BY, before) or (is_debit and _ends(_ON, before))
                if is_last and not EARLY.search(clause):
                    yield Candidate(
                        text=cell.text[each.start : each.end],
                        evidence=cell.evidence(each.start, each.end),
                        score=_SENTENCE * (EITHER_ORDER if each.is_ambiguous else 1.0),
                        value=each.date,
                    )
                    break
            is_open = _ends(_BY, cell.text) or (is_debit and _ends(_ON, cell.text))
            if following is not None and is_open and not EARLY.search(cell.text):
                yield following


def _on_next_line(page: LabelledSheet, cell: Cell, conventions: Conventions) -> Candidate | None:
    """Return the date that begins the next line: "payable by" over "4 April"."""
    below = next(page.sheet.below(cell.box, cell.row, within=cell.box.height), None)
    dates = find_dates(below.text, is_day_first=conventions.is_day_first) if below is not None else []
    if below is None or not dates or dates[0].start:
        return None
    return Candidate(
        text=below.text[: dates[0].end],
        evidence=below.evidence(0, dates[0].end),
        score=_SENTENCE * (EITHER_ORDER if dates[0].is_ambiguous else 1.0),
        value=dates[0].date,
    )


def _ends(words: re.Pattern[str], text: str) -> bool:
    """Say whether a text ends with one of the words before a date."""
    return words.search(text, max(0, len(text) - _LONGEST_WORDS)) is not None


def _labels_text(cell: Cell, hit: Hit, start: int) -> bool:
    """Say whether a fact begins with its own label, colon or not."""
    is_first = not any(character.isalnum() for character in cell.text[start : hit.start])
    return is_first and (
        has_colon(cell, hit) or (bool(OF_PAYMENT & set(hit.names)) and opens_text(cell, hit, start))
    )
