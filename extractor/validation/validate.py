"""Validate an invoice against itself: one list of rules, in the order they run.

A rule that only sees the consequence of another finding says so, therefore causes
stand before what follows from them.
"""

from collections.abc import Sequence

from extractor.extraction.extraction import Extraction
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.validation import contracts, gaps, identities, places, sums
from extractor.validation.finding import Finding
from extractor.validation.rule import Rule, Subject, subject_of

_RULES: tuple[Rule, ...] = (
    identities.pages_unreadable,
    identities.hidden_text,
    places.not_on_page,
    gaps.fields_missing,
    gaps.cells_missing,
    identities.dates_invalid,
    identities.date_order,
    identities.tax_id_checksums,
    identities.iban_checksums,
    sums.line_amounts,
    sums.lines_sum,
    sums.tax_sum,
    sums.gross_sum,
    gaps.tax_missing,
    sums.amount_due_sum,
    identities.amount_in_words,
    identities.witnesses,
    identities.amount_of_code,
    contracts.second_contracts,
)


def validate(extraction: Extraction, *, spec: Spec, pages: Sequence[Page] = ()) -> list[Finding]:
    """Return every way in which the document contradicts itself, causes first.

    Nothing is found where figures are missing: only what was read can contradict.
    With the `pages` it was read from, sums that run over a charge or deduction which is
    no field (freight, a deposit) are understood.
    """
    return findings_in(subject_of(extraction, spec=spec, pages=pages))


def findings_in(subject: Subject) -> list[Finding]:
    """Return every way in which the subject contradicts itself, causes first."""
    findings: list[Finding] = []
    for rule in _RULES:
        findings.extend(rule(subject, tuple(findings)))
    return findings
