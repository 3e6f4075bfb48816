"""The layout engine: words and boxes in, candidates out. No model, no supplier template."""

from collections.abc import Sequence

from extractor.documents.document import Document
from extractor.engines.layout.cells import sheet_of
from extractor.engines.layout.form import read_form
from extractor.engines.reading import Reading
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page
from extractor.values.conventions import infer_conventions


class LayoutEngine:
    """Reads forms by label, geometry and arithmetic, and contracts by their clauses."""

    name = "layout"

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Read `pages` for the fields of `spec`. Never fails on a document's content."""
        if spec.reading == "clauses":
            from extractor.engines.contract.engine import ContractEngine  # noqa: PLC0415 - seldom needed

            return ContractEngine().read(document, pages, spec)
        sheets = [sheet_of(page) for page in pages]
        conventions = infer_conventions(cell.text for sheet in sheets for cell in sheet.cells)
        return read_form(sheets, spec, conventions=conventions, engine=self.name)
