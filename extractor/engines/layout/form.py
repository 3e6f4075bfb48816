"""Read a form: every field of a spec from labelled sheets, in the order of dependence."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from extractor.engines.layout.cells import Cell, Sheet
from extractor.engines.layout.header_fields import dated_numbers, labelled_candidates, lone_dates
from extractor.engines.layout.items import Items, read_items
from extractor.engines.layout.labelled import LabelledSheet, label
from extractor.engines.layout.lexicon import squeezed
from extractor.engines.layout.parties import read_parties
from extractor.engines.layout.spec_labels import SpecLabels, labels_of
from extractor.engines.layout.tables.rows import read_tables
from extractor.engines.layout.total_rows import amounts_in, read_total_rows
from extractor.engines.layout.totals import DUE, GROSS, NET, TAX, choose_totals
from extractor.engines.reading import Candidate, CandidateRow, Reading
from extractor.field_specs.spec import FieldSpec, FieldType, Spec
from extractor.values.amounts import parse_amount
from extractor.values.conventions import Conventions

_TOTALS = frozenset({NET, TAX, GROSS, DUE})
_ITEMS = "line_items"


def read_form(sheets: Sequence[Sheet], spec: Spec, *, conventions: Conventions, engine: str) -> Reading:
    """Return the candidates of every field of the spec."""
    labels = _labels(spec.name, _SpecKey(spec))
    pages = [label(sheet, labels.fields) for sheet in sheets]
    items = _items(pages, labels, spec, conventions)
    candidates = _plain_fields(pages, spec, conventions)
    candidates |= read_parties(pages, spec, conventions)
    tables: dict[str, tuple[CandidateRow, ...]] = {_ITEMS: items.rows} if items.rows else {}
    total_rows = read_total_rows(
        pages, is_item=items.places, columns=items.columns, conventions=conventions
    )
    totals = choose_totals(total_rows.candidates, extras=total_rows.extras, lines_sum=items.net_sum)
    for name, chosen in totals.chosen.items():
        rest = tuple(each.candidate for each in totals.ranked.get(name, ()) if each is not chosen)
        candidates[name] = (chosen.candidate, *rest)
    return Reading(
        engine=engine,
        candidates={name: found for name, found in candidates.items() if found},
        tables=tables,
        conventions=conventions,
    )


def _plain_fields(
    pages: Sequence[LabelledSheet], spec: Spec, conventions: Conventions
) -> dict[str, tuple[Candidate, ...]]:
    titles = frozenset(squeezed(title)[0] for group in spec.recognise.values() for title in group)
    found: dict[str, tuple[Candidate, ...]] = {}
    for name, field in spec.fields.items():
        if name in _TOTALS or field.type is FieldType.TABLE:
            continue
        found[name] = tuple(labelled_candidates(pages, name, field, conventions, titles=titles))
    if "issue_date" in spec.fields and "invoice_number" in spec.fields:
        dates = [*found["issue_date"], *dated_numbers(pages, "invoice_number", conventions)]
        if not dates:
            dates = list(lone_dates(pages, conventions))
        found["issue_date"] = tuple(sorted(dates, key=lambda each: -each.score))
    return found


def _items(
    pages: Sequence[LabelledSheet], labels: SpecLabels, spec: Spec, conventions: Conventions
) -> Items:
    field = spec.fields.get(_ITEMS)
    if field is None:
        return Items()
    by_cell = {(page.sheet.page.number, cell.row): page for page in pages for cell in page.sheet.cells}

    def is_end(row: Sequence[Cell]) -> bool:
        page = by_cell[row[0].page, row[0].row]
        return _is_total_row(page, row, conventions)

    def is_number(text: str) -> bool:
        return parse_amount(text, decimal_mark=conventions.decimal_mark) is not None

    tables = read_tables(
        [page.sheet for page in pages], labels.tables[_ITEMS], is_end=is_end, is_number=is_number
    )
    return read_items(tables, field.columns, conventions=conventions)


def _is_total_row(page: LabelledSheet, row: Sequence[Cell], conventions: Conventions) -> bool:
    """Say whether a row begins with a total's label and has amounts behind it."""
    for cell in row[:2]:
        for hit in page.hits_of(cell):
            before = cell.text[: hit.start]
            if _TOTALS & set(hit.names) and not any(character.isalpha() for character in before):
                return bool(amounts_in(row, conventions))
    return False


class _SpecKey:
    """A spec that caches by identity: specs are immutable and few."""

    def __init__(self, spec: Spec) -> None:
        self.spec = spec

    def __hash__(self) -> int:
        return id(self.spec)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _SpecKey) and other.spec is self.spec


@lru_cache(maxsize=32)
def _labels(_: str, key: _SpecKey) -> SpecLabels:
    return labels_of(key.spec)
