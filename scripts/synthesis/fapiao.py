"""Generate fapiao in many wordings and geometries, with the exact truth."""

from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import Decimal

from synthesis.chance import happens, seeded
from synthesis.fapiao_drawing import address_and_phone, draw_fapiao
from synthesis.fapiao_record import Fapiao, FapiaoLine, random_fapiao
from synthesis.fapiao_style import FapiaoStyle, random_fapiao_style
from synthesis.notation import chinese_amount
from synthesis.truth import Row, Truth, plain


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFapiao:
    """A fapiao as a file, with what it says."""

    name: str
    content: bytes
    fapiao: Fapiao
    style: FapiaoStyle
    truth: Truth


def generate_fapiao(seed: int) -> GeneratedFapiao:
    """Make the fapiao that belongs to the seed: the same bytes every time."""
    rng = seeded(f"fapiao-{seed}")
    fapiao = random_fapiao(rng)
    style = random_fapiao_style(rng, is_older_form=fapiao.is_older_form)
    style = replace(style, has_code=happens(seeded(f"fapiao-code-{seed}"), 0.5))
    return GeneratedFapiao(
        name=f"fapiao-{seed:04}.pdf",
        content=draw_fapiao(fapiao, style),
        fapiao=fapiao,
        style=style,
        truth=truth_of_fapiao(fapiao),
    )


def truth_of_fapiao(fapiao: Fapiao) -> Truth:
    """Return what the form shows, whatever the style."""
    shows_account = fapiao.is_older_form or fapiao.is_account_in_remarks
    fields = {
        "invoice_type": fapiao.invoice_type,
        "invoice_code": fapiao.invoice_code,
        "invoice_number": fapiao.invoice_number,
        "issue_date": fapiao.issue_date.isoformat(),
        "due_date": None,
        "currency": "CNY",
        "seller_name": fapiao.seller.name,
        "seller_tax_id": fapiao.seller.tax_id,
        "seller_address": address_and_phone(fapiao.seller) if fapiao.is_older_form else None,
        "seller_bank_account": fapiao.seller.account.account if shows_account else None,
        "buyer_name": "个人" if fapiao.is_buyer_a_person else fapiao.buyer.name,
        "buyer_tax_id": None if fapiao.is_buyer_a_person else fapiao.buyer.tax_id,
        "purchase_order_number": fapiao.purchase_order_number,
        "contract_number": fapiao.contract_number,
        "payment_terms": fapiao.payment_terms,
        "net_amount": plain(fapiao.net_amount),
        "tax_amount": plain(fapiao.tax_amount),
        "gross_amount": plain(fapiao.gross_amount),
        "amount_due": None,
        "amount_in_words": chinese_amount(fapiao.gross_amount),
        "remarks": _remarks(fapiao),
    }
    return Truth(
        fields=fields,
        line_items=tuple(_row(line) for line in fapiao.lines),
        tax_breakdown=_tax_breakdown(fapiao),
        unscored=frozenset({"amount_due", *(() if fapiao.tax_amount is not None else ("tax_amount",))}),
    )


def _remarks(fapiao: Fapiao) -> str | None:
    people: tuple[str, ...] = ()
    if fapiao.payee and fapiao.reviewer and not fapiao.is_older_form:
        people = (f"收款人：{fapiao.payee}；复核人：{fapiao.reviewer}；",)
    return "\n".join((*fapiao.remarks, *people)) or None


def _row(line: FapiaoLine) -> Row:
    return {
        "description": line.description,
        "specification": line.specification,
        "product_code": None,
        "quantity": plain(line.quantity),
        "unit": line.unit,
        "unit_price": plain(line.unit_price),
        "net_amount": plain(line.net_amount),
        "tax_rate": "0" if line.tax_amount is None else line.tax_rate.rstrip("%"),  # 免税 is a rate of 0
        "tax_amount": plain(line.tax_amount),
    }


def _tax_breakdown(fapiao: Fapiao) -> tuple[Row, ...]:
    """Return rate, base and tax of each rate; what a form with several rates only implies is summed."""
    bases: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for line in fapiao.lines:
        if line.tax_amount is not None:
            bases[line.tax_rate][0] += line.net_amount
            bases[line.tax_rate][1] += line.tax_amount
    return tuple(
        {"rate": rate.rstrip("%"), "base": plain(base), "tax": plain(tax)}
        for rate, (base, tax) in bases.items()
    )
