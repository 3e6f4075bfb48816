"""From a file to a verdict on it, and on the command line, with a server that is told what to say."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("openai", reason="the servers extra is not installed")
pytest.importorskip("ollama", reason="the servers extra is not installed")

from engines.servers.conftest import Protocol
from engines.servers.loopback import Canned, failing, serving

from extractor.cli.main import run
from extractor.field_specs.load import load_spec
from extractor.field_specs.spec import FieldType
from extractor.pipeline import extract

INVOICE = Path(__file__).parents[3] / "fixtures" / "en_clean_invoice.pdf"
EMPTY: dict[str, object] = {
    name: [] if field.type is FieldType.TABLE else None for name, field in load_spec("invoice").fields.items()
}

Captured = pytest.CaptureFixture[str]
UseServer = Callable[[str], None]


def answer(**said: object) -> str:
    return json.dumps({**EMPTY, **said})


@pytest.fixture
def use(protocol: Protocol, monkeypatch: pytest.MonkeyPatch) -> UseServer:
    """Set the environment so that the engine asks this server."""

    def use_server(url: str) -> None:
        prefix = f"EXTRACTOR_{protocol.engine.upper()}_"
        for name, value in {
            "URL": url,
            "BACKOFF": "0",
            "RETRIES": "0",
            "DPI": "50",
            **protocol.chosen,
        }.items():
            monkeypatch.setenv(f"{prefix}{name.upper()}", value)

    return use_server


def test_a_value_on_the_page_is_found_and_an_invented_one_goes_to_a_person(
    protocol: Protocol, use: UseServer
) -> None:
    said = answer(invoice_number="TW-2025-0918", gross_amount="9,999.99")
    with serving(protocol.speech(), Canned(said)) as loopback:
        use(loopback.url)
        (assessed,) = extract(INVOICE, spec="invoice", engine=protocol.engine)
    gross = assessed.extraction.leaf("gross_amount")
    assert gross.evidence is not None
    assert gross.evidence.boxes == ()
    assert gross.confidence is not None
    assert gross.confidence <= 0.4
    assert assessed.review.required
    assert "NOT_ON_PAGE" in assessed.review.reasons
    assert "gross_amount" in {each.field for each in assessed.findings if each.code == "NOT_ON_PAGE"}


def test_what_stands_on_the_page_is_not_called_invented(protocol: Protocol, use: UseServer) -> None:
    with serving(protocol.speech(), Canned(answer(gross_amount="4,282.08"))) as loopback:
        use(loopback.url)
        (assessed,) = extract(INVOICE, spec="invoice", engine=protocol.engine)
    gross = assessed.extraction.leaf("gross_amount")
    assert str(gross.value) == "4282.08"
    assert gross.evidence is not None
    assert gross.evidence.boxes
    assert "NOT_ON_PAGE" not in assessed.review.reasons


def test_the_command_line_reads_with_a_server(protocol: Protocol, use: UseServer, capsys: Captured) -> None:
    with serving(protocol.speech(), Canned(answer(gross_amount="4,282.08"))) as loopback:
        use(loopback.url)
        assert run(["extract", str(INVOICE), "--engine", protocol.engine, "--json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    assert shown["engine"] == protocol.engine
    assert shown["fields"]["gross_amount"]["value"] == "4282.08"


def test_the_command_line_ends_with_2_where_the_server_fails(
    protocol: Protocol, use: UseServer, capsys: Captured
) -> None:
    with serving(protocol.speech(), Canned(""), fault=failing(500)) as loopback:
        use(loopback.url)
        assert run(["extract", str(INVOICE), "--engine", protocol.engine]) == 2
    told = capsys.readouterr()
    assert "cannot answer now" in told.err + told.out


def test_the_command_line_checks_a_server(protocol: Protocol, use: UseServer, capsys: Captured) -> None:
    with serving(protocol.speech(), Canned('{"word": "quartz 41907"}')) as loopback:
        use(loopback.url)
        assert run(["engines", protocol.engine]) == 0
        assert f"{protocol.engine} is ready" in capsys.readouterr().out
        assert run(["engines"]) == 0
    assert loopback.url in capsys.readouterr().out.replace("\n", "")
    assert run(["engines", protocol.engine]) == 2
    assert f"{protocol.engine} is not ready: no " in capsys.readouterr().err
