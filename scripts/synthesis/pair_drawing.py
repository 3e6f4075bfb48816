"""Draw the invoice of a generated pair: as a fapiao in Chinese, else as a commercial invoice."""

from dataclasses import replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from synthesis.fapiao_drawing import draw_fapiao
from synthesis.fapiao_record import Fapiao, FapiaoLine
from synthesis.fapiao_style import random_fapiao_style
from synthesis.goods import wares
from synthesis.identifiers import random_digits
from synthesis.invoice import line, tax_rows
from synthesis.invoice_drawing import draw_invoice
from synthesis.invoice_style import Style, random_style
from synthesis.notation import CENT, NumberStyle
from synthesis.pair_bill import Bill
from synthesis.record import Account, InvoiceRecord

_TERMS = {
    "en": "Payable within {days} days of the date of invoice",
    "de": "Zahlbar innerhalb von {days} Tagen ab Rechnungsdatum ohne Abzug",
    "zh": "开票后{days}日内付款",
}
_TERMS_FROM_RECEIPT = {
    "en": "Payable within {days} days of receipt of the invoice",
    "de": "Zahlbar innerhalb von {days} Tagen nach Zugang der Rechnung",
    "zh": "收到发票后{days}日内付款",
}


def draw_bill(rng: Random, bill: Bill) -> bytes:
    """Return the bill as a PDF in a random layout."""
    return _draw_fapiao(rng, bill) if bill.contract.language == "zh" else _draw_invoice(rng, bill)


def _terms(bill: Bill) -> str:
    forms = _TERMS if bill.contract.payment_trigger == "invoice_date" else _TERMS_FROM_RECEIPT
    return forms[bill.contract.language].format(days=bill.payment_days) + bill.further_terms


def _draw_invoice(rng: Random, bill: Bill) -> bytes:
    seller, buyer = bill.contract.seller, bill.contract.buyer
    lines = tuple(
        line(
            entry.description,
            f"{entry.quantity:f}",
            f"{entry.unit_price:f}",
            tax_rate=f"{bill.tax_rate:f}",
            unit=entry.unit,
            specification=entry.specification,
            product_code=f"N{index:04}",
        )
        for index, entry in enumerate(bill.lines, start=1)
    )
    rows = tax_rows(lines)
    net, tax = sum((row.base for row in rows), Decimal(0)), sum((row.tax for row in rows), Decimal(0))
    style = random_style(rng, bill.contract.language)
    if style.numbers.currency == "none":
        style = _with_currency(style)
    record = InvoiceRecord(
        invoice_type="commercial",
        invoice_number=f"{bill.issue_date.year}-{random_digits(rng, 5)}",
        issue_date=bill.issue_date,
        due_date=bill.issue_date + timedelta(days=bill.payment_days + bill.days_shifted),
        currency=bill.currency,
        seller_name=bill.seller_name,
        seller_tax_id=bill.seller_tax_id,
        seller_address=seller.address,
        seller_bank_account=Account(account=bill.account, bank=seller.account.bank, bic=seller.account.bic),
        buyer_name=bill.buyer_name,
        buyer_address=buyer.address,
        contract_number=bill.contract_number,
        payment_terms=_terms(bill),
        net_amount=net,
        tax_amount=tax,
        gross_amount=net + tax + bill.misprint,
        amount_due=net + tax + bill.misprint,
        tax_breakdown=rows,
        line_items=lines,
    )
    return draw_invoice(record, style)


def _with_currency(style: Style) -> Style:
    numbers = NumberStyle(
        decimal_mark=style.numbers.decimal_mark,
        group_mark=style.numbers.group_mark,
        currency="code_after",
    )
    return replace(style, numbers=numbers)


def _draw_fapiao(rng: Random, bill: Bill) -> bytes:
    contract = bill.contract
    categories = {ware.name: ware.category for ware in wares("zh")}
    lines = tuple(
        FapiaoLine(
            description=f"*{categories[entry.listed_as]}*{entry.description}"
            if entry.listed_as in categories
            else entry.description,
            specification=entry.specification,
            unit=entry.unit,
            quantity=entry.quantity,
            unit_price=entry.unit_price,
            net_amount=entry.net_amount,
            tax_rate=f"{bill.tax_rate:f}%",
            tax_amount=(entry.net_amount * bill.tax_rate / 100).quantize(CENT, ROUND_HALF_UP),
        )
        for entry in bill.lines
    )
    net = sum((entry.net_amount for entry in lines), Decimal(0))
    tax = sum((entry.tax_amount or Decimal(0) for entry in lines), Decimal(0))
    required = "e_vat_special" if contract.invoice_type_required == "增值税专用发票" else "e_vat_general"
    fapiao = Fapiao(
        invoice_type=bill.invoice_type or required,
        invoice_number=f"{bill.issue_date.year % 100}{random_digits(rng, 18)}",
        issue_date=bill.issue_date,
        seller=replace(contract.seller, name=bill.seller_name, tax_id=bill.seller_tax_id),
        buyer=replace(contract.buyer, name=bill.buyer_name),
        lines=lines,
        net_amount=net,
        tax_amount=tax,
        gross_amount=net + tax,
        remarks=(
            f"合同编号：{bill.contract_number}",
            f"销方开户银行：{contract.seller.account.bank}；银行账号：{bill.account}",
            f"付款期限：{_terms(bill)}",
        ),
        contract_number=bill.contract_number,
        payment_terms=_terms(bill),
        is_account_in_remarks=True,
    )
    return draw_fapiao(fapiao, random_fapiao_style(rng, is_older_form=False))
