"""The codes that e-invoices of all European syntaxes write."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

TYPE_CODES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "commercial": "380",
        "credit_note": "381",
        "partial": "326",
        "prepayment": "386",
        "proforma": "325",
    }
)
"""Invoice type -> document type code (UNTDID 1001). The other types are not known outside China."""
