"""The rules that an answer to a question is held to, as a spec's `[rules]` says them."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from pydantic import BaseModel, ConfigDict, Field

from extractor.field_specs.names import Language, Name, Spelling


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(_Strict):
    """A field says something: one of `values`, or anything at all where none are named."""

    when: Name
    values: tuple[Name, ...] = ()


class Requirement(Condition):
    """Where the condition holds, these fields must be answered."""

    fields: tuple[Name, ...] = Field(min_length=1)


class Together(_Strict):
    """These fields must be printed in the same text: one page, the words of the question, the policy."""

    fields: tuple[Name, ...] = Field(min_length=2)


VagueWords: TypeAlias = Mapping[Language, tuple[Spelling, ...]]


class Rules(_Strict):
    """What is checked once an answer is there; one that breaks a rule goes to a person."""

    cites: tuple[Name, ...] = ()  # fields that name a clause of the policy, which must exist
    requires: tuple[Requirement, ...] = ()
    together: tuple[Together, ...] = ()
    person: tuple[Condition, ...] = ()  # answers that always go to a person
    vague: VagueWords = Field(default_factory=dict)  # words that no free text may use

    def conditions(self) -> Iterator[tuple[str, Condition]]:
        """Yield every condition with its place in the spec."""
        for index, requirement in enumerate(self.requires):
            yield f"rules.requires.{index}", requirement
        for index, condition in enumerate(self.person):
            yield f"rules.person.{index}", condition

    def named_fields(self) -> Iterator[tuple[str, str]]:
        """Yield the name of every field that a rule is about, with its place in the spec."""
        yield from (("rules.cites", name) for name in self.cites)
        for place, condition in self.conditions():
            yield f"{place}.when", condition.when
        for index, requirement in enumerate(self.requires):
            yield from ((f"rules.requires.{index}.fields", name) for name in requirement.fields)
        for index, together in enumerate(self.together):
            yield from ((f"rules.together.{index}.fields", name) for name in together.fields)
