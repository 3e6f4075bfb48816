"""The assessment: an extraction with its findings, and whether a person must look."""

from collections.abc import Mapping
from dataclasses import dataclass

from extractor.extraction.extraction import Extraction, FieldValue
from extractor.validation.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """Whether a person must look, and why (finding codes and the like)."""

    required: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What `extractor.extract` returns for each part of a file.

    `extraction.fields` carry their confidence here. Timings are in milliseconds.
    """

    extraction: Extraction
    findings: tuple[Finding, ...]
    review: Review
    timings_ms: Mapping[str, float]

    @property
    def source(self) -> str:
        """Return the document's path or upload name."""
        return self.extraction.source

    @property
    def fields(self) -> Mapping[str, FieldValue]:
        """Return the fields by name, in the order of the spec."""
        return self.extraction.fields
