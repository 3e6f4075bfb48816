"""The options of one plain field: what each engine's candidates mean, and which one holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from extractor.engines.reading import Candidate, Reading, Scalar
from extractor.extraction.extraction import ABSENT, Leaf, State
from extractor.extraction.interpretation import comparable, interpret, is_derived
from extractor.field_specs.spec import ColumnSpec, FieldType
from extractor.pages.word import Origin

_WORDINGS = frozenset({FieldType.NAME, FieldType.ADDRESS, FieldType.TEXT})
EXACT_ORIGINS = frozenset({Origin.XML})  # nothing had to be recognised there, and it is the invoice itself

_UNREADABLE_LEAD = 0.30  # so much surer than any readable one must a text without a value be
DOUBTED = 0.70  # what the score keeps where another engine reads another value
SAME_PLACE = 0.60  # of the best score: from here on the page is taken to show the exact value
_SHORTENED = 0.60  # of a wording's letters must stand on the page
WITNESS = 0.50  # a reading less sure than this accuses nobody
_CONTRADICTION = 0.10  # two clauses closer than this in score contradict each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One candidate as a value. `key` is equal for readings of the same value."""

    leaf: Leaf
    key: Scalar | None
    engine: str
    is_wording: bool = False  # a name, address or text, which a page may shorten

    @property
    def is_exact(self) -> bool:
        """Say whether the value was stored as data and not read."""
        evidence = self.leaf.evidence
        return evidence is not None and evidence.origin in EXACT_ORIGINS


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The leaf that holds, what other engines read instead, and the codes that say the same."""

    leaf: Leaf
    disputed: tuple[Leaf, ...] = ()
    agreeing: tuple[Leaf, ...] = ()


def is_coded(leaf: Leaf) -> bool:
    """Say whether a leaf was read from a code on the page."""
    return leaf.evidence is not None and leaf.evidence.origin is Origin.CODE


def leaf_of(candidate: Candidate, column: ColumnSpec, reading: Reading) -> Leaf:
    """Interpret one candidate. The leaf is unreadable where the text is no such value."""
    value = candidate.value
    if value is None:
        value = interpret(candidate.text, column, conventions=reading.conventions)
    state = State.UNREADABLE
    if value is not None:
        derived = candidate.is_derived or is_derived(candidate.text, value, column)
        state = State.DERIVED if derived else State.FOUND
    return Leaf(
        value=value,
        state=state,
        text=candidate.text,
        evidence=candidate.evidence,
        engine=reading.engine,
        score=candidate.score,
        margin=candidate.score,
        clause=candidate.clause,
        quote=candidate.quote,
        since=candidate.since,
        earlier=tuple(leaf_of(each, column, reading) for each in candidate.earlier),
    )


def options_of(name: str, column: ColumnSpec, readings: Iterable[Reading]) -> list[Option]:
    """Interpret every candidate of a plain field, engine by engine, best first in each."""
    return [
        option_of(leaf_of(candidate, column, reading), column)
        for reading in readings
        for candidate in reading.candidates.get(name, ())
        if candidate.text.strip() or candidate.value is not None
    ]


def option_of(leaf: Leaf, column: ColumnSpec) -> Option:
    """Return a leaf with the key it is compared by."""
    key = None if leaf.value is None else comparable(leaf.value, column)
    return Option(leaf=leaf, key=key, engine=leaf.engine or "", is_wording=column.type in _WORDINGS)


def choose(options: Sequence[Option], *, clauses: bool = False) -> Choice:
    """Return what holds: exact values first, else the value with the best score.

    Engines that agree on a value make it surer, engines that disagree make it less
    sure. With `clauses`, two clauses that say different things equally surely contradict
    each other.
    """
    readable = [option for option in options if option.key is not None]
    unreadable = next((option for option in options if option.key is None), None)
    if not readable:
        return Choice(leaf=ABSENT if unreadable is None else _unreadable(unreadable))
    exact = next((option for option in readable if option.is_exact), None)
    if exact is not None:
        return _exact_choice(exact, [option for option in readable if not option.is_exact])
    surest = max(option.leaf.score for option in readable)
    if unreadable is not None and unreadable.leaf.score >= surest + _UNREADABLE_LEAD:
        return Choice(leaf=_unreadable(unreadable))
    return _read_choice(readable, clauses=clauses)


def _unreadable(option: Option) -> Leaf:
    return replace(option.leaf, state=State.UNREADABLE, margin=0.0)


def _exact_choice(exact: Option, others: Sequence[Option]) -> Choice:
    """Keep the exact value; take text and place from the page where it shows the same value."""
    leaf = replace(exact.leaf, margin=exact.leaf.score)
    if not others:
        return Choice(leaf=leaf)
    best = max(others, key=lambda option: option.leaf.score)
    bound = best.leaf.score * SAME_PLACE
    for other in others:
        if _shows(other, exact) and other.leaf.score >= bound:
            return Choice(leaf=on_the_page(leaf, other.leaf))
    return Choice(leaf=leaf, disputed=(best.leaf,) if best.leaf.score >= WITNESS else ())


def _shows(shown: Option, exact: Option) -> bool:
    """Say whether the page shows the exact value, be it without the country of an address."""
    if shown.key == exact.key:
        return True
    if not exact.is_wording or not isinstance(shown.key, str) or not isinstance(exact.key, str):
        return False
    shorter, longer = sorted((shown.key, exact.key), key=len)
    return shorter in longer and len(shorter) >= _SHORTENED * len(longer)


def on_the_page(exact: Leaf, shown: Leaf) -> Leaf:
    """Return the exact value with the text and place where a page shows it."""
    if shown.evidence is None or shown.evidence.page is None:
        return exact
    return replace(exact, text=shown.text, evidence=shown.evidence)


def _read_choice(options: Sequence[Option], *, clauses: bool) -> Choice:
    scores = _combined_scores(options)
    ranked = sorted(scores, key=lambda key: -scores[key])
    chosen = ranked[0]
    best = max((option for option in options if option.key == chosen), key=lambda option: option.leaf.score)
    score = scores[chosen]
    margin = score - (scores[ranked[1]] if len(ranked) > 1 else 0.0)
    disputed = _disputed(options, chosen)
    if disputed:
        score *= DOUBTED
    leaf = replace(best.leaf, score=score, margin=max(margin, 0.0), repeats=_repeats(best, options))
    also = _contradicting(best, options) if clauses else ()
    if also:
        leaf = replace(leaf, state=State.CONTRADICTORY, also=also)
    return Choice(leaf=leaf, disputed=disputed)


def _repeats(best: Option, options: Sequence[Option]) -> int:
    """Count the other places and engines with a reading of the same value."""
    return sum(
        option.key == best.key and (option.engine != best.engine or _is_elsewhere(option.leaf, best.leaf))
        for option in options
    )


def _is_elsewhere(leaf: Leaf, other: Leaf) -> bool:
    if leaf.evidence is None or other.evidence is None or leaf.evidence.page != other.evidence.page:
        return True
    return not any(
        box.overlap_x(taken) > 0 and box.overlap_y(taken) > 0
        for box in leaf.evidence.boxes
        for taken in other.evidence.boxes
    )


def _combined_scores(options: Sequence[Option]) -> Mapping[Scalar, float]:
    """Return a value's score: the best of each engine, engines taken as independent."""
    best: dict[Scalar, dict[str, float]] = {}
    for option in options:
        if option.key is not None:
            engines = best.setdefault(option.key, {})
            engines[option.engine] = max(engines.get(option.engine, 0.0), option.leaf.score)
    combined: dict[Scalar, float] = {}
    for key, engines in best.items():
        doubt = 1.0
        for score in engines.values():
            doubt *= 1 - min(max(score, 0.0), 1.0)
        combined[key] = 1 - doubt
    return combined


def _disputed(options: Sequence[Option], chosen: Scalar) -> tuple[Leaf, ...]:
    """Return the best option of every engine that would have chosen another value."""
    disputed = []
    for engine in dict.fromkeys(option.engine for option in options):
        best = max((option for option in options if option.engine == engine), key=lambda o: o.leaf.score)
        if best.key != chosen:
            disputed.append(best.leaf)
    return tuple(disputed)


def _contradicting(best: Option, options: Sequence[Option]) -> tuple[Leaf, ...]:
    """Return what other clauses say instead, one leaf a value.

    An engine that is as sure of another sentence of a clause by the same number speaks of two clauses.
    """
    others: dict[Scalar | None, Leaf] = {}
    for option in options:
        leaf = option.leaf
        if (
            option.key != best.key
            and leaf.clause is not None
            and (leaf.clause != best.leaf.clause or _is_as_sure(leaf, best.leaf))
            and leaf.score >= best.leaf.score - _CONTRADICTION
        ):
            others.setdefault(option.key, leaf)
    return tuple(others.values())


def _is_as_sure(one: Leaf, other: Leaf) -> bool:
    return one.engine == other.engine and one.score == other.score and one.quote != other.quote
