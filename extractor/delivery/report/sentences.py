"""Say one check in one sentence of the report's language.

The rules say it in English. In another language it is worded from what the check
carries: code, state, place, both sides and the difference; no text is translated.
"""

from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.delivery.report.language import Language, Wording
from extractor.delivery.wording import is_absent, value_text
from extractor.extraction.extraction import Leaf, State
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Side
from extractor.reconciliation.effect import line_index

_PARTIES = (("seller_name", "buyer_name"), ("seller_tax_id", "buyer_tax_id"))
_GOES_BY: dict[CheckCode, tuple[tuple[str, ...], tuple[str, ...]]] = {  # terms and fields, any of each
    CheckCode.PARTY_NAME_MISMATCH: (_PARTIES[0], _PARTIES[0]),
    CheckCode.TAX_ID_MISMATCH: (_PARTIES[1], _PARTIES[1]),
    CheckCode.CONTRACT_NUMBER_MISMATCH: (("contract_number",), ("contract_number",)),
    CheckCode.CURRENCY_MISMATCH: (("currency",), ("currency",)),
    CheckCode.UNIT_PRICE_MISMATCH: (("price_list",), ("line_items",)),
    CheckCode.ITEM_NOT_IN_CONTRACT: (("price_list", "milestones"), ("line_items",)),
    CheckCode.QUANTITY_EXCEEDED: (("price_list",), ("line_items",)),
    CheckCode.TOTAL_EXCEEDED: (("total_amount",), ("gross_amount", "net_amount")),
    CheckCode.TAX_RATE_MISMATCH: (("tax_rate",), ("tax_breakdown", "tax_amount", "line_items")),
    CheckCode.INVOICE_TYPE_MISMATCH: (("invoice_type_required",), ("invoice_type",)),
    CheckCode.PAYMENT_TERM_MISMATCH: (("payment_days",), ("payment_terms", "due_date")),
    CheckCode.DISCOUNT_MISSING: (("agreed_discount",), ("line_items",)),
    CheckCode.FEE_NOT_AGREED: (("allowed_fees", "price_list", "milestones"), ("line_items",)),
    CheckCode.BANK_ACCOUNT_CHANGED: (("bank_account",), ("seller_bank_account",)),
    CheckCode.OUTSIDE_VALIDITY: (("effective_date", "expiry_date"), ("issue_date",)),
    CheckCode.MILESTONE_AMOUNT_MISMATCH: (("milestones",), ("line_items",)),
    CheckCode.RETENTION_NOT_HELD: (("retention_rate",), ("gross_amount", "amount_due")),
}
_LONGEST_NAME = 60  # characters of a line's description inside a sentence


def sentence(check: Check, reconciliation: Reconciliation, words: Wording) -> str:
    """Return the check as one sentence."""
    if words.language is Language.ENGLISH:
        return check.message
    values = _values(check, reconciliation, words)
    if check.state is CheckState.MISMATCH:
        return words.say(f"sentence.mismatch.{check.code}", **values)
    if check.is_unsure:
        return _question(check, reconciliation, words, values)
    if check.state is CheckState.PASSED:
        return _passed(check, words, values)
    return _not_checkable(check, reconciliation, words)


def original(check: Check, words: Wording) -> str:
    """Return the rule's own English sentence, where that of another language may say less."""
    is_whole = words.language is Language.ENGLISH or check.state is CheckState.PASSED
    return "" if is_whole else words.say("note.original", text=check.message)


def invoice_name(invoice: Assessment, position: int, words: Wording) -> str:
    """Return the invoice's number, or its place in the order given."""
    number = invoice.extraction.leaf("invoice_number").value
    return words.say("tag.invoice", number=position + 1) if number is None else value_text(number)


def line_name(field: str | None, invoice: Assessment | None, words: Wording) -> str:
    """Return which line a path lies in, with its description; empty where it lies in none."""
    index = line_index(field)
    if index is None or invoice is None:
        return ""
    rows = invoice.extraction.rows("line_items")
    leaf = rows[index].members.get("description") if index < len(rows) else None
    if leaf is None or leaf.value is None:
        return words.say("place.line_bare", line=index + 1)
    return words.say("place.line", line=index + 1, description=shortened(str(leaf.value), _LONGEST_NAME))


def field_name(path: str | None, words: Wording) -> str:
    """Return what a path's last member is called: `line_items[3].unit_price` is the unit price."""
    return words.name("field", (path or "").rpartition(".")[2].partition("[")[0])


def amount_text(value: Decimal) -> str:
    """Return a number for people: thousands parted, at least the digits that tell it from a whole."""
    plain = f"{value:,f}"
    return plain.rstrip("0").rstrip(".") if "." in plain and value == value.to_integral_value() else plain


def shortened(text: str, longest: int) -> str:
    """Return the text in one line, its end left out where it is too long."""
    folded = " ".join(text.split())
    return folded if len(folded) <= longest else f"{folded[: longest - 1]}…"


def _values(check: Check, reconciliation: Reconciliation, words: Wording) -> dict[str, str]:
    invoice = None if check.invoice is None else reconciliation.invoices[check.invoice]
    difference = check.difference
    line = line_name(check.field, invoice, words)
    return {
        "code": words.name("code", check.code),
        "field": field_name(check.field, words),
        "agreed": _said(check.agreed),
        "billed": _said(check.billed),
        "difference": "—" if difference is None else amount_text(abs(difference)),
        "total": _total(check),
        "more": words.say("sign.less" if difference is not None and difference < 0 else "sign.more"),
        "line": line or invoice_text(invoice, check, words),
        "place": f"{line}：" if line else "",
        "likeness": _likeness(check, reconciliation, words),
    }


def invoice_text(invoice: Assessment | None, check: Check, words: Wording) -> str:
    """Return the invoice that a check is about, by its number."""
    return "" if invoice is None else invoice_name(invoice, check.invoice or 0, words)


def _said(side: Side | None) -> str:
    if side is None:
        return "—"
    if isinstance(side.value, Decimal):
        return amount_text(side.value)
    return shortened(side.text or "—", _LONGEST_NAME) if side.value is None else value_text(side.value)


def _total(check: Check) -> str:
    """Return all that was billed so far: what was agreed, and the difference."""
    agreed = None if check.agreed is None else check.agreed.value
    if not isinstance(agreed, Decimal) or check.difference is None:
        return "—"
    return amount_text(agreed + check.difference)


def _likeness(check: Check, reconciliation: Reconciliation, words: Wording) -> str:
    if check.code is not CheckCode.DUPLICATE_INVOICE or check.agreed is None or check.billed is None:
        return ""
    ids = [
        invoice.extraction.document.id
        for position, invoice in enumerate(reconciliation.invoices)
        if position == check.invoice or invoice.source == check.agreed.source
    ]
    if len(ids) > len(set(ids)):
        return words.say("likeness.file")
    is_same = check.agreed.value is not None and check.agreed.value == check.billed.value
    return words.say("likeness.number" if is_same else "likeness.delivery")


def _question(check: Check, reconciliation: Reconciliation, words: Wording, values: dict[str, str]) -> str:
    terms = _GOES_BY.get(check.code, ((), ()))[0]
    for leaf in (reconciliation.contract.extraction.leaf(name) for name in terms):
        if leaf.state is State.CONTRADICTORY:
            return words.say(
                "sentence.question.contradictory",
                readings=words.say("verdict.sentence.comma").join(
                    _reading(each, words) for each in (leaf, *leaf.also)
                ),
            )
    own = f"sentence.question.{check.code}"
    return words.say(own if words.has(own) else "sentence.question.other", **values)


def _reading(leaf: Leaf, words: Wording) -> str:
    text = leaf.text or value_text(leaf.value)
    return f"{text}（{words.say('side.clause', clause=leaf.clause)}）" if leaf.clause else text


def _passed(check: Check, words: Wording, values: dict[str, str]) -> str:
    own = f"sentence.passed.{check.code}"
    if words.has(own):
        return words.say(own)
    if check.billed is None or check.billed.value is None:
        return words.say("sentence.passed.plain")
    is_paired = check.agreed is not None and check.agreed.value is not None
    return words.say(f"sentence.passed.{'sides' if is_paired else 'billed'}", **values)


def _not_checkable(check: Check, reconciliation: Reconciliation, words: Wording) -> str:
    terms, fields = _GOES_BY.get(check.code, ((), ()))
    missing = [name for name in terms if _is_missing(reconciliation.contract, name)]
    if missing and len(missing) == len(terms):
        return words.say("sentence.not_checkable.no_term", fields=_names(missing, words))
    if check.invoice is not None:
        invoice = reconciliation.invoices[check.invoice]
        missing = [name for name in fields if _is_missing(invoice, name)]
        if missing and len(missing) == len(fields):
            return words.say("sentence.not_checkable.no_field", fields=_names(missing, words))
    return words.say("sentence.not_checkable.other")


def _is_missing(document: Assessment, name: str) -> bool:
    value = document.fields.get(name)
    return value is None or is_absent(value) or value.state is State.UNREADABLE


def _names(names: list[str], words: Wording) -> str:
    return words.say("verdict.sentence.between").join(words.name("field", name) for name in names)
