"""Build a Qwen2.5-VL checkpoint of random weights, in the published layout, offline.

    python scripts/build_random_checkpoint.py FOLDER

A test instrument: the real classes at small sizes, a byte-level tokenizer with Qwen's
special tokens and chat format, the processor's configuration. It reads nothing; what it
shows is that images, prompt, grammar and parsing fit together.
"""

import json
import sys
from pathlib import Path

import torch
from tokenizers.pre_tokenizers import ByteLevel
from transformers import (
    GenerationConfig,
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLProcessor,
    Qwen2Tokenizer,
)
from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor
from transformers.models.qwen2_vl.video_processing_qwen2_vl import Qwen2VLVideoProcessor

SPECIAL_TOKENS = (
    "<|endoftext|>",
    "<|im_start|>",
    "<|im_end|>",
    "<|object_ref_start|>",
    "<|object_ref_end|>",
    "<|box_start|>",
    "<|box_end|>",
    "<|quad_start|>",
    "<|quad_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
# Tokens of several characters, as Qwen's own has, so that tokens run over the answer's joints.
_MERGED = ('":Ġ', '",Ġ"', '{"', "null", "er", "in", "12", "00", ",00", ".00", "Ġ{", '"}', "GmbH")
_EXTRA_LOGITS = 26  # the released models have more logits than tokens
_HIDDEN = 64
_PATCH = 14

CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{% if loop.first and message['role'] != 'system' %}"
    "<|im_start|>system\nYou are a helpful assistant.<|im_end|>\n{% endif %}"
    "<|im_start|>{{ message['role'] }}\n"
    "{% if message['content'] is string %}{{ message['content'] }}{% else %}"
    "{% for part in message['content'] %}"
    "{% if part['type'] == 'image' %}<|vision_start|><|image_pad|><|vision_end|>"
    "{% elif part['type'] == 'video' %}<|vision_start|><|video_pad|><|vision_end|>"
    "{% else %}{{ part['text'] }}{% endif %}{% endfor %}{% endif %}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def build(folder: Path, *, seed: int = 0) -> None:
    """Write config, weights, tokenizer and processor into the folder, which is made."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer = _tokenizer()
    processor = Qwen2_5_VLProcessor(
        image_processor=Qwen2VLImageProcessor(
            patch_size=_PATCH, size={"shortest_edge": 3136, "longest_edge": 1_003_520}
        ),
        tokenizer=tokenizer,
        video_processor=Qwen2VLVideoProcessor(patch_size=_PATCH),
        chat_template=CHAT_TEMPLATE,
    )
    torch.manual_seed(seed)
    model = Qwen2_5_VLForConditionalGeneration(_config(tokenizer)).eval()
    model.generation_config = GenerationConfig(
        bos_token_id=_id(tokenizer, "<|endoftext|>"),
        pad_token_id=_id(tokenizer, "<|endoftext|>"),
        eos_token_id=[_id(tokenizer, "<|im_end|>"), _id(tokenizer, "<|endoftext|>")],
        do_sample=True,  # as released, with its penalty on repeats
        repetition_penalty=1.05,
        temperature=0.1,
        top_k=1,
        top_p=0.001,
    )
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    _publish(folder)


def _tokenizer() -> Qwen2Tokenizer:
    vocabulary = {character: index for index, character in enumerate(sorted(ByteLevel.alphabet()))}
    merges: list[tuple[str, str]] = []
    for word in _MERGED:
        for end in range(2, len(word) + 1):
            if word[:end] not in vocabulary:
                vocabulary[word[:end]] = len(vocabulary)
                merges.append((word[: end - 1], word[end - 1]))
    end_token, pad = SPECIAL_TOKENS[2], SPECIAL_TOKENS[0]
    tokenizer = Qwen2Tokenizer(vocab=vocabulary, merges=merges, eos_token=pad, pad_token=pad)
    tokenizer.add_special_tokens({"additional_special_tokens": list(SPECIAL_TOKENS[1:])})
    tokenizer.eos_token = end_token
    tokenizer.chat_template = CHAT_TEMPLATE
    return tokenizer


def _config(tokenizer: Qwen2Tokenizer) -> Qwen2_5_VLConfig:
    return Qwen2_5_VLConfig(
        text_config={
            "vocab_size": len(tokenizer) + _EXTRA_LOGITS,
            "hidden_size": _HIDDEN,
            "intermediate_size": 2 * _HIDDEN,
            "num_hidden_layers": 2,
            "num_attention_heads": 4,
            "num_key_value_heads": 2,
            "max_position_embeddings": 32768,
            "rope_parameters": {"rope_type": "default", "rope_theta": 1e6, "mrope_section": [2, 3, 3]},
            "initializer_range": 0.4,  # wide, so that its choices vary
            "bos_token_id": _id(tokenizer, "<|endoftext|>"),
            "eos_token_id": _id(tokenizer, "<|im_end|>"),
            "pad_token_id": _id(tokenizer, "<|endoftext|>"),
        },
        vision_config={
            "depth": 2,
            "hidden_size": 32,
            "intermediate_size": 64,
            "num_heads": 2,
            "out_hidden_size": _HIDDEN,
            "patch_size": _PATCH,
            "window_size": 112,
            "fullatt_block_indexes": [1],
            "initializer_range": 0.4,
        },
        image_token_id=_id(tokenizer, "<|image_pad|>"),
        video_token_id=_id(tokenizer, "<|video_pad|>"),
        vision_start_token_id=_id(tokenizer, "<|vision_start|>"),
        vision_end_token_id=_id(tokenizer, "<|vision_end|>"),
        tie_word_embeddings=False,
    )


def _id(tokenizer: Qwen2Tokenizer, token: str) -> int:
    return int(tokenizer.convert_tokens_to_ids(token))


def _publish(folder: Path) -> None:
    """Arrange the processor's files as the published checkpoints do: under their older names."""
    written = folder / "processor_config.json"
    image = json.loads(written.read_text())["image_processor"]
    _write(folder / "preprocessor_config.json", {**image, "processor_class": "Qwen2_5_VLProcessor"})
    _write(folder / "chat_template.json", {"chat_template": CHAT_TEMPLATE})
    tokenizer = json.loads((folder / "tokenizer_config.json").read_text())
    _write(folder / "tokenizer_config.json", {**tokenizer, "chat_template": CHAT_TEMPLATE})
    written.unlink()
    (folder / "chat_template.jinja").unlink()


def _write(path: Path, content: dict[str, object]) -> None:
    path.write_text(json.dumps(content, indent=2), encoding="utf-8")


if __name__ == "__main__":
    build(Path(sys.argv[1]))
    print(f"wrote a random checkpoint to {sys.argv[1]}")
