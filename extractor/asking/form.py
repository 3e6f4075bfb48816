"""The form of an answer: its shape, and a grammar that lets nothing else through.

A decided choice is one of its values, a decided text is bounded, a citation is the number of
a clause that the policy has; all else is a span of the texts that the spec lets it come from.
"""

import json
from collections.abc import Iterator

from extractor.asking.given import Given
from extractor.engines.qwen.grammar import free, json_chunks, literal, quoted, spelled
from extractor.engines.qwen.shape import Leaf, Members
from extractor.engines.qwen.spans import EDGES, SpanRule, is_span, rule_for
from extractor.field_specs.spec import FieldSpec, FieldType, Spec

_PROSE = "[^\\n]*[^\\W\\d_][^\\n]*"  # a letter at least


def answer_shape(spec: Spec) -> Members:
    """Return the answer's members, in the spec's order."""
    return Members(members={name: Leaf(rule=leaf_rule(field)) for name, field in spec.fields.items()})


def leaf_rule(field: FieldSpec) -> SpanRule:
    """Return what a field's text looks like."""
    if field.decided and field.type is FieldType.TEXT:
        return SpanRule(pattern=_PROSE, max_length=field.max_length)
    return rule_for(field.type)


def answer_grammar(spec: Spec, given: Given, *, clauses: tuple[str, ...]) -> str:
    """Return the Lark grammar of the answer; `clauses` are the numbers that may be cited."""
    return "\n".join(_Writer(spec, given, clauses).lines()) + "\n"


class _Writer:
    """Writes one rule a field, and one terminal for each set of texts that spans come from."""

    def __init__(self, spec: Spec, given: Given, clauses: tuple[str, ...]) -> None:
        self._spec = spec
        self._given = given
        self._clauses = clauses
        self._texts: dict[tuple[frozenset[str], bool], str] = {}

    def lines(self) -> Iterator[str]:
        members = (f"{literal(json.dumps(name) + ': ')} field_{name}" for name in self._spec.fields)
        yield f'start: "{{" {literal(", ").join(f" {member} " for member in members)} "}}"'
        for name, field in self._spec.fields.items():
            yield from self._field(name, field)
        for (sources, may_wrap), text in self._texts.items():
            strands = [
                strand
                for given in self._given.texts
                if given.source in sources
                for strand in given.strands(may_wrap=may_wrap)
            ]
            pieces = json.dumps({"substring_chunks": json_chunks(strands)}, ensure_ascii=False)
            yield f"{text}: %regex {pieces}"

    def _field(self, name: str, field: FieldSpec) -> Iterator[str]:
        rule = leaf_rule(field)
        if name in self._spec.rules.cites:
            allowed = [spelled(number) for number in self._clauses]
        elif field.decided and field.type is FieldType.CHOICE:
            allowed = [spelled(value) for value in field.choices]
        else:
            terminal = f"TEXT_{name.upper()}"
            source = free(rule.max_length) if field.decided else self._source(field, rule)
            allowed = [terminal] if source else []
            if source:
                edges = "" if field.decided else f" & /{EDGES}/"
                yield f"{terminal}: {quoted(f'/{rule.pattern}/{edges} & {source}')}"
        yield " | ".join((f'field_{name}: "null"', *allowed))

    def _source(self, field: FieldSpec, rule: SpanRule) -> str | None:
        """Return the name of the texts that the field's spans come from; None where no span would do."""
        strands = (
            strand
            for text in self._given.of(field.sources)
            for strand in text.strands(may_wrap=rule.may_wrap)
        )
        if not any(is_span(chunk, rule) for chunk in json_chunks(strands)):
            return None
        key = (frozenset(map(str, field.sources)), rule.may_wrap)
        return self._texts.setdefault(key, f"GIVEN_{len(self._texts)}")
