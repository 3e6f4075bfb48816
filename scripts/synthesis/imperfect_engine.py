"""A stand-in for a vision model: it knows what a drawn invoice says, and errs as often as told.

What it does to a value depends on the seed and the value's path alone, so that it errs the same
whether it is asked for all fields or for a few. Its scores say how often it is right, and nothing of
which value is; or, where it is vain, that it never errs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from extractor.documents.document import Document
from extractor.engines.reading import Candidate, CandidateRow, Evidence, Reading, Scalar
from extractor.field_specs.spec import ColumnSpec, FieldType, Spec
from extractor.pages.geometry import Box
from extractor.pages.page import Page
from synthesis.truth import Row, Truth

_NUMBERS = frozenset({FieldType.AMOUNT, FieldType.QUANTITY, FieldType.NUMBER, FieldType.RATE})
_SURE = 0.98  # of a value, where the engine never errs
_ACCOUNT = "account"


@dataclass(slots=True, kw_only=True)
class ImperfectEngine:
    """Gives each printed value right, wrong (share `errs`) or not at all (share `drops`).

    After a reading, `asked` names the fields it was asked for and `wrong` the paths it got wrong.
    """

    truth: Truth
    seed: int
    errs: float
    drops: float
    is_vain: bool = False
    name: str = "imperfect"
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def read(self, document: Document, pages: Sequence[Page], spec: Spec) -> Reading:  # noqa: ARG002 - an engine
        """Say what the truth says of the spec's fields, with errors."""
        self.asked, self.wrong = list(spec.fields), []
        page = pages[0].number
        candidates: dict[str, tuple[Candidate, ...]] = {}
        tables: dict[str, tuple[CandidateRow, ...]] = {}
        drawn = {"line_items": self.truth.line_items, "tax_breakdown": self.truth.tax_breakdown}
        for name, known in spec.fields.items():
            if known.type is FieldType.TABLE:
                tables[name] = tuple(self._rows(name, drawn.get(name, ()), known.columns, page))
                continue
            text = None if name in self.truth.unscored else self.truth.fields.get(name)
            column = known.columns[_ACCOUNT] if known.type is FieldType.ACCOUNT else known
            candidate = None if text is None else self._candidate(name, text, column, page)
            if candidate is not None and known.type is FieldType.ACCOUNT:
                candidate = Candidate(
                    text=candidate.text,
                    evidence=candidate.evidence,
                    score=candidate.score,
                    parts={_ACCOUNT: candidate},
                )
            if candidate is not None:
                candidates[name] = (candidate,)
        return Reading(
            engine=self.name,
            candidates=candidates,
            tables={name: rows for name, rows in tables.items() if rows},
        )

    def _rows(
        self, name: str, rows: Sequence[Row], columns: Mapping[str, ColumnSpec], page: int
    ) -> list[CandidateRow]:
        found = []
        for index, row in enumerate(rows):
            cells = {
                column: cell
                for column, text in row.items()
                if text is not None
                and (cell := self._candidate(f"{name}[{index}].{column}", text, columns[column], page))
            }
            if cells:
                found.append(CandidateRow(cells=cells))
        return found

    def _candidate(self, path: str, text: str, column: ColumnSpec, page: int) -> Candidate | None:
        chance = Random(f"{self.seed} {path}")  # noqa: S311 - no secret
        if chance.random() < self.drops:
            return None
        value = _value(text, column)
        if chance.random() < self.errs:
            self.wrong.append(path)
            value = _other(value, column, chance)
        top = 10 + chance.random() * 700
        evidence = Evidence(page=page, boxes=(Box(50, top, 120, top + 10),))
        return Candidate(text=str(value), value=value, evidence=evidence, score=self._score())

    def _score(self) -> float:
        return _SURE if self.is_vain else _SURE * (1 - self.errs)


def _value(text: str, column: ColumnSpec) -> Scalar:
    if column.type in _NUMBERS:
        return Decimal(text)
    return date.fromisoformat(text) if column.type is FieldType.DATE else text


def _other(value: Scalar, column: ColumnSpec, chance: Random) -> Scalar:
    """Return another value of the same type."""
    if isinstance(value, Decimal):
        return value + chance.randint(1, 9) * Decimal(10) ** chance.randint(-1, 2)
    if isinstance(value, date):
        return value + timedelta(days=chance.randint(1, 40))
    if column.type is FieldType.CHOICE:
        return chance.choice([each for each in column.choices if each != value])
    if column.type is FieldType.CURRENCY:
        return "SEK" if value != "SEK" else "NOK"
    digits = [place for place, sign in enumerate(value) if sign.isdigit()]
    if digits and column.type in (FieldType.IDENTIFIER, FieldType.TAX_ID):
        place = chance.choice(digits)
        return f"{value[:place]}{(int(value[place]) + chance.randint(1, 9)) % 10}{value[place + 1 :]}"
    return f"{value[::-1]} {chance.randint(10, 99)}"
