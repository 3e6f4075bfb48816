"""Build a Qwen2.5-VL checkpoint of random weights, in the published layout, offline.

    python scripts/build_random_checkpoint.py FOLDER

A test instrument: the real classes at small sizes, a byte-level tokenizer with Qwen's
special tokens and chat format, the processor's configuration. It reads nothing; what it
shows is that images, prompt, grammar and parsing fit together.
"""

import sys
from pathlib import Path

import torch
from synthesis.qwen_checkpoint import (
    PATCH,
    byte_alphabet,
    processor_of,
    publish,
    text_tokens,
    tokenizer_of,
    vision_tokens,
)
from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration, Qwen2Tokenizer

# Tokens of several characters, as Qwen's own has, so that tokens run over the answer's joints.
_MERGED = ('":Ġ', '",Ġ"', '{"', "null", "er", "in", "12", "00", ",00", ".00", "Ġ{", '"}', "GmbH")
_HIDDEN = 64


def build(folder: Path, *, seed: int = 0) -> None:
    """Write config, weights, tokenizer and processor into the folder, which is made."""
    tokenizer = _tokenizer()
    torch.manual_seed(seed)
    model = Qwen2_5_VLForConditionalGeneration(_config(tokenizer)).eval()
    publish(model, processor_of(tokenizer), folder)


def _tokenizer() -> Qwen2Tokenizer:
    vocabulary = byte_alphabet()
    merges: list[tuple[str, str]] = []
    for word in _MERGED:
        for end in range(2, len(word) + 1):
            if word[:end] not in vocabulary:
                vocabulary[word[:end]] = len(vocabulary)
                merges.append((word[: end - 1], word[end - 1]))
    return tokenizer_of(vocabulary, merges)


def _config(tokenizer: Qwen2Tokenizer) -> Qwen2_5_VLConfig:
    return Qwen2_5_VLConfig(
        text_config={
            "hidden_size": _HIDDEN,
            "intermediate_size": 2 * _HIDDEN,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "max_position_embeddings": 32768,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [2, 3, 3]},
            "initializer_range": 0.4,  # wide, so that its choices vary
            **text_tokens(tokenizer),
        },
        vision_config={
            "depth": 2,
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_heads": 2,
            "out_hidden_size": _HIDDEN,
            "patch_size": PATCH,
            "window_size": 112,
            "fullatt_block_indexes": [1],
            "initializer_range": 0.4,
        },
        tie_word_embeddings=False,
        **vision_tokens(tokenizer),
    )


if __name__ == "__main__":
    build(Path(sys.argv[1]))
    print(f"wrote a random checkpoint to {sys.argv[1]}")
