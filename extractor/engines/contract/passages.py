"""Paragraphs as running text that still knows every word's place on the page.

The only module of this engine that turns a stretch of text into evidence.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from extractor.engines.reading import Evidence
from extractor.pages.geometry import union
from extractor.pages.lines import Line
from extractor.pages.word import Word
from extractor.values import text as values_text

_QUOTES = str.maketrans(
    {
        **dict.fromkeys(
            (0x201C, 0x201D, 0x201E, 0x201F, 0x00AB, 0x00BB, 0x300C, 0x300D, 0x300E, 0x300F), '"'
        ),
        0x201A: "'",
    }
)
_CJK = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff，。；：、（）《》“”]")
_SHORTENED = (
    r"(?:\w*Nr\.|\b(?:No|Nos|Inc|Ltd|Co|Corp|Abs|Art|Ziff|St|Str|Mr|Mrs|Ms|Dr|Prof|vs|ca|vgl|bzw|ggf|"
    r"inkl|zzgl|exkl|excl"
    r"|incl|approx|resp|evtl|gem|lt|Tel|Fax|Sec|para|Para|usw|etc|max|min|Std|Stk|Std|Pos|Lfd|lfd|usf|"
    r"Bros|Jr|Sr|cf"
    r"|Ref|Reg|Acc|acct|EUR|Mio|Tsd|Hr|Fr|Kto|BLZ|Einh|abzgl|lit|p|a|d|h|i|e|g|z|B|u|o)\.|\b[A-Z]\.)$"
)
_ABBREVIATION = re.compile(_SHORTENED, re.IGNORECASE)
_ASIDE = re.compile(r"\s*\((?:[a-zäöüß]|\d[\d.,]*\s*%)")  # goes on: "USt. (19 %)"
_ORDINAL = re.compile(r"\b\d{1,2}\.$")
_MONTH = re.compile(r"(?:Jan|Feb|M[äa]r|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])")
_NEXT_LABEL = re.compile(r"\s*[^\s:;,.][^:;,.]{1,24}:")
_RAISED = 0.88  # of the usual height: smaller words are raised marks
_MAX_RAISED = 3  # characters of a raised mark
_STOP = re.compile(r"[。;!?！？]|[.](?=[\s\"')\]]|$)")


def plain(text: str) -> str:
    """Write full-width forms, dashes and quotation marks plainly, character by character."""
    even = values_text.plain(text)
    return even if even.isascii() else even.translate(_QUOTES)


def casefolded(text: str) -> str:
    """Casefold character by character, so that offsets stay true."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def is_cjk(character: str) -> bool:
    """Say whether a character is set without spaces around it."""
    return bool(_CJK.match(character))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedWord:
    """A word with its page and the number of its line in the passage."""

    word: Word
    page: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Words of one page, as printed, and their place: one box a line."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One paragraph. `text` is plain (see `plain`), words rejoined where a line broke them.

    `starts[i]` is where word i begins in `text`; `text` has the printed lengths
    except for a hyphen dropped at a line's end.
    """

    text: str
    starts: tuple[int, ...]
    words: tuple[PlacedWord, ...]

    def word_at(self, offset: int) -> int:
        """Return the index of the word that holds the character at `offset`."""
        return max(0, bisect_right(self.starts, offset) - 1)

    def raised(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return where short words much smaller than the others stand in a stretch."""
        first, last = self.word_at(start), self.word_at(max(start, end - 1))
        held = range(first, last + 1)
        heights = sorted(self.words[index].word.box.height for index in held)
        bound = _RAISED * heights[len(heights) // 2]
        ends = (*self.starts[1:], len(self.text))
        return [
            (self.starts[index], ends[index])
            for index in held
            if len(self.words[index].word.text) <= _MAX_RAISED and self.words[index].word.box.height < bound
        ]

    def quote(self, start: int, end: int) -> Quote:
        """Return the stretch as printed, cut to the page or column on which most of it stands."""
        first, last = self.word_at(start), self.word_at(max(start, end - 1))
        parts = self._parts(first, last)
        held = Counter[int]()
        for index, part in zip(range(first, last + 1), parts, strict=True):
            held[part] += len(self.words[index].word.text)
        chosen = max(held, key=lambda part: (held[part], -part))
        indices = [index for index, part in zip(range(first, last + 1), parts, strict=True) if part == chosen]
        page = self.words[indices[0]].page
        printed = [self._printed(index, start, end) for index in indices]
        placed = [self.words[index] for index in indices]
        boxes = tuple(
            union(each.word.box for each in row) for _, row in groupby(placed, key=lambda each: each.line)
        )
        evidence = Evidence(page=page, boxes=boxes, origin=placed[0].word.origin)
        return Quote(text=_spaced(printed), evidence=evidence)

    def _parts(self, first: int, last: int) -> list[int]:
        """Return for each word how often the text went on at the top of a page or column before it."""
        parts = [0]
        for before, each in pairwise(self.words[first : last + 1]):
            rise = before.word.box.centre_y - each.word.box.centre_y
            is_turn = before.page != each.page or (
                before.line != each.line and rise > 2 * each.word.box.height
            )
            parts.append(parts[-1] + is_turn)
        return parts

    def _printed(self, index: int, start: int, end: int) -> str:
        text, begin = self.words[index].word.text, self.starts[index]
        following = self.starts[index + 1] if index + 1 < len(self.starts) else len(self.text)
        cut_end = len(text) if end >= min(following, begin + len(text)) else end - begin
        return text[max(0, start - begin) : cut_end]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A stretch of a passage that says one thing. `start` and `end` lie in the passage."""

    passage: Passage
    start: int
    end: int

    @property
    def text(self) -> str:
        """Return the sentence, plain."""
        return self.passage.text[self.start : self.end]

    def quote(self, start: int = 0, end: int = 0) -> Quote:
        """Return the sentence as printed around a stretch of it, with its place.

        It is cut at raised marks ("39th", a footnote's number): files often keep these
        apart from the text, so that words across them do not prove themselves.
        """
        first, last = self.start, self.end
        for begin, finish in self.passage.raised(self.start, self.end):
            if finish <= self.start + start:
                first = max(first, finish)
            elif begin >= self.start + end:
                last = min(last, begin)
        return self.passage.quote(first, last)

    def words_of(self, start: int, end: int) -> Quote:
        """Return a stretch of the sentence (offsets within it) as printed, with its place."""
        return self.passage.quote(self.start + start, self.start + end)


def passage_of(lines: Sequence[Line]) -> Passage:
    """Join lines into one passage, in the order given."""
    text = ""
    starts: list[int] = []
    placed: list[PlacedWord] = []
    previous: PlacedWord | None = None
    for number, line in enumerate(lines):
        for word in line.words:
            if previous is not None:
                text = _joined(text, previous, word, is_new_line=previous.line != number)
            starts.append(len(text))
            text += plain(word.text)
            previous = PlacedWord(word=word, page=line.page, line=number)
            placed.append(previous)
    return Passage(text=text, starts=tuple(starts), words=tuple(placed))


def sentences(passage: Passage, *, lead: int = 0) -> tuple[Sentence, ...]:
    """Split a passage at full stops (abbreviations and ordinals aside) and semicolons.

    The first `lead` characters are left out: a clause number set tight to its text.
    """
    found: list[Sentence] = []
    start = lead
    text = passage.text
    for stop in _STOP.finditer(text):
        if stop.group() == "." and not _ends_sentence(text, start, stop.end()):
            continue
        if stop.group() == ";" and ":" in text[start : stop.start()] and _NEXT_LABEL.match(text, stop.end()):
            continue  # a list of labels with their values: "Bank: …; IBAN: …"
        _append(found, passage, start, stop.end())
        start = stop.end()
    _append(found, passage, start, len(text))
    return tuple(found)


def _append(found: list[Sentence], passage: Passage, start: int, end: int) -> None:
    stretch = passage.text[start:end]
    stripped = stretch.strip(" \"')]")
    if stripped:
        begin = start + len(stretch) - len(stretch.lstrip(" \"')]"))
        found.append(Sentence(passage=passage, start=begin, end=start + len(stretch.rstrip())))


def _ends_sentence(text: str, start: int, end: int) -> bool:
    rest = text[end:].lstrip(" \"')]")
    if not rest:
        return True
    tail = text[max(start, end - 12) : end]
    if rest[0].islower() or _ABBREVIATION.search(tail) or _ASIDE.match(text[end:]):
        return False
    return not (_ORDINAL.search(tail) and (_MONTH.match(rest) or rest[0].isdigit()))


def _joined(text: str, before: PlacedWord, word: Word, *, is_new_line: bool) -> str:
    left, right = before.word.text, word.text
    if is_new_line:
        if left.endswith(("-", "\u2010", "\u00ad")) and len(left) > 1:
            is_broken = right[:1].islower() and left[-2].isalpha()
            return text[:-1] if is_broken else text
        return text if is_cjk(left[-1]) and is_cjk(right[0]) else text + " "
    if is_cjk(left[-1]) and is_cjk(right[0]):
        gap = word.box.x0 - before.word.box.x1
        return text if gap < 0.3 * word.box.height else text + " "
    return text + " "


def _spaced(printed: Iterable[str]) -> str:
    text = ""
    for part in printed:
        is_tight = not text or not part or (is_cjk(text[-1]) and is_cjk(part[0]))
        text += part if is_tight else f" {part}"
    return text
