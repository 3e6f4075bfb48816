"""How far a second engine can be trusted on this document, and which of two readings holds where they differ.

An engine's own scores say little: models are sure of their errors. But some values of the first
reading are proven by sums or check digits, so how many of these the second reads the same says how
well it reads this very page. Its score counts like a few such values, and however few were read
otherwise, half an error more is reckoned with.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import fmean

from extractor.cascade.pairs import Pair, leaves_in
from extractor.extraction.extraction import FieldValue, Leaf
from extractor.validation.proofs import Proof, Proofs

PROVING = frozenset({Proof.SUM, Proof.CHECK_DIGIT, Proof.WORDS, Proof.TERM})
_WORTH = 2  # values: what a score counts for
_UNSEEN = 0.5  # of an error
_SURE_ALONE = 0.90  # of 1: most values in doubt are right all the same, so a guess does not replace them


@dataclass(frozen=True, slots=True, kw_only=True)
class Trust:
    """How many proven values the second engine read, too, and how many of them the same."""

    proven: int
    same: int

    def in_leaf(self, leaf: Leaf) -> float:
        """Return how likely a value of the second engine is right, 0..1."""
        return (self.same + _WORTH * leaf.score) / (self.proven + _WORTH + _UNSEEN)

    def prefers(self, theirs: FieldValue, mine: FieldValue) -> bool:
        """Say whether the second's value is to be shown instead of the first's, where none is proven."""
        trusted = [self.in_leaf(leaf) for leaf in leaves_in(theirs) if leaf.value is not None]
        sure = [leaf.confidence or 0.0 for leaf in leaves_in(mine) if leaf.value is not None]
        return fmean(trusted) > max(fmean(sure), _SURE_ALONE)


def trust_of(pairs: Iterable[Pair], proofs: Proofs) -> Trust:
    """Return the trust in the second engine by what the first has proven."""
    proven = [pair for pair in pairs if pair.is_compared and is_proven(pair.first_path, pair.mine, proofs)]
    return Trust(proven=len(proven), same=sum(pair.is_same for pair in proven))


def is_proven(path: str, value: FieldValue, proofs: Proofs) -> bool:
    """Say whether a value is stored as data, or proven. A table's sum proves its rows' net amounts."""
    if any(leaf.value is not None and leaf.is_stored for leaf in leaves_in(value)):
        return True
    table, is_cell, rest = path.partition("[")
    is_summed = bool(is_cell) and rest.endswith("].net_amount")
    return any(proofs.get(each, frozenset()) & PROVING for each in ((path, table) if is_summed else (path,)))


def stands_on_page(value: FieldValue) -> bool:
    """Say whether all that a value says has a place on a page."""
    return all(
        leaf.value is None or (leaf.evidence is not None and bool(leaf.evidence.boxes))
        for leaf in leaves_in(value)
    )
