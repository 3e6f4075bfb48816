"""Train the confidence model on generated documents, and write it into the package.

python scripts/train_confidence.py                          2 sets of 1200 documents a kind: 35 minutes
python scripts/train_confidence.py --count 60 --check     trains on part of the layouts, prints the rest

Several small forests of gradient-boosted trees (scikit-learn) learn which of the values that
were read are right, two from each set of documents; their mean says less of what only one of
them happened to see (bagging: Breiman 1996). A proof, a clear margin and room around a value may
never make it less sure.
What they say of layouts that they have not seen (folds by layout family) is then made honest
by a smooth rising curve of three parameters (beta calibration: Kull, Silva Filho and Flach
2017): steps of a freer curve let chance decide which documents pass.

No real document is trained on. Run it again after a change of what engines read or score.
"""

import argparse
import json
import warnings
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
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
_FORESTS, _TREES, _LEAVES, _RATE, _FEWEST, _COLUMNS = 2, 150, 16, 0.1, 40, 0.5
_SHRINKAGE = 5.0
_FOLDS = 3
_THINNED = 5  # of so many right cells of tables one is learned from: they are much alike
_RISING = ("score", "margin", "repeats", "gap_left", "gap_right", "printed", "in_domain", "has_legal_form")
_CAPTURES: tuple[Kind, ...] = ("scan", "photo")
_UNNAMED = 0.2  # of the values are also shown without their field's name: a user's spec has others
_KNOTS = np.linspace(-6.0, 9.0, 61)  # log-odds at which the curve is written down
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
    options.add_argument("--count", type=int, default=1200, help="documents a kind")
    options.add_argument("--scans", type=int, default=0, help="of them also as scans and photos, a kind")
    options.add_argument(
        "--first", type=int, nargs="+", default=[100_000, 200_000], help="the first seed of each set"
    )
    options.add_argument("--workers", type=int, default=2)
    options.add_argument("--check", action="store_true", help="train on part of the layouts, print the rest")
    chosen = options.parse_args()
    _require_some_model()
    models: list[str] = []
    documents = values = 0
    for first in chosen.first:
        samples = _samples(range(first, first + chosen.count), scans=chosen.scans, workers=chosen.workers)
        if chosen.check:
            _check(samples)
            continue
        models.append(trained(samples))
        documents, values = documents + len(samples), values + sum(len(each.rows) for each in samples)
    if models:
        text = together(models)
        _TO.write_text(text, encoding="utf-8")
        print(f"wrote {_TO.name}: {len(text) // 1000} kB from {values} values of {documents} documents")


def _check(samples: Sequence[Sample]) -> None:
    """Train on the samples of every other layout, and print how reliable the rest's confidence is."""
    kept = set(sorted({each.family for each in samples})[::2])
    model = calibration_of(trained([each for each in samples if each.family in kept]))
    print(*reliability((each for each in samples if each.family not in kept), model), sep="\n")


def _samples(seeds: range, *, scans: int, workers: int) -> list[Sample]:
    """Generate and read the documents of these seeds, of all kinds; the first also as scans and photos."""
    asked = [(kind, seed, False) for kind in _KINDS for seed in seeds]
    asked += [(kind, seed, True) for kind in ("fapiao", *_LANGUAGES) for seed in seeds[:scans]]
    with ProcessPoolExecutor(workers) as pool:
        return [each for each in pool.map(_sample, asked, chunksize=4) if len(each.rows)]


def together(models: Sequence[str]) -> str:
    """Return the mean of models with the same features and knots: each tree says its share."""
    read = [json.loads(each) for each in models]
    share = 1 / len(read)
    curves = zip(*(each["curve"] for each in read), strict=True)
    return json.dumps(
        {
            "features": read[0]["features"],
            "baseline": round(sum(each["baseline"] for each in read) * share, 5),
            "trees": [
                [[round(node[0] * share, 5)] if len(node) == 1 else node for node in tree]
                for each in read
                for tree in each["trees"]
            ],
            "curve": [[knots[0][0], round(sum(right for _, right in knots) * share, 4)] for knots in curves],
        },
        separators=(",", ":"),
    )


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
    odds = np.zeros(len(rows))
    for seen, unseen in GroupKFold(_FOLDS).split(rows, are_right, families):
        forests = _forests(rows[seen], are_right[seen])
        odds[unseen] = np.mean([each.decision_function(rows[unseen]) for each in forests], axis=0)
    curve = _curve(odds, are_right)
    forests = _forests(rows, are_right)
    baselines = [float(each._baseline_prediction.ravel()[0]) for each in forests]  # noqa: SLF001
    return json.dumps(
        {
            "features": NAMES,
            "baseline": round(sum(baselines) / len(forests), 5),
            "trees": [
                _nodes(predictor[0].nodes, share=1 / len(forests))
                for each in forests
                for predictor in each._predictors  # noqa: SLF001 - its trees are no public attribute
            ],
            "curve": [*zip(curve.told, curve.right, strict=True)],
        },
        separators=(",", ":"),
    )


def _forests(rows: NDArray[np.float32], are_right: NDArray[np.bool_]) -> list[Any]:
    return [_boosted(rows, are_right, seed=seed) for seed in range(_FORESTS)]


def _boosted(
    rows: NDArray[np.float32], are_right: NDArray[np.bool_], *, seed: int
) -> HistGradientBoostingClassifier:
    random = np.random.default_rng(seed)
    is_alike = are_right & (rows[:, NAMES.index("is_cell")] > 0)
    kept = ~is_alike | (random.random(len(rows)) < 1 / _THINNED)
    weights = np.where(is_alike, float(_THINNED), 1.0)[kept]
    rows, are_right = rows[kept], are_right[kept]
    chosen = random.random(len(rows)) < _UNNAMED
    unnamed = rows[chosen].copy()
    unnamed[:, [name.startswith("field.") for name in NAMES]] = 0
    return HistGradientBoostingClassifier(
        max_iter=_TREES,
        max_leaf_nodes=_LEAVES,
        learning_rate=_RATE,
        min_samples_leaf=_FEWEST,
        l2_regularization=_SHRINKAGE,
        max_features=_COLUMNS,
        monotonic_cst=[int(name in _RISING or name.startswith("proof.")) for name in NAMES],
        random_state=seed,
    ).fit(
        np.vstack([rows, unnamed]),
        np.concatenate([are_right, are_right[chosen]]),
        sample_weight=np.concatenate([weights, weights[chosen]]),
    )


def _nodes(nodes: Any, *, share: float) -> list[list[float]]:  # noqa: ANN401 - scikit-learn's record array
    return [
        [round(float(node["value"]) * share, 5)]
        if node["is_leaf"]
        else [
            int(node["feature_idx"]),
            float(f"{float(node['num_threshold']):.6g}"),
            int(node["left"]),
            int(node["right"]),
        ]
        for node in nodes
    ]


def _curve(odds: NDArray[np.float64], are_right: NDArray[np.bool_]) -> Curve:
    """Return the curve that says for the trees' answer what share was right, both as shares of 1."""
    fitted = LogisticRegression(C=np.inf, max_iter=1000).fit(_sides(odds), are_right)
    if (fitted.coef_ < 0).any():  # rising all the same: by the log-odds alone
        warnings.warn("beta calibration does not rise: fitted with one slope", stacklevel=2)
        fitted = LogisticRegression(C=np.inf, max_iter=1000).fit(odds[:, None], are_right)
        shares = fitted.predict_proba(_KNOTS[:, None])[:, 1]
    else:
        shares = fitted.predict_proba(_sides(_KNOTS))[:, 1]
    told = 1 / (1 + np.exp(-_KNOTS))
    return Curve(
        told=(0.0, *(round(float(each), 5) for each in told)),
        right=(0.0, *(round(min(float(each), SUREST), 4) for each in shares)),
    )


def _sides(odds: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return ln p and -ln (1 - p) of each answer p, both rising."""
    return np.column_stack([-np.logaddexp(0, -odds), np.logaddexp(0, odds)])


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
    pages = read_pages(open_document(content))
    proofs = prove(read.extraction, spec=used, pages=pages)
    rows = features_of(known, read.extraction, findings=findings, proofs=proofs, spec=used, pages=pages)
    return Sample(family=family, rows=rows, are_right=np.array([told[id(each.leaf)] for each in known], bool))


if __name__ == "__main__":
    main()
