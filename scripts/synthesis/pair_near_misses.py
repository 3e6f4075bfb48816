"""What an invoice may say otherwise than its contract without deviating from it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from random import Random
from typing import TypeAlias

from synthesis.identifiers import random_digits
from synthesis.pair_bill import Bill, BillLine, with_line, with_more

_UNITS = {  # other spellings of the units in goods.toml
    "pc": ("pcs", "pce", "EA", "each", "Unit"),
    "box": ("boxes", "Box", "bx"),
    "roll": ("rolls", "Roll"),
    "hour": ("hrs", "h", "Hours", "man-hour"),
    "day": ("days", "man-day", "Person days"),
    "page": ("pages",),
    "metre": ("m", "metres", "lm"),
    "seat": ("seats", "user"),
    "Stück": ("Stk.", "St.", "Stck.", "STK"),
    "Std.": ("Stunden", "h", "Stunde", "Arbeitsstunden"),
    "Monat": ("Mon.", "Monate", "mtl."),
    "Tag": ("Tage", "PT", "Personentage", "Manntag"),
    "Paar": ("Paare", "Pr."),
    "台": ("件", "PCS"),
    "个": ("只", "件", "PCS"),
    "只": ("个", "件"),
    "盏": ("只", "个"),
    "月": ("个月",),
    "人天": ("人日", "工日", "天"),
    "吨": ("t", "公吨"),
    "小时": ("h", "时"),
    "把": ("个", "件"),
    "根": ("支",),
}
_SMALLER = {  # a unit with how many smaller ones it is
    "吨": ("千克", 1000),
    "metre": ("cm", 100),
    "hour": ("minutes", 60),
}
_FORMS = {  # legal forms, written otherwise
    " Ltd": " Limited",
    " plc": " PLC",
    " GmbH": " Gesellschaft mit beschränkter Haftung",
    " AG": " Aktiengesellschaft",
    " KG": " Kommanditgesellschaft",
}
_ALLOWED = {  # the fees of the contracts, as lines
    "carriage at cost": ("Carriage", 38),
    "a call-out charge of 45.00": ("Call-out charge", 45),
    "Fracht nach Aufwand": ("Frachtkosten", 38),
    "eine Anfahrtspauschale von 45,00": ("Anfahrtspauschale", 45),
    "实际发生的运费": ("*运输服务*运费", 38),
    "上门服务费": ("*现代服务*上门服务费", 45),
}
_EARLY = {
    "en": "; {percent} % discount if paid within {days} days",
    "de": "; {percent} % Skonto bei Zahlung binnen {days} Tagen",
}

NearMiss: TypeAlias = tuple[Callable[[Bill], bool], Callable[[Random, Bill], Bill]]


def _change_a_line(
    fits: Callable[[BillLine], bool], change: Callable[[Random, BillLine], BillLine]
) -> NearMiss:
    def applies(bill: Bill) -> bool:
        return not bill.contract.milestones and any(map(fits, bill.lines))

    def changed(rng: Random, bill: Bill) -> Bill:
        chosen = rng.choice([index for index, line in enumerate(bill.lines) if fits(line)])
        line = change(rng, bill.lines[chosen])
        return with_line(bill, chosen, replace(line, row=bill.lines[chosen].listed_as))

    return applies, changed


def _is_as_agreed(line: BillLine) -> bool:
    return line.row is None and not line.description.startswith("*")


def _has_specification(line: BillLine) -> bool:
    return bool(line.specification) and line.row is None


def _other_unit(rng: Random, line: BillLine) -> BillLine:
    return replace(line, unit=rng.choice(_UNITS[line.unit]))


def _smaller_unit(_: Random, line: BillLine) -> BillLine:
    unit, count = _SMALLER[line.unit]
    return replace(
        line,
        unit=unit,
        quantity=line.quantity * count,
        unit_price=line.unit_price / count,
        units_in_one=Decimal(count),
    )


def _specification_in_front(_: Random, line: BillLine) -> BillLine:
    return replace(line, description=f"{line.specification} {line.description}", specification=None)


def _specification_behind(_: Random, line: BillLine) -> BillLine:
    return replace(line, description=f"{line.description}, {line.specification}", specification=None)


def _without_specification(_: Random, line: BillLine) -> BillLine:
    return replace(line, specification=None)


def _article_number(rng: Random, line: BillLine) -> BillLine:
    return replace(line, description=f"{rng.choice('ABK')}{random_digits(rng, 5)} {line.description}")


def _in_capitals(_: Random, line: BillLine) -> BillLine:
    return replace(line, description=line.description.upper())


def _without_what_follows(_: Random, line: BillLine) -> BillLine:
    return replace(line, description=line.description.partition(",")[0].partition("（")[0])


def _in_two_deliveries(rng: Random, bill: Bill) -> Bill:
    index = rng.choice([index for index, line in enumerate(bill.lines) if line.quantity > 1])
    line = bill.lines[index]
    half = (line.quantity / 2).quantize(Decimal(1))
    return with_line(bill, index, replace(line, quantity=half), replace(line, quantity=line.quantity - half))


def _other_form(_: Random, bill: Bill) -> Bill:
    name = bill.seller_name
    form = next(form for form in _FORMS if name.endswith(form))
    return replace(bill, seller_name=name.removesuffix(form) + _FORMS[form])


def _spaced_number(_: Random, bill: Bill) -> Bill:
    return replace(bill, contract_number=bill.contract_number.replace("-", " - ").replace("/", " / "))


def _due_later(_: Random, bill: Bill) -> Bill:
    return replace(bill, days_shifted=2)


def _on_the_last_day(_: Random, bill: Bill) -> Bill:
    return replace(bill, issue_date=bill.contract.expiry_date)


def _with_an_allowed_fee(_: Random, bill: Bill) -> Bill:
    name, amount = _ALLOWED[bill.contract.allowed_fees[0]]
    return with_more(bill, name, Decimal(amount))


def _with_early_payment(_: Random, bill: Bill) -> Bill:
    percent, days = bill.contract.early_discount or (Decimal(0), 0)
    said = _EARLY[bill.contract.language].format(percent=percent, days=days)
    return replace(bill, further_terms=said)


def _is_below_the_total(bill: Bill) -> bool:
    contract = bill.contract
    whole = sum((line.net_amount for line in bill.lines), Decimal(100)) * (1 + bill.tax_rate / 100)
    return contract.total_amount is None or whole < contract.total_amount


NEAR_MISSES: dict[str, NearMiss] = {
    "unit": _change_a_line(lambda line: line.unit in _UNITS, _other_unit),
    "smaller unit": _change_a_line(lambda line: line.unit in _SMALLER, _smaller_unit),
    "specification in front": _change_a_line(_has_specification, _specification_in_front),
    "specification behind": _change_a_line(_has_specification, _specification_behind),
    "no specification": _change_a_line(_has_specification, _without_specification),
    "article number": _change_a_line(_is_as_agreed, _article_number),
    "capitals": _change_a_line(lambda line: line.description.upper() != line.description, _in_capitals),
    "shorter": _change_a_line(
        lambda line: "," in line.description and _is_as_agreed(line), _without_what_follows
    ),
    "two deliveries": (
        lambda bill: not bill.contract.milestones and any(line.quantity > 1 for line in bill.lines),
        _in_two_deliveries,
    ),
    "legal form": (lambda bill: any(bill.seller_name.endswith(form) for form in _FORMS), _other_form),
    "contract number": (lambda bill: any(sign in bill.contract_number for sign in "-/"), _spaced_number),
    "due date": (lambda _: True, _due_later),
    "last day": (lambda _: True, _on_the_last_day),
    "allowed fee": (
        lambda bill: bool(bill.contract.allowed_fees) and _is_below_the_total(bill),
        _with_an_allowed_fee,
    ),
    "early payment": (
        lambda bill: bill.contract.early_discount is not None and bill.contract.language in _EARLY,
        _with_early_payment,
    ),
}
