"""Texts that are odd for their field: a column's head for a unit, a date for an account.

They are no doubt on what stands there, only on whether it is that field's. Each rule
yields the path of a value and a sentence that says why.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from extractor.assessment.features import has_legal_form
from extractor.engines.layout.names import is_attention
from extractor.extraction.extraction import Extraction, Leaf
from extractor.values.currencies import find_currency
from extractor.values.dates import looks_like_date
from extractor.values.names import comparable_name, without_legal_form
from extractor.values.text import has_chinese
from extractor.values.units import is_known_unit

_HEAD = re.compile(r"[(（]?[A-Z]{3}[)）]?")  # "(EUR)" over a column
_FIGURES = re.compile(r"[-+\d.,'’\s]*\d%?(?:\s+[\d.,]+\s*%)|[-+]?[\d.,'’]+\s*%")
_OF_ANOTHER_COLUMN = re.compile(r"(?<!\w)\d+(?:[.,]\d+)?\s*%?$|%")  # not "m2", not "100 pcs"
_CENTS = re.compile(r"\d[.,]\d\d(?!\d)")
_CODE = 3  # letters of a currency, digits of a row's number
_TELLING = 6  # letters of a name
_PAYEE = re.compile(r"bénéficiaire|beneficiar|begünstigt|begunstigde|payee|账户|户名", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]{4,}")
_ORGANISATION = re.compile(  # how the names of Chinese firms and offices end
    r"(?:公司|厂|廠|店|行|社|所|部|院|局|处|處|会|會|校|学|學|馆|館|站|场|場|园|園|中心|基地|集团|集團|合伙|分部|办|户"
    r"|号|委|堂|房|庭|坊|吧|城|网|網)[)）]?$"
)
_LONGEST_PERSON = 4  # characters of a Chinese name
_LABEL = re.compile(
    r"(?:beneficiary|payee|empfänger|zahlungsempfänger|destinataire"
    r"|(?:bill(?:ed)?|invoiced?|sold) to|fatura(?:r|do) [aà]|factura(?:r|do) a"
    r"|fatturare a|factur(?:er|é) à|(?:rechnung|factuur) (?:an|aan)|bénéficiaire|begünstigter?"
    r"|beneficiario|beneficiário|titulaire|titular|intestat[oa] a|kontoinhaber|rekeninghouder"
    r"|account (?:name|holder)"
    r"|(?:zu|bezug|ref\.?) (?:rechnung|factuur|invoice))\b",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:thank you|dear|we charge|sehr geehrte|vielen dank|madame|monsieur|merci|geachte|beste klant"
    r"|estimad[oa]|gracias|gentile|spettabile ditta|grazie|caro cliente|exmos?\.|obrigado"
    r"|dettaglio|detalhe|detalle)\b",
    re.IGNORECASE,
)
_TITLE = re.compile(  # of documents: a heading beside the name
    r"\b(?:invoice|tax invoice|credit note|receipt|rechnung|gutschrift|facture|avoir|factuur"
    r"|creditnota|factura|fattura"
    r"|fatura|recibo|ricevuta)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d+[a-z]?[,.]?\s+[^\W\d_]")  # a street with its number in front
_JOINS = re.compile(
    r"(?:&|\s(?:and|und|et|en|of|the|do|da|dos|das|de|del|della|di|du|des|von|van|der|la|le|los))$",
    re.IGNORECASE,
)
_LONG = 5  # letters of a word that no name says twice
_SENTENCE, _FORM = 4, 4  # words; letters of the last word of a legal form
_SUM = re.compile(
    r"(?:^|\s)(?:zwischensumme|sub-?total|sous-total|subtotaal|subtotale|carried forward|übertrag|report"
    r"|小计|小計)\W*$",
    re.IGNORECASE,
)
_A_PERSON = re.compile(
    r"(?:[A-Z]\.|(?:Sra?|Dra?|Mme|Mlle|M|Mrs?|Ms|Herr|Frau|Hr|Fr|dhr|mevr|Sig|Dott)\.?)\s+[A-ZÀ-Ý]"
)
_TOTAL = re.compile(r"\W*(?:sub-?)?(?:total|totaal|totale|summe|somme|suma|soma|合计|小计)", re.IGNORECASE)
_PRICE_BEHIND = re.compile(r"(?:^|\s)\d+[.,]\d\d$")
_NUMBER_SIGN = re.compile(r"(?:n\.?[°º]|no\.|nr\.?|#|[A-Z]{1,3}-?\d{3,})$", re.IGNORECASE)
_OPEN_TERMS = re.compile(r"^\d{1,2}日|(?:[-–(（=,/&·]|\s\d{1,2}\.)$|(?<![\d.,])\d{6,}(?![\d.,])")
_OF_ANOTHER_FACT = re.compile(
    r"\b(?:lieferschein|delivery note|payment terms|zahlungsbedingung|betalingsvoorwaarde"
    r"|condi[a-zçõ]+ d[ei] pag|notre référence"
    r"|your (?:order|ref)|order (?:no|number)|invoice (?:no|number)|due date)",
    re.IGNORECASE,
)
_CODED = re.compile(r"(?=\S*\d\S*\d\S*\d)(?=\S*[A-Z-])[A-Z\d][A-Z\d./-]{3,}\s+(?=\S)")
_NUMBERED_CODE = re.compile(r"\d{5,14}\s+(?=[^\W\d_])")
_COUNTED = re.compile(r"\d{1,6}(?:[.,]\d{1,3})?\s+[^\W\d_]")
_LONG_NUMBER = re.compile(r"\d{4}")  # but "70/100"
_SHORTEST_ACCOUNT = 7  # digits
_SHORTEST_NUMBER = 3  # characters of an invoice's or order's
_SHORTEST_NAME, _SHORTEST_REMARK = 4, 10  # letters


def odd_texts(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield the path of each text that is odd for its field, and why."""
    for rule in _RULES:
        yield from rule(extraction)


def _names(extraction: Extraction) -> Iterator[tuple[str, str]]:
    for name in ("seller_name", "buyer_name"):
        text = str(extraction.leaf(name).value or "")
        letters = "".join(filter(str.isalpha, text))
        if text and (_is_short(letters) or _is_joined(text) or _is_said_twice(text) or _is_cut(text)):
            yield name, "A name is very short, cut off, or said twice."
        elif text and (
            _TITLE.search(text) or _is_sentence(text) or _NUMBERED.match(text) or _NUMBER_SIGN.search(text)
        ):
            yield name, "A name holds a document's title, is a sentence, or begins with a number."
        elif text and without_legal_form(comparable_name(f"x {text}")) == "x":
            yield name, "A name is a legal form and nothing more."
        elif name == "seller_name" and _A_PERSON.match(text) and not has_legal_form(text):
            yield name, "The seller's name is that of a person, who may only have sold."
        elif text and (_LABEL.match(text) or is_attention(text)):
            yield name, "A name begins with a label, or is a department or a person written to."


def _short_names(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield a buyer whose name is a part of the seller's: a logo."""
    seller, buyer = (
        _letters(str(extraction.leaf(f"{side}_name").value or "")) for side in ("seller", "buyer")
    )
    if buyer and buyer != seller and buyer in seller:
        yield "buyer_name", "The buyer's name is a part of the seller's."


def _is_sentence(text: str) -> bool:
    """Say whether a text ends like a sentence: four words or more, the last a long one, and a stop."""
    words = text.split()
    return len(words) >= _SENTENCE and text.endswith((".", "。", "!")) and len(words[-1].strip(".")) > _FORM


def _is_short(letters: str) -> bool:
    return letters.isascii() and len(letters) < _SHORTEST_NAME and not letters.islower()


def _is_cut(text: str) -> bool:
    """Say whether a name lacks its end or beginning: one word without a legal form, a bracket left open."""
    if text.count("(") + text.count("（") != text.count(")") + text.count("）") or text[0] in "(（":
        return True
    letters = "".join(text.split())
    if has_chinese(letters):
        return len(letters) > _LONGEST_PERSON and not _ORGANISATION.search(letters)
    return len(text.split()) == 1 and not has_legal_form(text)


def _is_said_twice(text: str) -> bool:
    words = text.casefold().split()
    half = len(words) // 2
    return bool(half) and words[:half] == words[half:]


def _is_joined(text: str) -> bool:
    """Say whether a name says a word twice, or ends with one that joins: it is two texts, or half of one."""
    words = text.casefold().split()
    long = [word for word in words if len(word) >= _LONG]
    is_stuttered = any(word == following for word, following in pairwise(words))
    return is_stuttered or len(set(long)) < len(long) or _JOINS.search(text) is not None


def _addresses(extraction: Extraction) -> Iterator[tuple[str, str]]:
    text = _text(extraction.leaf("seller_address"))
    seller = _letters(str(extraction.leaf("seller_name").value or ""))
    if (
        "%" in text
        or (len(seller) >= _TELLING and seller in _letters(text))
        or _PAYEE.search(text)
        or text.endswith((":", "："))
    ):
        yield "seller_address", "An address holds a rate, a name or a label."
    elif _SAID.search(text):
        yield "seller_address", "An address goes on with a sentence."
    elif _is_said_twice(" ".join(_WORDS.findall(text))):
        yield "seller_address", "An address is said twice."


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _terms(extraction: Extraction) -> Iterator[tuple[str, str]]:
    text = _text(extraction.leaf("payment_terms"))
    is_unbalanced = text.count("(") + text.count("（") != text.count(")") + text.count("）")
    if text and (_OPEN_TERMS.search(text) or is_unbalanced or _OF_ANOTHER_FACT.search(text)):
        yield "payment_terms", "The terms break off, or hold a label."


def _words(extraction: Extraction) -> Iterator[tuple[str, str]]:
    if _LONG_NUMBER.search(_text(extraction.leaf("amount_in_words"))):
        yield "amount_in_words", "An amount in words goes on with a number."


def _ids(extraction: Extraction) -> Iterator[tuple[str, str]]:
    for name in ("invoice_number", "purchase_order_number", "contract_number"):
        value = extraction.leaf(name).value
        if value is not None and not any(map(str.isdigit, str(value))):
            yield name, "A number without a digit may be a word."
        elif value is not None and (_is_said_twice(str(value)) or len(str(value)) < _SHORTEST_NUMBER):
            yield name, "A number is said twice, or very short."


def _accounts(extraction: Extraction) -> Iterator[tuple[str, str]]:
    account = extraction.group("seller_bank_account").get("account")
    if account is None or account.value is None:
        return
    if looks_like_date(_text(account)) or sum(map(str.isdigit, str(account.value))) < _SHORTEST_ACCOUNT:
        yield "seller_bank_account", "An account is a date, or very short."


def _remarks(extraction: Extraction) -> Iterator[tuple[str, str]]:
    leaf = extraction.leaf("remarks")
    letters = sum(map(str.isalpha, _text(leaf)))
    is_short = letters < _SHORTEST_REMARK and any(map(str.isdigit, _text(leaf)))
    is_label = _text(leaf).endswith((":", "：", "/")) or _TOTAL.match(_text(leaf)) is not None
    if leaf.value is not None and (is_short or is_label or _text(leaf).lstrip("+-( ")[:1].isdigit()):
        yield "remarks", "A remark is a number, an id or a label rather than a sentence."


def _cells(extraction: Extraction) -> Iterator[tuple[str, str]]:
    for index, row in enumerate(extraction.rows("line_items")):
        for column, is_odd in _ODD_CELLS:
            cell = row.members.get(column)
            if cell is not None and cell.value is not None and is_odd(_text(cell)):
                yield f"line_items[{index}].{column}", "A cell's text may be of another column."
                return


def _descriptions(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield the items where a code, or a quantity, seems to stand in front of the text."""
    rows = extraction.rows("line_items")
    texts = [
        _text(cell) for row in rows if (cell := row.members.get("description")) is not None and cell.value
    ]
    if texts and 2 * sum(map(is_known_unit, texts)) >= len(texts):
        yield "line_items", "The items' texts are units."
        return
    for column, begins in (("product_code", (_CODED, _NUMBERED_CODE)), ("quantity", (_COUNTED,))):
        cells = [row.members.get(column) for row in rows]
        has_none = not any(cell is not None and cell.value is not None for cell in cells)
        begun = sum(any(each.match(text) for each in begins) for text in texts)
        if has_none and begun and 2 * begun >= len(texts):
            yield "line_items", f"The items' text may begin with their {column.replace('_', ' ')}."
            return


def _positions(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield a code that is its row's number: one without a code among others that have one."""
    for index, row in enumerate(extraction.rows("line_items")):
        cell = row.members.get("product_code")
        digits = _text(cell) if cell is not None and cell.value is not None else ""
        if digits.isdecimal() and len(digits) <= _CODE and int(digits) in (index + 1, 10 * (index + 1)):
            yield f"line_items[{index}].product_code", "A product code is the number of its row."
            return


def _is_odd_word(text: str) -> bool:
    return bool(_HEAD.fullmatch(text) or _FIGURES.fullmatch(text) or _SUM.search(text))


def _is_odd_specification(text: str) -> bool:
    return _is_odd_word(text) or _PRICE_BEHIND.search(text) is not None


def _is_odd_code(text: str) -> bool:
    first, _, rest = text.partition(" ")
    is_unit = bool(rest) and first.isalpha() and first.islower()
    return is_unit or bool(_FIGURES.fullmatch(text)) or len(_WORD.findall(text)) > 1


def _is_odd_unit(text: str) -> bool:
    is_money = _CENTS.search(text) is not None or (find_currency(text) is not None and len(text) <= _CODE)
    return is_money or _OF_ANOTHER_COLUMN.search(text) is not None


def _text(leaf: Leaf) -> str:
    return " ".join((leaf.text or str(leaf.value or "")).split())


_ODD_CELLS: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("description", _is_odd_word),
    ("specification", _is_odd_specification),
    ("product_code", _is_odd_code),
    ("unit", _is_odd_unit),
)
_RULES: tuple[Callable[[Extraction], Iterator[tuple[str, str]]], ...] = (
    _names,
    _short_names,
    _addresses,
    _terms,
    _words,
    _ids,
    _accounts,
    _remarks,
    _cells,
    _descriptions,
    _positions,
)
