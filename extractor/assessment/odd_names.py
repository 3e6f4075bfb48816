"""Names that are odd for a party: a label in front, a department, half of a text, a logo.

They are no doubt on what stands there, only on whether it is that party's whole name.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from extractor.assessment.features import has_legal_form
from extractor.assessment.wordings import is_said_twice, is_unbalanced
from extractor.engines.layout.names import is_attention
from extractor.extraction.extraction import Extraction
from extractor.values.names import is_legal_form
from extractor.values.text import has_chinese, letters_and_digits

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
_TITLE = re.compile(  # of documents: a heading beside the name
    r"\b\w*(?:rechnung|factuur)\b|\b(?:nr|no|n\.?[°º])\.?\s*\S*\d"
    r"|\b(?:invoice|tax invoice|credit note|receipt|gutschrift|facture|avoir"
    r"|creditnota|factura|fattura|fatura|recibo|ricevuta|not[ae] d[ei] (?:ac)?cr[ée]dit\w*)\b"
    r"|\bregistro (?:mercantil|imprese)"
    r"|\b(?:handelsregister|firmenbuch|amtsgericht|companies house|kvk|matric)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"^\d+[a-z]?[,.]?\s+[^\W\d_]")  # a street with its number in front
_JOINS = re.compile(
    r"(?:&|\s(?:and|und|et|en|of|the|do|da|dos|das|de|del|della|di|du|des|von|van|der|la|le|los|am|vom|zum|em|el|al|op|tot|il|per|by|door|durch|par|por))$",
    re.IGNORECASE,
)
_LONG = 5  # letters of a word that no name says twice
_SENTENCE, _FORM = 4, 4  # words; letters of the last word of a legal form
_A_PERSON = re.compile(
    r"(?:[A-Z]\.|(?:Sra?|Dra?|Mme|Mlle|M|Mrs?|Ms|Herr|Frau|Hr|Fr|dhr|mevr|Sig|Dott)\.?)\s+[A-ZÀ-Ý]"
)
_OF_SOMEONE = re.compile(  # "Your order of"
    r"(?:ihre?|unsere?|your|our|votre|notre|vos|nos|uw|onze|nuestr[oa]s?|vostr[oa]|nostr[oa]|voss[oa]|noss[oa]"
    r"|[SV]u|Sua|Tu|[nvs][sr]?[./])\s",
    re.IGNORECASE,
)
_OF_MANY = re.compile(  # owners of one building: its address is part of the name
    r"(?:comunidad de propietarios|condom[ií]nio|syndicat des copropriétaires|vereniging van eigenaars"
    r"|wohnungseigentümergemeinschaft)\b",
    re.IGNORECASE,
)
_DELIVERY = re.compile(r"\bincoterms?\b|^(?:EXW|FCA|CPT|CIP|DAP|DPU|DDP|FAS|FOB|CFR|CIF)\b", re.IGNORECASE)
_CARRIER = re.compile(
    r"(?:transporteur|spediteur|carrier|vervoerder|transportista|corriere|vettore|transportadora)\b",
    re.IGNORECASE,
)
_PROVINCE = re.compile(r"\([A-Z]{2}\)$")  # "TORINO (TO)"
_HOUSE_NUMBER = re.compile(r"\s\d{1,4}\s?[a-z]?$")  # "Obere Mühle 69"
_NUMBER_SIGN = re.compile(r"(?:n\.?[°º]|no\.|nr\.?|#|[A-Z]{1,3}-?\d{3,})$", re.IGNORECASE)
_SHORTEST = 4  # letters


def odd_names(extraction: Extraction) -> Iterator[tuple[str, str]]:
    """Yield the path of each name that is odd, and why."""
    for name in ("seller_name", "buyer_name"):
        text = str(extraction.leaf(name).value or "")
        reason = _oddness(text) if text else None
        if reason is not None:
            yield name, reason
    seller, buyer = (
        letters_and_digits(str(extraction.leaf(name).value or "")) for name in ("seller_name", "buyer_name")
    )
    address = letters_and_digits(str(extraction.leaf("seller_address").value or ""))
    if buyer and buyer in address:
        yield "buyer_name", "The buyer's name is a part of the seller's address."
    elif buyer and seller and buyer != seller and (buyer in seller or seller in buyer):
        yield "buyer_name", "One party's name is a part of the other's: a logo, perhaps."


def _oddness(text: str) -> str | None:
    letters = "".join(filter(str.isalpha, text))
    is_firm = has_legal_form(text)
    reasons: tuple[tuple[object, str], ...] = (
        (
            _is_short(letters)
            or _is_joined(text)
            or is_said_twice(text)
            or _is_cut(text)
            or _OF_MANY.fullmatch(text),
            "A name is very short, cut off, or said twice.",
        ),
        (
            any(each.search(text) for each in (_TITLE, _NUMBERED, _NUMBER_SIGN))
            or (_HOUSE_NUMBER.search(text) and not _OF_MANY.match(text))
            or _is_sentence(text),
            "A name holds a document's title, is a sentence, or has a number at its end or beginning.",
        ),
        (is_legal_form(text), "A name is a legal form and nothing more."),
        (
            not is_firm and _A_PERSON.match(text) is not None,
            "A name is that of a person, who may only have sold, or be written to.",
        ),
        (
            any(each.match(text) for each in (_LABEL, _OF_SOMEONE)) or is_attention(text),
            "A name begins with a label, or is a department or a person written to.",
        ),
        (
            _DELIVERY.search(text) is not None
            or (not is_firm and (_PROVINCE.search(text) or _CARRIER.match(text)) is not None),
            "A name is a term of delivery, a carrier, or a town.",
        ),
    )
    return next((reason for is_odd, reason in reasons if is_odd), None)


def _is_sentence(text: str) -> bool:
    """Say whether a text ends like a sentence: four words or more, the last a long one, and a stop."""
    words = text.split()
    last = words[-1].strip(".。!")
    return (
        len(words) >= _SENTENCE and text.endswith((".", "。", "!")) and len(last) > _FORM and last.isalpha()
    )


def _is_short(letters: str) -> bool:
    return letters.isascii() and len(letters) < _SHORTEST and not letters.islower()


def _is_cut(text: str) -> bool:
    """Say whether a name lacks its end or beginning: one word without a legal form, a bracket left open."""
    if is_unbalanced(text) or text[0] in "(（":
        return True
    letters = "".join(text.split())
    if has_chinese(letters):
        return len(letters) > _LONGEST_PERSON and not _ORGANISATION.search(letters)
    return len(text.split()) == 1 and not has_legal_form(text)


def _is_joined(text: str) -> bool:
    """Say whether a name says a word twice, or ends with one that joins: it is two texts, or half of one."""
    words = text.casefold().split()
    long = [word for word in words if len(word) >= _LONG]
    is_stuttered = any(word == following for word, following in pairwise(words))
    return is_stuttered or len(set(long)) < len(long) or _JOINS.search(text) is not None
