"""The words of contracts, by language. The sentences lie in `contract_wording.toml`."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict


class Provision(BaseModel):
    """One numbered sentence in several wordings, and the terms that it fixes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    terms: tuple[str, ...] = ()
    wordings: tuple[str, ...]


class Section(BaseModel):
    """One clause with its heading in several wordings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    headings: tuple[str, ...]
    provisions: tuple[Provision, ...]


@cache
def sections(language: str) -> tuple[Section, ...]:
    """Return the clauses of a contract in the language, in order."""
    return tuple(Section.model_validate(section) for section in _written("contract_wording.toml")[language])


@cache
def further_sections(language: str) -> tuple[Section, ...]:
    """Return clauses that fix none of the terms, to make a contract long."""
    written = _written("contract_further.toml")[language]
    return tuple(Section.model_validate(section) for section in written)


def _written(name: str) -> dict[str, list[object]]:
    return tomllib.loads(Path(__file__).with_name(name).read_text(encoding="utf-8"))


TRIGGERS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "invoice_date": "the date of the invoice",
        "invoice_receipt": "receipt of the invoice",
        "delivery": "delivery",
    },
    "de": {
        "invoice_date": "Rechnungsdatum",
        "invoice_receipt": "Zugang der Rechnung",
        "delivery": "Lieferung",
    },
    "zh": {"invoice_date": "开票之日起", "invoice_receipt": "收到发票后", "delivery": "到货后"},
}
HEADS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "number": "Agreement No.",
        "between": "between",
        "seller": 'the "Supplier"',
        "buyer": 'the "Customer"',
        "tax_id": "VAT No.",
        "signed": "Signed on {date}",
        "annex": "Annex A",
        "annex_title": "Price list",
        "here": "the table below",
    },
    "de": {
        "number": "Vertragsnummer",
        "between": "zwischen",
        "seller": "„Auftragnehmer“",
        "buyer": "„Auftraggeber“",
        "tax_id": "USt-IdNr.",
        "signed": "Unterzeichnet am {date}",
        "annex": "Anlage 1",
        "annex_title": "Preisliste",
        "here": "der folgenden Tabelle",
    },
    "zh": {
        "number": "合同编号",
        "between": "",
        "seller": "乙方（供方）",
        "buyer": "甲方（需方）",
        "tax_id": "统一社会信用代码",
        "signed": "签订日期：{date}",
        "annex": "附件一",
        "annex_title": "价格清单",
        "here": "下表",
    },
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "description": "Description",
        "specification": "Specification",
        "unit": "Unit",
        "quantity": "Quantity",
        "unit_price": "Unit price",
        "name": "Instalment",
        "share": "Share",
        "amount": "Amount",
        "due": "Due on",
    },
    "de": {
        "description": "Bezeichnung",
        "specification": "Ausführung",
        "unit": "Einheit",
        "quantity": "Menge",
        "unit_price": "Einzelpreis",
        "name": "Teilbetrag",
        "share": "Anteil",
        "amount": "Betrag",
        "due": "Fällig bei",
    },
    "zh": {
        "description": "货物名称",
        "specification": "规格型号",
        "unit": "单位",
        "quantity": "数量",
        "unit_price": "单价（元）",
        "name": "付款节点",
        "share": "比例",
        "amount": "金额（元）",
        "due": "付款条件",
    },
}
