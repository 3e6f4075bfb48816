"""What holds where a second engine has read the fields that the first was missing or unsure of.

The rule, field by field:

1. Only the second has a value: it holds. Unless something proves it, a person must look, for a
   single engine that was asked because another found nothing is no proof. Rows of a table always.
2. Both say the same: the first's value and place hold, and it is surer (`Proof.SECOND`).
3. They differ: a person must look (`WITNESS_MISMATCH`). What is shown is the first's value where
   it is stored, or proven by sums, words or check digits. Else the second's, where it stands on the
   page and with it a proof holds, or where it is surer than the first and as sure as alone it must be.
4. Of what the second says nothing, the doubt stays, unless something proves it now: that the rest was
   read well does not tell of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean

from extractor.extraction.agreement import is_same_account, says_same
from extractor.extraction.coded import surer
from extractor.extraction.extraction import Extraction, FieldValue, Group, Leaf, Table
from extractor.field_specs.spec import ColumnSpec, FieldSpec, FieldType, Spec
from extractor.validation.figures import printed
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proof, Proofs
from extractor.validation.rule import finding, readable

_PROVING = frozenset({Proof.SUM, Proof.CHECK_DIGIT, Proof.WORDS, Proof.TERM})
_ACCOUNT = "account"
_SURE_ALONE = 0.90  # of 1: most values in doubt are right all the same, so a guess does not replace them


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One extraction of two, how they differ, and which fields only the second has.

    `compared` are the paths of which the second says something.
    """

    extraction: Extraction
    differences: tuple[Finding, ...]
    filled: tuple[str, ...]
    compared: frozenset[str]


def with_second(
    first: Extraction,
    second: Extraction,
    *,
    spec: Spec,
    proofs: Proofs,
    prove: Callable[[Extraction], Proofs],
) -> Merged:
    """Merge two readings of one document. The first carries its confidences, and `proofs` are its own.

    `second` has only the fields that were asked for; `prove` tells what proves an extraction.
    """
    given = {name: value for name, value in second.fields.items() if _has_value(value)}
    known = {name for name in given if _has_value(first.fields[name])}
    differing = {
        name: where
        for name in known
        if (where := _difference(name, first.fields[name], given[name], spec.fields[name])) is not None
    }
    open_to_change = {name for name in differing if not _is_proven(name, first.fields[name], proofs)}
    filled = given.keys() - known
    trial = {name: given[name] for name in filled | open_to_change}
    proven = prove(replace(first, fields={**first.fields, **trial}))
    fields, witnesses = dict(first.fields), dict(first.witnesses)
    for name, theirs in given.items():
        mine, field = first.fields[name], spec.fields[name]
        if name in filled:
            fields[name] = theirs
        elif name not in differing:
            fields[name] = _surer(mine, theirs, field)
            witnesses[name] = (*witnesses.get(name, ()), *_agreeing(fields[name], theirs))
        elif name in open_to_change and _is_better(theirs, mine, is_proven=_is_proven(name, theirs, proven)):
            fields[name] = theirs
            witnesses.pop(name, None)  # the first's; what they differ in is told below
    return Merged(
        extraction=replace(first, fields=fields, witnesses=witnesses),
        differences=tuple(differing[name] for name in spec.fields if name in differing),
        filled=tuple(name for name in spec.fields if name in filled),
        compared=frozenset(given).union(
            *(_compared(name, first.fields[name], given[name]) for name in known)
        ),
    )


def unconfirmed(merged: Merged, proofs: Proofs, *, engine: str) -> Iterator[Finding]:
    """Yield a finding for each field that only the second engine has, and that nothing proves."""
    for name in merged.filled:
        value = merged.extraction.fields[name]
        if isinstance(value, Table) or not proofs.get(name, frozenset()) & _PROVING:
            yield finding(
                FindingCode.LOW_CONFIDENCE,
                name,
                f"{readable(name)} {_shown(value)} was read by the engine {engine} alone.",
            )


def still_doubted(merged: Merged, earlier: Sequence[Finding], proofs: Proofs) -> Iterator[Finding]:
    """Yield the doubts of the first reading that neither the second nor a proof has settled."""
    for each in earlier:
        path = each.field or ""
        is_open = path not in merged.compared and not proofs.get(path, frozenset()) & _PROVING
        if each.code is FindingCode.LOW_CONFIDENCE and is_open:
            yield each


def _compared(name: str, mine: FieldValue, theirs: FieldValue) -> Iterator[str]:
    for path, both in (_pairs(name, mine, theirs) or {}).items():
        if all(leaf.value is not None for leaf in both):
            yield path


def _has_value(value: FieldValue) -> bool:
    return any(leaf.value is not None for leaf in _leaves(value))


def _leaves(value: FieldValue) -> Iterator[Leaf]:
    if isinstance(value, Leaf):
        yield value
    elif isinstance(value, Group):
        yield from value.members.values()
    else:
        for row in value.rows:
            yield from row.members.values()


def _is_proven(name: str, value: FieldValue, proofs: Proofs) -> bool:
    """Say whether a value is stored as data, or proven; a table by its rows' sum."""
    is_stored = any(leaf.value is not None and leaf.is_stored for leaf in _leaves(value))
    return is_stored or bool(proofs.get(name, frozenset()) & _PROVING)


def _is_better(theirs: FieldValue, mine: FieldValue, *, is_proven: bool) -> bool:
    """Say whether another value is to be shown instead of an unproven one."""
    if not all(_stands_on_page(leaf) for leaf in _leaves(theirs)):
        return False
    if is_proven:
        return True
    scores = [leaf.score for leaf in _leaves(theirs) if leaf.value is not None]
    sure = [leaf.confidence or 0.0 for leaf in _leaves(mine) if leaf.value is not None]
    return fmean(scores) > max(fmean(sure), _SURE_ALONE)


def _stands_on_page(leaf: Leaf) -> bool:
    return leaf.value is None or (leaf.evidence is not None and bool(leaf.evidence.boxes))


def _difference(name: str, mine: FieldValue, theirs: FieldValue, field: FieldSpec) -> Finding | None:
    """Return how two values of a field differ, None where they say the same."""
    pairs = _pairs(name, mine, theirs)
    if pairs is None:
        return _mismatch(
            name, f"{readable(name)} has {_shown(mine)}, but a second engine reads {_shown(theirs)}"
        )
    for path, (one, other), column in ((path, both, _column(path, field)) for path, both in pairs.items()):
        if one.value is not None and other.value is not None and not _is_same(one, other, column, field):
            said = f"{readable(path)} is {printed(one)}, but the engine {other.engine} reads {printed(other)}"
            return _mismatch(path.partition(".")[0] if "[" not in path else path, said)
    return None


def _pairs(name: str, mine: FieldValue, theirs: FieldValue) -> Mapping[str, tuple[Leaf, Leaf]] | None:
    """Return what is to be the same, by path; None where there is nothing to set side by side."""
    if isinstance(mine, Leaf) and isinstance(theirs, Leaf):
        return {name: (mine, theirs)}
    if isinstance(mine, Group) and isinstance(theirs, Group):
        if _ACCOUNT in mine.members and _ACCOUNT in theirs.members:
            return {f"{name}.{_ACCOUNT}": (mine.members[_ACCOUNT], theirs.members[_ACCOUNT])}
        return _members(f"{name}.", mine, theirs) or None
    if isinstance(mine, Table) and isinstance(theirs, Table) and len(mine.rows) == len(theirs.rows):
        return {
            path: both
            for index, (row, other) in enumerate(zip(mine.rows, theirs.rows, strict=True))
            for path, both in _members(f"{name}[{index}].", row, other).items()
        }
    return None


def _members(lead: str, mine: Group, theirs: Group) -> dict[str, tuple[Leaf, Leaf]]:
    shared = [member for member in mine.members if member in theirs.members]
    return {f"{lead}{member}": (mine.members[member], theirs.members[member]) for member in shared}


def _column(path: str, field: FieldSpec) -> ColumnSpec:
    return field.columns.get(path.rpartition(".")[2], field) if "." in path else field


def _is_same(one: Leaf, other: Leaf, column: ColumnSpec, field: FieldSpec) -> bool:
    if field.type is FieldType.ACCOUNT and column is field.columns.get(_ACCOUNT):
        return is_same_account(str(one.value), str(other.value))
    return says_same(one, other, column)


def _surer(mine: FieldValue, theirs: FieldValue, field: FieldSpec) -> FieldValue:
    """Return the first's value, surer by a second reading that says the same."""
    if isinstance(mine, Leaf) and isinstance(theirs, Leaf):
        return _confirmed(mine, theirs)
    if isinstance(mine, Group) and isinstance(theirs, Group):
        return _surer_group(mine, theirs, field)
    if isinstance(mine, Table) and isinstance(theirs, Table):
        rows = tuple(_surer_group(*both, field) for both in zip(mine.rows, theirs.rows, strict=True))
        return replace(mine, rows=rows)
    return mine


def _surer_group(mine: Group, theirs: Group, field: FieldSpec) -> Group:
    members = {
        name: _confirmed(leaf, theirs.members[name])
        if name in theirs.members and _is_same(leaf, theirs.members[name], field.columns[name], field)
        else leaf
        for name, leaf in mine.members.items()
    }
    return replace(mine, members=members)


def _confirmed(mine: Leaf, theirs: Leaf) -> Leaf:
    return replace(surer(mine, theirs), repeats=mine.repeats + 1)


def _agreeing(mine: FieldValue, theirs: FieldValue) -> tuple[Leaf, ...]:
    """Return the second reading as a witness for the first, with the value that both mean."""
    if isinstance(mine, Group) and isinstance(theirs, Group):
        one, other = mine.members.get(_ACCOUNT), theirs.members.get(_ACCOUNT)
    elif isinstance(mine, Leaf) and isinstance(theirs, Leaf):
        one, other = mine, theirs
    else:
        return ()
    if one is None or other is None or one.value is None:
        return ()
    return (replace(other, value=one.value),)


def _mismatch(path: str, message: str) -> Finding:
    return finding(FindingCode.WITNESS_MISMATCH, path, f"{message}.")


def _shown(value: FieldValue) -> str:
    if isinstance(value, Table):
        return f"({len(value.rows)} rows)"
    return ", ".join(printed(leaf) for leaf in _leaves(value) if leaf.value is not None)
