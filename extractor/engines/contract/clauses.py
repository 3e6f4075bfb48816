"""Segmentation: the contract as a sequence of numbered clauses, in document order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from extractor.engines.contract.columns import PrintedTable
from extractor.engines.contract.numbering import Marker, Style, markers
from extractor.engines.contract.passages import Passage, Sentence, is_cjk, paragraphs, plain, sentences
from extractor.pages.lines import Line, line_of, segments

PREAMBLE = "Preamble"
SIGNATURES = "Signatures"

_COLUMN_GAP = 2.5  # of the line's height: wider than any gap of justified text
_STRONG = {Style.ANNEX, Style.ARTICLE, Style.PARAGRAPH, Style.ZH_ARTICLE, Style.CHAPTER}
_TOP = {Style.ARTICLE, Style.PARAGRAPH, Style.ZH_ARTICLE}
_COUNTED = {Style.COUNT, Style.ZH_COUNT}
_HANGING = 0.7  # of the line's height between a number and its text
_MAX_HEADING = 70
_LAST_FIRST = 30  # the highest number that a text may begin with
_MIN_PREAMBLE = 12  # lines before an annex may follow a contract without clauses
_SIGNING = re.compile(
    r"in\s+witness\s+where\s*of|\[?signature\s+page|signatures?\s*:?$|signed\s+(?:on|at|in|this)\b|unterzeichnet\s+(?:am|in)\b|ort,\s*datum|签\s*[订署约]\s*(?:日期|时间|地点)|(?=.{0,40}\(?(?:盖\s*章|签\s*章|公\s*章)\)?\s*:?)|unterschriften?\s*:?$|\(?\s*以下无正文|\(?本页无正文|签\s*署\s*页",
    re.IGNORECASE,
)
_RULE = re.compile(r"_{4,}|\.{12,}|…{4,}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One numbered clause without its sub-clauses. `headings` are its own and its parents', outermost first."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class _Level:
    style: Style
    path: tuple[int, ...]
    printed: str
    heading: str | None


@dataclass(slots=True, kw_only=True)
class _Open:
    """The clause being collected."""

    levels: tuple[_Level, ...] = ()
    name: str | None = PREAMBLE
    lines: list[Line] = field(default_factory=list)
    tables: list[PrintedTable] = field(default_factory=list)
    lead: int = 0


def segment(
    blocks: Sequence[Line | PrintedTable], *, right_edges: Mapping[int, float], pitches: Mapping[int, float]
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
    right_edges: Mapping[int, float]
    pitches: Mapping[int, float]
    clauses: list[Clause] = field(default_factory=list)
    current: _Open = field(default_factory=_Open)
    levels: tuple[_Level, ...] = ()
    latest: dict[Style, tuple[int, ...]] = field(default_factory=dict)
    before: Line | None = None

    def take(self, line: Line) -> None:
        text = plain(line.text)
        chosen = self._marker(line, text)
        if chosen is not None:
            self.close()
            rest = _after(line, chosen)
            self._enter(chosen, text)
            if rest is not None:
                self.current.lines.append(rest)
                self.current.lead = chosen.end if rest is line else 0
        elif self._is_signing(text):
            self.close()
            self.levels = ()
            self.current = _Open(name=SIGNATURES, lines=[line])
        else:
            self.current.lines.append(line)
        self.before = line

    def close(self) -> None:
        made = self.current
        if made.lines or made.tables or made.levels:
            lines = _in_columns(made.lines)
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
        self.current = _Open(levels=self.levels, name=made.name if not self.levels else None)

    def _enter(self, marker: Marker, text: str) -> None:
        level = _Level(
            style=marker.style, path=marker.path, printed=marker.printed, heading=_heading(text[marker.end :])
        )
        self.levels = (*self._parents(marker), level)
        self.latest[marker.style] = marker.path
        if marker.style is Style.ANNEX:
            self.latest = {Style.ANNEX: marker.path}
        self.current = _Open(levels=self.levels, name=None)

    def _parents(self, marker: Marker) -> tuple[_Level, ...]:
        if marker.style is Style.ANNEX:
            return ()
        outer = tuple(level for level in self.levels if level.style is Style.ANNEX)
        chapters = tuple(level for level in self.levels if level.style is Style.CHAPTER)
        if marker.style is Style.CHAPTER:
            return outer
        if marker.style in _TOP and len(marker.path) == 1:
            return outer + chapters
        if marker.style in {Style.DECIMAL, Style.ARTICLE, Style.PARAGRAPH}:
            return tuple(level for level in self.levels if _holds(level, marker))
        styles = [level.style for level in self.levels]
        if marker.style in styles:
            return self.levels[: styles.index(marker.style)]
        return self.levels

    def _marker(self, line: Line, text: str) -> Marker | None:
        found = [(self._rank(marker, line, text), marker) for marker in markers(text)]
        best = max(found, key=lambda each: each[0], default=None)
        return best[1] if best is not None and best[0] > 0 else None

    def _rank(self, marker: Marker, line: Line, text: str) -> int:
        """Return 0 where the number is part of the text, else how well it continues the count."""
        is_fresh = self._is_fresh(line)
        if marker.style is Style.ANNEX:  # at the very top the contract itself is somebody's exhibit
            is_top = not self.clauses and not self.levels and len(self.current.lines) < _MIN_PREAMBLE
            return 4 if is_fresh and not is_top else 0
        rest = text[marker.end :]
        starts_low = rest[:1].islower()
        is_hanging = _hangs(line, text, marker)
        if not (is_fresh or is_hanging):
            return 0
        if marker.style is Style.BARE:
            is_plain = _is_title(rest) and (is_hanging or not re.search(r"[\d,]", rest))
            if not (is_plain and is_fresh and self._follows(marker)):
                return 0
        if self._follows(marker):
            return 0 if starts_low and marker.style in _STRONG else 3
        if marker.style is Style.DECIMAL:
            return 1 if is_fresh and not starts_low and self._is_later(marker) and _is_prose(rest) else 0
        if marker.path[0] == 1:
            return 2 if not (starts_low and marker.style in _STRONG) else 0
        latest = self.latest.get(marker.style)
        if marker.style in _STRONG:
            is_near = latest is None or 0 < marker.path[0] - latest[0] <= 4
            return 1 if is_fresh and is_near and not starts_low else 0
        if latest is None:  # an excerpt may begin with any clause
            is_first = marker.style in _COUNTED and not self.clauses and marker.path[0] <= _LAST_FIRST
            return 1 if is_first and is_fresh and _is_title(rest) and not re.search(r"\d", rest) else 0
        is_next = 0 < marker.path[0] - latest[0] <= 2
        return 1 if is_fresh and is_next and not starts_low else 0

    def _follows(self, marker: Marker) -> bool:
        """Say whether the number is the next of its kind, or the first inside the clause at hand."""
        if marker.style is Style.DECIMAL or len(marker.path) > 1:
            return self._decimal_follows(marker.path)
        for level in reversed(self.levels):
            if level.style is marker.style:
                return marker.path[0] == level.path[0] + 1
        if marker.style is Style.BARE and not any(level.style is Style.ANNEX for level in self.levels):
            return marker.path[0] == 1 and not self.latest
        latest = self.latest.get(marker.style)
        if marker.style in _STRONG | {Style.CHAPTER} and latest is not None:
            return marker.path[0] == latest[0] + 1
        return marker.path[0] == 1 and marker.style in _STRONG

    def _decimal_follows(self, path: tuple[int, ...]) -> bool:
        stack = [level.path for level in self.levels if level.style is not Style.ANNEX and level.path]
        latest = self.latest.get(Style.DECIMAL)
        candidates = [*stack, latest] if latest else stack
        for known in candidates:
            if path[: len(known)] == known and path[len(known) :] in ((1,), (0,), (1, 1)):
                return True
            for depth in range(1, len(known) + 1):
                if path == (*known[: depth - 1], known[depth - 1] + 1):
                    return True
                if path == (*known[: depth - 1], known[depth - 1] + 1, 1):
                    return True
        return not candidates and path in ((1, 1), (1, 0))

    def _is_later(self, marker: Marker) -> bool:
        latest = self.latest.get(Style.DECIMAL)
        tops = [level.path[0] for level in self.levels if level.style is not Style.ANNEX and level.path]
        top = max(tops, default=0)
        return marker.path > (latest or (0,)) and marker.path[0] <= top + 2 and max(marker.path[1:]) <= 40

    def _is_fresh(self, line: Line) -> bool:
        before = self.before
        if before is None or before.page != line.page:
            return before is None or plain(before.text)[-1:] not in ",("
        step = line.box.centre_y - before.box.centre_y
        if step > 1.7 * max(line.box.height, before.box.height):
            return True
        edge = self.right_edges.get(line.page, 0.0)
        if plain(before.text)[-1:] in ".;:。?!":
            return True
        first = line.words[0]
        needed = line.box.height if is_cjk(first.text[0]) else first.box.width
        return before.box.x1 + needed + 2.5 * line.box.height < edge

    def _is_signing(self, text: str) -> bool:
        if not self.clauses or self.current.name == SIGNATURES:
            return False
        if _SIGNING.match(text):
            return True
        parts = re.split(r"\s*(?<=:)\s+", text.strip())
        if len(parts) >= 2 and all(part.endswith(":") and len(part) < 40 for part in parts):
            return True
        bare = _RULE.sub("", text)
        return bool(_RULE.search(text)) and len(bare) < 40 and not re.search(r"[.。,]\s*$", bare)


def number_of(levels: Sequence[_Level]) -> str:
    """Return the number as a citation gives it: "4.2(a)", "§ 4 Abs. 3", "五、（二）", "Annex A, 4"."""
    annex = ""
    text = ""
    for level in levels:
        if level.style is Style.ANNEX:
            annex = level.printed
        elif level.style is Style.CHAPTER:
            text = level.printed if level is levels[-1] else ""
        else:
            text = _extended(text, level)
    if annex and text:
        return f"{annex}, {text}"
    return annex or text


def _extended(text: str, level: _Level) -> str:
    printed = level.printed
    if not text or level.style in _TOP or level.style is Style.DECIMAL:
        return f"({printed})" if level.style in {Style.LETTER, Style.ROMAN, Style.BRACKET} else printed
    is_german = text.startswith(("§", "Artikel", "Art."))
    if level.style in {Style.ZH_BRACKET, Style.ZH_ITEM, Style.ZH_COUNT}:
        return text + printed
    if level.style is Style.SUBPARAGRAPH or (level.style is Style.BRACKET and is_german):
        return f"{text} Abs. {printed}"
    if level.style in {Style.COUNT, Style.BARE}:
        if is_german:
            return f"{text} Nr. {printed}"
        return (
            f"{text}{printed}"
            if text.endswith(("、", "）"))
            else f"{text} {printed}"
            if is_cjk(text[-1])
            else f"{text}.{printed}"
        )
    if level.style in {Style.LETTER, Style.ROMAN} and is_german:
        return f"{text} lit. {printed}"
    return f"{text}({printed})"


def _holds(level: _Level, marker: Marker) -> bool:
    if level.style in {Style.ANNEX, Style.CHAPTER}:
        return True
    if level.style in {Style.DECIMAL, Style.COUNT, Style.BARE, Style.ZH_COUNT} | _TOP:
        return len(level.path) < len(marker.path) and marker.path[: len(level.path)] == level.path
    return False


def _hangs(line: Line, text: str, marker: Marker) -> bool:
    """Say whether a gap parts the number from its text."""
    width = 0
    for index, word in enumerate(line.words[:-1]):
        width += len(word.text) + 1
        if width >= marker.end:
            gap = line.words[index + 1].box.x0 - word.box.x1
            return gap > _HANGING * line.box.height
    return marker.is_whole_line or not text


def _after(line: Line, marker: Marker) -> Line | None:
    """Return the line without the number; a number glued to its text stays."""
    width = 0
    for index, word in enumerate(line.words):
        if width >= marker.end:
            return line_of(line.words[index:], page=line.page)
        width += len(word.text) + 1
    return None if marker.is_whole_line else line


def _heading(rest: str) -> str | None:
    text = rest.strip(" .:-")
    if not text:
        return None
    first = re.split(r"(?<=[a-zäöüß)])[.:](?=\s|$)|[:。]", text, maxsplit=1)[0].strip()
    if len(first) > _MAX_HEADING or len(first.split()) > 10 or first[0].islower():
        return None
    return first


def _is_title(rest: str) -> bool:
    text = rest.strip()
    return bool(text) and not text[0].islower() and len(text) <= _MAX_HEADING and text[-1] not in ".,;。"


def _is_prose(rest: str) -> bool:
    return bool(re.match(r"\s*[A-ZÄÖÜ\"\u4e00-\u9fff(]", rest))


def _in_columns(lines: Sequence[Line]) -> list[Line]:
    """Part lines at wide gaps; where two columns run side by side, read one after the other."""
    ordered: list[Line] = []
    right: list[Line] = []
    for line in lines:
        parts = segments(line, gap=_COLUMN_GAP)
        is_pair = len(parts) == 2 and not _is_label(parts[0])
        if right and not (is_pair and abs(parts[1].box.x0 - right[0].box.x0) < 2 * line.box.height):
            if len(parts) == 1 and line.box.x0 >= right[0].box.x0 - line.box.height:
                right.append(line)
                continue
            if not (len(parts) == 1 and line.box.x1 < right[0].box.x0 and not is_pair):
                ordered += right
                right = []
        if is_pair:
            ordered.append(parts[0])
            right.append(parts[1])
        elif len(parts) > 2:
            ordered += parts
        else:
            ordered.append(line)
    return ordered + right


def _is_label(part: Line) -> bool:
    text = plain(part.text).strip()
    return len(text) <= 30 and (
        text.endswith(":") or (len(text.split()) <= 3 and ":" not in text and not re.search(r"\d", text))
    )
