"""Put right the sign of a paragraph, which recognition takes for an S: "S 4 Abrechnung" is § 4.

One line may begin with an S and a number by chance. Lines whose numbers follow one another
down a page are the headings of a law or a contract.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.pages.scans.recogniser import RecognisedLine

_HEADING = re.compile(r"\s*(?P<sign>[§S$]) ?(?P<number>\d{1,3})\.? (?=[A-ZÄÖÜ(])")
_FEWEST = 2


def with_paragraph_signs(lines: Sequence[RecognisedLine]) -> list[RecognisedLine]:
    """Return a page's lines with the sign in front of their numbers, where these count on from each other."""
    found = [(match, index) for index, line in enumerate(lines) if (match := _HEADING.match(line.text))]
    found.sort(key=lambda each: float(lines[each[1]].corners[:, 1].min()))
    numbers = [int(match["number"]) for match, _ in found]
    if len(numbers) < _FEWEST or any(second - first != 1 for first, second in pairwise(numbers)):
        return list(lines)
    right = list(lines)
    for match, index in found:
        text, place = match.string, match.start("sign")
        right[index] = replace(lines[index], text=f"{text[:place]}§{text[place + 1 :]}")
    return right
