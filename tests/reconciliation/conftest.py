"""An invented contract and an invoice that keeps to it, to be changed one value at a time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias

import pytest

from extractor.assessment.assessment import Assessment, Review
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
from extractor.reconciliation.check import Reconciliation
from extractor.reconciliation.policy_file import load_policy
from extractor.reconciliation.reconcile import reconcile
from extractor.validation.validate import validate

Scalar: TypeAlias = str | Decimal | date
Plain: TypeAlias = (
    Scalar | Mapping[str, Scalar | None] | Sequence[Mapping[str, Scalar | None]] | FieldValue | None
)

CONTRACT: dict[str, Plain] = {
    "contract_number": "K-2041/25",
    "seller_name": "Quendelmoor Lampen GmbH",
    "seller_tax_id": "DE136695976",
    "buyer_name": "Ostrach Hotelbetriebe AG",
    "buyer_tax_id": "DE129273398",
    "effective_date": date(2025, 1, 1),
    "expiry_date": date(2025, 12, 31),
    "currency": "EUR",
    "total_amount": Decimal("5000.00"),
    "price_list": [
        {
            "description": "Pendelleuchte", "specification": "E27, 400 mm", "unit": "Stück",
            "unit_price": Decimal("50.00"), "tax_included": "false", "quantity": Decimal(40),
        },
        {
            "description": "Tischleuchte", "specification": "E14, schwarz", "unit": "Stück",
            "unit_price": Decimal("20.00"), "tax_included": "false", "quantity": Decimal(100),
        },
    ],
    "tax_rate": Decimal(19),
    "invoice_type_required": "commercial",
    "payment_days": Decimal(30),
    "payment_trigger": "invoice_date",
    "bank_account": {"bank": "Bank am Moor", "account": "DE02120300000000202051"},
    "agreed_discount": None,
    "retention_rate": None,
    "milestones": [],
    "allowed_fees": [],
}  # fmt: skip
BILL: dict[str, Plain] = {
    "invoice_type": "commercial",
    "invoice_number": "R-7001",
    "issue_date": date(2025, 3, 3),
    "due_date": date(2025, 4, 2),
    "currency": "EUR",
    "seller_name": "Quendelmoor Lampen GmbH",
    "seller_tax_id": "DE136695976",
    "seller_bank_account": {"bank": "Bank am Moor", "account": "DE02 1203 0000 0000 2020 51"},
    "buyer_name": "Ostrach Hotelbetriebe AG",
    "buyer_tax_id": "DE129273398",
    "contract_number": "K-2041/25",
    "payment_terms": "zahlbar innerhalb von 30 Tagen",
    "net_amount": Decimal("700.00"),
    "tax_amount": Decimal("133.00"),
    "gross_amount": Decimal("833.00"),
    "amount_due": Decimal("833.00"),
    "remarks": "Lieferdatum: 28.02.2025, Lieferschein LS-5512",
    "line_items": [
        {
            "description": "Pendelleuchte", "specification": "E27, 400 mm", "quantity": Decimal(10),
            "unit": "Stk.", "unit_price": Decimal("50.00"), "net_amount": Decimal("500.00"),
            "tax_rate": Decimal(19),
        },
        {
            "description": "Tischleuchte", "specification": "E14, schwarz", "quantity": Decimal(10),
            "unit": "Stk.", "unit_price": Decimal("20.00"), "net_amount": Decimal("200.00"),
            "tax_rate": Decimal(19),
        },
    ],
}  # fmt: skip

MakeAssessment: TypeAlias = Callable[..., Assessment]
Compare: TypeAlias = Callable[..., Reconciliation]


@pytest.fixture(scope="session")
def contract() -> MakeAssessment:
    """Return a maker of contracts: the invented one with the given terms changed."""

    def make(**changes: Plain) -> Assessment:
        return _assessment("contract", "k.pdf", {**CONTRACT, **changes}, clause="§ 3 Abs. 1")

    return make


@pytest.fixture(scope="session")
def bill() -> MakeAssessment:
    """Return a maker of invoices: the invented one with the given fields changed."""

    def make(*, origin: Origin = Origin.TEXT_LAYER, **changes: Plain) -> Assessment:
        fields = {**BILL, **changes}
        return _assessment("invoice", f"{fields['invoice_number']}.pdf", fields, clause=None, origin=origin)

    return make


@pytest.fixture(scope="session")
def compare() -> Compare:
    """Return the reconciliation under the shipped policy."""
    policy = load_policy(None)

    def run(*invoices: Assessment, contract: Assessment) -> Reconciliation:
        return reconcile(invoices, contract, policy=policy)

    return run


def _assessment(
    spec_name: str,
    source: str,
    plain: Mapping[str, Plain],
    *,
    clause: str | None,
    origin: Origin = Origin.TEXT_LAYER,
) -> Assessment:
    spec = load_spec(spec_name)
    fields = {name: _field(plain.get(name), clause=clause, origin=origin) for name in spec.fields}
    extraction = Extraction(
        source=source,
        document=DocumentReference(id=f"sha256:{source}", page_count=1, media_type="application/pdf"),
        part=Part(pages=(1,)),
        spec=spec_name,
        engine="by hand",
        fields=fields,
        witnesses={},
    )
    findings = tuple(validate(extraction, spec=spec)) if spec_name == "invoice" else ()
    return Assessment(extraction=extraction, findings=findings, review=Review(required=False), timings_ms={})


def _field(value: Plain, *, clause: str | None, origin: Origin) -> FieldValue:
    if isinstance(value, Leaf | Group | Table):
        return value
    if isinstance(value, Mapping):
        return _group(value, clause=clause, origin=origin)
    if isinstance(value, Sequence) and not isinstance(value, str):
        rows = tuple(_group(row, clause=clause, origin=origin) for row in value)
        return Table(rows=rows, state=State.FOUND if rows else State.ABSENT)
    return _leaf(value, clause=clause, origin=origin)


def _group(members: Mapping[str, Scalar | None], *, clause: str | None, origin: Origin) -> Group:
    leaves = {
        name: _leaf(value, clause=clause, origin=origin)
        for name, value in members.items()
        if value is not None
    }
    return Group(members=leaves, state=State.FOUND)


def _leaf(value: Scalar | None, *, clause: str | None, origin: Origin) -> Leaf:
    if value is None:
        return ABSENT
    leaf = Leaf(
        value=value,
        state=State.FOUND,
        text=str(value),
        evidence=Evidence(page=1, boxes=(Box(10.0, 10.0, 50.0, 20.0),), origin=origin),
        score=0.9,
        margin=0.5,
    )
    return leaf if clause is None else replace(leaf, clause=clause, quote=f"… {value} …")
