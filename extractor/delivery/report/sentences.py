"""Say one check in one sentence of the report's language.

The rules say it in English. In another language it is worded from what the check
carries: code, state, place, both sides and the difference; no text is translated.
"""

from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.delivery.report.language import Language, Wording
from extractor.delivery.wording import value_text
from extractor.reconciliation.check import Check, CheckCode, CheckState, Reconciliation, Side
from extractor.reconciliation.effect import line_index, told_difference

_LONGEST_NAME = 60  # characters of a line's description inside a sentence


def sentence(check: Check, reconciliation: Reconciliation, words: Wording) -> str:
    """Return the check as one sentence."""
    if words.language is Language.ENGLISH:
        return check.message
    values = _values(check, reconciliation, words)
    if check.state is CheckState.MISMATCH:
        return words.say(f"sentence.mismatch.{check.code}", **values)
    if check.state is CheckState.PASSED:
        return _passed(check, words, values)
    return words.say(f"sentence.reason.{check.reason}", **values)


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
    difference = told_difference(check, reconciliation)
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
        "readings": _readings(check, words),
        "invoice": invoice_text(invoice, check, words),
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


def _readings(check: Check, words: Wording) -> str:
    """Return what clauses say that contradict each other, each with its clause."""
    if check.agreed is None:
        return "—"
    sides = (check.agreed, *check.agreed.also)
    return words.say("verdict.sentence.comma").join(_reading(side, words) for side in sides)


def _reading(side: Side, words: Wording) -> str:
    said = _said(side)
    return f"{said}（{words.say('side.clause', clause=side.clause)}）" if side.clause else said


def _passed(check: Check, words: Wording, values: dict[str, str]) -> str:
    own = f"sentence.passed.{check.code}"
    if words.has(own):
        return words.say(own)
    if check.billed is None or check.billed.value is None:
        return words.say("sentence.passed.plain")
    is_paired = check.agreed is not None and check.agreed.value is not None
    return words.say(f"sentence.passed.{'sides' if is_paired else 'billed'}", **values)
