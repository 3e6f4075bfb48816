"""What a second engine is asked for, where a person would have to look.

Of a form that is all: what the first engine is wrongly sure of, nobody else finds once its doubts
are settled, and what is proven tells how well the second reads (`trust.py`). Of a contract, which
is read window by window, it is the terms that are in doubt or missing.
"""

from collections.abc import Iterator

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import FieldValue, Leaf, State
from extractor.field_specs.spec import Spec
from extractor.validation.finding import FindingCode

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

    Nothing has to be where no person must look, or only at what no second reading settles.
    Of what was not found in a contract only terms that money hangs on are asked for.
    """
    if not assessment.review.required:
        return None
    contradictory = {name for name, value in assessment.fields.items() if value.state is _SETTLED_BY_PEOPLE}
    doubted = set(_doubted(assessment)) - contradictory
    asked = [
        name
        for name in spec.fields
        if name in doubted or _is_worth_asking(name, spec, assessment.fields.get(name))
    ]
    return spec.only(asked) if doubted and asked else None


def _doubted(assessment: Assessment) -> Iterator[str]:
    """Yield the fields that findings name; a stored value can be read no better."""
    for each in assessment.findings:
        name = (each.field or "").partition("[")[0]
        value = assessment.fields.get(name)
        if value is not None and not _is_stored(value) and each.code not in _NOT_OF_READING:
            yield name


def _is_worth_asking(name: str, spec: Spec, value: FieldValue | None) -> bool:
    if spec.reading == "clauses":
        is_missing = value is None or value.state in (State.ABSENT, State.UNREADABLE)
        return is_missing and name in _HIGH_VALUE
    return not _is_stored(value)


def _is_stored(value: FieldValue | None) -> bool:
    return isinstance(value, Leaf) and value.value is not None and value.is_stored
