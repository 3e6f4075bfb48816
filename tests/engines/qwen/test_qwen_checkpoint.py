import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from extractor.errors import ConfigurationError, EngineUnavailable, ExtractorError

pytest.importorskip("torch", reason="the qwen extra is not installed")

import torch

from extractor.engines.qwen.checkpoint import Checkpoint, load_checkpoint, memory_errors

Change = Callable[[Path], object]


def load(folder: Path | str, *, device: str = "cpu", dtype: str = "auto") -> Checkpoint:
    return load_checkpoint(str(folder), device=device, dtype=dtype, max_pixels=500_000)


def test_a_whole_checkpoint_loads_with_the_settings_pixel_cap(checkpoint_folder: Path) -> None:
    checkpoint = load(checkpoint_folder)
    assert checkpoint.processor.image_processor.size["longest_edge"] == 500_000
    assert checkpoint.vocabulary_size > len(checkpoint.processor.tokenizer)
    assert checkpoint.processor.tokenizer.chat_template
    assert not checkpoint.model.training


def test_a_checkpoint_is_loaded_once(checkpoint_folder: Path) -> None:
    assert load(checkpoint_folder) is load(checkpoint_folder)


def test_the_dtype_is_chosen(checkpoint_folder: Path) -> None:
    assert load(checkpoint_folder, dtype="bfloat16").model.dtype is torch.bfloat16


def _remove(name: str) -> Change:
    return lambda folder: (folder / name).unlink()


def _cut(name: str) -> Change:
    def cut(folder: Path) -> None:
        content = (folder / name).read_bytes()
        (folder / name).write_bytes(content[: len(content) // 2])

    return cut


def _without_a_tensor(folder: Path) -> None:
    from safetensors.torch import load_file, save_file  # noqa: PLC0415 - needs the extra

    tensors = load_file(folder / "model.safetensors")
    del tensors["lm_head.weight"]
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def _of_another_architecture(folder: Path) -> None:
    config = {"model_type": "qwen2", "architectures": ["Qwen2ForCausalLM"]}
    (folder / "config.json").write_text(json.dumps(config))


def _of_no_architecture(folder: Path) -> None:
    (folder / "config.json").write_text("{}")


def _of_another_form(name: str) -> Change:
    def change(folder: Path) -> None:
        (folder / name).write_text("[]")

    return change


def _with_another_image_token(folder: Path) -> None:
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps({**config, "image_token_id": 3}))


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        (_remove("config.json"), EngineUnavailable, r"no config\.json.*EXTRACTOR_QWEN_MODEL"),
        (_remove("model.safetensors"), EngineUnavailable, "weights"),
        (_remove("preprocessor_config.json"), EngineUnavailable, "EXTRACTOR_QWEN_MODEL"),
        (_cut("model.safetensors"), EngineUnavailable, "fetch it again"),
        (_cut("tokenizer.json"), EngineUnavailable, "fetch it again|EXTRACTOR_QWEN_MODEL"),
        (_remove("tokenizer.json"), EngineUnavailable, "tokenizer or chat template is missing"),
        (_with_another_image_token, EngineUnavailable, "tokenizer or chat template is missing or another's"),
        (_of_another_form("tokenizer.json"), EngineUnavailable, "damaged.*fetch it again"),
        (_of_another_form("tokenizer_config.json"), EngineUnavailable, "damaged.*fetch it again"),
        (_of_another_form("generation_config.json"), EngineUnavailable, "damaged.*fetch it again"),
        (_without_a_tensor, EngineUnavailable, r"1 tensors are missing \(lm_head\.weight\)"),
        (_of_another_architecture, ConfigurationError, "qwen2 model.*Qwen2.5-VL"),
        (_of_no_architecture, EngineUnavailable, "EXTRACTOR_QWEN_MODEL"),
    ],
)
def test_a_checkpoint_that_is_not_whole_is_refused_with_the_reason(
    checkpoint_folder: Path, tmp_path: Path, change: Change, error: type[ExtractorError], message: str
) -> None:
    folder = tmp_path / "broken"
    shutil.copytree(checkpoint_folder, folder)
    change(folder)
    with pytest.raises(error, match=message):
        load(folder)


def test_a_folder_that_is_not_there_is_not_looked_for_on_the_hub(tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match=r"no config\.json"):
        load(tmp_path / "nowhere")


def test_a_name_that_the_hub_cannot_give_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(EngineUnavailable, match="check the name and the network"):
        load("invented-owner/invented-model")


def test_a_device_that_is_not_there_is_refused(checkpoint_folder: Path) -> None:
    if torch.cuda.is_available():
        assert load(checkpoint_folder, device="cuda")
    else:
        with pytest.raises(EngineUnavailable, match="no cuda device"):
            load(checkpoint_folder, device="cuda")


@pytest.mark.parametrize(
    "fault",
    [
        MemoryError(),
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes"),
    ],
)
def test_running_out_of_memory_says_what_to_lower(fault: Exception) -> None:
    with pytest.raises(EngineUnavailable, match="EXTRACTOR_QWEN_MAX_PIXELS"), memory_errors():
        raise fault


def test_other_faults_pass_through() -> None:
    with pytest.raises(RuntimeError, match="a bug"), memory_errors():
        raise RuntimeError("a bug")


def test_four_bits_without_what_packs_them_are_refused(
    checkpoint_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extractor.engines.qwen.checkpoint.find_spec", lambda _name: None)
    with pytest.raises(ConfigurationError, match="pip install bitsandbytes"):
        load_checkpoint(
            str(checkpoint_folder), device="cpu", dtype="auto", max_pixels=500_000, quantization="4bit"
        )


def test_four_bits_need_a_gpu(checkpoint_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extractor.engines.qwen.checkpoint.find_spec", lambda name: name)
    with pytest.raises(ConfigurationError, match="CUDA device, not cpu"):
        load_checkpoint(
            str(checkpoint_folder), device="cpu", dtype="auto", max_pixels=500_000, quantization="4bit"
        )


@pytest.mark.parametrize(
    "fault",
    [
        torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 99 bytes"),
        MemoryError(),
    ],
)
def test_running_out_of_memory_while_loading_says_what_to_choose(
    checkpoint_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    folder = tmp_path / "large"
    shutil.copytree(checkpoint_folder, folder)

    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("transformers.Qwen2_5_VLForConditionalGeneration.from_pretrained", fail)
    with pytest.raises(EngineUnavailable, match=r"not enough memory.*EXTRACTOR_QWEN_QUANTIZATION=4bit"):
        load(folder)


def test_the_hubs_progress_bar_is_left_on(checkpoint_folder: Path) -> None:
    from huggingface_hub.utils import are_progress_bars_disabled  # noqa: PLC0415 - needs the extra

    load(checkpoint_folder)
    assert not are_progress_bars_disabled()
