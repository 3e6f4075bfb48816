"""An invoice's extraction by hand: leaves, rows and the fields around them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from extractor.engines.reading import Evidence
from extractor.extraction.extraction import (
    ABSENT,
    DocumentReference,
    Extraction,
    FieldValue,
    Group,
    Leaf,
    Part,
    State,
    Table,
)
from extractor.field_specs.load import load_spec
from extractor.pages.geometry import Box
from extractor.pages.word import Origin

SPEC = load_spec("invoice")


def leaf(
    value: str | Decimal | date,
    *,
    text: str | None = None,
    score: float = 0.95,
    margin: float = 0.5,
    repeats: int = 0,
    origin: Origin = Origin.TEXT_LAYER,
) -> Leaf:
    """Return a value found on page 1."""
    return Leaf(
        value=value,
        state=State.FOUND,
        text=str(value) if text is None else text,
        evidence=Evidence(page=1, boxes=(Box(1, 1, 2, 2),), origin=origin),
        score=score,
        margin=margin,
        repeats=repeats,
    )


def rows(*cells: Mapping[str, Leaf]) -> Table:
    """Return a table of such rows."""
    return Table(rows=tuple(Group(members=row, state=State.FOUND) for row in cells), state=State.FOUND)


def line(quantity: str, unit_price: str, net_amount: str) -> dict[str, Leaf]:
    """Return the figures of a line."""
    figures = {"quantity": quantity, "unit_price": unit_price, "net_amount": net_amount}
    return {name: leaf(Decimal(figure)) for name, figure in figures.items()}


def extraction(
    fields: Mapping[str, FieldValue] | None = None,
    /,
    *,
    witnesses: Mapping[str, tuple[Leaf, ...]] | None = None,
    **more: FieldValue,
) -> Extraction:
    """Return an invoice over 119.00 whose sums hold, with these fields instead of its own."""
    known: dict[str, FieldValue] = {
        "invoice_number": leaf("R-1"),
        "issue_date": leaf(date(2025, 3, 3)),
        "seller_name": leaf("Quendelmoor Lampen GmbH"),
        "buyer_name": leaf("Ostrach Hotelbetriebe AG"),
        "currency": leaf("EUR"),
        "net_amount": leaf(Decimal("100.00")),
        "tax_amount": leaf(Decimal("19.00")),
        "gross_amount": leaf(Decimal("119.00")),
        **(fields or {}),
        **more,
    }
    return Extraction(
        source="a.pdf",
        document=DocumentReference(id="sha256:0", page_count=1, media_type="application/pdf"),
        part=Part(pages=(1,)),
        spec="invoice",
        engine="by hand",
        fields={name: known.get(name, ABSENT) for name in SPEC.fields},
        witnesses=witnesses or {},
    )
