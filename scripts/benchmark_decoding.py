"""Measure grounded decoding: what random weights say, what a grammar costs, how many passes are saved.

    python scripts/benchmark_decoding.py [--quick] [--checkpoint FOLDER] [--vocabulary FILE]

Needs the extra `qwen`. The costs at full size need Qwen's own vocabulary: the file
qwen.tiktoken, or the package that carries it (`pip install --no-deps dashscope`).
Figures are printed, never asserted; times are of the processor, so that they hold on a
busy machine too. The last line has the shares of valid answers and of verbatim leaves.
"""

import argparse
from pathlib import Path

import torch
from decoding.costs import print_costs, print_saved_passes
from decoding.grounding import print_saved_on, random_answers
from decoding.vocabulary import vocabulary_file


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--quick", action="store_true", help="a small sample, in under 40 s")
    options.add_argument("--checkpoint", type=Path, help="also measure what this checkpoint's passes save")
    options.add_argument("--vocabulary", type=Path, help="qwen.tiktoken; by default the installed package's")
    chosen = options.parse_args()
    torch.set_num_threads(1)  # the random model is too small to share out
    vocabulary = chosen.vocabulary or vocabulary_file()
    if vocabulary is None:
        print("Qwen's vocabulary is not installed (pip install --no-deps dashscope): costs are not measured")
    else:
        tokenizer = print_costs(vocabulary, pages=1 if chosen.quick else 10)
        print_saved_passes(tokenizer, pages=1 if chosen.quick else 5)
    if chosen.checkpoint:
        print_saved_on(chosen.checkpoint, pages=2 if chosen.quick else 10)
    invoices = random_answers(
        "invoice", documents=2 if chosen.quick else 20, answers=3 if chosen.quick else 10
    )
    contracts = random_answers(
        "contract", documents=2 if chosen.quick else 50, answers=1, is_shown=not chosen.quick
    )
    both = invoices + contracts
    print(
        f"random weights: {both.answers} answers, {both.leaves} leaves, {both.cut_off} cut off, "
        f"valid {both.share_valid:.3f}, verbatim {both.share_verbatim:.3f}"
    )


if __name__ == "__main__":
    main()
