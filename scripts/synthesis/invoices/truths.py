"""What a drawn invoice says, and where more than one answer is right."""

from collections.abc import Mapping

from synthesis.invoices.accounts import printed_account
from synthesis.invoices.columns import AMOUNTS, cell, details
from synthesis.invoices.content import Content
from synthesis.invoices.totals import shown_taxes, total_rows
from synthesis.record import Line, TaxRow
from synthesis.truth import LINE_COLUMNS, Row, Truth, plain

_LABELS_OF_TERMS = frozenset({"Zahlungsziel", "Betalingstermijn"})
_FREE_ON_GROSS = frozenset({"line_items.net_amount"})


def truth_of_content(content: Content) -> Truth:
    """Return what the drawing of the content shows."""
    bill, record = content.bill, content.bill.record
    shown = {row.name for row in total_rows(content)}
    has_currency = _shows_currency(content)
    account = record.seller_bank_account
    fields = {
        "invoice_type": record.invoice_type,
        "invoice_code": None,
        "invoice_number": record.invoice_number,
        "issue_date": record.issue_date.isoformat(),
        "due_date": record.due_date.isoformat() if record.due_date else None,
        "currency": record.currency if has_currency else None,
        "seller_name": record.seller_name,
        "seller_tax_id": record.seller_tax_id,
        "seller_address": ", ".join(bill.seller.address),
        "seller_bank_account": account.account if account else None,
        "buyer_name": record.buyer_name,
        "buyer_tax_id": record.buyer_tax_id,
        "purchase_order_number": record.purchase_order_number,
        "contract_number": record.contract_number,
        "payment_terms": record.payment_terms,
        "net_amount": plain(record.net_amount),
        "tax_amount": plain(record.tax_amount),
        "gross_amount": plain(record.gross_amount),
        "amount_due": plain(record.amount_due),
        "amount_in_words": record.amount_in_words,
        "remarks": record.remarks,
    }
    unscored = {name for name, row in (("net_amount", "net"), ("amount_due", "due")) if row not in shown}
    if not shown & {"tax", "tax_sum"}:
        unscored.add("tax_amount")
    if not has_currency or _is_ambiguous(content):
        unscored.add("currency")
    if bill.tax_case == "gross_prices":
        unscored |= _FREE_ON_GROSS
    if bill.is_settled:  # "paid in cash" is hardly a term, and nothing is due any more
        unscored |= {"payment_terms", "amount_due"}
        fields |= {"amount_due": None}
    taxes = shown_taxes(content)
    return Truth(
        fields=fields,
        line_items=tuple(_row_of(content, entry, index) for index, entry in enumerate(record.line_items)),
        tax_breakdown=tuple(_tax_row(row, has_base=has_base) for row, has_base in taxes),
        implied_taxes=() if taxes else tuple(_tax_row(row, has_base=True) for row in record.tax_breakdown),
        unscored=frozenset(unscored),
        alternatives=_alternatives(content),
        line_alternatives=tuple(_line_alternatives(content, entry) for entry in record.line_items),
    )


def printed_values(content: Content) -> Mapping[str, str]:
    """Return each header value in the very characters in which it stands on the page."""
    bill, layout, record = content.bill, content.layout, content.bill.record
    pen = layout.pen
    account = record.seller_bank_account
    found = {
        "invoice_type": content.title,
        "invoice_number": record.invoice_number,
        "issue_date": pen.day(record.issue_date),
        "due_date": pen.day(record.due_date) if record.due_date else None,
        "seller_name": record.seller_name,
        "seller_tax_id": record.seller_tax_id,
        "seller_address": bill.seller.address[0],
        "seller_bank_account": printed_account(account.account, is_grouped=layout.has_grouped_iban)
        if account
        else None,
        "buyer_name": record.buyer_name,
        "buyer_tax_id": record.buyer_tax_id,
        "purchase_order_number": record.purchase_order_number,
        "contract_number": record.contract_number,
        "payment_terms": record.payment_terms,
        "amount_in_words": record.amount_in_words,
        "remarks": record.remarks,
        **{f"total {row.name} {row.label}": row.text for row in total_rows(content)},
    }
    return {name: text for name, text in found.items() if text}


def _shows_currency(content: Content) -> bool:
    layout = content.layout
    names = {fact.name for fact in content.around.facts}
    in_header = layout.table.has_currency_in_header and AMOUNTS & set(layout.table.columns)
    has_header = in_header and layout.table.header != "none"
    return layout.pen.in_totals.currency != "none" or bool(has_header) or "currency" in names


def _is_ambiguous(content: Content) -> bool:
    """Say whether only a sign tells the currency, and the sign is another's too."""
    layout = content.layout
    names = {fact.name for fact in content.around.facts}
    has_code = (
        "code" in layout.pen.in_totals.currency or "currency" in names or layout.table.has_currency_in_header
    )
    has_own_dollar = content.bill.market.country in {"CA", "AU", "NZ", "SG", "HK", "MX", "CL", "CO"}
    is_foreign_dollar = layout.pen.currency == "USD" and has_own_dollar
    return not has_code and (
        is_foreign_dollar or layout.pen.currency in {"CAD", "AUD", "NZD", "MXN", "CLP", "COP"}
    )


def _alternatives(content: Content) -> dict[str, tuple[str | None, ...]]:
    bill, record = content.bill, content.bill.record
    seller = bill.seller
    found: dict[str, tuple[str | None, ...]] = {
        "seller_name": (seller.trade_name,),
        "seller_address": (
            ", ".join((*seller.address, seller.country_name)),
            *(mark.join(seller.address) for mark in (" · ", " | ", " – ")),
        ),
    }
    for name, number in (("seller_tax_id", record.seller_tax_id), ("buyer_tax_id", record.buyer_tax_id)):
        if number:
            compact = "".join(character for character in number if character.isalnum())
            found[name] = (compact, compact.removesuffix("MWST").removesuffix("TVA").removesuffix("IVA"))
    if (
        record.seller_bank_account
        and content.around.has_other_account
        and content.layout.account_at != "slip"
    ):
        found["seller_bank_account"] = (seller.other_account.account,)
    if record.payment_terms:
        label, _, rest = record.payment_terms.partition(": ")  # "Prazo de pagamento: 30 dias" has its own
        labelled = f"{content.layout.wording['payment_terms']}: {record.payment_terms}"
        found["payment_terms"] = (labelled, rest) if rest and label else (labelled,)
        opening, _, behind = record.payment_terms.partition(" ")
        if opening in _LABELS_OF_TERMS:  # "Zahlungsziel 30 Tage": a label as well as a part of the text
            found["payment_terms"] += (behind,)
    if record.remarks:
        found["remarks"] = tuple(f"{record.remarks} {text}" for text in content.around.sentences)
    elif _has_loose_sentences(content):
        found["remarks"] = (
            None,
            *content.around.sentences,
            content.around.tax_note,
            content.around.small_print,
        )
    return found


def _has_loose_sentences(content: Content) -> bool:
    around = content.around
    return bool(around.sentences or around.tax_note or around.small_print)


def _tax_row(row: TaxRow, *, has_base: bool) -> Row:
    base = {"base": plain(row.base)} if has_base else {}
    return {"rate": plain(row.rate), "tax": plain(row.tax), **base}


def _row_of(content: Content, entry: Line, index: int) -> Row:
    layout = content.layout
    columns = layout.table.columns
    values = {
        "description": " ".join((entry.description, *details(layout, entry))),
        "specification": entry.specification,
        "product_code": entry.product_code,
        "quantity": plain(entry.quantity),
        "unit": entry.unit,
        "unit_price": plain(entry.unit_price),
        "net_amount": plain(entry.net_amount),
        "tax_rate": plain(entry.tax_rate),
        "tax_amount": plain(entry.tax_amount),
    }
    printed = {name for name in columns if name in LINE_COLUMNS and cell(layout, name, entry, index)}
    if layout.table.has_unit_in_quantity and "quantity" in columns:
        printed.add("unit")
    if layout.table.is_code_in_details:
        printed.add("product_code")
    return {name: text if name in printed else None for name, text in values.items()}


def _line_alternatives(content: Content, entry: Line) -> dict[str, tuple[str | None, ...]]:
    found: dict[str, tuple[str | None, ...]] = {}
    notes = details(content.layout, entry)
    if notes:
        found["description"] = (entry.description, f"{entry.description} {notes[0]}")
    if content.layout.table.is_code_in_details:
        found["product_code"] = (None, entry.product_code)
    if entry.price_base != 1:
        found["unit_price"] = (plain((entry.unit_price / entry.price_base).normalize()),)
    return found
