"""A party as it stands in the text: the name, what the contract calls it, its role and tax id."""

from dataclasses import dataclass

from extractor.engines.contract.clauses import Clause
from extractor.engines.contract.passages import Passage
from extractor.engines.contract.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a passage in a clause; `value` where it is not as printed."""

    clause: Clause
    passage: Passage
    start: int
    end: int
    value: str | None = None

    @property
    def text(self) -> str:
        """Return the stretch, plain."""
        return self.passage.text[self.start : self.end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One party. `is_certain` says that its role stands in so many words."""

    name: Place
    defined_term: str | None
    role: Role
    is_certain: bool
    score: float
    tax_id: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A paragraph of the opening, with its clause."""

    clause: Clause
    passage: Passage


def place_in(spot: Spot, span: tuple[int, int]) -> Place:
    """Return a stretch of the paragraph as a place."""
    return Place(clause=spot.clause, passage=spot.passage, start=span[0], end=span[1])
