"""What a second engine is asked for: fields that a person would have to look at, and missing ones."""

from collections.abc import Iterator

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import FieldValue, Leaf, State
from extractor.field_specs.spec import Spec
from extractor.validation.finding import FindingCode

_TOTALS = frozenset({"net_amount", "tax_amount", "gross_amount"})  # a sum that fails names only one of them
_HIGH_VALUE = frozenset(
    {
        *("contract_number", "seller_name", "buyer_name", "expiry_date", "currency", "total_amount"),
        *("price_list", "tax_rate", "payment_days", "bank_account"),
    }
)  # terms; of the others most contracts have only some
_NOT_OF_READING = frozenset({FindingCode.HIDDEN_TEXT, FindingCode.UNREADABLE_PAGE, FindingCode.DATE_ORDER})
_SETTLED_BY_PEOPLE = State.CONTRADICTORY  # the document says both


def narrowed(spec: Spec, assessment: Assessment) -> Spec | None:
    """Return the spec with only what is to be asked for, None where nothing has to be.

    Nothing has to be where no person must look, or only at what no second reading
    settles. Else it is what the findings name and what was not found: of a contract only
    terms that money hangs on.
    """
    if not assessment.review.required:
        return None
    doubted = set(_doubted(assessment))
    if doubted & _TOTALS:
        doubted |= _TOTALS
    contradictory = {name for name, value in assessment.fields.items() if value.state is _SETTLED_BY_PEOPLE}
    asked = [
        name
        for name in spec.fields
        if name in doubted - contradictory or _is_missed(name, spec, assessment.fields.get(name))
    ]
    return spec.only(asked) if doubted - contradictory and asked else None


def _doubted(assessment: Assessment) -> Iterator[str]:
    """Yield the fields that findings name; a stored value can be read no better."""
    for each in assessment.findings:
        name = (each.field or "").partition("[")[0]
        value = assessment.fields.get(name)
        is_stored = isinstance(value, Leaf) and value.value is not None and value.is_stored
        if value is not None and not is_stored and each.code not in _NOT_OF_READING:
            yield name


def _is_missed(name: str, spec: Spec, value: FieldValue | None) -> bool:
    is_missing = value is None or value.state in (State.ABSENT, State.UNREADABLE)
    return is_missing and (spec.reading != "clauses" or name in _HIGH_VALUE)
