"""Find the references that the remarks of a fapiao name: its XML has no element for them."""

import re
from typing import Final

from extractor.engines.einvoice.candidates import each, written
from extractor.engines.reading import Candidate
from extractor.values.text import plain

_LABELS: Final = {"contract_number": "(?:合同|协议)", "purchase_order_number": "(?:订单|采购单)"}
_PART: Final = r"[^\s:;,。、|]{0,40}"  # of a number, up to where the next remark begins
_REST: Final = rf"(?:编号|号码|号)[ :]{{0,3}}(?P<number>{_PART}?\d{_PART})"
_REFERENCES: Final = {name: re.compile(label + _REST) for name, label in _LABELS.items()}


def references_in(remarks: str) -> dict[str, tuple[Candidate, ...]]:
    """Return contract and order numbers behind their labels: "合同编号：HT-2026-001"."""
    even = plain(remarks)
    return {
        name: each([match["number"] for match in reference.finditer(even)], written)
        for name, reference in _REFERENCES.items()
    }
