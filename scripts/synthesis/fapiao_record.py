"""The values of one invented fapiao, and how to invent one whose sums are right."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from synthesis.chance import happens
from synthesis.goods import Ware, random_price, wares
from synthesis.identifiers import random_digits
from synthesis.notation import CENT
from synthesis.parties import Party, random_party

_PEOPLE = ("池小墨", "季小满", "苏禾", "管理员", "方一舟", "沈小竹")
_EXEMPT = "免税"


@dataclass(frozen=True, slots=True, kw_only=True)
class FapiaoLine:
    """One row. None means that the cell is empty; a `tax_amount` of None is printed as ***."""

    description: str
    net_amount: Decimal
    tax_rate: str  # as printed: "13%", "免税"
    tax_amount: Decimal | None
    specification: str | None = None
    unit: str | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fapiao:
    """Everything that the form prints. The last fields are of the older form only."""

    invoice_type: str  # e_vat_special, e_vat_general, vat_special, vat_general
    invoice_number: str
    issue_date: date
    seller: Party
    buyer: Party
    lines: tuple[FapiaoLine, ...]
    net_amount: Decimal
    tax_amount: Decimal | None  # None is printed as ***
    gross_amount: Decimal
    is_buyer_a_person: bool = False  # named 个人, without a tax id
    remarks: tuple[str, ...] = ()
    contract_number: str | None = None
    purchase_order_number: str | None = None
    payment_terms: str | None = None
    is_account_in_remarks: bool = False
    drawer: str = _PEOPLE[0]
    payee: str | None = None
    reviewer: str | None = None
    invoice_code: str | None = None
    check_code: str | None = None
    machine_number: str | None = None
    region: str = ""

    @property
    def is_older_form(self) -> bool:
        """Say whether the form is that with code, password area and both addresses."""
        return not self.invoice_type.startswith("e_")


def fapiao_line(
    description: str,
    *,
    net_amount: str,
    tax_rate: str,
    specification: str | None = None,
    unit: str | None = None,
    quantity: str | None = None,
    unit_price: str | None = None,
) -> FapiaoLine:
    """Return a row; its tax follows from amount and rate."""
    return FapiaoLine(
        description=description,
        net_amount=Decimal(net_amount),
        tax_rate=tax_rate,
        tax_amount=_tax(Decimal(net_amount), tax_rate),
        specification=specification,
        unit=unit,
        quantity=None if quantity is None else Decimal(quantity),
        unit_price=None if unit_price is None else Decimal(unit_price),
    )


def random_fapiao(rng: Random) -> Fapiao:
    """Return a fapiao of any kind: one page or several, red or not, with and without discounts."""
    seller = random_party(rng, "zh")
    buyer = random_party(rng, "zh")
    while buyer.name == seller.name:
        buyer = random_party(rng, "zh")
    kind = rng.choice(
        ("e_vat_special", "e_vat_special", "e_vat_general", "e_vat_general", "vat_special", "vat_general")
    )
    is_older = not kind.startswith("e_")
    is_red = happens(rng, 0.12)
    rates = rng.choice((("13%",), ("13%",), ("13%", "6%"), ("9%",), ("6%",), ("3%",), ("1%",), (_EXEMPT,)))
    count = rng.choice((1, 1, 2, 3, 4, 5, 7)) if is_older else rng.choice((1, 1, 2, 3, 5, 8, 12, 26))
    lines = tuple(row for _ in range(count) for row in _random_rows(rng, rng.choice(rates), is_red=is_red))
    net = sum((row.net_amount for row in lines), Decimal(0))
    taxes = [row.tax_amount for row in lines if row.tax_amount is not None]
    tax = sum(taxes, Decimal(0)) if taxes else None
    issued = date(2023, 6, 1) + timedelta(days=rng.randrange(1000))
    contract = (
        f"{rng.choice(('HT', 'CG', 'XS'))}-{issued.year}-{random_digits(rng, 4)}"
        if happens(rng, 0.5)
        else None
    )
    order = f"PO{random_digits(rng, 8)}" if happens(rng, 0.35) else None
    terms = f"开票后{rng.choice((15, 30, 45, 60))}日内付款" if happens(rng, 0.2) else None
    has_account = not is_older and happens(rng, 0.5)
    payee, reviewer = (
        (rng.choice(_PEOPLE), rng.choice(_PEOPLE)) if is_older or happens(rng, 0.3) else (None, None)
    )
    remarks = _remarks(
        rng,
        contract=contract,
        order=order,
        terms=terms,
        parties=(buyer, seller) if has_account else None,
        is_red=is_red,
    )
    return Fapiao(
        invoice_type=kind,
        invoice_number=random_digits(rng, 8) if is_older else f"{issued.year % 100}{random_digits(rng, 18)}",
        issue_date=issued,
        seller=seller,
        buyer=buyer,
        lines=lines,
        net_amount=net,
        tax_amount=tax,
        gross_amount=net + (tax or Decimal(0)),
        is_buyer_a_person=kind.endswith("general") and happens(rng, 0.15),
        remarks=remarks,
        contract_number=contract,
        purchase_order_number=order,
        payment_terms=terms,
        is_account_in_remarks=has_account,
        drawer=rng.choice(_PEOPLE),
        payee=payee,
        reviewer=reviewer,
        invoice_code=f"0{random_digits(rng, 11)}" if is_older else None,
        check_code=random_digits(rng, 20) if is_older and kind == "vat_general" else None,
        machine_number=random_digits(rng, 12) if is_older else None,
        region=seller.name[:2],
    )


def _random_rows(rng: Random, tax_rate: str, *, is_red: bool) -> list[FapiaoLine]:
    ware = rng.choice(wares("zh"))
    quantity = Decimal(rng.choice((1, 2, 4, 10, 15, 30, 45, 120, 500)))
    gross_price = random_price(rng, ware)
    net = (quantity * gross_price).quantize(CENT)
    price = gross_price
    if happens(rng, 0.45):  # the price with tax was round, so the one without has many places
        net = (net / Decimal("1.13")).quantize(CENT, ROUND_HALF_UP)
        places = rng.choice((6, 8, 10))
        price = (net / quantity).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP).normalize()
        price = Decimal(f"{price:f}")
    sign = -1 if is_red else 1
    name = f"*{ware.category}*{ware.name}"
    counted = _has_count(rng, ware)
    row = FapiaoLine(
        description=name,
        specification=ware.specification if happens(rng, 0.85) else None,
        unit=ware.unit if counted else None,
        quantity=sign * quantity if counted else None,
        unit_price=price if counted else None,
        net_amount=sign * net,
        tax_rate=tax_rate,
        tax_amount=_tax(sign * net, tax_rate),
    )
    if is_red or not happens(rng, 0.1):
        return [row]
    discount = -(net * rng.choice((5, 10, 12)) / 100).quantize(CENT)
    return [
        row,
        FapiaoLine(
            description=name, net_amount=discount, tax_rate=tax_rate, tax_amount=_tax(discount, tax_rate)
        ),
    ]


def _has_count(rng: Random, ware: Ware) -> bool:
    return ware.specification is not None or happens(rng, 0.7)


def _tax(net: Decimal, tax_rate: str) -> Decimal | None:
    if not tax_rate.endswith("%"):
        return None
    return (net * Decimal(tax_rate[:-1]) / 100).quantize(CENT, ROUND_HALF_UP)


def _remarks(
    rng: Random,
    *,
    contract: str | None,
    order: str | None,
    terms: str | None,
    parties: tuple[Party, Party] | None,
    is_red: bool,
) -> tuple[str, ...]:
    mark = rng.choice(("：", ":"))
    found = []
    if is_red:
        original = f"{rng.randint(23, 25)}{random_digits(rng, 18)}"
        found.append(
            f"被红冲蓝字数电票号码{mark}{original} 红字发票信息确认单编号{mark}{random_digits(rng, 16)}"
        )
    if contract:
        found.append(f"{rng.choice(('合同编号', '合同号'))}{mark}{contract}")
    if order:
        found.append(f"{rng.choice(('订单号', '采购订单号', '订单编号'))}{mark}{order}")
    if parties:
        gap = rng.choice(("；", ";", "; ", ";    "))
        for side, party in zip(("购", "销"), parties, strict=True):
            account = party.account
            found.append(
                f"{side}方开户银行{mark}{account.bank}{gap}银行账号{mark}{account.account}{gap.rstrip()}"
            )
    if terms:
        found.append(f"付款期限{mark}{terms}")
    return tuple(found)
