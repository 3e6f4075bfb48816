"""Tell day from month by the dates of one invoice, where nothing else on it does."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from extractor.engines.layout.header_fields import labelled_candidates
from extractor.engines.layout.labelled import LabelledSheet
from extractor.field_specs.spec import Spec
from extractor.values.conventions import Conventions

_ISSUED, _DUE = "issue_date", "due_date"


def with_date_order(pages: Sequence[LabelledSheet], spec: Spec, conventions: Conventions) -> Conventions:
    """Settle the order if only one of the two lets the invoice be due after it was issued."""
    if conventions.is_day_first is not None or not {_ISSUED, _DUE} <= spec.fields.keys():
        return conventions
    fitting = [
        ordered
        for ordered in (replace(conventions, is_day_first=True), replace(conventions, is_day_first=False))
        if _is_due_after_issue(pages, spec, ordered)
    ]
    return fitting[0] if len(fitting) == 1 else conventions


def _is_due_after_issue(pages: Sequence[LabelledSheet], spec: Spec, conventions: Conventions) -> bool:
    issued, due = (_best(pages, name, spec, conventions) for name in (_ISSUED, _DUE))
    return issued is not None and due is not None and issued <= due


def _best(pages: Sequence[LabelledSheet], name: str, spec: Spec, conventions: Conventions) -> date | None:
    found = labelled_candidates(pages, name, spec.fields[name], conventions, titles=frozenset())
    return next((each.value for each in found if isinstance(each.value, date)), None)
