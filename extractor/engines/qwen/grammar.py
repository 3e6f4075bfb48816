"""The grammar of one page's answer, in llguidance's dialect of Lark.

On a page with a text layer a leaf can only be a span of the page's own words. On a page
that was read by OCR (or has no words) it is bounded but free, and compared afterwards.
"""

import json
import re
from collections.abc import Iterable

from extractor.engines.qwen.page_text import PageText, Strand
from extractor.engines.qwen.shape import Leaf, Members, Rows, Shape, leaves_of
from extractor.engines.qwen.spans import EDGES, SpanRule, is_span, narrowed

_HALF = re.compile("[\ud800-\udfff]")  # of a character: nothing that can be encoded
_BARRIER = "\n"  # between strands; no terminal lets it through


def grammar_for(shape: Members, text: PageText, *, max_rows: int, is_grounded: bool | None = None) -> str:
    """Return the Lark grammar of the answer for this page.

    `is_grounded` says whether leaves must be spans of the page; by default they must
    wherever all words come from the text layer. A table has at most `max_rows` rows,
    and on a grounded page no more than the page has lines.
    """
    grounded = text.is_certain if is_grounded is None else is_grounded
    bound = min(max_rows, max(1, len(text.rows))) if grounded else max_rows
    return _Writer(text=text, is_grounded=grounded, max_rows=bound).write(shape)


class _Writer:
    """Collects rules while it walks the shape."""

    def __init__(self, *, text: PageText, is_grounded: bool, max_rows: int) -> None:
        self._text = text
        self._is_grounded = is_grounded
        self._max_rows = max_rows
        self._lines: list[str] = []
        self._leaf_rules: dict[Leaf, str] = {}
        self._terminals: dict[str, str] = {}
        self._patterns: dict[str, str] = {}
        self._characters = frozenset(each for row in text.rows for each in row.text if not _HALF.match(each))

    def write(self, shape: Members) -> str:
        start = self._object(shape)
        if self._is_grounded:
            for may_wrap in sorted({leaf.rule.may_wrap for leaf in leaves_of(shape)}):
                chunks = json_chunks(self._text.strands(may_wrap=may_wrap))
                pieces = json.dumps({"substring_chunks": chunks}, ensure_ascii=False)
                self._lines.append(f"{_source(may_wrap=may_wrap)}: %regex {pieces}")
        return "\n".join((f"start: {start}", *self._lines)) + "\n"

    def _object(self, shape: Members) -> str:
        members = (
            f"{literal(json.dumps(name, ensure_ascii=False) + ': ')} {self._rule(member)}"
            for name, member in shape.members.items()
        )
        return f'"{{" {literal(", ").join(f" {member} " for member in members)} "}}"'

    def _rule(self, shape: Shape) -> str:
        """Return the name of the rule for this shape, written on first use."""
        if isinstance(shape, Leaf):
            if shape not in self._leaf_rules:
                self._leaf_rules[shape] = self._leaf(shape)
            return self._leaf_rules[shape]
        if isinstance(shape, Rows):
            row = self._add("row", self._object(shape.row))
            more = f' (", " {row}){{0,{self._max_rows - 1}}}' if self._max_rows > 1 else ""
            return self._add("rows", f'"[" ({row}{more})? "]"')
        return self._add("group", f'"null" | {self._object(shape)}')

    def _leaf(self, leaf: Leaf) -> str:
        if not self._is_grounded:
            texts = [f'"\\"" {self._terminal(free(leaf.rule.max_length))} "\\""']
        elif leaf.choices:
            printed = _printed(leaf.choices, self._text.strands(may_wrap=leaf.rule.may_wrap))
            texts = [spelled(spelling) for spelling in printed]
        else:
            texts = self._span(leaf.rule)
        return self._add("leaf", " | ".join(('"null"', *texts)))

    def _span(self, rule: SpanRule) -> list[str]:
        """Return the terminal, or nothing where no span of the page has that form.

        A count of characters on top of the page's words makes more states than llguidance can hold:
        the strands' own length is the bound, and a small number of words where the rule has one.
        """
        strands = self._text.strands(may_wrap=rule.may_wrap)
        if not any(is_span(chunk, rule) for chunk in json_chunks(strands)):
            return []
        forms = (self._narrowed(rule.pattern), self._narrowed(EDGES), *((rule.words,) if rule.words else ()))
        parts = (*(f"/{form}/" for form in forms), _source(may_wrap=rule.may_wrap))
        return [self._terminal(quoted(" & ".join(parts)))]

    def _terminal(self, body: str) -> str:
        """Return the name of the terminal, one for all leaves that may hold the same texts."""
        if body not in self._terminals:
            name = self._terminals[body] = f"TEXT{len(self._terminals)}"
            self._lines.append(f"{name}: {body}")
        return self._terminals[body]

    def _narrowed(self, pattern: str) -> str:
        if pattern not in self._patterns:
            self._patterns[pattern] = narrowed(pattern, self._characters)
        return self._patterns[pattern]

    def _add(self, kind: str, body: str) -> str:
        name = f"{kind}{len(self._lines)}"
        self._lines.append(f"{name}: {body}")
        return name


def _source(*, may_wrap: bool) -> str:
    return "FLOWS" if may_wrap else "ROWS"


def json_chunks(strands: Iterable[Strand]) -> list[str]:
    """Return the pieces of all strands as they stand inside a JSON string, a barrier after each strand.

    There is one, too, in place of a piece that no model can write.
    """
    chunks: list[str] = []
    for strand in strands:
        chunks.extend(_BARRIER if _HALF.search(chunk) else escaped(chunk) for chunk in strand.chunks())
        chunks.append(_BARRIER)
    return chunks


def _printed(choices: Iterable[str], strands: Iterable[Strand]) -> list[str]:
    """Return the choices as the page prints them, each printed form once."""
    alternatives = "|".join(re.escape(each) for each in sorted(set(choices), key=len, reverse=True))
    form = re.compile(alternatives, re.IGNORECASE)
    found = (
        match for strand in strands for match in form.findall(strand.text) if any(strand.occurrences(match))
    )
    return list(dict.fromkeys(found))


def escaped(text: str) -> str:
    """Return the text as it stands inside a JSON string."""
    return json.dumps(text, ensure_ascii=False)[1:-1]


def free(max_length: int) -> str:
    """Return a terminal of printable characters inside a JSON string, of no other form.

    llguidance knows the tokens of a mere repetition beforehand; with another form on top it tries
    all of them anew for each token, 3 ms instead of 0.2. And a model that must bring in a
    digit where it reads none would have to invent it.
    """
    return f'/([^"\\\\\\x00-\\x1f]|\\\\["\\\\]){{1,{max_length}}}/'


def quoted(terminal: str) -> str:
    """Return a terminal's body with the quotes around it.

    They belong to the terminal because llguidance tries all terminals with each first byte
    beforehand: with the quote there is one, without it that is two thirds of compiling.
    """
    return f'"\\"" ({terminal}) "\\""'


def spelled(text: str) -> str:
    """Return a Lark string that stands for this text as a JSON string."""
    return literal(json.dumps(text, ensure_ascii=False))


def literal(text: str) -> str:
    """Return a Lark string that stands for exactly this text."""
    return json.dumps(text, ensure_ascii=False)
