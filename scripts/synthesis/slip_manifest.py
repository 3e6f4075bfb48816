"""Write slips as files with a manifest of what they show, for the evaluation."""

import json
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from synthesis.slip import SPEC_FILE, Slip, slip_spec
from synthesis.slip_drawing import pdf_of


def write_slips(slips: Sequence[Slip], folder: Path) -> Path:
    """Write each slip as a PDF of one page into the folder; return the path of the manifest beside them."""
    documents = []
    for number, slip in enumerate(slips, 1):
        file = f"slip-{number:03}.pdf"
        (folder / file).write_bytes(pdf_of(slip))
        fields = {name: _in_normal_form(name, slip.values.get(name)) for name in slip_spec().fields}
        documents.append({"file": file, "fields": fields})
    manifest = folder / "manifest.json"
    manifest.write_text(json.dumps({"spec": str(SPEC_FILE), "documents": documents}), encoding="utf-8")
    return manifest


def _in_normal_form(field: str, printed: str | None) -> str | None:
    if printed is None:
        return None
    if field == "total":
        return printed.replace(",", "")
    if field == "issued" and "." in printed:
        return datetime.strptime(printed, "%d.%m.%Y").date().isoformat()  # noqa: DTZ007 - a date alone
    return printed
