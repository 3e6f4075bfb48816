"""Find the labels of a spec in printed text, whatever their spacing and punctuation.

Labels and texts are compared by their letters and digits alone: "Rechnungs-Nr.",
"Rechnungs Nr" and "RECHNUNGSNR" are one label. A label begins and ends where a run of
letters or of digits does (any place between two Chinese characters).
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, islice

_KEPT_SIGNS = "#%"
_DROPPED = re.compile(f"[^a-z0-9{_KEPT_SIGNS}]+")
_RUNS = re.compile(f"[a-z]+|[0-9]+|[{_KEPT_SIGNS}]")
_COMPOUND = re.compile(r"-[^\W\d_]")
_JOINTS = "-_/"
_COLONS = ":："
_ORDER = "po"
_POST_BOX = re.compile(r"p\.?\s?o\.?\s?box", re.IGNORECASE)  # no "PO" number
_MOST_TEXTS = 1024  # that are remembered
_HEAD = 3  # letters that tell of most places that no label begins there
_CJK_FROM = "\u2e80"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A label found in a text: `names` are all fields that the label may belong to."""

    names: tuple[str, ...]
    start: int
    end: int
    label: str  # squeezed


class Lexicon:
    """Labels by name, ready to be looked up. Build once a spec."""

    def __init__(self, labels: Mapping[str, Iterable[str]]) -> None:
        """Take the labels of every name; a label may belong to several names."""
        names_of: dict[str, tuple[str, ...]] = {}
        for name, spellings in labels.items():
            for letters in {_letters(spelling): None for spelling in spellings}:
                names_of[letters] = (*names_of.get(letters, ()), name)
        names_of.pop("", None)
        self._names_of = names_of
        self._found_in: dict[str, tuple[Hit, ...]] = {}  # the texts of a page are asked for several times
        self._begun = {letters[:end] for letters in names_of for end in range(1, len(letters) + 1)}
        self._heads = {letters[:_HEAD] for letters in names_of if len(letters) >= _HEAD}
        self._short = {letters for letters in names_of if len(letters) < _HEAD}

    def find(self, text: str) -> Sequence[Hit]:
        """Return the labels in `text`, left to right, the longest at each place."""
        hits = self._found_in.get(text)
        if hits is None:
            if len(self._found_in) >= _MOST_TEXTS:
                self._found_in.clear()
            hits = self._found_in[text] = self._find(text)
        return hits

    def _find(self, text: str) -> tuple[Hit, ...]:
        letters, places, begins = squeezed(text)
        bounds = [*compress(range(len(letters)), begins), len(letters)]
        hits: list[Hit] = []
        free = 0  # behind the last hit
        for index, start in enumerate(bounds[:-1], 1):
            if start < free or not self._may_begin(letters, start):
                continue
            hit = self._longest(text, letters, places, start, islice(bounds, index, None))
            if hit is not None:
                hits.append(hit)
                free = start + len(hit.label)
        return tuple(hits)

    def knows(self, text: str) -> bool:
        """Say whether the whole text is a label."""
        return _letters(text) in self._names_of

    def begins(self, text: str) -> bool:
        """Say whether a label begins with the text."""
        return _letters(text) in self._begun

    def _may_begin(self, letters: str, start: int) -> bool:
        """Say, at little cost, whether a label may begin there: mostly none does."""
        short = self._short
        return (
            letters[start : start + _HEAD] in self._heads
            or letters[start : start + 2] in short
            or letters[start] in short
        )

    def _longest(
        self, text: str, letters: str, places: Sequence[int], start: int, ends: Iterable[int]
    ) -> Hit | None:
        """Return the longest label from `start` to one of the `ends` that is no part of a code.

        One that ends before a hyphen gives way to a shorter one that does not:
        "Totaal excl. Btw-bedrag" is "Totaal excl." and "Btw-bedrag".
        """
        best: Hit | None = None
        compound: Hit | None = None
        for end in ends:
            part = letters[start:end]
            if part not in self._begun:
                break
            if part in self._names_of:
                first, last = places[start], places[end - 1] + 1
                is_word = part == _ORDER and not text[first:last].isupper()  # the river, not "PO"
                is_parted = any(colon in text[first:last] for colon in _COLONS)  # "Payment: by"
                if not is_word and not is_parted and not _is_part_of_code(text, first, last):
                    hit = Hit(names=self._names_of[part], start=first, end=last, label=part)
                    if _COMPOUND.match(text, last):
                        compound = hit
                    else:
                        best, compound = hit, None
        return best or compound


def between(text: str, hits: Sequence[Hit]) -> Iterator[str]:
    """Yield what stands before the first label of a text, between its labels, and behind the last."""
    ends, starts = (0, *(hit.end for hit in hits)), (*(hit.start for hit in hits), len(text))
    yield from (text[end:start] for end, start in zip(ends, starts, strict=True))


def _is_part_of_code(text: str, start: int, end: int) -> bool:
    """Say whether letters belong to a code or compound: "PO-3333", "po_number", "DE8120"."""
    if text[end - 1] > _CJK_FROM:
        return False
    if _POST_BOX.match(text, start):
        return True
    glued = text[end : end + 1]
    if glued.isalnum() and glued < _CJK_FROM and text[end - 1].isalpha():
        return True
    if glued in _JOINTS and text[end + 1 : end + 2].isalnum() and (glued == "_" or text[end + 1].isdigit()):
        return True
    if glued in _JOINTS and glued and text[end + 1 : end + 2].isupper() and text[start:end].isupper():
        return True
    return start > 1 and text[start - 1] == "_" and text[start - 2].isalnum()


def _letters(text: str) -> str:
    """Return what `squeezed` keeps of a text, quickly for plain ASCII."""
    if text.isascii():
        return _DROPPED.sub("", text.lower())
    return squeezed(text)[0]


@lru_cache(maxsize=1024)  # the texts of a page: each is looked up several times
def squeezed(text: str) -> tuple[str, Sequence[int], Sequence[bool]]:
    """Return the text's letters and digits, folded; where each stood; where runs begin."""
    if text.isascii():
        return _squeezed_ascii(text.lower())
    if not text.isascii():
        text = text.replace("º", "°")
    letters: list[str] = []
    places: list[int] = []
    begins: list[bool] = []
    kind = ""
    for place, original in enumerate(text):
        for character in _folded(original):
            if character.isalpha() or character == "°":
                character_kind = "cjk" if character > _CJK_FROM else "letter"
            elif character.isdigit():
                character_kind = "digit"
            elif character in _KEPT_SIGNS:
                character_kind = "sign"
            else:
                kind = ""
                continue
            letters.append("o" if character == "°" else character)
            places.append(place)
            begins.append(character_kind != kind or character_kind in {"cjk", "sign"})
            kind = character_kind
    return "".join(letters), places, begins


def _squeezed_ascii(text: str) -> tuple[str, Sequence[int], Sequence[bool]]:
    """Do the same run by run, for the texts that are most of a page."""
    letters: list[str] = []
    places: list[int] = []
    begins: list[bool] = []
    for run in _RUNS.finditer(text):
        start, end = run.span()
        letters.append(run[0])
        places += range(start, end)
        begins += [True] + [False] * (end - start - 1)
    return "".join(letters), places, begins


def _folded(character: str) -> str:
    """Return the character without case, width and accents: labels are typed carelessly."""
    if character.isascii():
        return character.lower()
    parts = unicodedata.normalize("NFKD", character).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))
