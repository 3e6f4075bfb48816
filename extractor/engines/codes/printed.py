"""Find where the pages print what a code says: ids and accounts, which nothing else is spelled like."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractor.engines.codes.claim import Claim
from extractor.pages.lines import Line, line_of
from extractor.pages.page import Page
from extractor.pages.word import Origin
from extractor.values.text import fold

_LEAST_SIGNS = 6  # letters and digits: shorter ids are found by chance
_LEAST_DIGITS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A place where a claim is printed: the words, and their page."""

    line: Line
    origin: Origin


def places_of(claim: Claim, pages: Sequence[Page]) -> Iterator[Printed]:
    """Yield the places that print an id, whatever separates its parts; nothing for other claims."""
    if not isinstance(claim.value, str) or not is_telling(claim.text):
        return
    wanted = _signs(claim.text)
    for page in pages:
        for line in page.lines:
            words = _words_that_spell(wanted, line)
            if words is not None:
                found = line_of([line.words[index] for index in words], page=page.number)
                yield Printed(line=found, origin=found.words[0].origin)


def is_telling(text: str) -> bool:
    """Say whether a text is an id, and too long to be printed by chance."""
    signs = _signs(text)
    return len(signs) >= _LEAST_SIGNS and sum(map(str.isdigit, signs)) >= _LEAST_DIGITS


def _words_that_spell(wanted: str, line: Line) -> range | None:
    """Return the words, next to each other, whose letters and digits end in what is wanted."""
    spelled, starts = "", []
    for word in line.words:
        starts.append(len(spelled))
        spelled += _signs(word.text)
    place = spelled.find(wanted)
    while place >= 0:
        end = place + len(wanted)
        ends = [*starts[1:], len(spelled)]
        first = max(index for index, start in enumerate(starts) if start <= place)
        last = min(index for index, stop in enumerate(ends) if stop >= end)
        before, after = spelled[starts[first] : place], spelled[end : ends[last]]
        if not any(map(str.isdigit, before)) and not after:  # "No:4711" may be one word
            return range(first, last + 1)
        place = spelled.find(wanted, place + 1)
    return None


def _signs(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
