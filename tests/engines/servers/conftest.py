"""A spec, a page and engines that ask a loopback server; each test runs against every protocol."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from engines.asked import GROSS, ITEMS, NUMBER, PdfMaker, drawn, random_checkpoint
from engines.servers.loopback import Loopback
from engines.servers.ollama_protocol import Ollama
from engines.servers.protocols import Speech
from engines.servers.vllm_protocol import Vllm

from extractor.engines.ollama.engine import OllamaEngine
from extractor.engines.ollama.settings import OllamaSettings
from extractor.engines.vllm.engine import VllmEngine
from extractor.engines.vllm.settings import VllmSettings
from extractor.field_specs.spec import Spec

TRAINED = Path(__file__).parents[3] / "fixtures" / "tiny_qwen"

# Patient enough for a busy machine, and without pauses between turns.
_QUICKLY: dict[str, Any] = {"timeout": 20.0, "backoff": 0.0, "dpi": 72}


@dataclass(frozen=True, kw_only=True)
class Protocol:
    """One way to ask: the engine's name, the server's protocol, the settings that choose it."""

    engine: str
    speech: Callable[..., Speech]
    chosen: dict[str, Any]

    def settings(self, url: str, **changed: Any) -> VllmSettings | OllamaSettings:  # noqa: ANN401
        kind = VllmSettings if self.engine == "vllm" else OllamaSettings
        return kind(url=url, **{**_QUICKLY, **self.chosen, **changed})

    def make_engine(self, loopback: Loopback | str, **changed: Any) -> VllmEngine | OllamaEngine:  # noqa: ANN401
        url = loopback if isinstance(loopback, str) else loopback.url
        settings = self.settings(url, **changed)
        if isinstance(settings, VllmSettings):
            return VllmEngine(settings)
        return OllamaEngine(settings)


GRAMMAR = Protocol(engine="vllm", speech=Vllm, chosen={"form": "grammar"})
SCHEMA = Protocol(engine="vllm", speech=Vllm, chosen={"form": "schema"})
OLLAMA = Protocol(engine="ollama", speech=Ollama, chosen={})


@pytest.fixture(params=[GRAMMAR, SCHEMA, OLLAMA], ids=["vllm", "vllm-schema", "ollama"])
def protocol(request: pytest.FixtureRequest) -> Protocol:
    """Run the test against every protocol."""
    chosen: Protocol = request.param
    return chosen


@pytest.fixture
def bill() -> Spec:
    """Make a spec of a few fields and a table."""
    return Spec(
        name="bill",
        title={"en": "Bill"},
        fields={
            "number": NUMBER,
            "gross": GROSS,
            "items": ITEMS,
        },
    )


@pytest.fixture
def make_pdf() -> PdfMaker:
    """Draw a PDF, one sequence of lines a page, and open it as a document."""
    return drawn


@pytest.fixture(scope="session", params=["random", "trained"])
def checkpoint_folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a checkpoint of random weights, and the trained one."""
    if request.param == "random":
        return random_checkpoint(tmp_path_factory)
    pytest.importorskip("torch", reason="the qwen extra is not installed")
    return TRAINED
