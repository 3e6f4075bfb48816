"""Slips: pages of three to five short lines, each a label and a value, for a model of a few megabytes.

Seeds decide everything. Values are drawn from so many that no two slips share one but by chance.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from string import ascii_uppercase, digits

from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import Spec
from synthesis.chance import seeded

SPEC_FILE = Path(__file__).parents[2] / "fixtures" / "tiny_qwen" / "slip.toml"
LABELS = {"number": "No", "issued": "Date", "total": "Total", "code": "Code", "reference": "Ref"}
COLUMNS, ROWS = 22, 5  # characters that fit on the largest slip
_FEWEST_LINES = 3
_LONGEST = 10  # characters of a value
_VALUE_COLUMN = 6  # right of the longest label and a space


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipLine:
    """One printed line: its label, its value, and the column (in characters) at which it begins."""

    field: str
    label: str
    value: str

    @property
    def text(self) -> str:
        """Return the line as printed, the value in a column of its own."""
        return f"{self.label:<{_VALUE_COLUMN}}{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    """One page: its lines from top to bottom, and how many pixels they are moved right and down."""

    lines: tuple[SlipLine, ...]
    right: int
    down: int

    @property
    def values(self) -> Mapping[str, str]:
        """Return what the slip prints, by field."""
        return {line.field: line.value for line in self.lines}


def slip_spec() -> Spec:
    """Return the fields of a slip."""
    return load_spec(SPEC_FILE)


def generate_slip(seed: str, *, lines: int | None = None, shift: int = 0, is_scrambled: bool = False) -> Slip:
    """Return the slip of this seed, by default of three to five lines.

    It is moved right by at most `shift` pixels, and down by at most half as many. Scrambled, all
    its values are random digits and capitals.
    """
    rng = seeded(f"slip {seed}")
    count = rng.randint(_FEWEST_LINES, len(LABELS)) if lines is None else lines
    chosen = set(rng.sample(sorted(LABELS), count))
    printed = tuple(
        SlipLine(field=field, label=label, value=_scrambled(rng) if is_scrambled else _VALUES[field](rng))
        for field, label in LABELS.items()
        if field in chosen
    )
    return Slip(lines=printed, right=rng.randint(0, shift), down=rng.randint(0, shift // 2))


def _scrambled(rng: Random) -> str:
    return "".join(rng.choices(digits + ascii_uppercase, k=rng.randint(4, _LONGEST)))


def _number(rng: Random) -> str:
    return _digits(rng, rng.randint(5, 7))


def _date(rng: Random) -> str:
    year, month, day = rng.randint(2000, 2039), rng.randint(1, 12), rng.randint(1, 28)
    return f"{year}-{month:02}-{day:02}" if rng.random() < 0.5 else f"{day:02}.{month:02}.{year}"  # noqa: PLR2004


def _amount(rng: Random) -> str:
    return f"{rng.randint(100, 999_999) / 100:,.2f}"


def _code(rng: Random) -> str:
    return "".join(rng.choices(ascii_uppercase, k=rng.randint(4, 7)))


def _reference(rng: Random) -> str:
    return f"{''.join(rng.choices(ascii_uppercase, k=2))}-{_digits(rng, 4)}"


def _digits(rng: Random, count: int) -> str:
    return "".join(rng.choices(digits, k=count))


_VALUES: Mapping[str, Callable[[Random], str]] = {
    "number": _number,
    "issued": _date,
    "total": _amount,
    "code": _code,
    "reference": _reference,
}
