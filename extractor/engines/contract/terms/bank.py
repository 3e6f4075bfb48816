"""The account that payments go to."""

import re
from collections.abc import Iterator

from extractor.engines.contract.rules import LIKELY, POSSIBLE, SURE, Found, Rule, Span, Statement
from extractor.values.identifiers import find_bics, find_ibans

_MAX_DIGITS = 30
_MIN_DIGITS = 6
_MIN_NAME = 4  # characters
_ACCOUNT = re.compile(
    r"(?:account|acct\.?|a/c|bank\s+account)\s*(?:is)?\s*(?:no\.?|number|nr\.?|#)?\s*(?:is|"
    r":)?\s*(?=[\d*])|(?:konto(?:nummer|-?nr\.?)?|kto\.?(?:-?nr\.?)?)\s*[:.]?\s*(?=\d)|(?:收款|银行|公司|对公|"
    r"基本户)?\s*[账帐]\s*[号户](?:号码)?\s*(?:为)?\s*[::]?\s*(?=\d)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d[\d\s-]{4,34}\d")
_EN_BANK = re.compile(
    r"(?P<name>(?:[A-Z][\w&.'-]*\s+(?:(?:of|and|&|the|für|of\s+the)\s+)?){0,5}(?:Bank|Banking|Bancorp|"
    r"Trust|Building\s+Society|Credit\s+Union|Sparkasse|Volksbank|Raiffeisenbank|Raiffeisenkasse|Kasse|"
    r"Savings)(?:\s+(?:of|plc|PLC|AG|eG|Ltd|Limited|N\.A\.|SE|NA|Inc\.?|International|"
    r"[A-Z][\w.&-]*))*)"
)
_DE_BANK = re.compile(
    r"(?P<name>(?:[A-ZÄÖÜ][\w.&-]*\s+){0,3}[A-ZÄÖÜ]?[\w-]*(?:bank|sparkasse|kasse|"
    r"bank[\w-]*)(?:\s+(?:[A-ZÄÖÜ][\w.&/-]*|eG|AG|am|an|der|im))*)"
)
_ZH_BANK = re.compile(
    r"(?:开户(?:银)?行(?:名称)?|开户银行|银行名称|收款(?:银)?行|银行)\s*(?:为|"
    r"是)?\s*[::]?\s*(?P<name>[\u4e00-\u9fffA-Za-z()]{2,28}?(?:银行|信用社|信用合作联社|"
    r"农商行)[\u4e00-\u9fff()]{0,20}?(?:分行|支行|营业部|分理处|总行)?)(?=[,。;、\s:]|$|账|帐|户名)"
)
_LABELLED_BANK = re.compile(
    r"(?i:bank(?:\s+name)?|name\s+of\s+bank|bankname|kreditinstitut|bankinstitut|held\s+(?:at|with)|"
    r"with)\s*[::]?\s+(?P<name>[A-ZÄÖÜ][^,;:(]{3,45}?)(?=\s*(?:,|;|\.\s|\.$|$|\bIBAN|\bBIC|\bSWIFT|"
    r"\baccount|\bsort|\bKonto))"
)
_BUYER = re.compile(
    r"buyer'?s|customer'?s|purchaser'?s|client'?s|käufers|auftraggebers|bestellers|kunden|买方|甲方|需方|采购方|"
    r"委托方|发包人"
)
_SELLER = re.compile(
    r"seller|supplier|vendor|contractor|provider|consultant|licensor|verkäufer|lieferant|auftragnehmer|"
    r"dienstleister|卖方|乙方|供方|供应商|承包人|服务方|受托方|收款"
)
_SEPARATE = re.compile(r"escrow|guarantee|letter\s+of\s+credit|帐外|保函|共管")


def find_bank_account(statement: Statement) -> Iterator[Found]:
    """Find an account with its bank and BIC; the seller's before the buyer's."""
    span = _iban(statement) or _number(statement)
    if span is None or statement.has(_SEPARATE):
        return
    around = f"{statement.before} {statement.low}" if _bank(statement) is None else statement.low
    score = SURE if _SELLER.search(around) else LIKELY
    if _BUYER.search(around) and not _SELLER.search(around):
        score = POSSIBLE - 0.3
    parts = {"account": span}
    if bank := _bank(statement):
        parts["bank"] = bank
    bics = find_bics(statement.text)
    if bics:
        bic = bics[0]
        parts["bic"] = Span(start=bic.start, end=bic.end, value=bic.text)
    yield Found(term="bank_account", span=span, score=score, parts=parts)


def _iban(statement: Statement) -> Span | None:
    found = find_ibans(statement.text)
    return Span(start=found[0].start, end=found[0].end, value=found[0].text) if found else None


def _number(statement: Statement) -> Span | None:
    for label in _ACCOUNT.finditer(statement.text):
        match = _NUMBER.match(statement.text, label.end())
        if match is None:
            continue
        digits = re.sub(r"\D", "", match.group())
        if _MIN_DIGITS <= len(digits) <= _MAX_DIGITS:
            return Span(start=match.start(), end=match.end(), value=digits)
    return None


def _bank(statement: Statement) -> Span | None:
    for pattern in (_ZH_BANK, _LABELLED_BANK, _EN_BANK, _DE_BANK):
        for match in pattern.finditer(statement.text):
            start, end = match.span("name")
            name = statement.text[start:end].strip()
            if len(name) > _MIN_NAME and not re.fullmatch(
                r"(?i)(?:the\s+)?bank(?:verbindung|\s+account|\s+details|konto)?|bankverbindung.*|bankkonto",
                name,
            ):
                return Span(start=start, end=start + len(name))
    return None


RULES: tuple[Rule, ...] = (find_bank_account,)
