"""The terms in force on a day: of what was agreed one after the other, what held then."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import FieldValue, Group, Leaf, State, Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Dependence:
    """A value that is agreed differently before and after a day.

    `row` counts from 0 in a table, and is None for a plain term. `is_added` says that nothing was
    agreed before `since`.
    """

    term: str
    row: int | None
    name: str  # of the value within its term: "unit_price"
    leaf: Leaf
    since: date
    is_added: bool


def first_days(contract: Assessment) -> frozenset[date]:
    """Return the days from which amendments of the contract hold; none where it was never changed."""
    changed = {
        leaf.since
        for value in contract.fields.values()
        for leaf in _leaves(value)
        if leaf.since and leaf.earlier
    }
    added = {
        day
        for value in contract.fields.values()
        if isinstance(value, Table)
        for row in value.rows
        if (day := _added(row)) is not None
    }
    return frozenset(changed | added)


def version_on(contract: Assessment, day: date | None) -> Assessment:
    """Return the contract with each term as in force on a day.

    On an unknown day a term that was changed contradicts itself, so that nothing is passed on it.
    """
    fields = {name: _on(value, day) for name, value in contract.fields.items()}
    return replace(contract, extraction=replace(contract.extraction, fields=fields))


def dependences(contract: Assessment) -> Iterator[Dependence]:
    """Yield what is agreed differently from some day on, in the order of the terms."""
    for term, value in contract.fields.items():
        if isinstance(value, Table):
            for index, row in enumerate(value.rows):
                yield from _row_dependences(term, index, row)
        else:
            members = {term: value} if isinstance(value, Leaf) else value.members
            yield from _changed(term, None, members)


def _row_dependences(term: str, index: int, row: Group) -> Iterator[Dependence]:
    added = _added(row)
    if added is not None:
        name, leaf = next(iter(row.members.items()))
        yield Dependence(term=term, row=index, name=name, leaf=leaf, since=added, is_added=True)
    else:
        yield from _changed(term, index, row.members)


def _changed(term: str, row: int | None, members: Mapping[str, Leaf]) -> Iterator[Dependence]:
    for name, leaf in members.items():
        if leaf.earlier and leaf.since:
            yield Dependence(term=term, row=row, name=name, leaf=leaf, since=leaf.since, is_added=False)


def _on(value: FieldValue, day: date | None) -> FieldValue:
    if isinstance(value, Leaf):
        return _leaf_on(value, day)
    if isinstance(value, Group):
        return _group_on(value, day)
    rows = tuple(_row_on(row, day) for row in value.rows)
    is_none = bool(rows) and not any(row.members for row in rows)
    return replace(value, rows=rows, state=State.ABSENT if is_none else value.state)


def _row_on(row: Group, day: date | None) -> Group:
    """Return a row as in force; empty, at its place, before the day from which it was agreed first."""
    added = _added(row)
    if added is not None and day is not None and day < added:
        return replace(row, members={})
    return _group_on(row, day)


def _added(row: Group) -> date | None:
    """Return the day from which an amendment added a row; None where it was agreed from the first."""
    days = [leaf.since for leaf in row.members.values()]
    if any(leaf.earlier for leaf in row.members.values()):
        return None
    return min((day for day in days if day), default=None) if all(days) else None


def _group_on(group: Group, day: date | None) -> Group:
    members = {name: _leaf_on(leaf, day) for name, leaf in group.members.items()}
    held = {name: leaf for name, leaf in members.items() if leaf.state is not State.ABSENT}
    return replace(group, members=held, state=group.state if held else State.ABSENT)


def _leaf_on(leaf: Leaf, day: date | None) -> Leaf:
    if not leaf.earlier:
        return leaf
    if day is None:
        return replace(leaf, state=State.CONTRADICTORY, also=(*leaf.also, *leaf.earlier))
    return next(
        (each for each in (leaf, *leaf.earlier) if each.since is None or each.since <= day), leaf.earlier[-1]
    )


def _leaves(value: FieldValue) -> Iterator[Leaf]:
    if isinstance(value, Leaf):
        yield value
    elif isinstance(value, Group):
        yield from value.members.values()
    elif isinstance(value, Table):
        for row in value.rows:
            yield from row.members.values()
