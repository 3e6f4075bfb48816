import pytest

from extractor.engines.qwen.settings import QwenSettings, settings_from
from extractor.errors import ConfigurationError


def test_without_variables_the_defaults_hold() -> None:
    assert settings_from({"PATH": "/bin"}) == QwenSettings()
    assert QwenSettings().model == "Qwen/Qwen2.5-VL-7B-Instruct"


def test_variables_set_what_they_name() -> None:
    environment = {"EXTRACTOR_QWEN_MODEL": "weights/small", "EXTRACTOR_QWEN_BATCH_SIZE": "4"}
    settings = settings_from(environment)
    assert settings.model == "weights/small"
    assert settings.batch_size == 4


def test_by_default_an_a4_page_passes_whole() -> None:
    settings = QwenSettings()
    width, height = (inches * settings.dpi for inches in (8.27, 11.69))
    assert width * height <= settings.max_pixels


@pytest.mark.parametrize(
    ("name", "value", "is_allowed"),
    [
        ("DPI", "36", True),
        ("DPI", "35", False),
        ("DPI", "600", True),
        ("DPI", "601", False),
        ("BATCH_SIZE", "0", False),
        ("TEMPERATURE", "2", True),
        ("TEMPERATURE", "2.1", False),
        ("DEVICE", "tpu", False),
        ("QUANTIZATION", "4bit", True),
        ("QUANTIZATION", "8bit", False),
        ("DECODING", "plain", True),
        ("DECODING", "slow", False),
        ("MODLE", "x", False),
    ],
)
def test_a_value_out_of_bounds_or_an_unknown_name_is_refused_by_name(
    name: str, value: str, *, is_allowed: bool
) -> None:
    environment = {f"EXTRACTOR_QWEN_{name}": value}
    if is_allowed:
        assert settings_from(environment)
    else:
        with pytest.raises(ConfigurationError, match=f"EXTRACTOR_QWEN_{name}"):
            settings_from(environment)
