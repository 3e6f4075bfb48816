"""Measure how well generated documents are read: recall and precision a field, and what went wrong.

python scripts/measure_generated.py fapiao --count 100 --errors 40
python scripts/measure_generated.py en de fr zh --count 25 --workers 2

A document passes straight through if no person has to look; then every value must be right.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from synthesis.alternatives import settled
from synthesis.contract_random import generate_contract
from synthesis.contracts.generate import generate_varied_contract
from synthesis.fapiao import generate_fapiao
from synthesis.invoice import generate_invoice
from synthesis.measure import Miss, Tally, compare
from synthesis.measure_terms import compare_terms

import extractor

_LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")
_CONTRACTS = {
    "contract": generate_contract,
    "varied": generate_varied_contract,
}  # in plain and in varied hands
_KINDS = (
    "fapiao",
    *_LANGUAGES,
    *(f"{kind}-{language}" for kind in _CONTRACTS for language in ("en", "de", "zh")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How one document was read. `clauses` counts the places of a contract's terms."""

    name: str
    tally: Tally
    clauses: Tally
    passes_straight: bool


def main() -> None:
    """Generate, read, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("kinds", nargs="+", choices=_KINDS)
    options.add_argument("--count", type=int, default=50, help="documents a kind")
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--errors", type=int, default=0, help="print this many misses")
    options.add_argument("--workers", type=int, default=1, help="processes")
    options.add_argument("--keep", type=Path, help="write the documents into this folder")
    chosen = options.parse_args()
    seeds = range(chosen.first, chosen.first + chosen.count)
    with ProcessPoolExecutor(chosen.workers) as pool:
        for kind in chosen.kinds:
            measured = pool.map(partial(_measure, kind, keep=chosen.keep), seeds)
            _report(kind, list(measured), errors=chosen.errors)


def _measure(kind: str, seed: int, *, keep: Path | None) -> Measured:
    tally, clauses = Tally(), Tally()
    if "-" in kind:
        hands, _, language = kind.partition("-")
        contract = _CONTRACTS[hands](seed, language=language)
        name, content = contract.name, contract.content
        (read,) = extractor.extract(content, spec="contract", name=name)
        compare_terms(tally, clauses, contract, read)
    else:
        made = generate_fapiao(seed) if kind == "fapiao" else generate_invoice(seed, language=kind)
        name, content = made.name, made.content
        read = extractor.extract(content, spec="invoice", name=name)[0]
        compare(tally, name, read, settled(made.truth, read))
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / name).write_bytes(content)
    return Measured(name=name, tally=tally, clauses=clauses, passes_straight=not read.review.required)


def _report(kind: str, measured: Sequence[Measured], *, errors: int) -> None:
    tally, clauses = _sum([each.tally for each in measured]), _sum([each.clauses for each in measured])
    print(*tally.table(), sep="\n")
    print(f"{kind}: {len(measured)} documents, recall {tally.recall:.4f}, precision {tally.precision:.4f}")
    if clauses.printed:
        print(f"clause and page right where the term is: {clauses.recall:.4f}")
    straight = [each for each in measured if each.passes_straight]
    wrong = [miss for each in straight for miss in each.tally.misses if miss.read is not None]
    documents = len({miss.document for miss in wrong})
    print(f"straight through: {len(straight)} documents, {documents} of them with a wrong value")
    for miss in wrong:
        print(f"  {_written(miss)}")
    per_document = Counter(miss.document for miss in tally.misses)
    print("most misses:", *(f"{name} {count}" for name, count in per_document.most_common(8)))
    for miss in (*tally.misses, *clauses.misses)[:errors]:
        print(f"  {_written(miss)}", file=sys.stderr)


def _sum(tallies: Sequence[Tally]) -> Tally:
    whole = Tally()
    for tally in tallies:
        whole.printed += tally.printed
        whole.given += tally.given
        whole.right += tally.right
        whole.misses += tally.misses
    return whole


def _written(miss: Miss) -> str:
    return f"{miss.document} {miss.field}: drawn {miss.wanted!r}, read {miss.read!r}"


if __name__ == "__main__":
    main()
