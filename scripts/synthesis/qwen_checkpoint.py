"""What every small Qwen2.5-VL checkpoint shares: special tokens, chat format, files as published.

Byte-level tokenizers of a few merges, the processor at a released checkpoint's geometry (patches of
14 pixels, two by two of them a token), and the file names under which such checkpoints are published.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tokenizers.pre_tokenizers import ByteLevel
from transformers import (
    GenerationConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen2_5_VLProcessor,
    Qwen2Tokenizer,
)
from transformers.models.qwen2_vl.image_processing_qwen2_vl import Qwen2VLImageProcessor
from transformers.models.qwen2_vl.video_processing_qwen2_vl import Qwen2VLVideoProcessor

PATCH = 14
EXTRA_LOGITS = 26  # the released models have more logits than tokens
_PAD, _END = "<|endoftext|>", "<|im_end|>"
SPECIAL_TOKENS = (
    _PAD,
    "<|im_start|>",
    _END,
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
_CHAT_TEMPLATE = (
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


def byte_alphabet() -> dict[str, int]:
    """Return the vocabulary of the 256 bytes."""
    return {character: index for index, character in enumerate(sorted(ByteLevel.alphabet()))}


def tokenizer_of(vocabulary: Mapping[str, int], merges: Sequence[tuple[str, str]]) -> Qwen2Tokenizer:
    """Return a tokenizer with these merges, Qwen's special tokens and its chat format."""
    tokenizer = Qwen2Tokenizer(vocab=dict(vocabulary), merges=list(merges), eos_token=_PAD, pad_token=_PAD)
    tokenizer.add_special_tokens({"additional_special_tokens": list(SPECIAL_TOKENS[1:])})
    tokenizer.eos_token = _END
    tokenizer.chat_template = _CHAT_TEMPLATE
    return tokenizer


def processor_of(
    tokenizer: Qwen2Tokenizer,
    *,
    mean: Sequence[float] | None = None,
    deviation: Sequence[float] | None = None,
) -> Qwen2_5_VLProcessor:
    """Return the processor; samples are normalised as the released ones are, unless told otherwise."""
    normalised = {"image_mean": mean, "image_std": deviation} if mean and deviation else {}
    return Qwen2_5_VLProcessor(
        image_processor=Qwen2VLImageProcessor(
            patch_size=PATCH, size={"shortest_edge": 3136, "longest_edge": 1_003_520}, **normalised
        ),
        tokenizer=tokenizer,
        video_processor=Qwen2VLVideoProcessor(patch_size=PATCH, **normalised),
        chat_template=_CHAT_TEMPLATE,
    )


def text_tokens(tokenizer: Qwen2Tokenizer) -> dict[str, int]:
    """Return the members of a text configuration that name tokens."""
    return {
        "vocab_size": len(tokenizer) + EXTRA_LOGITS,
        "bos_token_id": token_id(tokenizer, _PAD),
        "eos_token_id": token_id(tokenizer, _END),
        "pad_token_id": token_id(tokenizer, _PAD),
    }


def vision_tokens(tokenizer: Qwen2Tokenizer) -> dict[str, int]:
    """Return the members of a whole configuration that name tokens."""
    return {
        "image_token_id": token_id(tokenizer, "<|image_pad|>"),
        "video_token_id": token_id(tokenizer, "<|video_pad|>"),
        "vision_start_token_id": token_id(tokenizer, "<|vision_start|>"),
        "vision_end_token_id": token_id(tokenizer, "<|vision_end|>"),
    }


def token_id(tokenizer: Qwen2Tokenizer, token: str) -> int:
    """Return the id of one token."""
    return int(tokenizer.convert_tokens_to_ids(token))


def publish(model: Qwen2_5_VLForConditionalGeneration, processor: Qwen2_5_VLProcessor, folder: Path) -> None:
    """Write config, weights, tokenizer and processor into the folder, as the published checkpoints do."""
    tokenizer = processor.tokenizer
    model.generation_config = GenerationConfig(
        bos_token_id=token_id(tokenizer, _PAD),
        pad_token_id=token_id(tokenizer, _PAD),
        eos_token_id=[token_id(tokenizer, _END), token_id(tokenizer, _PAD)],
        do_sample=True,  # as released, with its penalty on repeats
        repetition_penalty=1.05,
        temperature=0.1,
        top_k=1,
        top_p=0.001,
    )
    folder.mkdir(parents=True, exist_ok=True)
    model.save_pretrained(folder)
    processor.save_pretrained(folder)
    written = folder / "processor_config.json"
    image = json.loads(written.read_text())["image_processor"]
    _write(folder / "preprocessor_config.json", {**image, "processor_class": "Qwen2_5_VLProcessor"})
    _write(folder / "chat_template.json", {"chat_template": _CHAT_TEMPLATE})
    settings = json.loads((folder / "tokenizer_config.json").read_text())
    _write(folder / "tokenizer_config.json", {**settings, "chat_template": _CHAT_TEMPLATE})
    written.unlink()
    (folder / "chat_template.jinja").unlink()


def _write(path: Path, content: Mapping[str, object]) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
