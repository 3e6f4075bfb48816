"""The finding: one way in which an invoice contradicts itself."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding or mismatch is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class FindingCode(StrEnum):
    """What an invoice can contradict itself in, or was not read for. Stable: finance systems key on them."""

    LINE_AMOUNT = "LINE_AMOUNT"
    LINES_SUM = "LINES_SUM"
    TAX_SUM = "TAX_SUM"
    GROSS_SUM = "GROSS_SUM"
    AMOUNT_DUE_SUM = "AMOUNT_DUE_SUM"
    AMOUNT_IN_WORDS = "AMOUNT_IN_WORDS"
    TAX_ID_CHECKSUM = "TAX_ID_CHECKSUM"
    IBAN_CHECKSUM = "IBAN_CHECKSUM"
    DATE_ORDER = "DATE_ORDER"
    DATE_INVALID = "DATE_INVALID"
    UNREADABLE_PAGE = "UNREADABLE_PAGE"
    LOW_CONFIDENCE = "LOW_CONFIDENCE"
    FIELD_MISSING = "FIELD_MISSING"
    WITNESS_MISMATCH = "WITNESS_MISMATCH"
    HIDDEN_TEXT = "HIDDEN_TEXT"
    NOT_ON_PAGE = "NOT_ON_PAGE"
    ENGINE_FAILED = "ENGINE_FAILED"
    DOCUMENT_KIND = "DOCUMENT_KIND"
    SECOND_CONTRACT = "SECOND_CONTRACT"
    AMENDMENT_UNCLEAR = "AMENDMENT_UNCLEAR"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One contradiction. `field` is a path: `line_items[3].net_amount` (rows from 0)."""

    code: FindingCode
    severity: Severity
    field: str | None
    message: str  # one sentence, with both values as printed
    consequence_of: FindingCode | None = None
