"""What holds where a second engine has read the document that a person would have to look at.

The rule, for each value; of tables whose rows fit, for each cell:

1. Only the second has a value: it holds. Unless something proves it, a person must look, for a
   single engine that was asked because another found nothing is no proof. At rows, always.
2. Both say the same: the first's value and place hold, and it is surer (`Proof.SECOND`). Of a text that
   goes on further for one of them rule 3 says which is shown.
3. They differ: a person must look (`WITNESS_MISMATCH`). What is shown is the first's value where
   it is stored, or proven by sums, words or check digits. Else the second's, where it stands on the
   page and with it a proof holds, or where it is trusted more (`trust.py`).
4. Of what the second says nothing, the doubt stays, unless something proves it now: that the rest was
   read well does not tell of it. A value that money hangs on is in doubt by this alone.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby

from extractor.assessment.review import is_key
from extractor.cascade.pairs import Pair, account_in, leaves_in, pairs_of
from extractor.cascade.trust import PROVING, is_proven, stands_on_page, trust_of
from extractor.extraction.coded import surer
from extractor.extraction.extraction import ABSENT, Extraction, FieldValue, Group, Leaf, State, Table
from extractor.field_specs.spec import Spec
from extractor.validation.figures import printed
from extractor.validation.finding import Finding, FindingCode
from extractor.validation.proofs import Proofs
from extractor.validation.rule import finding, readable
from extractor.values.text import squeeze

# Path in the merged reading, path in the first, mine, theirs → whether theirs is to be shown.
_Takes = Callable[[str, str, FieldValue, FieldValue], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """One extraction of two, how they differ, and by path what only the second has.

    `compared` are the paths of which the second says something.
    """

    extraction: Extraction
    differences: tuple[Finding, ...]
    filled: Mapping[str, FieldValue]
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
    given = {name: second.fields[name] for name in spec.fields if _has_value(second.fields.get(name))}
    both = {name: (first.fields[name], given[name]) for name in given if _has_value(first.fields[name])}
    pairs = {name: pairs_of(name, *values, spec.fields[name]) for name, values in both.items()}
    every = tuple(chain.from_iterable(pairs.values()))

    def laid_over(takes: _Takes) -> dict[str, FieldValue]:
        seen = {name: _laid_over(name, *values, pairs[name], takes) for name, values in both.items()}
        return {**first.fields, **given, **seen}

    trial = laid_over(lambda _, first_path, mine, __: not is_proven(first_path, mine, proofs))
    proven = prove(replace(first, fields=trial))
    trust = trust_of(every, proofs)

    def is_better(path: str, first_path: str, mine: FieldValue, theirs: FieldValue) -> bool:
        if is_proven(first_path, mine, proofs) or not stands_on_page(theirs):
            return False
        return is_proven(path, theirs, proven) or trust.prefers(theirs, mine)

    fields = laid_over(is_better)
    same = {name for name, values in both.items() if _say_the_same(*values, pairs[name])}
    witnesses = dict(first.witnesses)
    for name, (_, theirs) in both.items():
        if name in same:
            witnesses[name] = (*witnesses.get(name, ()), *_agreeing(fields[name], theirs))
        elif fields[name] is theirs:
            witnesses.pop(name, None)  # the first's; what they differ in is told below
    return Merged(
        extraction=replace(first, fields=fields, witnesses=witnesses),
        differences=tuple(
            _difference(name, *values, pairs[name]) for name, values in both.items() if name not in same
        ),
        filled={name: value for name, value in given.items() if name not in both}
        | {
            pair.path: pair.theirs
            for pair in every
            if pair.mine.value is None and pair.theirs.value is not None
        },
        compared=frozenset(given).union(pair.first_path for pair in every if pair.is_compared),
    )


def unconfirmed(merged: Merged, proofs: Proofs, *, engine: str) -> Iterator[Finding]:
    """Yield a finding for each value that only the second engine has, and that nothing proves."""
    for path, value in merged.filled.items():
        if isinstance(value, Table) or not is_proven(path, value, proofs):
            yield finding(
                FindingCode.LOW_CONFIDENCE,
                path,
                f"{readable(path)} {_shown(value)} was read by the engine {engine} alone.",
            )


def still_doubted(merged: Merged, earlier: Sequence[Finding], proofs: Proofs) -> Iterator[Finding]:
    """Yield the doubts of the first reading that neither the second nor a proof has settled."""
    for each in earlier:
        path = each.field or ""
        is_open = path not in merged.compared and not proofs.get(path, frozenset()) & PROVING
        if each.code is FindingCode.LOW_CONFIDENCE and is_open:
            yield each


def unsupported(merged: Merged, proofs: Proofs, *, asked: Spec, engine: str) -> Iterator[Finding]:
    """Yield a finding for each key value that nothing proves, and of which the second said nothing."""
    for name in asked.fields:
        value = merged.extraction.fields[name]
        is_open = _has_value(value) and name not in merged.compared and not is_proven(name, value, proofs)
        if is_open and is_key(name, asked):
            yield finding(
                FindingCode.LOW_CONFIDENCE,
                name,
                f"{readable(name)} {_shown(value)} was not found by the engine {engine}, and is not proven.",
            )


def _has_value(value: FieldValue | None) -> bool:
    return value is not None and any(leaf.value is not None for leaf in leaves_in(value))


def _say_the_same(mine: FieldValue, theirs: FieldValue, pairs: Sequence[Pair]) -> bool:
    if isinstance(mine, Table) and isinstance(theirs, Table) and len(mine.rows) != len(theirs.rows):
        return False
    return bool(pairs) and not any(pair.differs for pair in pairs)


def _laid_over(
    name: str, mine: FieldValue, theirs: FieldValue, pairs: Sequence[Pair], takes: _Takes
) -> FieldValue:
    """Return the first's value with what the second says the same, has alone, or says better."""
    if isinstance(mine, Table) and pairs:
        return replace(mine, rows=tuple(_rows(pairs, takes)))
    if not _say_the_same(mine, theirs, pairs):
        return theirs if takes(name, name, mine, theirs) else mine
    if isinstance(mine, Leaf) and isinstance(theirs, Leaf):
        return _same(pairs[0], takes)
    if isinstance(mine, Group):
        same = {pair.column: _confirmed(pair.mine, pair.theirs) for pair in pairs if pair.is_same}
        return replace(mine, members={**mine.members, **same})
    return mine


def _rows(pairs: Sequence[Pair], takes: _Takes) -> Iterator[Group]:
    for _, cells in groupby(pairs, key=lambda pair: pair.path.rpartition(".")[0]):
        shown = {pair.column: _cell(pair, takes) for pair in cells}
        yield Group(
            members={column: leaf for column, leaf in shown.items() if leaf is not ABSENT}, state=State.FOUND
        )


def _cell(pair: Pair, takes: _Takes) -> Leaf:
    if pair.theirs.value is None:
        return pair.mine
    if pair.mine.value is None:
        return pair.theirs
    if pair.is_same:
        return _same(pair, takes)
    return pair.theirs if takes(pair.path, pair.first_path, pair.mine, pair.theirs) else pair.mine


def _same(pair: Pair, takes: _Takes) -> Leaf:
    """Return what both say: a text that goes on further for one of them, as the better one has it."""
    one, other = pair.mine.value, pair.theirs.value
    if isinstance(one, str) and isinstance(other, str):
        is_longer = squeeze(one).casefold() != squeeze(other).casefold()
        if is_longer and takes(pair.path, pair.first_path, pair.mine, pair.theirs):
            return _confirmed(pair.theirs, pair.mine)
    return _confirmed(pair.mine, pair.theirs)


def _confirmed(mine: Leaf, theirs: Leaf) -> Leaf:
    return replace(surer(mine, theirs), repeats=mine.repeats + 1)


def _agreeing(mine: FieldValue, theirs: FieldValue) -> tuple[Leaf, ...]:
    """Return the second reading as a witness for the first, with the value that both mean."""
    one, other = account_in(mine), account_in(theirs)
    if one is None or other is None or one.value is None:
        return ()
    return (replace(other, value=one.value),)


def _difference(name: str, mine: FieldValue, theirs: FieldValue, pairs: Sequence[Pair]) -> Finding:
    """Return how two values of a field differ, told of the first place where they do."""
    pair = next((pair for pair in pairs if pair.differs), None)
    if pair is None:
        said = f"{readable(name)} has {_shown(mine)}, but a second engine reads {_shown(theirs)}"
        return finding(FindingCode.WITNESS_MISMATCH, name, f"{said}.")
    said = (
        f"{readable(pair.path)} is {printed(pair.mine)}, but the engine {pair.theirs.engine} reads "
        f"{printed(pair.theirs)}"
    )
    is_cell = "[" in pair.path
    return finding(FindingCode.WITNESS_MISMATCH, pair.path if is_cell else name, f"{said}.")


def _shown(value: FieldValue) -> str:
    if isinstance(value, Table):
        return f"({len(value.rows)} rows)"
    return ", ".join(printed(leaf) for leaf in leaves_in(value) if leaf.value is not None)
