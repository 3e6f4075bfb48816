"""Structured fields: bank accounts and groups from their parts, tables from their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extractor.engines.reading import Candidate, CandidateRow, Reading, Scalar
from extractor.extraction.coded_accounts import account_beside_codes
from extractor.extraction.extraction import Group, Leaf, State, Table
from extractor.extraction.interpretation import comparable, interpret_account_number
from extractor.extraction.options import EXACT_ORIGINS, leaf_of, on_the_page
from extractor.extraction.printed_account import split_account
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType
from extractor.pages.word import Origin

_ABSENT_GROUP = Group(members={}, state=State.ABSENT)
_ACCOUNT = "account"


def read_group(name: str, field: FieldSpec, readings: Sequence[Reading]) -> tuple[Group, tuple[Leaf, ...]]:
    """Return a bank account or group, the exact one first, else the surest; and what codes say of it.

    Where a page shows the same group as the exact one, its places are taken, and members
    that only the page has. A code picks among the accounts that a page shows; one that it
    does not show is against it, and holds only where it shows none.
    """
    groups = [
        (candidate, group)
        for reading in readings
        for candidate in reading.candidates.get(name, ())
        if (group := _group(candidate, field, reading)).members
    ]
    coded = [group for candidate, group in groups if candidate.evidence.origin is Origin.CODE]
    engines = {leaf.engine for group in coded for leaf in group.members.values()}
    read, printed = [], []
    for candidate, group in groups:
        if not any(leaf.engine in engines for leaf in group.members.values()):
            read.append((candidate, group))
        elif candidate.evidence.origin is not Origin.CODE:
            printed.append(group)
    chosen = _without_codes(read, field)
    if not coded:
        return chosen, ()
    return account_beside_codes(chosen, [group for _, group in read], coded, printed)


def _without_codes(groups: Sequence[tuple[Candidate, Group]], field: FieldSpec) -> Group:
    if not groups:
        return _ABSENT_GROUP
    exact = [group for candidate, group in groups if candidate.evidence.origin in EXACT_ORIGINS]
    if exact:
        shown = [group for candidate, group in groups if candidate.evidence.origin not in EXACT_ORIGINS]
        same = next((other for other in shown if _agree(exact[0], other, field)), None)
        return exact[0] if same is None else _with_places(exact[0], same, field)
    candidate, chosen = max(groups, key=lambda pair: pair[0].score)
    others = [other.score for other, group in groups if not _agree(chosen, group, field)]
    margin = max(candidate.score - max(others, default=0.0), 0.0)
    return replace(
        chosen, members={key: replace(leaf, margin=margin) for key, leaf in chosen.members.items()}
    )


def read_table(name: str, field: FieldSpec, readings: Sequence[Reading]) -> Table:
    """Return a table's rows: those of the first engine that has any, exact ones before all.

    A candidate without rows is where the document says that there are none.
    """
    tables = [
        tuple(row for each in reading.tables[name] if (row := _row(each, field, reading)).members)
        for reading in sorted(readings, key=lambda reading: not _has_exact_rows(reading, name))
        if name in reading.tables
    ]
    filled = [rows for rows in tables if rows]
    if filled:
        rows, *others = filled
        for other in others:
            rows = _rows_with_places(rows, other, field)
        return Table(rows=rows, state=State.FOUND)
    for reading in readings:
        for candidate in reading.candidates.get(name, ()):
            place = replace(leaf_of(candidate, field, reading), state=State.FOUND)
            return Table(rows=(), state=State.FOUND, place=place)
    return Table(rows=(), state=State.ABSENT)


def _group(candidate: Candidate, field: FieldSpec, reading: Reading) -> Group:
    parts: Mapping[str, Candidate] = candidate.parts
    if not parts and field.type is FieldType.ACCOUNT:
        parts = {key: replace(candidate, text=text) for key, text in split_account(candidate.text).items()}
    elif not parts:
        parts = dict.fromkeys(field.columns, candidate)
    members = _members(parts, field, reading)
    if not candidate.parts:
        members = {key: leaf for key, leaf in members.items() if leaf.value is not None}
    cited = {
        key: replace(leaf, clause=leaf.clause or candidate.clause, quote=leaf.quote or candidate.quote)
        for key, leaf in members.items()
    }
    return Group(members=cited, state=_state_of(cited))


def _row(row: CandidateRow, field: FieldSpec, reading: Reading) -> Group:
    members = _members(row.cells, field, reading)
    return Group(members=members, state=_state_of(members))


def _members(parts: Mapping[str, Candidate], field: FieldSpec, reading: Reading) -> dict[str, Leaf]:
    """Interpret the parts that the spec knows, in its order; what is empty is left out."""
    return {
        name: _member(name, parts[name], column, field, reading)
        for name, column in field.columns.items()
        if name in parts and (parts[name].text.strip() or parts[name].value is not None)
    }


def _member(name: str, part: Candidate, column: ColumnSpec, field: FieldSpec, reading: Reading) -> Leaf:
    if field.type is FieldType.ACCOUNT and name == _ACCOUNT and part.value is None:
        number = interpret_account_number(part.text)
        if number is not None:
            part = replace(part, value=number)
    return leaf_of(part, column, reading)


def _state_of(members: Mapping[str, Leaf]) -> State:
    if any(leaf.value is not None for leaf in members.values()):
        return State.FOUND
    return State.UNREADABLE if members else State.ABSENT


def _agree(first: Group, second: Group, field: FieldSpec) -> bool:
    """Say whether two groups mean the same: by the account number where there is one."""
    if field.type is FieldType.ACCOUNT and _ACCOUNT in first.members and _ACCOUNT in second.members:
        return _key(first, _ACCOUNT, field) == _key(second, _ACCOUNT, field)
    shared = first.members.keys() & second.members.keys()
    return bool(shared) and all(_key(first, name, field) == _key(second, name, field) for name in shared)


def _key(group: Group, name: str, field: FieldSpec) -> Scalar | None:
    leaf = group.members.get(name)
    return None if leaf is None or leaf.value is None else comparable(leaf.value, field.columns[name])


def _with_places(exact: Group, shown: Group, field: FieldSpec) -> Group:
    """Return the exact group with the places of equal members, and members only the page has."""
    members = _cells_with_places(exact, shown, field).members
    added = {name: leaf for name, leaf in shown.members.items() if name not in members}
    both = {**members, **added}
    return replace(exact, members={name: both[name] for name in field.columns if name in both})


def _has_exact_rows(reading: Reading, name: str) -> bool:
    return any(
        cell.evidence.origin in EXACT_ORIGINS
        for row in reading.tables.get(name, ())
        for cell in row.cells.values()
    )


def _rows_with_places(
    rows: tuple[Group, ...], shown: tuple[Group, ...], field: FieldSpec
) -> tuple[Group, ...]:
    """Give exact rows the places of the page's rows that say the same, each used once."""
    if not any(_is_exact(leaf) for row in rows for leaf in row.members.values()):
        return rows
    free = dict(enumerate(shown))
    placed = []
    for index, row in enumerate(rows):
        alike = {other: _alike(row, group, field) for other, group in free.items()}
        best = max(alike, key=lambda other: (alike[other], -abs(other - index)), default=None)
        if best is None or not alike[best]:
            placed.append(row)
            continue
        placed.append(_cells_with_places(row, free.pop(best), field))
    return tuple(placed)


def _alike(row: Group, other: Group, field: FieldSpec) -> int:
    return sum(
        _key(row, name, field) == _key(other, name, field) for name in row.members if name in other.members
    )


def _cells_with_places(row: Group, shown: Group, field: FieldSpec) -> Group:
    members = {
        name: on_the_page(leaf, shown.members[name])
        if name in shown.members and _key(row, name, field) == _key(shown, name, field)
        else leaf
        for name, leaf in row.members.items()
    }
    return replace(row, members=members)


def _is_exact(leaf: Leaf) -> bool:
    return leaf.evidence is not None and leaf.evidence.origin in EXACT_ORIGINS
