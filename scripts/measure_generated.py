"""Measure how well generated invoices are read: recall and precision a field, and what went wrong.

python scripts/measure_generated.py fapiao --count 100 --errors 40
python scripts/measure_generated.py en de fr zh --count 25
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from synthesis.fapiao import generate_fapiao
from synthesis.invoice import generate_invoice
from synthesis.measure import Tally, compare
from synthesis.truth import Truth

import extractor


def main() -> None:
    """Generate, read, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("kinds", nargs="+", choices=("fapiao", "en", "de", "fr", "zh"))
    options.add_argument("--count", type=int, default=50, help="documents a kind")
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--errors", type=int, default=0, help="print this many misses")
    options.add_argument("--keep", type=Path, help="write the documents into this folder")
    chosen = options.parse_args()
    for kind in chosen.kinds:
        tally = Tally()
        for seed in range(chosen.first, chosen.first + chosen.count):
            name, content, truth = _generated(kind, seed)
            if chosen.keep:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                (chosen.keep / name).write_bytes(content)
            compare(tally, name, extractor.extract(content, spec="invoice", name=name)[0], truth)
        print(*tally.table(), sep="\n")
        print(f"{kind}: {chosen.count} documents, recall {tally.recall:.4f}, precision {tally.precision:.4f}")
        per_document = Counter(miss.document for miss in tally.misses)
        print("most misses:", *(f"{name} {count}" for name, count in per_document.most_common(8)))
        for miss in tally.misses[: chosen.errors]:
            print(
                f"  {miss.document} {miss.field}: drawn {miss.wanted!r}, read {miss.read!r}", file=sys.stderr
            )


def _generated(kind: str, seed: int) -> tuple[str, bytes, Truth]:
    made = generate_fapiao(seed) if kind == "fapiao" else generate_invoice(seed, language=kind)
    return made.name, made.content, made.truth


if __name__ == "__main__":
    main()
