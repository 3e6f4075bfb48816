"""Lay what an amendment says, a document of its own, on the terms of the contract that it changes.

Both are kept: the contract's term is a version before the amendment's first day. What comes from an
amendment carries its title in the clause, and the file it stands in.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from extractor.assessment.assessment import Assessment
from extractor.extraction.extraction import ABSENT, Amending, Change, FieldValue, Group, Leaf, State, Table
from extractor.reconciliation.changes import with_change
from extractor.reconciliation.likeness import wording_score
from extractor.reconciliation.versions import group_with_version, with_version
from extractor.values.text import squeeze

_NOT_CHANGED = frozenset(  # in an amendment these are its own, or name the contract
    {
        "contract_number", "title", "parties", "seller_name", "buyer_name", "signing_date", "effective_date",
        "governing_law",
    }
)  # fmt: skip
_SAME_WARE = 0.92  # likeness of two rows' wordings: one ware in other words
_FEWEST_SIGNS = 4  # of a wording that may stand in a longer one
_NAMES = ("description", "specification", "name")


def first_day(amendment: Assessment) -> date | None:
    """Return the day from which an amendment holds: as said, else the day on which it was signed."""
    for name in ("effective_date", "signing_date"):
        leaf = amendment.extraction.leaf(name)
        if isinstance(leaf.value, date):
            return None if leaf.state is State.CONTRADICTORY else leaf.value
    return None


def in_order(amendments: Sequence[Assessment]) -> list[Assessment]:
    """Return amendments as they follow each other: by first day, then number; undated ones last."""
    return sorted(
        amendments,
        key=lambda each: (
            first_day(each) or date.max,
            _number(each),
            title_of(each),
            each.extraction.document.id,
            each.extraction.part.index,
        ),
    )


def amended(contract: Assessment, amendments: Sequence[Assessment]) -> Assessment:
    """Return the contract with the terms of its amendments laid on, whatever the order given."""
    fields = dict(contract.fields)
    laid_on: list[Amending] = []
    for amendment in in_order(amendments):
        since = first_day(amendment)
        unplaced = _lay_on(fields, amendment, since)
        extraction = amendment.extraction
        laid_on.append(
            Amending(
                source=extraction.source,
                document=extraction.document,
                title=title_of(amendment),
                since=since,
                unplaced=tuple(unplaced),
            )
        )
    extraction = replace(
        contract.extraction, fields=fields, amended_by=(*contract.extraction.amended_by, *laid_on)
    )
    return replace(contract, extraction=extraction)


def title_of(amendment: Assessment) -> str:
    """Return what an amendment is cited by: "Amendment No. 2"."""
    said = amendment.extraction.amendment
    return said.title if said is not None else amendment.source


def _number(amendment: Assessment) -> int:
    said = amendment.extraction.amendment
    return (said.number if said is not None else None) or 0


def _lay_on(fields: dict[str, FieldValue], amendment: Assessment, since: date | None) -> list[Change]:
    """Lay an amendment on the fields; return the changes that are of nothing in them."""
    cite = _Citing(source=amendment.source, title=title_of(amendment), since=since)
    original = dict(fields)
    unplaced = _replace_figures(fields, amendment, cite)
    for name, said in amendment.fields.items():
        before = fields.get(name)
        if name in _NOT_CHANGED or before is None or said.state is State.ABSENT:
            continue
        if name == "currency" and said.state is State.DERIVED:
            continue  # of some amount in it, and not agreed as such
        if not _repeats(original[name], said):
            fields[name] = _with(before, said, cite)
    return unplaced


def _replace_figures(fields: dict[str, FieldValue], amendment: Assessment, cite: "_Citing") -> list[Change]:
    """Put in place what sentences replace; return the changes that are of nothing in the fields."""
    said = amendment.extraction.amendment
    unplaced = []
    for change in said.changes if said is not None else ():
        changed = with_change(fields, replace(change, after=cite.leaf(change.after)))
        fields.update(changed)
        if not changed:
            unplaced.append(change)
    return unplaced


def _with(before: FieldValue, said: FieldValue, cite: "_Citing") -> FieldValue:
    if isinstance(before, Leaf) and isinstance(said, Leaf):
        return with_version(before, cite.leaf(said))
    if isinstance(before, Group) and isinstance(said, Group):
        return group_with_version(before, cite.group(said), since=cite.since)
    if isinstance(before, Table) and isinstance(said, Table):
        return _table(before, said, cite)
    return before


def _repeats(before: FieldValue, said: FieldValue) -> bool:
    """Say whether an amendment only tells what was agreed before it, which it may replace elsewhere."""
    if isinstance(before, Leaf) and isinstance(said, Leaf):
        return with_version(before, said) is before
    if isinstance(before, Group) and isinstance(said, Group):
        return group_with_version(before, said, since=None) is before
    return False


class _Citing:
    """Gives what stands in an amendment its file, its title in the clause, and its day."""

    def __init__(self, *, source: str, title: str, since: date | None) -> None:
        self.since = since
        self._source, self._title = source, title

    def leaf(self, leaf: Leaf) -> Leaf:
        return replace(
            leaf,
            source=self._source,
            clause=f"{self._title}, {leaf.clause}" if leaf.clause else self._title,
            since=leaf.since or self.since,
            also=tuple(map(self.leaf, leaf.also)),
            earlier=tuple(map(self.leaf, leaf.earlier)),
        )

    def group(self, group: Group) -> Group:
        return replace(group, members={name: self.leaf(leaf) for name, leaf in group.members.items()})


def _table(before: Table, said: Table, cite: _Citing) -> Table:
    """Return the rows with an amendment's: as versions of the rows of the same wares, or behind them."""
    if not said.rows:
        is_first = before.state is State.ABSENT
        return (
            replace(said, place=None if said.place is None else cite.leaf(said.place)) if is_first else before
        )
    rows = list(before.rows)
    for row in map(cite.group, said.rows):
        known = _same_ware(row, rows[: len(before.rows)])
        if known is None:
            rows.append(row)
        else:
            rows[known] = _row(rows[known], row)
    return replace(before, rows=tuple(rows), state=State.FOUND)


def _row(before: Group, later: Group) -> Group:
    changed = {
        name: with_version(before.members.get(name, ABSENT), leaf)
        for name, leaf in later.members.items()
        if name not in _NAMES
    }
    return replace(before, members={**before.members, **changed})


def _same_ware(row: Group, rows: Sequence[Group]) -> int | None:
    exact = [place for place, each in enumerate(rows) if _key(each.members) == _key(row.members)]
    if exact:
        return exact[0]
    scores = [wording_score(_wording(row.members), _wording(each.members)) for each in rows]
    best = max(range(len(rows)), key=lambda place: scores[place], default=None)
    if best is not None and scores[best] >= _SAME_WARE and scores.count(scores[best]) == 1:
        return best
    keys = [_key(each.members) for each in rows]
    own = _key(row.members)  # the article, perhaps in more words than the contract's
    held = [place for place, key in enumerate(keys) if len(key) >= _FEWEST_SIGNS and key in own]
    return held[0] if len(held) == 1 else None


def _key(members: Mapping[str, Leaf]) -> str:
    return squeeze(" ".join(_texts(members)))


def _wording(members: Mapping[str, Leaf]) -> tuple[str, str]:
    first, *others = [*_texts(members), ""]
    return first, " ".join(others).strip()


def _texts(members: Mapping[str, Leaf]) -> Iterator[str]:
    return (str(members[name].value) for name in _NAMES if name in members and members[name].value)
