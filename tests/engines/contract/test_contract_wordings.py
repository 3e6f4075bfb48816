"""Clauses in three languages: what they fix, and what they must not be taken for.

The wordings lie in `wordings_en.toml` and its neighbours, each invented.
"""

import tomllib
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from extractor.engines.reading import Candidate, Reading

Read = Callable[..., Reading]

_FRAMES = {
    "en": ("Supply Agreement", "4. Commercial terms", "4.1 {}", "4.2 Changes are made in writing."),
    "de": ("Rahmenvertrag", "§ 4 Vergütung und Laufzeit", "(1) {}", "(2) Nebenabreden bestehen nicht."),
    "zh": ("供货合同", "四、价款与期限", "（一）{}", "（二）本合同一式两份。"),
}
_BARE_FRAMES = {
    "en": ("Supply Agreement", "4. Further terms", "4.1 {}", "4.2 Changes are made in writing."),
    "de": ("Rahmenvertrag", "§ 4 Weiteres", "(1) {}", "(2) Nebenabreden bestehen nicht."),
    "zh": ("供货合同", "四、其他约定", "（一）{}", "（二）本合同一式两份。"),
}
_CLAUSES = {"en": "4.1", "de": "§ 4 Abs. 1", "zh": "四、（一）"}


def wordings(kind: str) -> list[list[str | date]]:
    found: list[list[str | date]] = []
    for language in _FRAMES:
        path = Path(__file__).with_name(f"wordings_{language}.toml")
        written = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [[language, *row] for row in written[kind]]
    return found


def is_value(candidate: Candidate, wanted: str | date) -> bool:
    value = candidate.text if candidate.value is None else candidate.value
    if isinstance(value, Decimal):
        try:
            return value == Decimal(str(wanted))
        except InvalidOperation:
            return False
    return value == wanted


@pytest.mark.parametrize(("language", "term", "value", "sentence"), wordings("found"))
def test_a_term_is_read_from_its_clause(
    read: Read, language: str, term: str, value: str | date, sentence: str
) -> None:
    reading = read(*(part.format(sentence) for part in _FRAMES[language]))
    best = reading.candidates[term][0]
    assert is_value(best, value), (best.text, best.value)
    assert best.clause == _CLAUSES[language]
    assert best.quote is not None
    assert "".join(best.quote.split()) in "".join(sentence.split())


@pytest.mark.parametrize(("language", "term", "sentence"), wordings("absent"))
def test_a_near_miss_is_no_term(read: Read, language: str, term: str, sentence: str) -> None:
    reading = read(*(part.format(sentence) for part in _BARE_FRAMES[language]))
    assert term not in reading.candidates
