"""Count how well drawn documents are read. Their truth is exact, so that values must agree literally."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from extractor.assessment.assessment import Assessment
from extractor.evaluation.judging import Judgement, Outcome, judge
from extractor.evaluation.record import Record
from extractor.evaluation.record_truth import truth_of
from extractor.evaluation.truth import Truth
from extractor.field_specs.load import load_spec
from synthesis import truth as drawn


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One value that was not read as it was drawn. `wanted` is None where nothing was drawn."""

    document: str
    field: str
    wanted: str | None
    read: str | None


@dataclass(slots=True, kw_only=True)
class Tally:
    """Counts by field name; the cells of lines are named `line_items.quantity` and the like."""

    printed: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    @property
    def recall(self) -> Decimal:
        """Return the share of printed values that were read right."""
        return _share(self.right.total(), self.printed.total())

    @property
    def precision(self) -> Decimal:
        """Return the share of read values that are right."""
        return _share(self.right.total(), self.given.total())

    def count(
        self, document: str, name: str, *, wanted: str | None, read: str | None, is_right: bool
    ) -> None:
        """Count one value."""
        self.printed[name] += wanted is not None
        self.given[name] += read is not None
        self.right[name] += is_right
        if not is_right and (wanted is not None or read is not None):
            self.misses.append(Miss(document=document, field=name, wanted=wanted, read=read))

    def add(self, document: str, judgements: Iterable[Judgement]) -> None:
        """Count what was judged."""
        for each in judgements:
            is_right = each.outcome is Outcome.RIGHT
            self.count(document, each.field, wanted=each.wanted, read=each.read, is_right=is_right)

    def table(self) -> Iterator[str]:
        """Yield one line a field: recall, precision, and how often it is printed."""
        for name in sorted(self.printed | self.given):
            recall = _share(self.right[name], self.printed[name])
            precision = _share(self.right[name], self.given[name])
            yield f"{name:28s} recall {recall:.3f}  precision {precision:.3f}  printed {self.printed[name]}"


def compare(tally: Tally, document: str, assessment: Assessment, truth: drawn.Truth) -> None:
    """Count every value of one invoice but for the tax breakdown, which is not always printed whole."""
    judged = judge(invoice_truth(truth), assessment, is_literal=True).all
    tally.add(document, (each for each in judged if not each.field.startswith("tax_breakdown.")))


def invoice_truth(truth: drawn.Truth) -> Truth:
    """Return what a drawn invoice says as evaluation judges it."""
    printed = {name: text for name, text in truth.fields.items() if name not in truth.unscored}
    implied = {name: text for name in truth.unscored if (text := truth.fields.get(name)) is not None}
    tables = {"line_items": list(truth.line_items), "tax_breakdown": list(truth.tax_breakdown)}
    return typed_truth("invoice", {**printed, **tables}, implied=implied)


def typed_truth(
    spec: str, fields: Mapping[str, object], *, implied: Mapping[str, str] | None = None
) -> Truth:
    """Return fields with the types of a spec."""
    record = Record(file="drawn", fields=fields, implied=implied or {})
    contents = truth_of(record, load_spec(spec))
    return Truth(file=record.file, values=contents.values, tables=contents.tables)


def _share(part: int, whole: int) -> Decimal:
    return Decimal(part) / whole if whole else Decimal(1)
