"""What comes of a question: the answer, each field with where it stands, and what speaks against it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from extractor.asking.given import Printed
from extractor.asking.policy import PolicyClause
from extractor.engines.reading import Scalar


class ObjectionCode(StrEnum):
    """Why an answer goes to a person. Programs branch on these: add, never rename."""

    ANSWER_MISSING = "ANSWER_MISSING"  # a field that the spec or a rule asks for is not answered
    NOT_ALLOWED = "NOT_ALLOWED"  # a choice that the spec does not have
    NOT_GIVEN = "NOT_GIVEN"  # a copied text that stands in nothing that was given
    UNREADABLE = "UNREADABLE"  # a copied text that is no value of its type
    TOO_LONG = "TOO_LONG"
    NO_SUCH_CLAUSE = "NO_SUCH_CLAUSE"
    NOT_TOGETHER = "NOT_TOGETHER"  # fields that must be printed in one text are not
    VAGUE = "VAGUE"
    FOR_A_PERSON = "FOR_A_PERSON"  # the answer itself says so, by a rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """One reason why a person must decide."""

    code: ObjectionCode
    field: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One field of the answer. `value` is what `text` means; None where it is no value of the type.

    `places` are the texts that a copied text stands in, `clause` is what a citation names.
    """

    text: str
    value: Scalar | None
    probability: float  # of the text, as the model tells it, 0..1
    places: tuple[Printed, ...] = ()
    clause: PolicyClause | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """An answer and what speaks against it. Every field of the spec is there, None where unanswered.

    With objections the answer is no more than a proposal: a person decides.
    """

    spec: str
    engine: str
    question: str
    files: tuple[str, ...]
    policy: str | None
    answer: Mapping[str, Said | None]
    objections: tuple[Objection, ...]

    @property
    def needs_person(self) -> bool:
        """Say whether a person must decide."""
        return bool(self.objections)
