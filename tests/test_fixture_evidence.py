"""Every value that is claimed to stand at a place of a shipped fixture does stand there.

The check is independent of the package: it opens the PDF itself, and compares what the
results as users get them claim with the words whose middle lies inside the claimed box.
"""

import copy
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from synthesis.expected import load_expected

import extractor
from extractor.delivery.encoding import encode_assessment, encode_reconciliation

_ALL = load_expected()
_PAIRS = tuple(expected for expected in _ALL if expected.contract)
_SINGLES = tuple(
    expected
    for expected in _ALL
    if not expected.contract and expected.invoices[0]["file"].endswith(".pdf")  # XML has no places
)
_SLACK = 1.0  # points; boxes are rounded to a tenth
_MOST_CHARACTERS_BESIDE = 60  # a box that holds far more than its text proves nothing


@dataclass(frozen=True)
class Claim:
    """What a result says stands somewhere, in the words of the result."""

    file: Path
    trail: str
    said: str
    page: int | None
    boxes: tuple[tuple[float, ...], ...]


def claims(node: object, file: Path, trail: str = "") -> Iterator[Claim]:
    """Yield a claim for each object that names a page and a text, however deep it lies."""
    if isinstance(node, list):
        for index, member in enumerate(node):
            yield from claims(member, file, f"{trail}[{index}]")
    if not isinstance(node, dict):
        return
    said = node.get("quote") or node.get("text")
    if said and "page" in node and node.get("origin", "text_layer") == "text_layer":
        box = node.get("box") or []
        boxes = box if box and isinstance(box[0], list) else [box] if box else []
        yield Claim(file, trail, str(said), node["page"], tuple(tuple(corners) for corners in boxes))
    for name, member in node.items():
        yield from claims(member, file, f"{trail}.{name}" if trail else name)


def fault_of(claim: Claim) -> str | None:
    """Return what is wrong with a claim, None if it is proven."""
    pages = _words(claim.file)
    if not claim.boxes:
        return "has no box"
    if claim.page is None or not 1 <= claim.page <= len(pages):
        return f"names page {claim.page} of {len(pages)}"
    inside = [
        text
        for x, y, text in pages[claim.page - 1]
        if any(
            x0 - _SLACK <= x <= x1 + _SLACK and y0 - _SLACK <= y <= y1 + _SLACK
            for x0, y0, x1, y1 in claim.boxes
        )
    ]
    there, said = _squeezed("".join(inside)), _squeezed(claim.said)
    if said not in there and sorted(said) != sorted(there):
        return f"box holds {' '.join(inside)[:80]!r}"
    if len(there) > 4 * len(said) + _MOST_CHARACTERS_BESIDE:
        return f"box holds {len(there)} characters"
    return None


def _holds(box: tuple[float, ...], x: float, y: float) -> bool:
    x0, y0, x1, y1 = box
    return x0 - _SLACK <= x <= x1 + _SLACK and y0 - _SLACK <= y <= y1 + _SLACK


@cache
def _words(file: Path) -> list[list[tuple[float, float, str]]]:
    """Return the middle and text of each word, page by page."""
    with pymupdf.open(file) as opened:  # type: ignore[no-untyped-call]  # PyMuPDF has no annotations here
        return [
            [((word[0] + word[2]) / 2, (word[1] + word[3]) / 2, word[4]) for word in page.get_text("words")]
            for page in opened
        ]


def _squeezed(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(
        "-" if unicodedata.category(mark) == "Pd" else mark for mark in folded if not mark.isspace()
    )


def _reconciliation_claims(encoded: dict[str, Any], contract: Path, invoices: list[Path]) -> Iterator[Claim]:
    yield from claims(encoded["contract"], contract, "contract")
    for invoice, file in zip(encoded["invoices"], invoices, strict=True):
        yield from claims(invoice, file, "invoice")
    for check in encoded["checks"]:
        yield from claims(check.get("agreed"), contract, f"{check['code']}.agreed")
        yield from claims(check.get("billed"), invoices[check.get("invoice") or 0], f"{check['code']}.billed")


@pytest.mark.parametrize("pair", _PAIRS, ids=lambda pair: pair.name)
def test_every_claim_about_a_pair_is_proven(pair: Any) -> None:  # noqa: ANN401 - pytest's parameter
    contract, invoices = pair.path(pair.contract), [pair.path(entry) for entry in pair.invoices]
    encoded = encode_reconciliation(extractor.reconcile(invoices, contract))
    made = list(_reconciliation_claims(encoded, contract, invoices))
    assert len(made) >= 40
    assert [(claim, fault) for claim in made if (fault := fault_of(claim))] == []


@pytest.mark.parametrize("single", _SINGLES, ids=lambda single: single.name)
@pytest.mark.parametrize("engine", ["auto", "layout"])
def test_every_claim_about_a_single_invoice_is_proven(single: Any, engine: str) -> None:  # noqa: ANN401 - as above
    file = single.path(single.invoices[0])
    (assessment,) = extractor.extract(file, engine=engine)
    made = list(claims(encode_assessment(assessment)["fields"], file))
    assert made
    assert [(claim, fault) for claim in made if (fault := fault_of(claim))] == []


@pytest.fixture(scope="module")
def example() -> tuple[Path, dict[str, Any]]:
    file = _SINGLES[0].path(_SINGLES[0].invoices[0])
    (assessment,) = extractor.extract(file, engine="layout")
    fields = encode_assessment(assessment)["fields"]
    assert isinstance(fields, dict)
    return file, fields


def test_a_shifted_box_is_caught(example: tuple[Path, dict[str, Any]]) -> None:
    file, fields = example
    moved = copy.deepcopy(fields)
    for name in ("invoice_number", "seller_name", "gross_amount"):
        x0, y0, x1, y1 = moved[name]["box"]
        moved[name]["box"] = [x0, y0 + 14, x1, y1 + 14]
    wrong = {claim.trail for claim in claims(moved, file) if fault_of(claim)}
    assert wrong == {"invoice_number", "seller_name", "gross_amount"}


def test_a_changed_text_is_caught(example: tuple[Path, dict[str, Any]]) -> None:
    file, fields = example
    changed = copy.deepcopy(fields)
    changed["gross_amount"]["text"] = changed["gross_amount"]["text"].replace("4", "7")
    assert [claim.trail for claim in claims(changed, file) if fault_of(claim)] == ["gross_amount"]


def test_a_changed_quote_is_caught() -> None:
    pair = _PAIRS[0]
    assert pair.contract
    contract = pair.path(pair.contract)
    (assessment,) = extractor.extract(contract, spec="contract")
    terms: Any = copy.deepcopy(encode_assessment(assessment)["fields"])
    terms["payment_days"]["quote"] = terms["payment_days"]["quote"].replace("20", "60")
    assert [claim.trail for claim in claims(terms, contract) if fault_of(claim)] == ["payment_days"]


def test_another_page_is_caught(example: tuple[Path, dict[str, Any]]) -> None:
    file, fields = example
    changed = copy.deepcopy(fields)
    changed["gross_amount"]["page"] = 2
    assert [claim.trail for claim in claims(changed, file) if fault_of(claim)] == ["gross_amount"]


def test_a_box_around_the_whole_page_is_caught(example: tuple[Path, dict[str, Any]]) -> None:
    file, fields = example
    changed = copy.deepcopy(fields)
    changed["gross_amount"]["box"] = [0, 0, 595, 842]
    assert [claim.trail for claim in claims(changed, file) if fault_of(claim)] == ["gross_amount"]


def test_a_missing_box_is_caught(example: tuple[Path, dict[str, Any]]) -> None:
    file, fields = example
    changed = copy.deepcopy(fields)
    changed["gross_amount"]["box"] = []
    assert [claim.trail for claim in claims(changed, file) if fault_of(claim)] == ["gross_amount"]
