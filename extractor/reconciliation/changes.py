"""Put a figure, or words, in the place of those of a contract, as a sentence of an amendment says.

Of the terms that have the figure, those are meant whose sentence has the words that are replaced, and
whose clause is cited; a price, only where the sentence names its row, or cites it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from extractor.engines.contract.citations import clause_path, is_within
from extractor.engines.reading import ChangeKind
from extractor.extraction.extraction import Change, FieldValue, Group, Leaf, State
from extractor.reconciliation.versions import with_version
from extractor.values.text import fold, has_chinese, squeeze

_FIGURES: dict[ChangeKind, frozenset[str]] = {  # the terms whose figure is one of the kind
    ChangeKind.DAYS: frozenset({"payment_days", "early_payment_discount.days"}),
    ChangeKind.RATE: frozenset(
        {
            "tax_rate", "retention_rate", "agreed_discount.percent", "early_payment_discount.percent",
            "milestones.share", "price_list.tax_rate",
        }
    ),
    ChangeKind.DATE: frozenset({"expiry_date"}),
    ChangeKind.AMOUNT: frozenset(
        {"total_amount", "price_list.unit_price", "milestones.amount", "allowed_fees.amount"}
    ),
}  # fmt: skip
_FEWEST_LETTERS = 4  # of a word that tells whose price is changed
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Term:
    """One value of the contract: its term, where it lies, and the row that it stands in."""

    name: str  # as in `_FIGURES`
    field: str
    row: int | None
    member: str | None
    leaf: Leaf
    cells: Mapping[str, Leaf]


def with_change(fields: Mapping[str, FieldValue], change: Change) -> dict[str, FieldValue]:
    """Return the fields that the change is about, with its value as a version; empty where there is none."""
    changed = dict(fields)
    touched: set[str] = set()
    for term in _meant(list(_terms(fields)), change):
        after = replace(change.after, confidence=term.leaf.confidence)
        if change.kind is ChangeKind.WORDS:
            after = _reworded(term.leaf, str(change.before), after)
        changed[term.field] = _with(changed[term.field], term, with_version(term.leaf, after))
        touched.add(term.field)
    return {name: changed[name] for name in touched}


def _meant(terms: list[_Term], change: Change) -> list[_Term]:
    if change.kind is ChangeKind.WORDS:
        old = squeeze(str(change.before))
        holding = [term for term in terms if _holds_words(term.leaf, old)]
        return [term for term in holding if _is_cited(term, change)] or holding
    named = _FIGURES[change.kind]
    same = [term for term in terms if term.name in named and term.leaf.value == change.before]
    cited = [term for term in same if _is_cited(term, change)]
    return cited or [term for term in same if term.row is None or _is_named(term, change)]


def _is_cited(term: _Term, change: Change) -> bool:
    own = clause_path(term.leaf.clause or "")
    paths = [path for each in change.clauses if (path := clause_path(each))]
    return bool(own) and any(is_within(path, own) or is_within(own, path) for path in paths)


def _holds_words(leaf: Leaf, old: str) -> bool:
    """Say whether the words that are replaced are those of the value: all of its text, or a part of it."""
    text = squeeze(leaf.text or "")
    return bool(text) and (old in text or (text in old and old in squeeze(leaf.quote or "")))


def _is_named(term: _Term, change: Change) -> bool:
    """Say whether the sentence of the change names the item of a row."""
    named = next((term.cells[name] for name in ("description", "name") if name in term.cells), None)
    text = fold(str(named.value)) if named is not None and named.value else ""
    sentence = fold(change.after.quote or "")
    if has_chinese(text):
        return squeeze(text) in squeeze(sentence)
    words = [word for word in _WORD.findall(text) if len(word) >= _FEWEST_LETTERS] or text.split()
    return bool(words) and all(word in sentence for word in words)


def _reworded(before: Leaf, old: str, after: Leaf) -> Leaf:
    """Return the value with the words replaced; where it is no text, nobody knows what it comes to."""
    if isinstance(before.value, str) and before.state is State.FOUND:
        if squeeze(old) == squeeze(before.value):  # an account's number is kept without spaces
            is_tight = not re.search(r"\s", before.value)
            new = str(after.value)
            return replace(after, value="".join(new.split()) if is_tight else new)
        if old in before.value:
            return replace(after, value=before.value.replace(old, str(after.value)))
    return replace(after, value=None, state=State.UNREADABLE)


def _terms(fields: Mapping[str, FieldValue]) -> Iterator[_Term]:
    for name, value in fields.items():
        if isinstance(value, Leaf):
            yield _Term(name=name, field=name, row=None, member=None, leaf=value, cells={})
        elif isinstance(value, Group):
            yield from _members(name, value, row=None)
        else:
            for row, group in enumerate(value.rows):
                yield from _members(name, group, row=row)


def _members(field: str, group: Group, *, row: int | None) -> Iterator[_Term]:
    for member, leaf in group.members.items():
        yield _Term(
            name=f"{field}.{member}", field=field, row=row, member=member, leaf=leaf, cells=group.members
        )


def _with(value: FieldValue, term: _Term, leaf: Leaf) -> FieldValue:
    if isinstance(value, Leaf):
        return leaf
    if isinstance(value, Group):
        return replace(value, members={**value.members, str(term.member): leaf})
    rows = list(value.rows)
    row = rows[term.row or 0]
    rows[term.row or 0] = replace(row, members={**row.members, str(term.member): leaf})
    return replace(value, rows=tuple(rows))
