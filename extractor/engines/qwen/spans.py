"""What a span must look like, by the type of its field.

Every pattern asks for one telling character (a digit, a letter) within bounds around
it, so a pattern matches some run of chunks only if it matches a single chunk: that is
how `grammar.py` knows beforehand that a page has no such span. Patterns are written in
the syntax that Python's `re` and llguidance share, and hold for the JSON-escaped text.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from extractor.field_specs.spec import FieldType


@dataclass(frozen=True, slots=True, kw_only=True)
class SpanRule:
    """The form of a leaf: a pattern for the whole text.

    `max_length` bounds a leaf that is free text; a span is bounded by the strand it stands in,
    and where there are `max_words`, by so many words that white space parts. `may_wrap` says
    whether the span may go on in the line below, as addresses do.
    """

    pattern: str
    max_length: int
    max_words: int | None = None
    may_wrap: bool = False

    @property
    def words(self) -> str | None:
        """Return a pattern that holds the words to their number, if there is a bound."""
        return None if self.max_words is None else f"(?:[^\\n ]* ){{0,{self.max_words - 1}}}[^\\n ]*"


# Not at either end: white space, and marks that part a value from what stands beside it.
EDGES = "[^ \\n:;,.!?)\\]：；，。、！？）】》](?:[^\\n]*[^ \\n:;,(\\[：；，、（【《])?"

_NUMERALS = "〇零一二三四五六七八九十百千万億亿壹贰叁肆伍陆柒捌玖拾佰仟萬兆"
_LETTER = "[^\\W\\d_]"
_MARK = "[^\\w\\n]"

_NO_DIGIT = "[^\\n\\d]+"
_WORDY = "[^\\n]*\\w[^\\n]*"
_WITH_LETTER = f"[^\\n]*{_LETTER}[^\\n]*"
_WITH_DIGIT = "[^\\n]*\\d[^\\n]*"
_NUMERIC = f"[^\\n]*[\\d{_NUMERALS}][^\\n]*"
_FIGURES = f"{_LETTER}{{0,4}}{_MARK}{{0,3}}\\d[\\d.,'’٫٬ ]*{_MARK}{{0,3}}{_LETTER}{{0,8}}\\.?"
_IN_CHINESE_WORDS = f"[^\\n]{{0,6}}[{_NUMERALS}][{_NUMERALS}元圆圓角分整正 ]*"

_RULES: Mapping[FieldType, SpanRule] = {
    FieldType.TEXT: SpanRule(pattern=_WORDY, max_length=300, may_wrap=True),
    FieldType.NAME: SpanRule(pattern=_WITH_LETTER, max_length=160, may_wrap=True),
    FieldType.ADDRESS: SpanRule(pattern=_WORDY, max_length=240, may_wrap=True),
    FieldType.IDENTIFIER: SpanRule(pattern=_WORDY, max_length=64, max_words=12),
    FieldType.TAX_ID: SpanRule(pattern=_WITH_DIGIT, max_length=40, max_words=8),
    FieldType.DATE: SpanRule(pattern=_NUMERIC, max_length=40, max_words=8),
    FieldType.AMOUNT: SpanRule(pattern=f"{_FIGURES}|{_IN_CHINESE_WORDS}", max_length=48),
    FieldType.QUANTITY: SpanRule(pattern=f"{_FIGURES}|[{_NUMERALS}]+", max_length=32),
    FieldType.NUMBER: SpanRule(pattern=_WORDY, max_length=40, max_words=6),
    FieldType.RATE: SpanRule(pattern=_WORDY, max_length=40, max_words=6),
    FieldType.CURRENCY: SpanRule(pattern=_NO_DIGIT, max_length=16, max_words=3),
    FieldType.CHOICE: SpanRule(pattern=_WORDY, max_length=80),
}
CLAUSE_NUMBER = SpanRule(pattern=_WORDY, max_length=24, max_words=5)
QUOTE = SpanRule(pattern=_WORDY, max_length=400, may_wrap=True)


_CLASS = re.compile(rf"{re.escape(_LETTER)}|\[(?:[^\\\]]|\\.)*\]|\\[wd]")


def rule_for(field_type: FieldType) -> SpanRule:
    """Return the rule of a plain type.

    Raises:
        KeyError: the type is structured (an account, a group, a table).
    """
    return _RULES[field_type]


def is_span(text: str, rule: SpanRule) -> bool:
    """Say whether a JSON-escaped text has the form that the rule asks for."""
    patterns = (EDGES, rule.pattern, rule.words)
    return all(re.fullmatch(pattern, text) is not None for pattern in patterns if pattern is not None)


def narrowed(pattern: str, characters: Collection[str]) -> str:
    """Return a pattern that is the same for texts of ASCII and these characters, and smaller.

    Unicode's letters and digits are spelled out as far as they are there, and marks that are not
    there are dropped: automata over all of Unicode take longer to build than the page's own.
    """
    further = sorted(each for each in set(characters) if not each.isascii())
    letters = "A-Za-z" + "".join(each for each in further if re.match(_LETTER, each))
    digits = "0-9" + "".join(each for each in further if re.match(r"\d", each))
    word = "0-9A-Za-z_" + "".join(each for each in further if re.match(r"\w", each))
    there = set(further)

    def spelled(found: re.Match[str]) -> str:
        """Return a class, or a sign for one, with what can occur."""
        text = found.group()
        if text == _LETTER:
            return f"[{letters}]"
        is_class = text.startswith("[")
        inside = text[1:-1] if is_class else text
        kept = "".join(each for each in inside if each.isascii() or each in there)
        kept = kept.replace("\\w", word).replace("\\d", digits)
        return f"[{kept or inside[0]}]"

    return _CLASS.sub(spelled, pattern)
