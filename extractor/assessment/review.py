"""What a person must look at: one list of rules on values that are not sure or not proven.

A document passes where nothing contradicts it, the totals are proven by sums, ids by a
check digit or a form that is one country's alone, and every value is sure enough.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from extractor.assessment.confidence import doubts
from extractor.assessment.settings import ReviewSettings
from extractor.extraction.extraction import Extraction, FieldValue, Group, Leaf, State
from extractor.field_specs.spec import Spec
from extractor.validation.figures import printed
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proof, Proofs
from extractor.validation.rule import finding, readable

_PAYMENT_FIELDS = (
    "net_amount",
    "tax_amount",
    "gross_amount",
    "amount_due",
    "seller_bank_account",
    "seller_tax_id",
    "due_date",
    "currency",
)
_KNOWN_ANYWAY = frozenset({"buyer_name"})  # required, but the buyer's own people read the invoice
_TOTALS = ("net_amount", "tax_amount", "gross_amount")
_ITEMS = "line_items"
_BY_FIGURES = frozenset({Proof.SUM, Proof.WORDS, Proof.SECOND})


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What review is decided on. The extraction carries its confidence."""

    extraction: Extraction
    spec: Spec
    findings: Sequence[Finding]
    proofs: Proofs
    settings: ReviewSettings

    def is_named(self, field: str) -> bool:
        """Say whether a finding is about the field or a value in it."""
        return any(_field_of(each) == field for each in self.findings)


def unsure(case: Case) -> Iterator[Finding]:
    """Yield a finding for what nobody should rely on without looking, one a field."""
    named: set[str] = set()
    for rule in _RULES:
        for each in rule(case):
            field = _field_of(each)
            if field not in named and not case.is_named(field):
                named.add(field)
                yield each


def needs_person(each: Finding, case: Case) -> bool:
    """Say whether a finding sends the document to a person.

    All do but one: an id that is read for certain, and printed with a wrong check digit.
    It stays a finding; a person could only read the same.
    """
    if each.code is not FindingCode.TAX_ID_CHECKSUM or case.settings.tax_id != "form" or each.field is None:
        return True
    leaf = case.extraction.leaf(each.field)
    is_of_form = Proof.FORM in case.proofs.get(each.field, frozenset()) or leaf.is_stored
    return doubts(each, leaf, path=each.field) or not is_of_form


def _unproven_totals(case: Case) -> Iterator[Finding]:
    for name in _TOTALS:
        leaf = case.extraction.leaf(name)
        if name not in case.spec.fields or leaf.value is None or leaf.is_stored:
            continue
        if not case.proofs.get(name, frozenset()) & _BY_FIGURES:
            yield _unsure(name, f"{readable(name)} {printed(leaf)} is proven by no sum on the document.")


def _unproven_items(case: Case) -> Iterator[Finding]:
    rows = case.extraction.rows(_ITEMS)
    has_total = any(case.extraction.leaf(name).value is not None for name in _TOTALS)
    if not rows or not has_total or _ITEMS in case.proofs:
        return
    if not any(leaf.is_stored for row in rows for leaf in row.members.values()):
        yield _unsure(_ITEMS, f"The {len(rows)} line items do not add up to a total of the document.")


def _unsure_values(case: Case) -> Iterator[Finding]:
    for name, field in case.spec.fields.items():
        value = case.extraction.fields.get(name)
        if value is None or value.state is State.ABSENT:
            continue
        is_key = (field.required or name in _PAYMENT_FIELDS) and name not in _KNOWN_ANYWAY
        least = case.settings.key_field if is_key else case.settings.any_value
        for path, leaf in _leaves(name, value):
            if leaf.confidence is not None and leaf.confidence < least:
                shown = path.replace("_", " ").capitalize()
                yield _unsure(
                    path, f"{shown} {printed(leaf)} is not sure (confidence {leaf.confidence:.2f})."
                )
                break


def _leaves(name: str, value: FieldValue) -> Iterator[tuple[str, Leaf]]:
    """Yield every value of a field with its path: `line_items[3].net_amount`; groups by their name."""
    if isinstance(value, Leaf):
        yield name, value
    elif isinstance(value, Group):
        yield from ((name, leaf) for leaf in value.members.values())
    else:
        for index, row in enumerate(value.rows):
            yield from ((f"{name}[{index}].{column}", leaf) for column, leaf in row.members.items())


_RULES: tuple[Callable[[Case], Iterator[Finding]], ...] = (_unproven_totals, _unproven_items, _unsure_values)


def _unsure(path: str, message: str) -> Finding:
    return finding(FindingCode.LOW_CONFIDENCE, path, message)


def _field_of(each: Finding) -> str:
    return (each.field or "").partition("[")[0]
