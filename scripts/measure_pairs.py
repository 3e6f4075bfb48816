"""Measure how many of the deviations in generated pairs are flagged, and what is flagged wrongly.

python scripts/measure_pairs.py en de zh --count 40 --errors 30
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from synthesis.pairs import GeneratedPair, generate_pair

import extractor

_ABOUT_OUR_READING = frozenset({"LOW_CONFIDENCE", "FIELD_MISSING"})


def main() -> None:
    """Generate, reconcile, compare, print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("languages", nargs="+", choices=("en", "de", "zh"))
    options.add_argument("--count", type=int, default=30, help="pairs a language")
    options.add_argument("--first", type=int, default=0, help="the first seed")
    options.add_argument("--errors", type=int, default=0, help="print this many misses")
    options.add_argument("--keep", type=Path, help="write the documents into this folder")
    chosen = options.parse_args()
    for language in chosen.languages:
        expected, right, wrong = Counter[str](), Counter[str](), Counter[str]()
        errors = []
        for seed in range(chosen.first, chosen.first + chosen.count):
            pair = generate_pair(seed, language=language)
            if chosen.keep:
                chosen.keep.mkdir(parents=True, exist_ok=True)
                (chosen.keep / f"{pair.name}_contract.pdf").write_bytes(pair.contract)
                (chosen.keep / f"{pair.name}_invoice.pdf").write_bytes(pair.invoice)
            flagged = _flagged(pair)
            expected.update(pair.expected)
            right.update(code for code in pair.expected if code in flagged)
            wrong.update(code for code in flagged if code not in pair.expected and code not in pair.allowed)
            said = f"{pair.name} ({', '.join(pair.near_misses)})"
            errors += [f"{said}: missed {code}" for code in pair.expected if code not in flagged]
            errors += [
                f"{said}: wrongly {code}: {message}"
                for code, message in flagged.items()
                if code not in pair.expected and code not in pair.allowed
            ]
        for code in sorted(expected | wrong):
            print(f"{code:28s} found {right[code]} of {expected[code]}, wrongly {wrong[code]}")
        found, put_in, extra = right.total(), expected.total(), wrong.total()
        recall, precision = found / max(1, put_in), found / max(1, found + extra)
        print(f"{language}: {chosen.count} pairs, recall {recall:.3f}, precision {precision:.3f}")
        for error in errors[: chosen.errors]:
            print(f"  {error}", file=sys.stderr)


def _flagged(pair: GeneratedPair) -> dict[str, str]:
    """Return the codes that are flagged as causes, each with one of its messages."""
    compared = extractor.reconcile([pair.invoice], pair.contract)
    mismatches = {
        str(check.code): check.message
        for check in compared.checks
        if check.state is extractor.CheckState.MISMATCH and check.consequence_of is None
    }
    findings = {
        str(finding.code): finding.message
        for invoice in compared.invoices
        for finding in invoice.findings
        if finding.consequence_of is None and finding.code not in _ABOUT_OUR_READING
    }
    return mismatches | findings


if __name__ == "__main__":
    main()
