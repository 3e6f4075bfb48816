"""Texts that are odd for their field: terms that break off, a date for an account, a total for a remark.

They are no doubt on what stands there, only on whether it is that field's. Each rule
yields the path of a value and a sentence that says why.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator

from extractor.assessment.wordings import is_said_twice, is_unbalanced, text_of
from extractor.engines.layout.open_ends import ends_open
from extractor.engines.layout.term_words import DAY
from extractor.engines.layout.terms import says_when
from extractor.extraction.extraction import Extraction
from extractor.values.dates import find_dates, looks_like_date
from extractor.values.text import letters_and_digits

_FEWEST_LETTERS = 8  # of a street and a town
_LONGEST_ADDRESS = 20  # words
_FACT = re.compile(r"(?<!C\.P\.)(?<!CEP)(?<!CP)(?<!\bPIN) ?:")
_TELLING = 6  # letters of a name
_PAYEE = re.compile(
    r"\b(?:bankre|bankver|bankname|banque|banco|banca|iban|konto|rekening)|\d{8}[A-Z]\d|bénéficiaire|beneficiar|begünstigt|begunstigde|payee|账户|户名",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_SAID = re.compile(
    r"\b(?:thank you|dear|we charge|sehr geehrte|vielen dank|madame|monsieur|merci|geachte|beste klant"
    r"|estimad[oa]|gracias|gentile|spettabile ditta|grazie|caro cliente|exmos?\.|obrigado"
    r"|dettaglio|detalhe|detalle)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"\s[a-zà-ÿ]{5,}(?<!str)\.$")
_TOTAL = re.compile(r"\W*(?:sub-?)?(?:total|totaal|totale|summe|somme|suma|soma|合计|小计)", re.IGNORECASE)
_OPEN_TERMS = re.compile(
    r"^\d{1,2}日|(?:[-–(（=,/&·]|\s\d{1,2}\.)$|(?<![\d.,])\d{6,}(?![\d.,])|^(?:" + DAY + r")(?!\w)",
    re.IGNORECASE,
)
_OF_ANOTHER_FACT = re.compile(
    r"\bno\.\s*\d|\b(?:payment terms|zahlungsbedingung|betalingsvoorwaarde|condi[a-zçõ]+ d[ei] pag"
    r"|(?:lieferschein|delivery note|notre référence|your (?:order|ref)|order (?:no|number)"
    r"|invoice (?:no|number)|due date)[\s.:]*\d)|(?:日期|单号|编号|方式|号码)[:：]",
    re.IGNORECASE,
)
_LONG_NUMBER = re.compile(r"\d{4}")  # but "70/100"
_SHORT_ACCOUNT = re.compile(r"\d{1,6}")  # and no check digit behind a hyphen, as in Brazil
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF_DATE = re.compile(
    r"(?:vom|of|du|del|van|da|de|di|do|dei|IVA|VAT|TVA|UID|MWST|BTW|NIF|CHE-\d)(?=\s|(?<=\d))", re.IGNORECASE
)
_INVOICE = re.compile(r"invoice|factu|fattura|fatura|rechnung|credit", re.IGNORECASE)
_FIGURE = re.compile(r"\d{1,3}[.,]\d{1,2}")  # of a size, a kind of cement
_SHORTEST_NUMBER = 3  # characters of an invoice's or order's
_SHORTEST_REMARK = 10  # letters


def odd_texts(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield the path of each text that is odd for its field, and why."""
    for rule in _RULES:
        yield from rule(extraction)


def _addresses(extraction: Extraction) -> Iterator[tuple[str, str]]:
    text = text_of(extraction.leaf("seller_address"))
    seller = letters_and_digits(str(extraction.leaf("seller_name").value or ""))
    if (
        "%" in text
        or (len(seller) >= _TELLING and seller in letters_and_digits(text))
        or _PAYEE.search(text)
        or text.endswith((":", "："))
        or (text.isascii() and 0 < sum(map(str.isalpha, text)) < _FEWEST_LETTERS)
    ):
        yield "seller_address", "An address holds a rate, a name or a label."
    elif (
        any(each.search(text) for each in (_SAID, _SENTENCE_END, _FACT))
        or len(text.split()) > _LONGEST_ADDRESS
    ):
        yield "seller_address", "An address goes on with a sentence, or holds another fact."
    elif is_said_twice(" ".join(_WORDS.findall(text))):
        yield "seller_address", "An address is said twice."


def _terms(extraction: Extraction) -> Iterator[tuple[str, str]]:
    text = text_of(extraction.leaf("payment_terms"))
    days = Counter(found.date for found in find_dates(text))
    if days and max(days.values()) > 1:
        yield "payment_terms", "The terms say one day twice: they may be two texts."
    elif text and (
        not says_when(text)
        or _OPEN_TERMS.search(text)
        or is_unbalanced(text)
        or _OF_ANOTHER_FACT.search(text)
        or ends_open(text)
    ):
        yield "payment_terms", "The terms break off, or hold a label."


def _words(extraction: Extraction) -> Iterator[tuple[str, str]]:
    if _LONG_NUMBER.search(text_of(extraction.leaf("amount_in_words"))):
        yield "amount_in_words", "An amount in words goes on with a number."


def _ids(extraction: Extraction) -> Iterator[tuple[str, str]]:
    for name in ("invoice_number", "purchase_order_number", "contract_number"):
        value = extraction.leaf(name).value
        if value is not None and not any(map(str.isdigit, str(value))):
            yield name, "A number without a digit may be a word."
        elif value is not None and (
            is_said_twice(str(value))
            or len(str(value)) < _SHORTEST_NUMBER
            or _YEAR.fullmatch(str(value))
            or _FIGURE.fullmatch(str(value))
            or _OF_DATE.match(str(value))
        ):
            yield name, "A number is said twice, very short, a year, or a figure."


def _accounts(extraction: Extraction) -> Iterator[tuple[str, str]]:
    account = extraction.group("seller_bank_account").get("account")
    if account is None or account.value is None:
        return
    if looks_like_date(text_of(account)) or _SHORT_ACCOUNT.fullmatch(text_of(account)):
        yield "seller_bank_account", "An account is a date, or very short."


def _remarks(extraction: Extraction) -> Iterator[tuple[str, str]]:
    leaf = extraction.leaf("remarks")
    letters = sum(map(str.isalpha, text_of(leaf)))
    is_labelled = any(sign in text_of(leaf) for sign in ":：")  # "合同号：XS-2023-6936"
    is_short = letters < _SHORTEST_REMARK and any(map(str.isdigit, text_of(leaf))) and not is_labelled
    is_title = text_of(leaf).isupper() and _INVOICE.search(text_of(leaf)) is not None
    is_label = is_title or text_of(leaf).endswith((":", "：", "/")) or _TOTAL.match(text_of(leaf)) is not None
    if leaf.value is not None and (is_short or is_label or text_of(leaf).lstrip("+-( ")[:1].isdigit()):
        yield "remarks", "A remark is a number, an id or a label rather than a sentence."


_RULES: tuple[Callable[[Extraction], Iterator[tuple[str, str]]], ...] = (
    _addresses,
    _terms,
    _words,
    _ids,
    _accounts,
    _remarks,
)
