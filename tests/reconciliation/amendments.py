"""Invented amendments to the invented contract, as documents of their own."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.engines.reading import ChangeKind, Evidence, Scalar
from extractor.extraction.extraction import Amendment, Change, DocumentReference, Leaf, State
from extractor.pages.geometry import Box

JUNE = date(2025, 6, 1)
_NAMING = ("contract_number", "seller_name", "seller_tax_id", "buyer_name", "buyer_tax_id")


def amendment(
    contract: Callable[..., Assessment],
    *,
    number: int = 1,
    since: date | None = JUNE,
    changes: tuple[Change, ...] = (),
    contract_days: tuple[date, ...] = (),
    unread: tuple[str, ...] = (),
    **terms: object,
) -> Assessment:
    """Return an amendment that names the contract and its parties, and has these terms alone."""
    whole = contract()
    silent = {name: None for name in whole.fields if name not in _NAMING}
    made = contract(**{**silent, "effective_date": since, **terms})
    source = f"nachtrag-{number}.pdf"
    extraction = replace(
        made.extraction,
        source=source,
        document=DocumentReference(id=f"sha256:{source}", page_count=1, media_type="application/pdf"),
        amendment=Amendment(
            title=f"Nachtrag {number}",
            number=number,
            changes=changes,
            contract_days=contract_days,
            unread=unread,
        ),
    )
    return replace(made, extraction=extraction)


def change(
    kind: ChangeKind, before: Scalar, after: Scalar, *clauses: str, quote: str = "… wird ersetzt …"
) -> Change:
    """Return a change that a sentence of an amendment makes."""
    leaf = Leaf(
        value=after, state=State.FOUND, text=str(after), clause="§ 1", quote=quote,
        evidence=Evidence(page=1, boxes=(Box(1.0, 1.0, 9.0, 9.0),)),
    )  # fmt: skip
    return Change(kind=kind, before=before, after=leaf, clauses=clauses)


def history(leaf: Leaf) -> list[tuple[Scalar | None, date | None]]:
    """Return a term's versions with their first days, the last one first."""
    return [(each.value, each.since) for each in (leaf, *leaf.earlier)]


def price(row: str, amount: str, **cells: Scalar) -> dict[str, Scalar]:
    """Return a row of the price list."""
    return {"description": row, "unit_price": Decimal(amount), **cells}
