"""Hold an answer to the spec's rules. What is found here, no model and no grammar is trusted for."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from extractor.asking.decision import Objection, ObjectionCode, Said
from extractor.asking.given import Given
from extractor.field_specs.rules import Condition
from extractor.field_specs.spec import FieldType, Source, Spec
from extractor.values.text import fold, has_chinese

_NAMES = {Source.FILES: "the files", Source.QUESTION: "the question", Source.POLICY: "the policy"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Case:
    """An answer with all that it is judged by."""

    answer: Mapping[str, Said | None]
    given: Given
    spec: Spec

    def copied(self) -> Iterator[tuple[str, Said]]:
        """Yield every answered field that had to be copied word for word."""
        for name, said in self.answer.items():
            if said is not None and not self.spec.fields[name].decided and name not in self.spec.rules.cites:
                yield name, said

    def holds(self, condition: Condition) -> bool:
        said = self.answer[condition.when]
        return said is not None and (not condition.values or said.value in condition.values)


def objections_to(answer: Mapping[str, Said | None], *, given: Given, spec: Spec) -> tuple[Objection, ...]:
    """Return everything that speaks against the answer, in the order of the rules."""
    case = _Case(answer=answer, given=given, spec=spec)
    return tuple(objection for rule in _RULES for objection in rule(case))


def _not_allowed(case: _Case) -> Iterator[Objection]:
    for name, field in case.spec.fields.items():
        said = case.answer[name]
        if said is not None and field.decided and field.type is FieldType.CHOICE and said.value is None:
            allowed = ", ".join(field.choices)
            yield _objection(
                ObjectionCode.NOT_ALLOWED, name, f"{name} is {said.text!r}; allowed are {allowed}"
            )


def _missing(case: _Case) -> Iterator[Objection]:
    for name, field in case.spec.fields.items():
        if field.required and case.answer[name] is None:
            yield _objection(ObjectionCode.ANSWER_MISSING, name, f"{name} is not answered")


def _required_by_rule(case: _Case) -> Iterator[Objection]:
    told: set[str] = {name for name, field in case.spec.fields.items() if field.required}
    for requirement in case.spec.rules.requires:
        if not case.holds(requirement):
            continue
        said = case.answer[requirement.when]
        why = f"{requirement.when} is {said.text!r}" if said is not None else requirement.when
        for name in requirement.fields:
            if case.answer[name] is None and name not in told:
                told.add(name)
                yield _objection(
                    ObjectionCode.ANSWER_MISSING, name, f"{why}, which needs {name}, and that is not answered"
                )


def _not_given(case: _Case) -> Iterator[Objection]:
    for name, said in case.copied():
        if not said.places:
            where = ", ".join(_NAMES[source] for source in case.spec.fields[name].sources)
            yield _objection(
                ObjectionCode.NOT_GIVEN, name, f"{name} is {said.text!r}, which stands in none of: {where}"
            )


def _unreadable(case: _Case) -> Iterator[Objection]:
    for name, said in case.copied():
        if said.value is None:
            kind = case.spec.fields[name].type
            yield _objection(ObjectionCode.UNREADABLE, name, f"{name} is {said.text!r}, which is no {kind}")


def _too_long(case: _Case) -> Iterator[Objection]:
    for name, text, bound in _free_texts(case):
        if len(text) > bound:
            yield _objection(
                ObjectionCode.TOO_LONG, name, f"{name} has {len(text)} characters; the bound is {bound}"
            )


def _no_such_clause(case: _Case) -> Iterator[Objection]:
    policy = case.given.policy
    for name in case.spec.rules.cites:
        said = case.answer[name]
        if said is None or said.clause is not None:
            continue
        message = (
            f"{name} is {said.text!r}, but no policy was given"
            if policy is None
            else f"{policy.source} has no clause {said.text!r}"
        )
        yield _objection(ObjectionCode.NO_SUCH_CLAUSE, name, message)


def _not_together(case: _Case) -> Iterator[Objection]:
    for rule in case.spec.rules.together:
        answered = {name: said for name in rule.fields if (said := case.answer[name]) is not None}
        texts = [
            {(place.source, place.name, place.evidence and place.evidence.page) for place in said.places}
            for said in answered.values()
        ]
        if len(texts) > 1 and all(texts) and not set.intersection(*texts):
            names = list(answered)
            shown = " and ".join(f"{name} ({said.text!r})" for name, said in answered.items())
            yield _objection(
                ObjectionCode.NOT_TOGETHER, names[-1], f"{shown} are not printed in the same text"
            )


def _vague(case: _Case) -> Iterator[Objection]:
    words = [word for spellings in case.spec.rules.vague.values() for word in spellings]
    for name, text, _ in _free_texts(case):
        used = [word for word in words if _uses(text, word)]
        if used:
            shown = ", ".join(f"“{word}”" for word in used)
            yield _objection(ObjectionCode.VAGUE, name, f"{name} is worded vaguely: {shown}")


def _for_a_person(case: _Case) -> Iterator[Objection]:
    for condition in case.spec.rules.person:
        said = case.answer[condition.when]
        if said is not None and case.holds(condition):
            yield _objection(ObjectionCode.FOR_A_PERSON, condition.when, f"{condition.when} is {said.text!r}")


_RULES: tuple[Callable[[_Case], Iterator[Objection]], ...] = (
    _not_allowed,
    _missing,
    _required_by_rule,
    _not_given,
    _unreadable,
    _too_long,
    _no_such_clause,
    _not_together,
    _vague,
    _for_a_person,
)


def _free_texts(case: _Case) -> Iterator[tuple[str, str, int]]:
    """Yield every answered free text with its bound."""
    for name, field in case.spec.fields.items():
        said = case.answer[name]
        if said is not None and field.decided and field.type is FieldType.TEXT:
            yield name, said.text, field.max_length


def _uses(text: str, word: str) -> bool:
    """Say whether a text uses a word: whole, but Chinese wherever it stands."""
    wanted, folded = fold(word), fold(text)
    if has_chinese(wanted):
        return wanted.replace(" ", "") in folded.replace(" ", "")
    return re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", folded) is not None


def _objection(code: ObjectionCode, field: str, message: str) -> Objection:
    return Objection(code=code, field=field, message=message)
