"""Currency, kind of invoice and tax rate: what the amounts are stated in."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from extractor.extraction.extraction import Leaf, State
from extractor.reconciliation.agreement import side_of
from extractor.reconciliation.bill import Bill
from extractor.reconciliation.case import Case, asks, not_checkable, passed
from extractor.reconciliation.check import Check, CheckCode, Side
from extractor.reconciliation.parties import readings
from extractor.reconciliation.reason import Reason
from extractor.reconciliation.standing import is_release
from extractor.reconciliation.wording import LineKind
from extractor.validation.figures import number_of
from extractor.values.currencies import find_currency

# what is as good as the required kind: an electronic fapiao is one of its kind
_FAPIAO = {"vat_special", "vat_general", "e_vat_special", "e_vat_general"}
_ACCEPTED = {
    "commercial": {"commercial", "partial", "prepayment"} | _FAPIAO,
    "partial": {"partial", "prepayment"},
    "prepayment": {"partial", "prepayment"},
    "vat_special": {"vat_special", "e_vat_special"},
    "vat_general": {"vat_general", "e_vat_general"},
    "e_vat_special": {"e_vat_special"},
    "e_vat_general": {"e_vat_general"},
}  # fmt: skip
_SHARED_SIGNS = {
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD"),
    "¥": ("CNY", "JPY"),
    "￥": ("CNY", "JPY"),
    "£": ("GBP", "EGP"),
    "kr": ("SEK", "NOK", "DKK", "ISK"),
}
_PERCENT = Decimal(100)
_RATE_STEP = Decimal("0.1")  # to which a rate is told from rounded amounts
_RATE_NOISE = Decimal("0.1")
_NEVER_COMPARED = frozenset({"credit_note"})  # undoes an invoice; the contract speaks of invoices


def currencies(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the currency."""
    code = CheckCode.CURRENCY_MISMATCH
    agreed = case.agreement.leaf("currency")
    for bill in case.bills:
        billed = bill.leaf("currency")
        if agreed.value is None or billed.value is None:
            why = (
                (Reason.NOT_AGREED, "The contract names no currency.")
                if agreed.value is None
                else (Reason.NOT_PRINTED, "The invoice names no currency.")
            )
            yield not_checkable(code, bill, *why)
        elif _is_guessed(billed) and not any(_is_same_currency(each, billed) for each in readings(agreed)):
            yield asks(
                code, bill, Reason.CURRENCY_GUESSED,
                f"The invoice names no currency; its seller's country has {billed.value}, {agreed.value} is "
                "agreed: which is it?",
                field="currency", agreed=side_of(agreed), billed=side_of(billed),
            )  # fmt: skip
        else:
            yield case.compared(
                code,
                bill,
                "currency",
                agreed=agreed,
                billed=billed,
                is_same=any(_is_same_currency(other, billed) for other in readings(agreed)),
                same=f"Billed in {billed.value}, as agreed.",
                other=f"Billed in {billed.value}, but {agreed.value} is agreed.",
            )


def _is_guessed(billed: Leaf) -> bool:
    """Say whether the currency was told by something else than its sign, code or name."""
    return billed.state is State.DERIVED and find_currency(billed.text or "") is None


def _is_same_currency(agreed: Leaf, billed: Leaf) -> bool:
    """Say whether the currencies are one; a bare "$" or "¥" may be any of several."""
    if agreed.value == billed.value:
        return True
    sign = (billed.text or "").strip()
    return agreed.value in _SHARED_SIGNS.get(sign, ()) and billed.value in _SHARED_SIGNS[sign]


def invoice_types(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare the kind of invoice with the one that the contract asks for."""
    code = CheckCode.INVOICE_TYPE_MISMATCH
    agreed = case.agreement.leaf("invoice_type_required")
    for bill in case.bills:
        billed = bill.leaf("invoice_type")
        if agreed.value is None and not bill.counts:
            yield asks(
                code, bill, Reason.PROFORMA_BILLED,
                "A proforma invoice bills nothing: is it to be paid?",
                field="invoice_type", billed=side_of(billed),
            )  # fmt: skip
        elif agreed.value is None:
            yield not_checkable(code, bill, Reason.NOT_AGREED, "The contract asks for no kind of invoice.")
        elif billed.value is None:
            yield not_checkable(
                code, bill, Reason.NOT_PRINTED, "The invoice does not say of what kind it is."
            )
        elif billed.value in _NEVER_COMPARED:
            yield not_checkable(
                code,
                bill,
                Reason.CREDIT_NOTE,
                "A credit note undoes an invoice; the contract does not fix its kind.",
            )
        else:
            yield case.compared(
                code,
                bill,
                "invoice_type",
                agreed=agreed,
                billed=billed,
                is_same=any(_is_accepted(other, billed) for other in readings(agreed)),
                same="The invoice is of the kind that the contract asks for.",
                other=f"The contract asks for {agreed.text or agreed.value}, "
                f"but this is {billed.text or billed.value}.",
            )


def _is_accepted(required: Leaf, billed: Leaf) -> bool:
    return str(billed.value) in _ACCEPTED.get(str(required.value), {required.value})


def tax_rates(case: Case, _earlier: Sequence[Check]) -> Iterator[Check]:
    """Compare each tax rate that is billed with the agreed one; one deviation a rate."""
    code = CheckCode.TAX_RATE_MISMATCH
    for bill in case.bills:
        if case.agreement.tax_rate is None and not any(p.tax_rate is not None for p in case.agreement.prices):
            yield not_checkable(code, bill, Reason.NOT_AGREED, "The contract names no tax rate.")
            continue
        charged = [line for line in bill.lines if line.kind in (LineKind.GOODS, LineKind.FEE)]
        if charged and all(is_release(case, bill, line) for line in charged):
            message = "Only retention is asked for, whose tax was billed before."
            yield not_checkable(code, bill, Reason.ONLY_RETENTION, message)
            continue
        compared = list(_rates(case, bill))
        if not compared:
            yield _from_amounts(case, bill)
            continue
        yield from _compare_rates(case, bill, compared)


def _rates(case: Case, bill: Bill) -> Iterator[tuple[str, Leaf, Decimal, tuple[Decimal, ...], Side]]:
    """Yield path, leaf and value of each billed rate, with the agreed rates and their side."""
    term = case.agreement.leaf("tax_rate")
    general = tuple(rate for leaf in readings(term) if (rate := number_of(leaf)) is not None)
    for line in bill.lines:
        if line.tax_rate is None or line.kind not in (LineKind.GOODS, LineKind.FEE):
            continue
        match = case.match(bill, line.index)
        if match is not None and match.price.tax_rate is not None:
            yield (
                line.path("tax_rate"),
                line.cell("tax_rate"),
                line.tax_rate,
                (match.price.tax_rate,),
                match.price.price_side,
            )
        elif general:
            yield line.path("tax_rate"), line.cell("tax_rate"), line.tax_rate, general, side_of(term)
    if any(line.tax_rate is not None for line in bill.lines) or not general:
        return
    rows = bill.assessment.extraction.rows("tax_breakdown")
    has_bases = any(number_of(row.members.get("base")) is not None for row in rows)
    for index, row in enumerate(rows):
        leaf = row.members.get("rate")
        rate = number_of(leaf)
        if has_bases and number_of(row.members.get("base")) is None:
            continue  # not a row of the breakdown: something else beside a percentage
        if leaf is not None and rate is not None:
            yield f"tax_breakdown[{index}].rate", leaf, rate, general, side_of(term)


def _from_amounts(case: Case, bill: Bill) -> Check:
    """Compare the rate that net amount and tax make, where none is printed."""
    code = CheckCode.TAX_RATE_MISMATCH
    term = case.agreement.leaf("tax_rate")
    agreed = [rate for leaf in readings(term) if (rate := number_of(leaf)) is not None]
    if not bill.net or bill.tax is None or not agreed:
        return not_checkable(code, bill, Reason.NOT_PRINTED, "The invoice prints no tax rate.")
    rate = (bill.tax / bill.net * _PERCENT).quantize(_RATE_STEP)
    tax = bill.leaf("tax_amount")
    billed = Side(value=rate, text=tax.text, evidence=tax.evidence)
    if any(abs(each - rate) <= _RATE_NOISE for each in agreed):
        return passed(
            code, bill, f"Tax makes {rate:f} % of the net amount, as agreed.", field="tax_amount",
            agreed=side_of(term), billed=billed,
        )  # fmt: skip
    if rate != rate.to_integral_value():
        return asks(
            code, bill, Reason.SEVERAL_RATES,
            f"Tax makes {rate:f} % of the net amount, not {agreed[0]:f} %: are there several?",
            field="tax_amount", agreed=side_of(term), billed=billed,
        )  # fmt: skip
    return case.mismatch(
        code,
        bill,
        f"Tax makes {rate:f} % of the net amount, but {agreed[0]:f} % is agreed.",
        field="tax_amount",
        agreed=side_of(term),
        billed=billed,
        difference=rate - agreed[0],
    )


def _compare_rates(
    case: Case, bill: Bill, compared: Sequence[tuple[str, Leaf, Decimal, tuple[Decimal, ...], Side]]
) -> Iterator[Check]:
    code = CheckCode.TAX_RATE_MISMATCH
    limits = case.limits(code)
    seen: set[Decimal] = set()
    asked = False
    for path, leaf, rate, agreed, side in compared:
        allowed = [limits.allows(agreed=each, billed=rate) for each in agreed]
        if any(allowed):
            if not all(allowed) and not asked:
                asked = True
                yield asks(
                    code, bill, Reason.RATES_DIFFER,
                    f"The contract's clauses name different tax rates; {rate:f} % is billed.",
                    field=path, agreed=side, billed=side_of(leaf),
                )  # fmt: skip
            continue
        if rate in seen:
            continue
        seen.add(rate)
        yield case.mismatch(
            code,
            bill,
            f"{rate:f} % tax is billed, but {agreed[0]:f} % is agreed.",
            field=path,
            agreed=side,
            billed=side_of(leaf),
            difference=rate - agreed[0],
        )
    if not seen and not asked:
        path, leaf, rate, _, side = compared[0]
        yield passed(
            code,
            bill,
            f"Tax is billed at {rate:f} %, as agreed.",
            field=path,
            agreed=side,
            billed=side_of(leaf),
        )
