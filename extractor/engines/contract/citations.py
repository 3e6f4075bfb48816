"""What a clause is cited by, in whatever manner: "§ 4 Abs. 3", "4.3" and 四、（三） are one path."""

import re
from typing import TypeAlias

from extractor.engines.contract.counts import chinese_count, roman_value
from extractor.values.text import fold

ClausePath: TypeAlias = tuple[str, ...]

ANNEX = "annex"

_ANNEXES = (
    "annexe|annex|appendix|schedule|exhibit|attachment|addendum|amendment|anhang|anlage|nachtrag|"
    "附件|附表|附录|补充协议"
)
_WORDS = (
    "articles?|sections?|sec|clauses?|artikel|art|ziffer|ziff|paragraphs?|paragraphen?|para|punkt|"
    "nummer|chapter|part|teil|kapitel|absatz|abs|nr|no|lit|item"
)
_STEP = re.compile(
    rf"(?P<annex>{_ANNEXES})|(?P<word>\b(?:{_WORDS})\b\.?)|(?P<figures>\d+)|"
    r"(?P<chinese>[零〇一二三四五六七八九十百]+)|(?P<letter>(?<![^\W\d_])[a-z]{1,4}(?![^\W\d_]))"
)


def clause_path(citation: str) -> ClausePath:
    """Return the numbers and letters that a citation counts by, outermost first; empty for none.

    Roman numbers count as figures only behind a word such as Article; (i) stays a letter.
    """
    steps: list[str] = []
    is_worded = False
    for match in _STEP.finditer(fold(citation)):
        if match["annex"]:
            steps.append(ANNEX)
        elif match["figures"]:
            steps.append(str(int(match["figures"])))
        elif match["chinese"]:
            steps.append(str(chinese_count(match["chinese"]) or match["chinese"]))
        elif match["letter"]:
            number = roman_value(match["letter"]) if is_worded else None
            steps.append(match["letter"] if number is None else str(number))
        is_worded = match["word"] is not None
    return tuple(steps)


def is_within(path: ClausePath, other: ClausePath) -> bool:
    """Say whether the steps of one citation stand side by side in the other's."""
    return bool(path) and any(
        other[start : start + len(path)] == path for start in range(len(other) - len(path) + 1)
    )
