"""The layout engine reads forms itself and hands contracts to the reader of clauses."""

from engines.layout.pages import SPEC, block, page, text_of

from extractor.documents.document import Document, MediaType
from extractor.engines.layout.engine import LayoutEngine
from extractor.field_specs.load import load_spec

DOCUMENT = Document(id="sha256:0", source="by-hand.pdf", media_type=MediaType.PDF, page_count=1, content=b"")


def test_a_form_is_read_by_its_labels() -> None:
    reading = LayoutEngine().read(DOCUMENT, [page("Invoice No: 4711 @50,100")], SPEC)
    assert reading.engine == "layout"
    assert text_of(reading, "invoice_number") == "4711"


def test_a_contract_is_read_by_its_clauses() -> None:
    printed = page(
        block(
            "SUPPLY AGREEMENT",
            "4. Payment",
            "4.1 The Buyer shall pay each invoice within thirty (30) days of receipt.",
            x=60,
            top=100,
            step=24,
        )
    )
    reading = LayoutEngine().read(DOCUMENT, [printed], load_spec("contract"))
    (days, *_) = reading.candidates["payment_days"]
    assert days.clause == "4.1"
    assert str(days.value) == "30"


def test_a_document_without_pages_gives_an_empty_reading() -> None:
    assert not LayoutEngine().read(DOCUMENT, [], SPEC).candidates
    assert not LayoutEngine().read(DOCUMENT, [], load_spec("contract")).candidates
