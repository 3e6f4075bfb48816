"""Two readings of a field side by side: which of their values belong together, and which say the same."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from extractor.cascade.rows import rows_side_by_side
from extractor.extraction.agreement import is_same_account, says_same
from extractor.extraction.extraction import ABSENT, FieldValue, Group, Leaf, State, Table
from extractor.field_specs.spec import FieldSpec, FieldType

_ACCOUNT = "account"
_NO_ROW = Group(members={}, state=State.ABSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two leaves that stand for one value. Either may be without one.

    `path` is that in the merged reading; the first has the value at `first_path`, which is
    another one where the second has rows before it that the first has missed.
    """

    path: str
    first_path: str
    mine: Leaf
    theirs: Leaf
    is_same: bool

    @property
    def column(self) -> str:
        """Return the name of the member or cell that it is."""
        return self.path.rpartition(".")[2]

    @property
    def is_compared(self) -> bool:
        """Say whether both have a value."""
        return self.mine.value is not None and self.theirs.value is not None

    @property
    def differs(self) -> bool:
        """Say whether both have a value, and not the same."""
        return self.is_compared and not self.is_same


def pairs_of(name: str, mine: FieldValue, theirs: FieldValue, field: FieldSpec) -> tuple[Pair, ...]:
    """Return what is to be the same; empty where there is nothing to set side by side.

    Tables whose rows fit are compared row by row, in all columns that either has. Accounts are
    compared by their numbers where both have one.
    """
    if isinstance(mine, Leaf) and isinstance(theirs, Leaf):
        is_same = says_same(mine, theirs, field)
        return (Pair(path=name, first_path=name, mine=mine, theirs=theirs, is_same=is_same),)
    if isinstance(mine, Group) and isinstance(theirs, Group):
        shared = mine.members.keys() & theirs.members.keys()
        names = shared & {_ACCOUNT} or shared
        return tuple(_members((f"{name}.", f"{name}."), (mine, theirs), field, names))
    if isinstance(mine, Table) and isinstance(theirs, Table):
        return tuple(_cells(name, mine, theirs, field))
    return ()


def leaves_in(value: FieldValue) -> Iterator[Leaf]:
    """Yield every leaf of a field's value, in order."""
    if isinstance(value, Leaf):
        yield value
    elif isinstance(value, Group):
        yield from value.members.values()
    else:
        for row in value.rows:
            yield from row.members.values()


def account_in(value: FieldValue) -> Leaf | None:
    """Return the leaf that a field's value is known by: an account's number, or the value itself."""
    if isinstance(value, Group):
        return value.members.get(_ACCOUNT)
    return value if isinstance(value, Leaf) else None


def _cells(name: str, mine: Table, theirs: Table, field: FieldSpec) -> Iterator[Pair]:
    rows = rows_side_by_side(mine.rows, theirs.rows, field) or ()
    for index, (of_mine, of_theirs) in enumerate(rows):
        row = _NO_ROW if of_mine is None else mine.rows[of_mine]
        other = _NO_ROW if of_theirs is None else theirs.rows[of_theirs]
        leads = (f"{name}[{index}].", f"{name}[{of_mine}].")
        yield from _members(leads, (row, other), field, row.members.keys() | other.members)


def _members(
    leads: tuple[str, str], both: tuple[Group, Group], field: FieldSpec, names: Collection[str]
) -> Iterator[Pair]:
    for name in (each for each in field.columns if each in names):
        mine, theirs = (group.members.get(name, ABSENT) for group in both)
        yield Pair(
            path=f"{leads[0]}{name}",
            first_path=f"{leads[1]}{name}",
            mine=mine,
            theirs=theirs,
            is_same=_is_same(name, mine, theirs, field),
        )


def _is_same(name: str, one: Leaf, other: Leaf, field: FieldSpec) -> bool:
    if field.type is FieldType.ACCOUNT and name == _ACCOUNT and None not in (one.value, other.value):
        return is_same_account(str(one.value), str(other.value))
    return says_same(one, other, field.columns[name])
