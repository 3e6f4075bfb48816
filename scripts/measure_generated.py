"""Measure how well generated documents are read: recall and precision a field, and what went wrong.

python scripts/measure_generated.py fapiao --count 100 --errors 40
python scripts/measure_generated.py en de fr zh --count 25
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from synthesis.contract_random import GeneratedContract, generate_contract
from synthesis.fapiao import GeneratedFapiao, generate_fapiao
from synthesis.invoice import GeneratedInvoice, generate_invoice
from synthesis.measure import Tally, compare
from synthesis.measure_terms import compare_terms

import extractor

_LANGUAGES = ("en", "de", "fr", "zh", "nl", "es", "it", "pt")
_KINDS = ("fapiao", *_LANGUAGES, "contract-en", "contract-de", "contract-zh")


def main() -> None:
    """Generate, read, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("kinds", nargs="+", choices=_KINDS)
    options.add_argument("--count", type=int, default=50, help="documents a kind")
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--errors", type=int, default=0, help="print this many misses")
    options.add_argument("--keep", type=Path, help="write the documents into this folder")
    chosen = options.parse_args()
    for kind in chosen.kinds:
        tally, clauses = Tally(), Tally()
        for seed in range(chosen.first, chosen.first + chosen.count):
            _measure(kind, seed, tally, clauses, keep=chosen.keep)
        print(*tally.table(), sep="\n")
        print(f"{kind}: {chosen.count} documents, recall {tally.recall:.4f}, precision {tally.precision:.4f}")
        if clauses.printed:
            print(f"clause and page right where the term is: {clauses.recall:.4f}")
        per_document = Counter(miss.document for miss in tally.misses)
        print("most misses:", *(f"{name} {count}" for name, count in per_document.most_common(8)))
        for miss in (*tally.misses, *clauses.misses)[: chosen.errors]:
            print(
                f"  {miss.document} {miss.field}: drawn {miss.wanted!r}, read {miss.read!r}", file=sys.stderr
            )


def _measure(kind: str, seed: int, tally: Tally, clauses: Tally, *, keep: Path | None) -> None:
    made: GeneratedFapiao | GeneratedInvoice | GeneratedContract
    if kind.startswith("contract-"):
        made = generate_contract(seed, language=kind.removeprefix("contract-"))
        (read,) = extractor.extract(made.content, spec="contract", name=made.name)
        compare_terms(tally, clauses, made, read)
    else:
        made = generate_fapiao(seed) if kind == "fapiao" else generate_invoice(seed, language=kind)
        compare(
            tally, made.name, extractor.extract(made.content, spec="invoice", name=made.name)[0], made.truth
        )
    if keep:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / made.name).write_bytes(made.content)


if __name__ == "__main__":
    main()
