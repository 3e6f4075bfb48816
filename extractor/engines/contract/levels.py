"""Where a clause stands among the others: its parents, its full number, and what number may come next."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.engines.contract.numbering import Marker, Style
from extractor.engines.contract.passages import is_cjk

_TOP = {Style.ARTICLE, Style.PARAGRAPH, Style.ZH_ARTICLE}
_STRONG = _TOP | {Style.ANNEX, Style.CHAPTER}
_COUNTED = {Style.COUNT, Style.ZH_COUNT}
_INNER = {Style.BRACKET, Style.LETTER, Style.ROMAN, Style.CIRCLED, Style.ZH_BRACKET}
_GERMAN = {
    Style.SUBPARAGRAPH: "Abs.",
    Style.BRACKET: "Abs.",
    Style.COUNT: "Nr.",
    Style.BARE: "Nr.",
    Style.LETTER: "lit.",
    Style.ROMAN: "lit.",
}
_LAST_FIRST = 30  # the highest number that a text may begin with
_MAX_HEADING = 70  # characters
_MAX_HEADING_WORDS = 6
_MAX_SKIPPED = 4  # numbers that may be missing between two articles
_MAX_SKIPPED_COUNT = 2  # the same, of plain numbers
_MAX_SKIPPED_HEADED = 9  # the same, of plain numbers before a heading
_MAX_SUBCLAUSE = 40  # a higher part of a clause number is something else


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One step of the way to a clause: an article, a number in it, a letter in that."""

    style: Style
    path: tuple[int, ...]
    printed: str
    heading: str | None


@dataclass(slots=True, kw_only=True)
class Counting:
    """The clause at hand, and the latest number of each style. An annex begins anew."""

    levels: tuple[Level, ...] = ()
    latest: dict[Style, tuple[int, ...]] = field(default_factory=dict)

    def enter(self, marker: Marker, *, heading: str | None) -> None:
        """Go on to the clause with this number."""
        level = Level(style=marker.style, path=marker.path, printed=marker.printed, heading=heading)
        self.levels = (*self._parents(marker), level)
        if marker.style is Style.ANNEX:
            self.latest = {}
        self.latest[marker.style] = marker.path

    def rank(self, marker: Marker, rest: str, *, is_fresh: bool, is_hanging: bool, is_first: bool) -> int:
        """Return 0 where a number is part of the text, else how well it continues the count.

        `rest` is the text behind it, `is_fresh` says that a line was left unfinished
        above, `is_hanging` that a gap follows, `is_first` that no clause came before.
        """
        starts_low = rest[:1].islower()
        if marker.style is Style.BARE:
            is_plain = _is_title(rest) and (is_hanging or not re.search(r"[\d,]", rest))
            if not (is_plain and is_fresh and self._follows(marker)):
                return 0
        if starts_low and marker.style in _STRONG:
            return 0
        if self._follows(marker):
            return 3
        if marker.style is not Style.DECIMAL and marker.path[0] == 1:
            return 2
        is_jump = is_fresh and not starts_low and self._may_jump(marker, rest, is_first=is_first)
        return 1 if is_jump else 0

    def _parents(self, marker: Marker) -> tuple[Level, ...]:
        if marker.style is Style.ANNEX:
            return ()
        outer = tuple(level for level in self.levels if level.style is Style.ANNEX)
        chapters = tuple(level for level in self.levels if level.style is Style.CHAPTER)
        is_outside = marker.style in _COUNTED and all(level.style in _INNER for level in self.levels)
        if (
            marker.style is Style.CHAPTER or is_outside
        ):  # "(1)" and "(2)" number the parties, and hold no "1."
            return outer
        if marker.style in _TOP and len(marker.path) == 1:
            return outer + chapters
        if marker.style in {Style.DECIMAL, Style.ARTICLE, Style.PARAGRAPH}:
            return tuple(level for level in self.levels if _holds(level, marker))
        styles = [level.style for level in self.levels]
        if marker.style in styles:
            return self.levels[: styles.index(marker.style)]
        return self.levels

    def _may_jump(self, marker: Marker, rest: str, *, is_first: bool) -> bool:
        if marker.style is Style.DECIMAL:
            return self._is_later(marker) and _is_prose(rest)
        latest = self.latest.get(marker.style)
        if marker.style in _STRONG:
            return latest is None or 0 < marker.path[0] - latest[0] <= _MAX_SKIPPED
        if latest is None:  # an excerpt may begin with any clause
            is_low = is_first and marker.style in _COUNTED and marker.path[0] <= _LAST_FIRST
            return is_low and _is_title(rest) and not re.search(r"\d", rest)
        is_headed = marker.style is Style.COUNT and _is_heading(rest)
        most = _MAX_SKIPPED_HEADED if is_headed else _MAX_SKIPPED_COUNT
        return 0 < marker.path[0] - latest[0] <= most

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
        return (
            marker.path > (latest or (0,))
            and marker.path[0] <= top + 2
            and max(marker.path[1:]) <= _MAX_SUBCLAUSE
        )


def number_of(levels: Sequence[Level]) -> str:
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


def _extended(text: str, level: Level) -> str:
    printed = level.printed
    if not text or level.style in _TOP or level.style is Style.DECIMAL:
        return f"({printed})" if level.style in {Style.LETTER, Style.ROMAN, Style.BRACKET} else printed
    if level.style in {Style.ZH_BRACKET, Style.ZH_ITEM, Style.ZH_COUNT}:
        return text + printed
    if text.startswith(("§", "Artikel", "Art.")) and level.style in _GERMAN:
        return f"{text} {_GERMAN[level.style]} {printed}"
    if level.style in {Style.COUNT, Style.BARE}:
        mark = "" if text.endswith(("、", "）")) else " " if is_cjk(text[-1]) else "."
        return f"{text}{mark}{printed}"
    return f"{text} Abs. {printed}" if level.style is Style.SUBPARAGRAPH else f"{text}({printed})"


def _holds(level: Level, marker: Marker) -> bool:
    if level.style in {Style.ANNEX, Style.CHAPTER}:
        return True
    if level.style in {Style.DECIMAL, Style.COUNT, Style.BARE, Style.ZH_COUNT} | _TOP:
        return len(level.path) < len(marker.path) and marker.path[: len(level.path)] == level.path
    return False


def _is_title(rest: str) -> bool:
    text = rest.strip()
    return bool(text) and not text[0].islower() and len(text) <= _MAX_HEADING and text[-1] not in ".,;。"


def _is_heading(rest: str) -> bool:
    return _is_title(rest) and len(rest.split()) <= _MAX_HEADING_WORDS and not re.search(r"[\d,;:|]", rest)


def _is_prose(rest: str) -> bool:
    return bool(re.match(r"\s*[A-ZÄÖÜ\"\u4e00-\u9fff(]", rest))
