"""The einvoice engine: exact values from XML, no reading of pages."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from lxml.etree import _Element as Element

from extractor.documents.document import Document, MediaType
from extractor.documents.pdf import PdfFile
from extractor.engines.einvoice.safe_xml import parse_xml
from extractor.engines.einvoice.syntaxes import describe, sniff, unwrapped
from extractor.engines.reading import CandidateRow, Reading
from extractor.errors import DamagedDocument, DocumentError, UnsupportedDocument
from extractor.field_specs.spec import ColumnSpec, Spec
from extractor.pages.page import Page

_STANDARD_NAMES: Final = ("factur-x.xml", "xrechnung.xml", "zugferd-invoice.xml")  # best first


class EInvoiceEngine:
    """Reads the XML that is the document, or that is embedded in it."""

    name = "einvoice"

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Return what the XML says of the spec's fields; nothing where there is no e-invoice.

        Raises:
            UnsupportedDocument: the document is XML, but no invoice of a known syntax.
            DamagedDocument: the XML, or an embedded e-invoice, is not well-formed.
            DocumentTooLarge: the XML is over a bound.
        """
        del pages  # the XML stands on none
        if spec.reading != "form":
            return Reading(engine=self.name)  # a contract is no e-invoice
        root = _root(document)
        if root is None:
            return Reading(engine=self.name)
        read = sniff(root)
        if read is None:
            raise UnsupportedDocument(f"the XML is {describe(root)}")
        return _only(read(root, engine=self.name), spec)


def has_einvoice(document: Document) -> bool:
    """Say whether the document is, or carries, an e-invoice that is read.

    Raises:
        DocumentError: as for `EInvoiceEngine.read`, but XML that is no invoice is just False.
    """
    root = _root(document)
    return root is not None and sniff(root) is not None


def _root(document: Document) -> Element | None:
    """Return the root of the document or of the e-invoice embedded in it, None where there is none.

    Raises:
        DamagedDocument: an attachment has a name that promises an e-invoice, but cannot be read.
    """
    if document.media_type is MediaType.XML:
        return unwrapped(parse_xml(document.content))
    if not document.attachment_count:
        return None
    with PdfFile(document.content) as file:
        attachments = file.attachments()
    roots = (_einvoice_root(name, content) for name, content in _likely_first(attachments))
    return next((root for root in roots if root is not None), None)


def _likely_first(attachments: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield the attachments that may be XML, those with a standard's name first."""
    ranks = {name: rank for rank, name in enumerate(_STANDARD_NAMES)}
    for name in sorted(attachments, key=lambda name: ranks.get(name.casefold(), len(ranks))):
        if name.casefold() in ranks or name.casefold().endswith(".xml"):
            yield name, attachments[name]


def _einvoice_root(name: str, content: bytes) -> Element | None:
    """Return the root of an attachment that is an e-invoice; orders and other XML are none."""
    try:
        root = unwrapped(parse_xml(content))
    except DocumentError as cause:
        if name.casefold() in _STANDARD_NAMES:
            raise DamagedDocument(
                f"the embedded e-invoice {name} cannot be read: {cause} "
                "(the engine 'layout' reads the page alone)"
            ) from cause
        return None  # some other attachment: the invoice does not depend on it
    return root if sniff(root) is not None else None


def _only(reading: Reading, spec: Spec) -> Reading:
    """Keep what the spec has a field or a column for."""
    return replace(
        reading,
        candidates={name: found for name, found in reading.candidates.items() if name in spec.fields},
        tables={
            name: tuple(_only_columns(row, spec.fields[name].columns) for row in rows)
            for name, rows in reading.tables.items()
            if name in spec.fields
        },
    )


def _only_columns(row: CandidateRow, columns: Mapping[str, ColumnSpec]) -> CandidateRow:
    return replace(row, cells={name: cell for name, cell in row.cells.items() if name in columns})
