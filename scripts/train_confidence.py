"""Train the confidence model on generated documents, and write it into the package.

python scripts/train_confidence.py --count 120
python scripts/train_confidence.py --count 60 --check     trains on part of the layouts, prints the rest

Gradient-boosted trees (scikit-learn) learn which of the values that were read are right. What
they say of layouts that they have not seen (five folds by layout family) is then made
honest: a rising curve (isotonic regression: Barlow, Bartholomew, Bremner and Brunk 1972)
of the share that was right, at the lower end of Wilson's interval (1927) at two standard
deviations, so that little is claimed of what was seldom seen.

No real document is trained on. Run it again after a change of what engines read or score.
"""

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import isotonic_regression
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.model_selection import GroupKFold
from synthesis.alternatives import settled
from synthesis.contract_random import generate_contract
from synthesis.fapiao import generate_fapiao
from synthesis.invoice import generate_invoice
from synthesis.measure import invoice_truth
from synthesis.measure_terms import judge_terms
from synthesis.scan import Kind, captured

import extractor
from extractor.assessment.assessment import Assessment
from extractor.assessment.calibration import Curve, TrainedCalibration, calibration_of
from extractor.assessment.confidence import SUREST, doubts
from extractor.assessment.features import NAMES, features_of, known_values
from extractor.documents.opening import open_document
from extractor.evaluation.judging import Judgement, Outcome, judge
from extractor.field_specs.load import load_spec
from extractor.pages.reading import read_pages
from extractor.validation.finding import FindingCode
from extractor.validation.proofs import prove

_LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")
_CONTRACTS = ("contract-en", "contract-de", "contract-zh")
_KINDS = ("fapiao", *_LANGUAGES, *_CONTRACTS)
_TO = Path(__file__).parent.parent / "extractor" / "assessment" / "confidence.json"
_TREES, _LEAVES, _RATE, _FEWEST = 160, 12, 0.08, 40
_FOLDS = 5
_CAPTURES: tuple[Kind, ...] = ("scan", "photo")
_UNNAMED = 0.2  # of the values are also shown without their field's name: a user's spec has others
_STEP = 0.01  # answers of the trees closer than this are one
_DEVIATIONS = 2.0
_SHOWN = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.97, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The values of one document: a row of features each, and whether it is right."""

    family: str
    rows: NDArray[np.float32]
    are_right: NDArray[np.bool_]


def main() -> None:
    """Generate, read, train; write the model, or check it on layouts that were left out."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--count", type=int, default=120, help="documents a kind")
    options.add_argument("--scans", type=int, default=0, help="of them also as scans and photos, a kind")
    options.add_argument("--first", type=int, default=100_000, help="the first seed")
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--check", action="store_true", help="train on part of the layouts, print the rest")
    chosen = options.parse_args()
    _require_some_model()
    seeds = range(chosen.first, chosen.first + chosen.count)
    asked = [(kind, seed, False) for kind in _KINDS for seed in seeds]
    asked += [(kind, seed, True) for kind in ("fapiao", *_LANGUAGES) for seed in seeds[: chosen.scans]]
    with ProcessPoolExecutor(chosen.workers) as pool:
        samples = [each for each in pool.map(_sample, asked, chunksize=4) if len(each.rows)]
    if chosen.check:
        families = sorted({each.family for each in samples})
        kept = set(families[::2])
        model = calibration_of(trained([each for each in samples if each.family in kept]))
        print(*reliability((each for each in samples if each.family not in kept), model), sep="\n")
        return
    text = trained(samples)
    _TO.write_text(text, encoding="utf-8")
    values = sum(len(each.rows) for each in samples)
    print(f"wrote {_TO.name}: {len(text) // 1000} kB from {values} values of {len(samples)} documents")


def _require_some_model() -> None:
    """Write a model that knows nothing where there is none of these features: documents are read with it."""
    try:
        calibration_of(_TO.read_text(encoding="utf-8"))
    except (OSError, ValueError, KeyError):
        nothing = {"features": NAMES, "baseline": 0.0, "trees": [[[0.0]]], "curve": [[0.0, 0.0], [1.0, 1.0]]}
        _TO.write_text(json.dumps(nothing), encoding="utf-8")


def trained(samples: Sequence[Sample]) -> str:
    """Return the model as text: trees on all samples, the curve from layouts unseen by them."""
    rows = np.vstack([each.rows for each in samples])
    are_right = np.concatenate([each.are_right for each in samples])
    families = np.concatenate([[each.family] * len(each.rows) for each in samples])
    told = np.zeros(len(rows))
    for seen, unseen in GroupKFold(_FOLDS).split(rows, are_right, families):
        told[unseen] = _boosted(rows[seen], are_right[seen]).predict_proba(rows[unseen])[:, 1]
    curve = _curve(told, are_right)
    trees: Any = _boosted(rows, are_right)  # its trees are no public attribute
    return json.dumps(
        {
            "features": NAMES,
            "baseline": round(float(trees._baseline_prediction.ravel()[0]), 5),  # noqa: SLF001
            "trees": [_nodes(predictor[0].nodes) for predictor in trees._predictors],  # noqa: SLF001
            "curve": [*zip(curve.told, curve.right, strict=True)],
        },
        separators=(",", ":"),
    )


def _boosted(rows: NDArray[np.float32], are_right: NDArray[np.bool_]) -> HistGradientBoostingClassifier:
    chosen = np.random.default_rng(7).random(len(rows)) < _UNNAMED
    unnamed = rows[chosen].copy()
    unnamed[:, [name.startswith("field.") for name in NAMES]] = 0
    rising = dict.fromkeys(("score", "margin", "repeats", *(n for n in NAMES if n.startswith("proof."))), 1)
    return HistGradientBoostingClassifier(
        max_iter=_TREES,
        max_leaf_nodes=_LEAVES,
        learning_rate=_RATE,
        min_samples_leaf=_FEWEST,
        l2_regularization=1.0,
        monotonic_cst=[rising.get(name, 0) for name in NAMES],
        random_state=7,
    ).fit(np.vstack([rows, unnamed]), np.concatenate([are_right, are_right[chosen]]))


def _nodes(nodes: Any) -> list[list[float]]:  # noqa: ANN401 - scikit-learn's record array
    return [
        [round(float(node["value"]), 5)]
        if node["is_leaf"]
        else [
            int(node["feature_idx"]),
            float(f"{float(node['num_threshold']):.6g}"),
            int(node["left"]),
            int(node["right"]),
        ]
        for node in nodes
    ]


def _curve(told: NDArray[np.float64], are_right: NDArray[np.bool_]) -> Curve:
    places = np.round(np.round(told / _STEP) * _STEP, 2)
    levels = sorted(set(places.tolist()))
    shares = [float(are_right[places == level].mean()) for level in levels]
    weights = [int((places == level).sum()) for level in levels]
    fitted = isotonic_regression(shares, weights=weights).x
    knots: list[tuple[float, float]] = [(0.0, 0.0)]
    for level in dict.fromkeys(fitted.tolist()):
        block = [i for i, each in enumerate(fitted) if each == level]
        lower = min(_wilson_lower(level, sum(weights[i] for i in block)), SUREST)
        lower = max(round(lower, 4), knots[-1][1])
        knots += [(place, lower) for place in dict.fromkeys((levels[block[0]], levels[block[-1]])) if place]
    return Curve(told=tuple(place for place, _ in knots), right=tuple(share for _, share in knots))


def _wilson_lower(share: float, seen: int) -> float:
    """Return the lower end of Wilson's interval for a share of so many."""
    square = _DEVIATIONS * _DEVIATIONS / seen
    centre = share + square / 2
    spread = sqrt(square * (share * (1 - share) + square / 4))
    return max(0.0, (centre - spread) / (1 + square))


def reliability(samples: Iterable[Sample], model: TrainedCalibration) -> Iterator[str]:
    """Yield a line for each range of confidence: how many values, and the share that is right."""
    sure: list[tuple[float, bool]] = []
    for each in samples:
        sure += zip(model.confidences(each.rows).tolist(), each.are_right.tolist(), strict=True)
    for low, high in pairwise(_SHOWN):
        within = [right for confidence, right in sure if low <= confidence < high]
        if within:
            yield f"{low:.2f} to {high:.2f}: {len(within):6d} values, right {sum(within) / len(within):.4f}"
    top = [right for confidence, right in sure if confidence >= 0.9]  # noqa: PLR2004 - the figure that is promised
    yield f"0.90 and above: {len(top)} of {len(sure)} values, right {sum(top) / max(1, len(top)):.4f}"


def _sample(asked: tuple[str, int, bool]) -> Sample:
    kind, seed, is_captured = asked
    if kind in _CONTRACTS:
        contract = generate_contract(seed, language=kind.removeprefix("contract-"))
        (read,) = extractor.extract(contract.content, spec="contract", name=contract.name)
        judged = judge_terms(contract.terms, read)
        return _judged(read, judged, contract.content, spec="contract", family=f"{kind}-{seed % 10}")
    made = generate_fapiao(seed) if kind == "fapiao" else generate_invoice(seed, language=kind)
    content = captured(made.content, seed=seed, kind=_CAPTURES[seed % 2]) if is_captured else made.content
    (read,) = extractor.extract(content, spec="invoice", name=made.name)
    if is_captured and open_document(made.content).page_count > 1:
        return Sample(family=kind, rows=np.zeros((0, len(NAMES)), np.float32), are_right=np.zeros(0, bool))
    judged = judge(invoice_truth(settled(made.truth, read)), read).all
    family = getattr(made, "family", f"{kind}-{seed % 4}")
    return _judged(read, judged, content, spec="invoice", family=family)


def _judged(
    read: Assessment, judgements: Iterable[Judgement], content: bytes, *, spec: str, family: str
) -> Sample:
    told = {id(each.leaf): each.outcome is Outcome.RIGHT for each in judgements if each.leaf is not None}
    used = load_spec(spec)
    findings = [each for each in read.findings if each.code is not FindingCode.LOW_CONFIDENCE]
    known = [
        each
        for each in known_values(read.extraction)
        if id(each.leaf) in told
        and not any(doubts(finding, each.leaf, path=each.path) for finding in findings)
    ]
    proofs = prove(read.extraction, spec=used, pages=read_pages(open_document(content)))
    rows = features_of(known, read.extraction, findings=findings, proofs=proofs, spec=used)
    return Sample(family=family, rows=rows, are_right=np.array([told[id(each.leaf)] for each in known], bool))


if __name__ == "__main__":
    main()
