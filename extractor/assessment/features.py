"""What is known about each value that was read, as numbers: what the confidence model looks at.

Nothing here knows a supplier or a wording: how sure the engine was, what proves the
value, what it is made of, where it stands, and how well the rest of the document was read.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

import numpy as np
from numpy.typing import NDArray

from extractor.assessment import surroundings
from extractor.assessment.surroundings import Surroundings
from extractor.extraction.extraction import Extraction, FieldValue, Group, Leaf, State, Table
from extractor.field_specs.spec import FieldType, Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proof, Proofs
from extractor.values.dates import find_dates
from extractor.values.names import comparable_name, without_legal_form
from extractor.values.numerals import find_counts

_ITEMS = "line_items"
_TOTALS = ("net_amount", "tax_amount", "gross_amount")
_NUMBER = re.compile(r"[-−]?[\d\s.,'’]*\d")
_OPEN = (",", "，", "(", "（", "-", "–", "/", "&", "+", ":", "：")  # a text that ends so goes on
_SIGNS = frozenset("@|·•/")
_RIVALS = {"seller_name": "buyer_name", "buyer_name": "seller_name"}
_MOST = 60.0  # characters: longer texts are all alike
_FIELDS = (
    *("invoice_type", "invoice_number", "issue_date", "due_date", "currency", "seller_name", "seller_tax_id"),
    *("seller_address", "seller_bank_account", "buyer_name", "buyer_tax_id", "purchase_order_number"),
    *("contract_number", "payment_terms", "net_amount", "tax_amount", "gross_amount", "amount_due"),
    *("amount_in_words", "remarks", "tax_breakdown.rate", "tax_breakdown.base", "tax_breakdown.tax"),
    *("line_items.description", "line_items.specification", "line_items.product_code"),
    *("line_items.quantity", "line_items.unit", "line_items.unit_price", "line_items.net_amount"),
    *("line_items.tax_rate", "line_items.tax_amount"),
)
_ALIKE = {Proof.FORM: Proof.CHECK_DIGIT}  # a wrong digit that is printed is not misread; findings tell of it
_OF_VALUE = (
    *("score", "margin", "repeats", "is_derived", "is_recognised", "is_generated"),
    *("characters", "digits", "words", "capitals", "has_colon", "has_sign", "begins_small", "has_legal_form"),
    *("begins_with_digit", "is_open", "has_stop", "is_number", "places", "dates", "counts"),
    *("lines", "height", "left", "top", "page", "shares_place", "is_last_page", "rival_in_domain"),
)
_OF_TABLE = (
    *("is_cell", "rows", "columns", "column_filled", "column_same"),
    *("rows_proven", "is_row_proven", "row_filled"),
)
_OF_DOCUMENT = ("pages", "fields", "totals_proven", "items_proven", "findings", "is_of_clauses")
NAMES: tuple[str, ...] = (
    *_OF_VALUE,
    *surroundings.NAMES,
    *_OF_TABLE,
    *_OF_DOCUMENT,
    *(f"proof.{proof}" for proof in Proof),
    *(f"type.{kind}" for kind in FieldType),
    *(f"field.{name}" for name in _FIELDS),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One value with its path, and the field and column that it is of."""

    path: str
    field: str
    column: str
    leaf: Leaf


def known_values(extraction: Extraction) -> Iterator[Known]:
    """Yield every value that was read, in the order of the spec. Members of a group have the group's path."""
    for name, value in extraction.fields.items():
        if isinstance(value, Table):
            for index, row in enumerate(value.rows):
                for column, leaf in row.members.items():
                    if _is_read(leaf):
                        yield Known(path=f"{name}[{index}].{column}", field=name, column=column, leaf=leaf)
        else:
            leaves = value.members.values() if isinstance(value, Group) else (value,)
            yield from (
                Known(path=name, field=name, column="", leaf=leaf) for leaf in leaves if _is_read(leaf)
            )


def features_of(
    known: Sequence[Known],
    extraction: Extraction,
    *,
    findings: Sequence[Finding],
    proofs: Proofs,
    spec: Spec,
    pages: Sequence[Page] = (),
) -> NDArray[np.float32]:
    """Return a row of numbers for each value, in the order of `NAMES`."""
    heights = [box.height for each in known for box in _boxes(each.leaf)]
    usual = median(heights) if heights else 1.0
    places: dict[object, set[str]] = {}
    for each in known:
        places.setdefault(each.leaf.evidence, set()).add(each.path)
    tables = {name: _of_table(name, value, proofs) for name, value in extraction.fields.items()}
    of_document = _of_document(extraction, findings, proofs, spec)
    shared = [of_document.get(name, 0.0) for name in NAMES]
    rows: list[list[float]] = []
    around = list(Surroundings(pages).of([each.leaf for each in known]))
    in_domain = {each.field for each, beside in zip(known, around, strict=True) if beside.get("in_domain")}
    for each, beside in zip(known, around, strict=True):
        row = shared.copy()
        value = _of_value(each.leaf, usual=usual, pages=extraction.part.pages)
        for of_one in (beside, value, tables[each.field].get(each.path, {})):
            for name, number in of_one.items():
                row[_PLACES[name]] = number
        row[_PLACES["rival_in_domain"]] = float(_RIVALS.get(each.field) in in_domain)
        row[_PLACES["shares_place"]] = float(len(places[each.leaf.evidence]) > 1)
        kind = spec.fields[each.field]
        column = f".{each.column}" if each.column else ""
        for name in (
            f"type.{kind.columns[each.column].type if each.column in kind.columns else kind.type}",
            f"field.{each.field}{column}",
            *(f"proof.{_ALIKE.get(proof, proof)}" for proof in proofs.get(each.path, ())),
        ):
            if name in _PLACES:  # a user's spec has fields of its own
                row[_PLACES[name]] = 1.0
        rows.append(row)
    return np.array(rows, dtype=np.float32).reshape(len(known), len(NAMES))


_PLACES = {name: place for place, name in enumerate(NAMES)}


def _is_read(leaf: Leaf) -> bool:
    return leaf.value is not None and leaf.state not in (State.ABSENT, State.UNREADABLE)


def _boxes(leaf: Leaf) -> Sequence[Box]:
    return leaf.evidence.boxes if leaf.evidence is not None else ()


def _of_value(leaf: Leaf, *, usual: float, pages: Sequence[int]) -> dict[str, float]:
    text = leaf.text or str(leaf.value)
    letters = list(filter(str.isalpha, text))
    evidence = leaf.evidence
    origin = evidence.origin if evidence is not None else Origin.TEXT_LAYER
    page = evidence.page if evidence is not None else None
    boxes = evidence.boxes if evidence is not None else ()
    return {
        "score": leaf.score,
        "margin": leaf.margin,
        "repeats": float(min(leaf.repeats, 3)),
        "is_derived": float(leaf.state is State.DERIVED),
        "is_recognised": float(origin is Origin.OCR),
        "is_generated": float(origin is Origin.MODEL),
        "characters": min(len(text), _MOST),
        "digits": float(sum(map(str.isdigit, text))),
        "words": float(min(len(text.split()), 12)),
        "capitals": sum(map(str.isupper, letters)) / len(letters) if letters else 0.0,
        "has_colon": float(":" in text or "：" in text),
        "has_sign": float(not _SIGNS.isdisjoint(text)),
        "begins_small": float(text[:1].islower()),
        "begins_with_digit": float(text[:1].isdigit()),
        "is_open": float(text.rstrip().endswith(_OPEN)),
        "has_stop": float(text.rstrip().endswith((".", "。", "!", "！"))),
        "is_number": float(_NUMBER.fullmatch(text) is not None),
        "places": _places(leaf),
        "dates": float(min(len(find_dates(text)), 3)),
        "counts": float(min(len(find_counts(text)), 3)),
        "has_legal_form": float(has_legal_form(text)),
        "lines": float(len(boxes)),
        "height": boxes[0].height / usual if boxes and usual else 1.0,
        "left": boxes[0].x0 / 600 if boxes else 0.0,
        "top": boxes[0].y0 / 850 if boxes else 0.0,
        "page": float(pages.index(page)) if page in pages else 0.0,
        "is_last_page": float(bool(pages) and page == pages[-1]),
    }


def _places(leaf: Leaf) -> float:
    """Return the decimals of a number."""
    if not isinstance(leaf.value, Decimal) or not leaf.value.is_finite():
        return 0.0
    exponent = leaf.value.as_tuple().exponent
    return float(min(-exponent, 4)) if isinstance(exponent, int) and exponent < 0 else 0.0


def has_legal_form(text: str) -> bool:
    """Say whether a name ends with a company's legal form."""
    name = comparable_name(text)
    return without_legal_form(name) != name


def _of_table(name: str, value: FieldValue, proofs: Proofs) -> Mapping[str, dict[str, float]]:
    """Return what is known of each cell's row and column, by path."""
    if not isinstance(value, Table) or not value.rows:
        return {}
    paths = [[f"{name}[{index}].{column}" for column in row.members] for index, row in enumerate(value.rows)]
    are_proven = [any(Proof.SUM in proofs.get(path, ()) for path in row) for row in paths]
    filled: dict[str, list[str]] = {}
    for row in value.rows:
        for column, leaf in row.members.items():
            if leaf.value is not None:
                filled.setdefault(column, []).append(str(leaf.value))
    count = len(value.rows)
    return {
        path: {
            "is_cell": 1.0,
            "rows": float(min(count, 30)),
            "columns": float(len(filled)),
            "column_filled": len(texts) / count,
            "column_same": texts.count(str(leaf.value)) / len(texts) if texts else 0.0,
            "rows_proven": sum(are_proven) / count,
            "is_row_proven": float(is_proven),
            "row_filled": sum(leaf.value is not None for leaf in row.members.values()) / len(filled),
        }
        for row, row_paths, is_proven in zip(value.rows, paths, are_proven, strict=True)
        for (column, leaf), path in zip(row.members.items(), row_paths, strict=True)
        for texts in (filled.get(column, []),)
    }


def _of_document(
    extraction: Extraction, findings: Sequence[Finding], proofs: Proofs, spec: Spec
) -> dict[str, float]:
    totals = [name for name in _TOTALS if extraction.leaf(name).value is not None]
    proven = sum(Proof.SUM in proofs.get(name, ()) for name in totals)
    told = [each for each in findings if each.code is not FindingCode.TAX_ID_CHECKSUM]
    return {
        "pages": float(min(len(extraction.part.pages), 6)),
        "fields": float(sum(value.state is not State.ABSENT for value in extraction.fields.values())),
        "totals_proven": proven / len(totals) if totals else 0.0,
        "items_proven": float(_ITEMS in proofs),
        "findings": float(min(len(told), 5)),
        "is_of_clauses": float(spec.reading == "clauses"),
    }
