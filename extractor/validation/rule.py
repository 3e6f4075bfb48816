"""The form of a rule, and what it is given."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import TypeAlias

from extractor.extraction.extraction import Extraction
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.validation.charges import explains, side_amounts
from extractor.validation.figures import Figures, figures_of
from extractor.validation.finding import Finding, FindingCode, Severity

_SEVERITY = {
    FindingCode.LINE_AMOUNT: Severity.HIGH,
    FindingCode.LINES_SUM: Severity.HIGH,
    FindingCode.TAX_SUM: Severity.HIGH,
    FindingCode.GROSS_SUM: Severity.HIGH,
    FindingCode.AMOUNT_DUE_SUM: Severity.HIGH,
    FindingCode.AMOUNT_IN_WORDS: Severity.HIGH,
    FindingCode.TAX_ID_CHECKSUM: Severity.HIGH,
    FindingCode.IBAN_CHECKSUM: Severity.CRITICAL,
    FindingCode.DATE_ORDER: Severity.MEDIUM,
    FindingCode.DATE_INVALID: Severity.MEDIUM,
    FindingCode.UNREADABLE_PAGE: Severity.HIGH,
    FindingCode.LOW_CONFIDENCE: Severity.LOW,
    FindingCode.FIELD_MISSING: Severity.MEDIUM,
    FindingCode.WITNESS_MISMATCH: Severity.HIGH,
    FindingCode.HIDDEN_TEXT: Severity.MEDIUM,
    FindingCode.NOT_ON_PAGE: Severity.HIGH,
    FindingCode.ENGINE_FAILED: Severity.LOW,
    FindingCode.DOCUMENT_KIND: Severity.MEDIUM,
    FindingCode.SECOND_CONTRACT: Severity.HIGH,
    FindingCode.AMENDMENT_UNCLEAR: Severity.MEDIUM,
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What is validated: the extraction, its spec, and its figures as numbers.

    `pages` are looked at only where a sum does not come out.
    """

    extraction: Extraction
    spec: Spec
    figures: Figures
    pages: Sequence[Page] = ()

    @cached_property
    def side_amounts(self) -> tuple[Decimal, ...]:
        """Return charges, deductions and balances that stand on the pages beside the lines."""
        return side_amounts(self.pages)

    def is_explained(self, difference: Decimal) -> bool:
        """Say whether what stands on the pages beside the lines makes up a difference."""
        return explains(self.side_amounts, difference)

    @cached_property
    def is_read_without_page(self) -> bool:
        """Say whether it is an XML document: a line's discount and what is prepaid are no fields of it.

        Allowances and charges on the whole are: they stand among its lines.
        """
        leaves = (self.extraction.leaf(name) for name in ("net_amount", "gross_amount"))
        return not self.pages and any(
            leaf.evidence is not None and leaf.evidence.page is None for leaf in leaves
        )


def subject_of(extraction: Extraction, *, spec: Spec, pages: Sequence[Page] = ()) -> Subject:
    """Return what is validated, its figures read once for all rules and proofs."""
    return Subject(extraction=extraction, spec=spec, figures=figures_of(extraction), pages=pages)


Rule: TypeAlias = Callable[[Subject, Sequence[Finding]], Iterator[Finding]]
"""A rule is given the subject and what the rules before it found."""


def finding(
    code: FindingCode, field: str | None, message: str, *, consequence_of: FindingCode | None = None
) -> Finding:
    """Return a finding with the code's own severity, its message with one full stop."""
    sentence = f"{message.rstrip('.')}." if message.endswith("..") else message
    return Finding(
        code=code, severity=_SEVERITY[code], field=field, message=sentence, consequence_of=consequence_of
    )


def has(findings: Sequence[Finding], code: FindingCode) -> bool:
    """Say whether a rule before this one found `code`."""
    return any(each.code is code for each in findings)


def readable(name: str) -> str:
    """Return a field's name as a sentence begins with it."""
    return name.replace("_", " ").capitalize()
