"""What a worker process does with one request. Importing it imports the whole pipeline."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.cascade.part import AUTO
from extractor.delivery.encoding import Json, encode_assessment, encode_reconciliation
from extractor.errors import UnknownSpec
from extractor.field_specs.load import shipped_specs
from extractor.pipeline import extract, reconcile


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """A file as it came in. `name` is only what results call it; no path is ever opened."""

    name: str
    content: bytes


def extract_upload(upload: Upload, *, spec: str, engine: str) -> list[dict[str, Json]]:
    """Return the results of one file.

    Raises:
        ExtractorError: see `extractor.pipeline.extract`; a spec can only be a shipped one.
    """
    if spec != AUTO and spec not in shipped_specs():
        raise UnknownSpec(f"there is no spec {spec!r}; there are: auto, {', '.join(shipped_specs())}")
    assessments = extract(upload.content, spec=spec, engine=engine, name=upload.name)
    return [encode_assessment(assessment) for assessment in assessments]


def reconcile_uploads(invoices: Sequence[Upload], contract: Upload) -> dict[str, Json]:
    """Return the comparison of the invoices with the contract.

    Raises:
        ExtractorError: see `extractor.pipeline.reconcile`.
    """
    (agreed, *_) = extract(contract.content, spec="contract", name=contract.name)
    billed = [
        part for invoice in invoices for part in extract(invoice.content, spec="invoice", name=invoice.name)
    ]
    return encode_reconciliation(reconcile(billed, agreed))
