"""Two readings of a field side by side: which of their values belong together, and which say the same."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from extractor.extraction.agreement import is_same_account, says_same
from extractor.extraction.extraction import ABSENT, FieldValue, Group, Leaf, Table
from extractor.field_specs.spec import FieldSpec, FieldType

_ACCOUNT = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two leaves that stand for one value. Either may be without one."""

    path: str
    mine: Leaf
    theirs: Leaf
    is_same: bool

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

    Tables of the same number of rows are compared row by row, in all columns that either has.
    Accounts are compared by their numbers where both have one.
    """
    if isinstance(mine, Leaf) and isinstance(theirs, Leaf):
        return (Pair(path=name, mine=mine, theirs=theirs, is_same=says_same(mine, theirs, field)),)
    if isinstance(mine, Group) and isinstance(theirs, Group):
        shared = mine.members.keys() & theirs.members.keys()
        return tuple(_members(f"{name}.", mine, theirs, field, shared & {_ACCOUNT} or shared))
    if isinstance(mine, Table) and isinstance(theirs, Table) and len(mine.rows) == len(theirs.rows):
        return tuple(
            pair
            for index, (row, other) in enumerate(zip(mine.rows, theirs.rows, strict=True))
            for pair in _members(f"{name}[{index}].", row, other, field, row.members.keys() | other.members)
        )
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


def _members(
    lead: str, mine: Group, theirs: Group, field: FieldSpec, names: Collection[str]
) -> Iterator[Pair]:
    for name in (each for each in field.columns if each in names):
        one, other = mine.members.get(name, ABSENT), theirs.members.get(name, ABSENT)
        yield Pair(path=f"{lead}{name}", mine=one, theirs=other, is_same=_is_same(name, one, other, field))


def _is_same(name: str, one: Leaf, other: Leaf, field: FieldSpec) -> bool:
    if field.type is FieldType.ACCOUNT and name == _ACCOUNT and None not in (one.value, other.value):
        return is_same_account(str(one.value), str(other.value))
    return says_same(one, other, field.columns[name])
