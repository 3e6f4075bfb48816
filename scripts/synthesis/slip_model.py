"""The tiny Qwen2.5-VL that reads slips: its tokenizer and its sizes, with random weights.

One and a half million parameters of the real classes. What its sizes are for:

- The first characters that tell columns apart are attention's angles. At a released base of 10^6 the
  width's angles are too slow to tell neighbouring columns of a small image, so the base is 10, and the
  width has half of all angles.
- White is 0 after normalising, or the constant background drowns the print.
- The tokenizer's merges are those of the prompts, so that these are short; digits and capitals stay
  single tokens, as they are what is read.
"""

import json
import re
from collections.abc import Sequence

from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.trainers import BpeTrainer
from transformers import (
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLProcessor,
    Qwen2Tokenizer,
)

from synthesis.qwen_checkpoint import (
    PATCH,
    byte_alphabet,
    processor_of,
    text_tokens,
    tokenizer_of,
    vision_tokens,
)

WHITE, DEVIATION = 1.0, 0.3  # a sample becomes (sample - WHITE) / DEVIATION
_HIDDEN, _INNER, _HEADS = 128, 256, 4
_TEXT_LAYERS, _VISION_LAYERS = 4, 2
_ANGLES = {"rope_type": "default", "rope_theta": 10.0, "mrope_section": [4, 4, 8]}
_MOST_TOKENS = 2000
_CAPITALS = re.compile("[A-Z]{2,}")
_JOINTS = ('{"a": "b", "c": null, "d": "e"}', '{"a": null, "b": null}')


def untrained_model(tokenizer: Qwen2Tokenizer) -> Qwen2_5_VLForConditionalGeneration:
    """Return the model with random weights; torch's seed decides them."""
    return Qwen2_5_VLForConditionalGeneration(
        Qwen2_5_VLConfig(
            text_config={
                "hidden_size": _HIDDEN,
                "intermediate_size": _INNER,
                "num_hidden_layers": _TEXT_LAYERS,
                "num_attention_heads": _HEADS,
                "num_key_value_heads": _HEADS,
                "max_position_embeddings": 32768,
                "rope_parameters": _ANGLES,
                **text_tokens(tokenizer),
            },
            vision_config={
                "depth": _VISION_LAYERS,
                "hidden_size": _HIDDEN,
                "intermediate_size": _INNER,
                "num_heads": _HEADS,
                "out_hidden_size": _HIDDEN,
                "patch_size": PATCH,
                "window_size": 112,
                "fullatt_block_indexes": list(range(_VISION_LAYERS)),
                "initializer_range": 0.02,
            },
            tie_word_embeddings=True,
            **vision_tokens(tokenizer),
        )
    )


def slip_processor(prompts: Sequence[str]) -> Qwen2_5_VLProcessor:
    """Return a processor whose tokenizer has the words of these prompts, and for which white is 0."""
    return processor_of(_tokenizer(prompts), mean=[WHITE] * 3, deviation=[DEVIATION] * 3)


def _tokenizer(prompts: Sequence[str]) -> Qwen2Tokenizer:
    learned = Tokenizer(BPE())
    learned.pre_tokenizer = tokenizer_of(byte_alphabet(), []).backend_tokenizer.pre_tokenizer
    learned.train_from_iterator(
        [_CAPITALS.sub("", text) for text in (*prompts, *_JOINTS, "system\n", "user\n", "assistant\n")],
        BpeTrainer(
            vocab_size=_MOST_TOKENS,
            min_frequency=1,
            initial_alphabet=list(byte_alphabet()),
            show_progress=False,
        ),
    )
    model = json.loads(learned.to_str())["model"]
    return tokenizer_of(model["vocab"], [(left, right) for left, right in model["merges"]])
