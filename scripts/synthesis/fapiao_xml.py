"""Write a record, or a fapiao as it is drawn, as the XML of a fully digital Chinese e-invoice (数电票).

What its XML has no element for is left out: due date, amount due, contract, order, product codes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final, Literal

from lxml.etree import _Element as Element

from synthesis.fapiao_record import Fapiao, FapiaoLine
from synthesis.notation import chinese_amount
from synthesis.record import Account, InvoiceRecord, Line
from synthesis.xml_elements import XmlElements, encoded

LABELS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {"e_vat_special": ("01", "增值税专用发票"), "e_vat_general": ("02", "普通发票")}
)
"""Invoice type -> code and name of its label. Other types have no such XML."""
_HIDDEN: Final = "***"


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlNotation:
    """How issuers' XML differs: rates, the word for no tax, empty elements, a namespace."""

    rates: Literal["share", "percent"] = "share"  # "0.13" or "13%"
    no_tax: str = "免税"
    has_empty_elements: bool = True
    namespace: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Side:
    name: str
    tax_id: str | None
    address: str | None = None
    phone: str | None = None
    account: Account | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Values:
    invoice_type: str
    number: str
    day: date
    seller: _Side
    buyer: _Side
    net: Decimal
    tax: Decimal | None
    gross: Decimal
    in_words: str | None
    remarks: str | None
    rows: tuple[FapiaoLine, ...]


def write(record: InvoiceRecord, notation: XmlNotation) -> bytes:
    """Return the XML, UTF-8.

    Raises:
        KeyError: the record is of a type that has no such XML.
    """
    values = _Values(
        invoice_type=record.invoice_type,
        number=record.invoice_number,
        day=record.issue_date,
        seller=_Side(
            name=record.seller_name,
            tax_id=record.seller_tax_id,
            address=record.seller_address.text if record.seller_address else None,
            account=record.seller_bank_account,
        ),
        buyer=_Side(name=record.buyer_name, tax_id=record.buyer_tax_id),
        net=record.net_amount,
        tax=record.tax_amount,
        gross=record.gross_amount,
        in_words=record.amount_in_words,
        remarks=record.remarks,
        rows=tuple(_row(line, notation) for line in record.line_items),
    )
    return encoded(_Writer(notation).document(values))


def write_drawn(fapiao: Fapiao, notation: XmlNotation) -> bytes:
    """Return the XML of a fapiao that can also be drawn, UTF-8.

    Raises:
        KeyError: it is of the older form.
    """
    seller, buyer = fapiao.seller, fapiao.buyer
    shows_account = fapiao.is_account_in_remarks
    values = _Values(
        invoice_type=fapiao.invoice_type,
        number=fapiao.invoice_number,
        day=fapiao.issue_date,
        seller=_Side(
            name=seller.name,
            tax_id=seller.tax_id,
            address=seller.address.text,
            phone=seller.phone,
            account=seller.account if shows_account else None,
        ),
        buyer=_Side(name="个人", tax_id=None)
        if fapiao.is_buyer_a_person
        else _Side(name=buyer.name, tax_id=buyer.tax_id),
        net=fapiao.net_amount,
        tax=fapiao.tax_amount,
        gross=fapiao.gross_amount,
        in_words=chinese_amount(fapiao.gross_amount),
        remarks="\n".join(fapiao.remarks) or None,
        rows=fapiao.lines,
    )
    return encoded(_Writer(notation).document(values))


def _row(line: Line, notation: XmlNotation) -> FapiaoLine:
    return FapiaoLine(
        description=line.description,
        net_amount=line.net_amount,
        tax_rate=f"{line.tax_rate:f}%" if line.tax_rate else notation.no_tax,
        tax_amount=line.tax_amount,
        specification=line.specification,
        unit=line.unit,
        quantity=line.quantity,
        unit_price=line.unit_price,
    )


class _Writer:
    """Each method makes one element with all in it."""

    def __init__(self, notation: XmlNotation) -> None:
        self._notation = notation
        namespace = notation.namespace
        self._prefix = "" if namespace is None else "ei:"
        self._elements = XmlElements({} if namespace is None else {"ei": namespace})

    def document(self, values: _Values) -> Element:
        return self._make(
            "EInvoice",
            self._header(values),
            self._make(
                "EInvoiceData",
                self._side("Seller", values.seller),
                self._side("Buyer", values.buyer),
                self._basics(values),
                *(self._item(row) for row in values.rows),
                self._make("AdditionalInformation", self._text("Remark", values.remarks)),
            ),
            self._make(
                "TaxSupervisionInfo",
                self._text("InvoiceNumber", values.number),
                self._text("IssueTime", values.day.isoformat()),
            ),
        )

    def _header(self, values: _Values) -> Element:
        code, name = LABELS[values.invoice_type]
        is_red = values.gross < 0
        return self._make(
            "Header",
            self._text("EIid", values.number),
            self._make(
                "InherentLabel",
                self._label("InIssuType", "N" if is_red else "Y", "是否蓝字发票标志"),
                self._label("EInvoiceType", "01", "电子发票"),
                self._label("GeneralOrSpecialVAT", code, name),
            ),
        )

    def _label(self, name: str, code: str, label: str) -> Element:
        return self._make(name, self._text("LabelCode", code), self._text("LabelName", label))

    def _side(self, side: str, values: _Side) -> Element:
        account = values.account
        return self._make(
            f"{side}Information",
            self._text(f"{side}IdNum", values.tax_id),
            self._text(f"{side}Name", values.name),
            self._text(f"{side}Addr", values.address),
            self._text(f"{side}TelNum", values.phone),
            self._text(f"{side}BankName", account.bank if account else None),
            self._text(f"{side}BankAccNum", account.account if account else None),
        )

    def _basics(self, values: _Values) -> Element:
        return self._make(
            "BasicInformation",
            self._number("TotalAmWithoutTax", values.net),
            self._text("TotalTaxAm", _HIDDEN)
            if values.tax is None
            else self._number("TotalTaxAm", values.tax),
            self._number("TotalTax-includedAmount", values.gross),
            self._text("TotalTax-includedAmountInChinese", values.in_words),
            self._text("RequestTime", f"{values.day.isoformat()} 09:41:27"),
        )

    def _item(self, row: FapiaoLine) -> Element:
        tax = (
            self._text("ComTaxAm", _HIDDEN)
            if row.tax_amount is None
            else self._number("ComTaxAm", row.tax_amount)
        )
        gross = row.net_amount + (row.tax_amount or Decimal(0))
        return self._make(
            "IssuItemInformation",
            self._text("ItemName", row.description),
            self._text("SpecMod", row.specification),
            self._text("MeaUnits", row.unit),
            self._number("Quantity", row.quantity),
            self._number("UnPrice", row.unit_price),
            self._number("Amount", row.net_amount),
            self._text("TaxRate", self._rate(row.tax_rate)),
            tax,
            self._number("TotaltaxIncludedAmount", gross),
        )

    def _rate(self, printed: str) -> str:
        if self._notation.rates == "percent" or not printed.endswith("%"):
            return printed
        return f"{Decimal(printed[:-1]).scaleb(-2):f}"

    def _make(self, name: str, *children: Element | None) -> Element:
        return self._elements.make(self._prefix + name, *children)

    def _text(self, name: str, text: str | None) -> Element | None:
        if text is None and self._notation.has_empty_elements:
            return self._make(name)
        return self._elements.text(self._prefix + name, text)

    def _number(self, name: str, number: Decimal | None) -> Element | None:
        return self._text(name, None if number is None else f"{number:f}")
