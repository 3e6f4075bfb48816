"""Load a Qwen2.5-VL checkpoint with transformers. The only module that imports transformers' models."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import torch
from huggingface_hub.errors import StrictDataclassError
from safetensors import SafetensorError
from transformers import AutoConfig, AutoProcessor, BitsAndBytesConfig, Qwen2_5_VLForConditionalGeneration

from extractor.errors import ConfigurationError, EngineUnavailable

_ARCHITECTURE = "qwen2_5_vl"
_IMAGE_TOKEN = "<|image_pad|>"  # noqa: S105 - a token of text
_SHOWN = 3  # names of missing tensors in a message
_MEMORY_WORDS = ("out of memory", "can't allocate memory", "not enough memory")
_FEWEST_PIXELS = 4 * 28 * 28


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A model with its processor, on its device, ready to generate."""

    name: str
    model: Any  # Qwen2_5_VLForConditionalGeneration
    processor: Any  # Qwen2_5_VLProcessor

    @property
    def vocabulary_size(self) -> int:
        """Return how many logits a step has: more than the tokenizer has tokens."""
        return int(self.model.config.text_config.vocab_size)


@lru_cache(maxsize=1)
def load_checkpoint(
    name: str, *, device: str, dtype: str, max_pixels: int, quantization: str = "none"
) -> Checkpoint:
    """Load a checkpoint from a local folder or the hub; the last one loaded is kept for the process.

    What has to be fetched from the hub is fetched with the hub's own progress bar. The
    processor's own pixel cap, which squeezes A4 pages, is lifted to `max_pixels`.

    Raises:
        EngineUnavailable: weights or files are missing or incomplete, or memory or the device is.
        ConfigurationError: the checkpoint is not a Qwen2.5-VL model, or cannot be quantized here.
    """
    _require_folder(name)
    with _loading_errors(name):
        config = AutoConfig.from_pretrained(name)
    if config.model_type != _ARCHITECTURE:
        raise ConfigurationError(
            f"{name} is a {config.model_type} model; the qwen engine reads Qwen2.5-VL checkpoints only, "
            "for example Qwen/Qwen2.5-VL-7B-Instruct"
        )
    target = _device(device)
    stored_as = _dtype(dtype, device=target)
    quantized = _quantized(quantization, device=target, dtype=stored_as)
    with _loading_errors(name):
        processor = AutoProcessor.from_pretrained(name)
        model, report = Qwen2_5_VLForConditionalGeneration.from_pretrained(
            name, dtype=stored_as, device_map=target, output_loading_info=True, **quantized
        )
        _require_tensors(name, report)
        model.eval()
    if processor.tokenizer.chat_template is None:  # Outlines asks the tokenizer for it, not the processor
        processor.tokenizer.chat_template = processor.chat_template
    _require_tokens(name, processor.tokenizer, config)
    processor.image_processor.size = {"shortest_edge": _FEWEST_PIXELS, "longest_edge": max_pixels}
    return Checkpoint(name=name, model=model, processor=processor)


@contextmanager
def memory_errors() -> Iterator[None]:
    """Raise EngineUnavailable where torch has no memory left; let everything else through."""
    try:
        yield
    except (
        MemoryError,
        RuntimeError,
    ) as cause:  # torch.OutOfMemoryError is a RuntimeError, the CPU's is bare
        if not _is_out_of_memory(cause):
            raise
        raise EngineUnavailable(
            "out of memory while reading a page with the model: lower EXTRACTOR_QWEN_BATCH_SIZE or "
            "EXTRACTOR_QWEN_MAX_PIXELS, or choose a smaller checkpoint with EXTRACTOR_QWEN_MODEL"
        ) from cause


def _require_folder(name: str) -> None:
    """Refuse what can only be a path and leads nowhere, before the hub is asked for it."""
    is_path = name.startswith(("/", ".", "~", "\\")) or name.count("/") != 1 or Path(name).exists()
    if is_path and not (Path(name) / "config.json").is_file():
        raise EngineUnavailable(
            f"there is no checkpoint in {name} (no config.json): give the folder that holds the weights, "
            "or a name on the Hugging Face hub, in EXTRACTOR_QWEN_MODEL"
        )


def _require_tensors(name: str, report: dict[str, Any]) -> None:
    """Refuse half a checkpoint: transformers fills what is missing with random numbers."""
    missing = sorted(report["missing_keys"])
    if missing:
        shown = ", ".join(missing[:_SHOWN])
        raise EngineUnavailable(
            f"the checkpoint {name} is incomplete: {len(missing)} tensors are missing ({shown}); "
            "fetch it again"
        )


def _require_tokens(name: str, tokenizer: Any, config: Any) -> None:  # noqa: ANN401 - transformers' classes
    """Refuse a checkpoint without its tokenizer (transformers makes an empty one), or with another's."""
    is_whole = (
        tokenizer.chat_template is not None
        and tokenizer.convert_tokens_to_ids(_IMAGE_TOKEN) == config.image_token_id
        and len(tokenizer) <= config.get_text_config().vocab_size
    )
    if not is_whole:
        raise EngineUnavailable(
            f"the checkpoint {name} is incomplete: its tokenizer or chat template is missing or another's; "
            "fetch it again"
        )


def _device(wanted: str) -> str:
    """Return the device, the best there is for "auto"."""
    there = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if wanted == "auto":
        return next(device for device, is_there in there.items() if is_there)
    if not there[wanted]:
        raise EngineUnavailable(
            f"this machine has no {wanted} device: set EXTRACTOR_QWEN_DEVICE to auto or cpu"
        )
    return wanted


def _dtype(wanted: str, *, device: str) -> str:
    """Return the dtype; "auto" is bfloat16 on a GPU that computes in it, else as the checkpoint is stored."""
    if wanted == "auto" and device == "cuda":
        return "bfloat16" if torch.cuda.is_bf16_supported() else "float16"
    return wanted


def _quantized(wanted: str, *, device: str, dtype: str) -> dict[str, Any]:
    """Return what transformers needs to load the weights in four bits: NF4, computed in the dtype."""
    if wanted == "none":
        return {}
    if find_spec("bitsandbytes") is None:
        raise ConfigurationError(
            "EXTRACTOR_QWEN_QUANTIZATION=4bit needs bitsandbytes: pip install bitsandbytes, or set it to none"
        )
    if device != "cuda":
        raise ConfigurationError(
            f"EXTRACTOR_QWEN_QUANTIZATION=4bit needs a CUDA device, not {device}: set it to none"
        )
    computed_in = torch.bfloat16 if dtype == "auto" else getattr(torch, dtype)
    config = BitsAndBytesConfig(
        load_in_4bit=True, bnb_4bit_quant_type="nf4", bnb_4bit_compute_dtype=computed_in
    )
    return {"quantization_config": config}


@contextmanager
def _loading_errors(name: str) -> Iterator[None]:
    """Raise EngineUnavailable, with the next step, for what transformers and torch raise on loading.

    Only calls of theirs stand under it: files of another form end in any error there is.
    """
    try:
        yield
    except MemoryError as cause:
        raise _too_large(name) from cause
    except (RuntimeError, SafetensorError, TypeError, AttributeError, StrictDataclassError) as cause:
        if _is_out_of_memory(cause):
            raise _too_large(name) from cause
        raise EngineUnavailable(
            f"the checkpoint {name} is damaged ({_first_line(cause)}); fetch it again"
        ) from cause
    except (OSError, ValueError, AssertionError, KeyError) as cause:
        raise EngineUnavailable(
            f"the weights of {name} cannot be had: {_first_line(cause)}; check the name and the network, or "
            "put a local folder into EXTRACTOR_QWEN_MODEL"
        ) from cause


def _too_large(name: str) -> EngineUnavailable:
    return EngineUnavailable(
        f"there is not enough memory to load {name}: choose a smaller checkpoint, another device "
        "(EXTRACTOR_QWEN_DEVICE), dtype (EXTRACTOR_QWEN_DTYPE=bfloat16) or EXTRACTOR_QWEN_QUANTIZATION=4bit"
    )


def _is_out_of_memory(cause: BaseException) -> bool:
    if isinstance(cause, MemoryError | torch.OutOfMemoryError):
        return True
    return any(words in str(cause).lower() for words in _MEMORY_WORDS)


def _first_line(cause: BaseException) -> str:
    return next(iter(str(cause).strip().splitlines()), type(cause).__name__).rstrip(".")
