"""What the terms of payment are within a text: where they begin and end, and whether it tells any."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extractor.engines.layout.labelled import LabelledSheet
from extractor.engines.layout.lexicon import Hit, Lexicon
from extractor.engines.layout.term_words import (
    AT_ONCE,
    DAYS,
    EARLY,
    OF_PAYMENT,
    PAYING,
    is_whole,
    terms_may_go_on,
)
from extractor.engines.layout.wrapped_text import whole_text
from extractor.engines.layout.zones import Zone
from extractor.engines.reading import Candidate
from extractor.values.dates import FoundDate, find_dates

NEXT_SENTENCE = re.compile(
    r"(?<=[\w€$£%)])(?<!\s\d)(?<!\s\d\d)[.!](?<!\b[A-Za-z][.])(?<!\bno[.])(?<!\bgg[.])"
    r"\s+(?:(?=[A-ZÀ-Ý])|(?<!\b[A-Z][a-z]{2}[.]\s)(?=\d))"
)
_ACCOUNT = re.compile(
    r"\b(?:IBAN|BIC|SWIFT)\b|\b[A-Z]{2}\d\d(?: ?\w{4}){3}|\b(?:konto|account|compte|rekening|cuenta"
    r"|conto|conta)\b[^.,;]{0,24}"
    r"(?:IBAN|\d{4})",
    re.IGNORECASE,
)
_TOWARDS = re.compile(
    r"(?:[\s:;,(–-]|\b(?:to|into|our|the|following|auf|an|unser|unsere[sn]?|das|folgendes|untenstehende[sn]?|sur|notre|le|suivant"
    r"|op|naar|onze|het|de|a|en|la|nuestra|al|su|sul|nostro|il|para|na|nossa|o|à|ao|aos)\b)+$",
    re.IGNORECASE,
)
_BEHIND_DATE = re.compile(r"\s*(?:[.;,]|[-–—])\s*(?:[^\W\d_]+(?: [^\W\d_]+){0,2}\s*[:：]\s*)?")
_WITHOUT_WORDS = re.compile(
    r"\b(?:NET|N)\s?/?\s?\d{1,3}\b|\d\s?%|\b(?:COD|CBD|CIA|CWO|EOM|PIA|MFI|LC|L/C|T/T|D/P|D/A)\b|\bnet\b|\bnett?o\b"
    r"|\b(?:cash|prepaid|prepayment|credit|terms|barzahlung|(?:auf|gegen|per) rechnung|monatsende"
    r"|fin de mois|fine mese|eind|contado)\b"
    r"|月结|现金|预付(?!款(?:账单|发票|单))|账期|信用",
    re.IGNORECASE,
)
_MEANS = re.compile(
    r"(?:modalità di pagamento|mode de (?:règlement|paiement)|zahlungs(?:art|weise)|forma de pag(?:o|amento)"
    r"|método de pago|meio de pagamento|betaal(?:wijze|methode)|payment method"
    r"|付款方式|结算方式)(?:\s*/\s*payment (?:terms|method))?\s*(?:[:：]\s*|\s|(?<=[\u2e80-\u9fff]))\s*",
    re.IGNORECASE,
)
_FACT = re.compile(r"[^\W\d_]\.?\s?:\s+")
_NEXT_FACT = re.compile(  # "Customer no.: 50609"
    r"\s+[A-ZÀ-Ý][^\W\d_]*\.?(?: [^\W\d_]+\.?[º°]?){0,4}\s?:\s|\s+[\u2e80-\u9fff]{2,8}[:：]"
)
_OF_SOMEONE = re.compile(  # a reference that begins behind the terms: "; Ihre Nachricht LT/c"
    r"\s*[;；]\s*(?:ihre?|unsere?|your|our|votre|notre|uw|onze|nuestr[oa]|vostr[oa]|nostr[oa]|voss[oa]|noss[oa]|[vn]/)\s",
    re.IGNORECASE,
)
_REST_OF_LABEL = re.compile(r"(?:de|di|of|van|da|do|del|du|der)\s+[^\W\d_]+", re.IGNORECASE)
_BEGINS = re.compile(r"(?:within|entro|binnen|innerhalb|dans|dentro(?: de)?)$")  # what is a text as a whole
_OF_PROPERTY = re.compile(
    r"r[ée]serve de propri[ée]t|riserva d(?:i|ella) propriet|reserva d[eo] (?:propiedad|dominio|propriedade)"
    r"|eigentumsvorbehalt|eigendomsvoorbehoud|\b(?:unser|notre|nostra|nossa|nuestra|ons|onze) (?:eigen|propr)"
    r"|(?:remains?|retention|title)\b.{0,40}\b(?:property|ours)|所有权",
    re.IGNORECASE,
)
_OF_COMPLAINTS = re.compile(
    r"\W*(?:beanstandung|reklamation|mängelrüge|complaints?|claims?|returns?|(?:les )?réclamation|retours?"
    r"|klacht|reclame|reclamaci|reclam[io]|reclamaç|não se aceitam|no se admiten"
    r"|异议|投诉|如有(?:异议|质量))",
    re.IGNORECASE,
)
_OF_DATES = frozenset("年月日")
_SEMICOLON = re.compile(r"[;；]")
_PERIOD = re.compile(r"(?:账期|账单周期|结算周期)?(?:\s*/\s*[A-Za-z ]{3,24})?[\s:：;；–—~至到-]*")
_UNDER, _ANYTHING = 0.9, 0.5
_NAME = "payment_terms"
_TELLING, _TELLING_CHINESE = 10, 4  # letters of a label that is no part of the terms: not of "Payable"
_ALIGNED = 3.0  # points


def terms_under_labels(pages: Sequence[LabelledSheet]) -> Iterator[Candidate]:
    """Yield the terms right under their label, where something else stands beside it."""
    for page in pages:
        for cell, hit in page.labels_of("payment_terms"):
            if any(map(str.isalnum, cell.text[hit.end :])) or any(map(str.isalnum, cell.text[: hit.start])):
                continue
            for below in page.sheet.below(cell.box, cell.row, within=cell.box.height):
                is_label = page.lexicon.knows(below.text)  # in the other language
                if abs(below.box.x0 - cell.box.x0) <= _ALIGNED and not is_label and says_when(below.text):
                    zone = Zone(cell=below, start=0, end=len(below.text), score=_UNDER, is_beside=True)
                    text, evidence = whole_text(page, zone, may_go_on=terms_may_go_on)
                    yield Candidate(text=text, evidence=evidence, score=_UNDER)
                break


def is_of_terms(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Say whether a text is more than the end of a label ("DE PAIEMENT"), where to pay, or another fact."""
    text = candidate.text.rstrip(" :：")
    first = next(iter(lexicon.find(text)), None)
    is_of_another = first is not None and not first.start and not OF_PAYMENT & set(first.names)
    names = {name for hit in lexicon.find(text) for name in hit.names}
    has_colon = first is not None and text[first.end :].lstrip().startswith((":", "："))
    if is_of_another and has_colon and _NAME not in names:
        return False  # "Issued on: 4 August"
    dates = find_dates(text, is_day_first=None)
    if first is not None and _is_due_alone(text, first, dates):
        return False  # "付款到期日：2026年9月26日"
    if len(dates) > 1 and _PERIOD.fullmatch(_SEMICOLON.split(_without(text, dates))[0]):
        return False  # "账期2026年5月1日 – 2026年5月27日"
    is_other = _TOWARDS.search(text) or _REST_OF_LABEL.fullmatch(text)
    if _is_other_clause(text):
        return False
    if not says_when(text) and any(map(str.isdigit, text)):
        return False  # a reference, a period
    return is_whole(text) or not is_other


def _is_other_clause(text: str) -> bool:
    """Say whether a text is of property or of complaints: "Claims within 8 days of receipt"."""
    is_of_property = _OF_PROPERTY.search(text) is not None and not is_whole(
        text
    )  # "ours until they are paid"
    return is_of_property or (_OF_COMPLAINTS.match(text) is not None and not PAYING.search(text))


def _is_due_alone(text: str, label: Hit, dates: Sequence[FoundDate]) -> bool:
    """Say whether a text is the label of the date due, and nothing but that date."""
    is_label = not label.start and "due_date" in label.names and _NAME not in label.names
    rest = _without(text, dates)[label.end :].lstrip()
    has_colon = rest.startswith((":", "："))
    return is_label and has_colon and len(dates) == 1 and not any(map(str.isalnum, rest))


def rated_terms(candidate: Candidate) -> Candidate:
    """Lower the score of a text that may be anything: a street, a reference, a name."""
    return candidate if says_when(candidate.text) else replace(candidate, score=_ANYTHING * candidate.score)


def trimmed_terms(candidate: Candidate, lexicon: Lexicon) -> Candidate:
    """Cut a text of terms down to the terms: no label or date in front, no other sentence behind."""
    text = _between_labels(candidate.text, lexicon)
    means = _MEANS.match(text)
    if means is not None and says_when(text[means.end() :]):
        text = text[means.end() :]
    for each in find_dates(text, is_day_first=None)[:1]:
        mark = _BEHIND_DATE.match(text, each.end)
        if each.start == 0 and mark is not None and (DAYS.search(text) or AT_ONCE.search(text)):
            text = text[mark.end() :]
    when = DAYS.search(text) or AT_ONCE.search(text)
    facts = [match.end() for match in _FACT.finditer(text, 0, when.start())] if when is not None else []
    if len(facts) > 1:
        text = text[facts[-1] :]  # "Order no.: 4711 Terms: 30 days net"
    other = _OF_SOMEONE.search(text)
    if other is not None and is_whole(text[: other.start()]):
        text = text[: other.start()]
    for fact in _NEXT_FACT.finditer(text):
        if is_whole(text[: fact.start()]):
            text = text[: fact.start()]
            break
    return replace(candidate, text=_before_account(first_sentences(text)).rstrip(" :：;；|•·"))


def _between_labels(text: str, lexicon: Lexicon) -> str:
    """Leave out the terms' own label, what stands before it, and another label behind a semicolon.

    "PAYMENT TERMS net 14 days; Our reference HM" is "net 14 days".
    """
    for hit in reversed(lexicon.find(text)):
        rest = text[hit.end :].lstrip(" .:：/")
        is_telling = len(hit.label) >= (_TELLING if hit.label.isascii() else _TELLING_CHINESE)
        is_begun = _BEGINS.search(hit.label) is not None and not text[hit.end :].lstrip().startswith(":")
        if _NAME in hit.names and is_telling and not is_begun and is_whole(rest):
            text = rest
            break
    for hit in lexicon.find(text):
        before, behind = text[: hit.start].rstrip(), text[hit.end :]
        goes_on = DAYS.search(behind) is not None and not behind.lstrip().startswith((":", "："))
        if before.endswith((";", "；")) and is_whole(before) and not goes_on:
            return before.rstrip(" ;；")
    return text


def says_when(text: str) -> bool:
    """Say whether a text tells when or how to pay."""
    signs = (DAYS, AT_ONCE, PAYING, EARLY, _WITHOUT_WORDS)
    if any(sign.search(text) for sign in signs):
        return True
    dates = find_dates(text, is_day_first=None)
    letters = (
        letter
        for letter in _without(text, dates)
        if letter.isalpha() and not letter.isnumeric() and letter not in _OF_DATES
    )
    return bool(dates) and any(letters)  # dates alone are a period


def _without(text: str, dates: Sequence[FoundDate]) -> str:
    for each in reversed(dates):
        text = text[: each.start] + text[each.end :]
    return text


def _before_account(text: str) -> str:
    """Cut terms before the account to pay to, if terms stand before it: "within 14 days to IBAN ..."."""
    mark = _ACCOUNT.search(text)
    if mark is None or not (DAYS.search(text[: mark.start()]) or AT_ONCE.search(text[: mark.start()])):
        return text
    return _TOWARDS.sub("", text[: mark.start()])


def first_sentences(text: str) -> str:
    """Return the first sentence, and those that go on with a discount for paying early."""
    end = 0
    for stop in [*NEXT_SENTENCE.finditer(text), None]:
        sentence = text[end : stop.end() if stop else len(text)]
        is_first = end == 0
        tells = (
            DAYS.search(text[:end]) or AT_ONCE.search(text[:end]) or find_dates(text[:end], is_day_first=None)
        )
        if not is_first and tells and not (EARLY.search(sentence) and DAYS.search(sentence)):
            break
        end += len(sentence)
    return text[:end].rstrip()
