"""Fit how much a raw confidence is worth, from generated documents, and write it into the package.

python scripts/fit_calibration.py --count 60
python scripts/fit_calibration.py --count 60 --check     fits on half of the layouts, prints the other half

For each field, and for each type of field (in a table, in a contract; proven or not), the share
of right values is fitted as a rising function of the raw confidence (isotonic regression:
Barlow, Bartholomew, Bremner and Brunk 1972). Where few values were seen, less is claimed: the
curve is the lower end of Wilson's interval (1927) at two standard deviations.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path

from scipy.optimize import isotonic_regression
from synthesis.alternatives import settled
from synthesis.alternatives import settled
from synthesis.fapiao import generate_fapiao
from synthesis.invoice import generate_invoice
from synthesis.measure import invoice_truth

import extractor
from extractor.assessment.calibration import ANY, PROVEN, Calibration, Curve
from extractor.assessment.confidence import SUREST, curves_for, kinds_of, raw_confidence
from extractor.evaluation.judging import Outcome, judge
from extractor.field_specs.load import load_spec
from extractor.validation.proofs import Proof, prove

_LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")
_TO = Path(__file__).parent.parent / "extractor" / "assessment" / "calibration.toml"
_STEP = 0.02  # raw confidences closer than this are one
_FEWEST = 120  # values that a curve of its own needs
_DEVIATIONS = 2.0  # standard deviations that are claimed less than was seen
_SHOWN = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One value that was read: its raw confidence, the curves it counts for, and whether it is right."""

    family: str
    field: str
    raw: float
    curves: tuple[str, ...]
    is_right: bool
    document: str


def main() -> None:
    """Generate, read, fit; write the curves, or check them on layouts that were left out."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=60, help="documents a language")
    options.add_argument("--first", type=int, default=100_000, help="the first seed")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--check", action="store_true", help="fit on half of the layouts, print the rest")
    chosen = options.parse_args()
    kinds = [
        (kind, seed)
        for kind in ("fapiao", *_LANGUAGES)
        for seed in range(chosen.first, chosen.first + chosen.count)
    ]
    with ProcessPoolExecutor(chosen.workers) as pool:
        samples = [sample for found in pool.map(_samples, kinds, chunksize=4) for sample in found]
    if chosen.check:
        left_out = [sample for sample in samples if hash_of(sample.family) % 2]
        calibration = fit([sample for sample in samples if not hash_of(sample.family) % 2])
        print(*reliability(left_out, calibration), sep="\n")
        return
    calibration = fit(samples)
    _TO.write_text(written(calibration, len(kinds), len(samples)), encoding="utf-8")
    print(f"wrote {_TO.name}: {len(calibration.curves)} curves from {len(samples)} values")


def fit(samples: Sequence[Sample]) -> Calibration:
    """Return a rising curve for every kind that enough values were seen of."""
    by_curve: dict[str, list[Sample]] = defaultdict(list)
    for sample in samples:
        for name in (*sample.curves, ANY):
            by_curve[name].append(sample)
    return Calibration(
        curves={
            name: _curve(found, is_proven=name.endswith(PROVEN))
            for name, found in sorted(by_curve.items())
            if len(found) >= _FEWEST or name in (ANY, PROVEN)
        }
    )


def reliability(samples: Iterable[Sample], calibration: Calibration) -> Iterator[str]:
    """Yield a line for each range of confidence: how many values, and the share that is right."""
    sure = [(calibration.confidence(each.raw, names=each.curves), each.is_right) for each in samples]
    for low, high in pairwise(_SHOWN):
        within = [right for confidence, right in sure if low <= confidence < high]
        if within:
            yield f"{low:.2f} to {high:.2f}: {len(within):6d} values, right {sum(within) / len(within):.4f}"
    top = [right for confidence, right in sure if confidence >= 0.9]  # noqa: PLR2004 - the figure that is promised
    yield f"0.90 and above: {len(top)} of {len(sure)} values, right {sum(top) / max(1, len(top)):.4f}"


def _curve(samples: Sequence[Sample], *, is_proven: bool) -> Curve:
    bins: dict[float, list[bool]] = defaultdict(list)
    for sample in samples:
        bins[round(round(sample.raw / _STEP) * _STEP, 2)].append(sample.is_right)
    raws = sorted(bins)
    shares = [sum(bins[raw]) / len(bins[raw]) for raw in raws]
    weights = [len(bins[raw]) for raw in raws]
    fitted = isotonic_regression(shares, weights=weights).x
    knots: list[tuple[float, float]] = []
    for level in dict.fromkeys(fitted):
        block = [raw for raw, each in zip(raws, fitted, strict=True) if each == level]
        seen = sum(len(bins[raw]) for raw in block)
        lower = min(_wilson_lower(float(level), seen), SUREST)
        lower = max(lower, knots[-1][1] if knots else 0.0)
        knots += [(raw, round(lower, 4)) for raw in dict.fromkeys((block[0], block[-1]))]
    start = knots[0][1] if is_proven else 0.0  # below what was seen, a proof holds all the same
    knots = [(0.0, start), *knots] if knots[0][0] else knots
    return Curve(raw=tuple(raw for raw, _ in knots), sure=tuple(sure for _, sure in knots))


def _wilson_lower(share: float, seen: int) -> float:
    """Return the lower end of Wilson's interval for a share of so many."""
    square = _DEVIATIONS * _DEVIATIONS / seen
    centre = share + square / 2
    spread = sqrt(square * (share * (1 - share) + square / 4))
    return max(0.0, (centre - spread) / (1 + square))


def _samples(document: tuple[str, int]) -> list[Sample]:
    kind, seed = document
    made = generate_fapiao(seed) if kind == "fapiao" else generate_invoice(seed, language=kind)
    (read,) = extractor.extract(made.content, spec="invoice", name=made.name)
    spec = load_spec("invoice")
    proofs = prove(read.extraction, spec=spec)
    doubted = {each.field for each in read.findings if each.code != "LOW_CONFIDENCE"}
    nothing: frozenset[Proof] = frozenset()
    found = []
    for each in judge(invoice_truth(settled(made.truth, read)), read).all:
        if each.leaf is None or not each.is_given or each.path in doubted:
            continue
        field, _, column = each.field.partition(".")
        path = each.path if column and "[" in each.path else field
        kind_column = column if "[" in each.path else ""  # members of a group are of the group's kind
        found.append(
            Sample(
                family=getattr(made, "family", kind),  # a fapiao is one form, whatever its seed
                field=each.field,
                raw=raw_confidence(each.leaf),
                curves=curves_for(kinds_of(spec, field, kind_column), proofs.get(path, nothing)),
                is_right=each.outcome is Outcome.RIGHT,
                document=made.name,
            )
        )
    return found


def hash_of(family: str) -> int:
    """Return a number that is the same in every run."""
    return sum(family.encode())


def written(calibration: Calibration, documents: int, values: int) -> str:
    """Return the calibration as TOML."""
    lines = [
        "# How often a value is right that was read with so much raw confidence: [raw, confidence].",
        f"# Written by scripts/fit_calibration.py from {values} values of {documents} generated documents.",
        "",
        "[curves]",
    ]
    for name, curve in calibration.curves.items():
        knots = ", ".join(f"[{raw}, {sure}]" for raw, sure in zip(curve.raw, curve.sure, strict=True))
        lines.append(f'"{name}" = [{knots}]')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
