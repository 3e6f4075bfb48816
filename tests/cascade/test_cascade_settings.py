"""Which engine `auto` may ask is set by one variable, and nothing else is taken for a name."""

import pytest

from extractor.cascade.settings import vision_engine, vision_settings
from extractor.errors import ConfigurationError


def test_no_engine_is_asked_where_none_is_named() -> None:
    assert vision_settings({}).engine is None
    assert vision_engine({}) is None


@pytest.mark.parametrize("name", ["qwen", "vllm", "ollama"])
def test_the_engine_that_is_named_is_made(name: str) -> None:
    engine = vision_engine({"EXTRACTOR_VISION_ENGINE": name})
    assert engine is not None
    assert engine.name == name


@pytest.mark.parametrize("name", ["layout", "Qwen", "", "gpt"])
def test_another_name_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(ConfigurationError, match=r"EXTRACTOR_VISION_ENGINE: .*'qwen', 'vllm' or 'ollama'"):
        vision_settings({"EXTRACTOR_VISION_ENGINE": name})


def test_another_variable_of_the_prefix_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="EXTRACTOR_VISION_MODEL"):
        vision_settings({"EXTRACTOR_VISION_MODEL": "x"})
