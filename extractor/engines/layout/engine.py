"""The layout engine: words and boxes in, candidates out. No model, no supplier template."""

from collections.abc import Sequence

from extractor.documents.document import Document
from extractor.engines.layout.form import read_form
from extractor.engines.reading import Reading
from extractor.field_specs.spec import Spec
from extractor.pages.page import Page


class LayoutEngine:
    """Reads forms by label, geometry and arithmetic, and contracts by their clauses."""

    name = "layout"

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:
        """Read `pages` for the fields of `spec`. Never fails on a document's content."""
        if spec.reading == "clauses":
            from extractor.engines.contract.engine import ContractEngine  # noqa: PLC0415 - seldom needed

            return ContractEngine().read(document, pages, spec)
        return read_form(pages, spec, engine=self.name)
