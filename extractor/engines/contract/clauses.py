"""Segmentation: the contract as a sequence of numbered clauses, in document order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractor.engines.contract.columns import PrintedTable
from extractor.engines.contract.gutters import RightEdges
from extractor.engines.contract.levels import Counting, Level, number_of
from extractor.engines.contract.numbering import Marker, Style, markers
from extractor.engines.contract.paragraphs import paragraphs
from extractor.engines.contract.passages import Passage, Sentence, is_cjk, plain, sentences
from extractor.engines.contract.roles import PARTY_WORD
from extractor.engines.contract.side_by_side import in_columns
from extractor.pages.lines import Line, line_of

PREAMBLE = "Preamble"
SIGNATURES = "Signatures"

_HANGING = 0.7  # of the line's height between a number and its text
_MAX_HEADING = 70  # characters
_MAX_HEADING_WORDS = 10
_MIN_PREAMBLE = 12  # lines before an annex may follow a contract without clauses
_MAX_SIGNATURE = 40  # characters beside the rules to sign on
_SIGNING = re.compile(
    r"in\s+witness\s+where\s*of|\[?signature\s+page|signatures?\s*:?$|signed\s+(?:on|at|in|this)\b|"
    r"unterzeichnet\s+(?:am|in)\b|ort,\s*datum|签\s*[订署约]\s*(?:日期|时间|地点)|(?=.{0,30}(?:\((?:盖\s*章|"
    r"签\s*章|公\s*章|签\s*字)\)|(?:盖章|签章|公章)\s*:))|unterschriften?\s*:?$|\(?\s*以下无正文|\(?本页无正文|签\s*署\s*页",
    re.IGNORECASE,
)
_SIDES = re.compile(  # "For the Supplier      For the Customer"
    rf"(?:(?:for|für)(?:\s+and\s+on\s+behalf\s+of)?\s+)?{PARTY_WORD.pattern}\s*:?\s+(?:(?:for|für)(?:\s+and\s+on\s+behalf\s+of)?\s+)?"
    rf"{PARTY_WORD.pattern}\s*:?",
    re.IGNORECASE,
)
_LABELS = re.compile(r"[^:]{2,30}:\s+[^:]{2,30}:")  # "Seller:      Buyer:"
_RULE = re.compile(r"_{4,}|\.{12,}|…{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One numbered clause without its sub-clauses.

    `headings` are its own and its parents', outermost first.
    """

    number: str
    heading: str | None
    parent: str | None
    headings: tuple[str, ...]
    passages: tuple[Passage, ...]
    tables: tuple[PrintedTable, ...] = ()
    lead: int = 0  # characters of a number that is set without a space before the text

    @property
    def text(self) -> str:
        """Return the clause's text, a paragraph a line."""
        return "\n".join(passage.text for passage in self.passages)

    def sentences(self) -> tuple[Sentence, ...]:
        """Return the clause's sentences in the order printed."""
        return tuple(
            sentence
            for index, passage in enumerate(self.passages)
            for sentence in sentences(passage, lead=0 if index else self.lead)
        )


@dataclass(slots=True, kw_only=True)
class _Open:
    """The clause being collected."""

    levels: tuple[Level, ...] = ()
    name: str | None = PREAMBLE
    lines: list[Line] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    lead: int = 0


def segment(
    blocks: Sequence[Line | PrintedTable], *, right_edges: RightEdges, pitches: Mapping[int, float]
) -> tuple[Clause, ...]:
    """Split lines and tables into clauses. What stands before the first is the preamble."""
    walk = _Walk(right_edges=right_edges, pitches=pitches)
    for block in blocks:
        if isinstance(block, PrintedTable):
            walk.current.tables.append(block)
            walk.before = None
        else:
            walk.take(block)
    walk.close()
    return tuple(walk.clauses)


@dataclass(slots=True, kw_only=True)
class _Walk:
    right_edges: RightEdges
    pitches: Mapping[int, float]
    clauses: list[Clause] = field(default_factory=list)
    current: _Open = field(default_factory=_Open)
    counting: Counting = field(default_factory=Counting)
    before: Line | None = None

    def take(self, line: Line) -> None:
        text = plain(line.text)
        chosen = self._marker(line, text)
        if chosen is not None:
            self.close()
            rest = _after(line, chosen)
            self.counting.enter(chosen, heading=_heading(text[chosen.end :]))
            self.current = _Open(levels=self.counting.levels, name=None)
            if rest is not None:
                self.current.lines.append(rest)
                self.current.lead = chosen.end if rest is line else 0
        elif self._is_signing(line, text):
            self.close()
            self.counting.levels = ()
            self.current = _Open(name=SIGNATURES, lines=[line])
        else:
            self.current.lines.append(line)
        self.before = line

    def close(self) -> None:
        made = self.current
        if made.lines or made.tables or made.levels:
            lines = in_columns(made.lines)
            headings = tuple(level.heading for level in made.levels if level.heading)
            self.clauses.append(
                Clause(
                    number=made.name or number_of(made.levels),
                    heading=made.levels[-1].heading if made.levels else None,
                    parent=number_of(made.levels[:-1]) or None,
                    headings=headings,
                    passages=paragraphs(lines, right_edges=self.right_edges, pitches=self.pitches),
                    lead=made.lead,
                    tables=tuple(made.tables),
                )
            )
        levels = self.counting.levels
        self.current = _Open(levels=levels, name=None if levels else made.name)

    def _marker(self, line: Line, text: str) -> Marker | None:
        found = [(self._rank(marker, line, text), marker) for marker in markers(text)]
        best = max(found, key=lambda each: each[0], default=None)
        return best[1] if best is not None and best[0] > 0 else None

    def _rank(self, marker: Marker, line: Line, text: str) -> int:
        is_fresh = self._is_fresh(line)
        if marker.style is Style.ANNEX:  # at the very top the contract itself is somebody's exhibit
            is_top = not self.clauses and not self.current.levels and len(self.current.lines) < _MIN_PREAMBLE
            return 4 if is_fresh and not is_top else 0
        is_hanging = _hangs(line, text, marker)
        if not (is_fresh or is_hanging):
            return 0
        rest = text[marker.end :]
        is_first = not self.clauses
        return self.counting.rank(marker, rest, is_fresh=is_fresh, is_hanging=is_hanging, is_first=is_first)

    def _is_fresh(self, line: Line) -> bool:
        before = self.before
        if before is None or self.right_edges.is_turn(before, line):
            return before is None or plain(before.text)[-1:] not in ",("
        step = line.box.centre_y - before.box.centre_y
        if step > 1.7 * max(line.box.height, before.box.height):
            return True
        edge = self.right_edges.of(before)
        if plain(before.text)[-1:] in ".;:。?!":
            return True
        first = line.words[0]
        is_unspaced = any(map(is_cjk, first.text))  # "1、" begins a whole line that is one word
        needed = line.box.height if is_unspaced else first.box.width
        return before.box.x1 + needed + 2.5 * line.box.height < edge

    def _is_signing(self, line: Line, text: str) -> bool:
        if not self.clauses or self.current.name == SIGNATURES or not self._is_fresh(line):
            return False
        if _SIGNING.match(text) or any(each.fullmatch(text.strip()) for each in (_LABELS, _SIDES)):
            return True
        bare = _RULE.sub("", text)
        return bool(_RULE.search(text)) and len(bare) < _MAX_SIGNATURE and not re.search(r"[.。,]\s*$", bare)


def _hangs(line: Line, text: str, marker: Marker) -> bool:
    """Say whether a gap parts the number from its text."""
    width = 0
    for index, word in enumerate(line.words[:-1]):
        width += len(word.text) + 1
        if width > marker.end:
            return False
        if width == marker.end:
            gap = line.words[index + 1].box.x0 - word.box.x1
            return gap > _HANGING * line.box.height
    return marker.is_whole_line or not text


def _after(line: Line, marker: Marker) -> Line | None:
    """Return the line without the number; a number glued to its text stays."""
    width = 0
    for index, word in enumerate(line.words):
        if width == marker.end and index:
            return line_of(line.words[index:], page=line.page)
        width += len(word.text) + 1
    return None if marker.is_whole_line else line


def _heading(rest: str) -> str | None:
    text = rest.strip(" .:-")
    if not text:
        return None
    first = re.split(r"(?<=[a-zäöüß)])[.:](?=\s|$)|[:。]", text, maxsplit=1)[0].strip()
    if len(first) > _MAX_HEADING or len(first.split()) > _MAX_HEADING_WORDS or first[0].islower():
        return None
    return first
