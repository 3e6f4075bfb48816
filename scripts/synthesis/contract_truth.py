"""What a drawn contract says: each term in normal form, with its clause and page."""

from collections.abc import Mapping
from typing import TypeAlias

from synthesis.contract import DrawnContract
from synthesis.contract_record import ContractRecord
from synthesis.truth import plain

_TYPES = {
    "增值税专用发票": "vat_special",
    "增值税普通发票": "vat_general",
}  # as worded -> a choice of the spec

Rows: TypeAlias = list[dict[str, str | None]]
Term: TypeAlias = dict[str, str | int | Rows | None]


def terms_of(record: ContractRecord, drawn: DrawnContract) -> Mapping[str, Term]:
    """Return the terms that the contract carries; what it does not carry is left out."""
    values: dict[str, str | Rows | None] = {
        "contract_number": record.contract_number,
        "title": record.title,
        "seller_name": record.seller.name,
        "seller_tax_id": record.seller.tax_id,
        "buyer_name": record.buyer.name,
        "buyer_tax_id": record.buyer.tax_id,
        "signing_date": record.signing_date.isoformat(),
        "effective_date": record.effective_date.isoformat(),
        "expiry_date": record.expiry_date.isoformat(),
        "currency": record.currency,
        "total_amount": plain(record.total_amount),
        "price_list": [
            {
                "description": row.description,
                "specification": row.specification,
                "unit": row.unit,
                "unit_price": plain(row.unit_price),
                "quantity": plain(row.quantity),
            }
            for row in record.price_list
        ],
        "tax_rate": plain(record.tax_rate),
        "invoice_type_required": _TYPES.get(record.invoice_type_required or ""),
        "payment_days": str(record.payment_days),
        "payment_trigger": record.payment_trigger,
        "agreed_discount": plain(record.agreed_discount),
        "late_fee_rate": record.late_fee_rate,
        "bank_account": record.seller.account.account,
        "milestones": [
            {"name": step.name, "share": plain(step.share), "amount": plain(step.amount)}
            for step in record.milestones
        ],
        "retention_rate": plain(record.retention_rate),
        "governing_law": record.governing_law,
    }
    return {
        name: {"value": value, "clause": drawn.places[name].clause, "page": drawn.places[name].page}
        for name, value in values.items()
        if value and name in drawn.places
    }
