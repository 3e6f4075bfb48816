"""Rows of what is billed, as all syntaxes make them: lines, and allowances and charges among them."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from extractor.engines.einvoice.candidates import exact, parse_decimal, written
from extractor.engines.reading import Candidate, CandidateRow

Cells: TypeAlias = Mapping[str, Candidate | None]
_IS_CHARGE: Final = {"true": True, "1": True, "false": False, "0": False}


def rows_of(found: Iterable[Cells]) -> tuple[CandidateRow, ...]:
    """Return a row for each that has any cell."""
    present = ({name: cell for name, cell in cells.items() if cell is not None} for cells in found)
    return tuple(CandidateRow(cells=cells) for cells in present if cells)


def charge_cells(
    *,
    indicator: str | None,
    billed: Candidate | None,
    reason: str | None,
    reason_code: str | None,
    rate: Candidate | None,
) -> Cells:
    """Return an allowance (BG-20) or charge (BG-21) on the document as the cells of a row.

    Both are written as positive amounts; what is taken off is negative here. Where it is
    not plain which of the two it is, or how much, there is no row.
    """
    is_charge = _IS_CHARGE.get(indicator or "")
    figure = None if billed is None else parse_decimal(billed.text)
    if is_charge is None or billed is None or figure is None:
        return {}
    return {
        "description": _reason(reason, reason_code, is_charge=is_charge),
        "net_amount": billed if is_charge else exact(billed.text, -figure, is_derived=True),
        "tax_rate": rate,
    }


def joined(found: Iterable[str], separator: str = " ") -> str | None:
    """Return the texts as one, None where there are none."""
    return separator.join(found) or None


def _reason(reason: str | None, code: str | None, *, is_charge: bool) -> Candidate:
    """Return what the amount is for; with a code alone or nothing, which of the two it is."""
    if reason is not None:
        return written(reason)
    kind = "Charge" if is_charge else "Allowance"
    return exact(code or "", f"{kind} ({code})" if code else kind, is_derived=True)
