"""A collector is told what the service does, and nothing of what documents say."""

import sys
from pathlib import Path

import pytest
from otlp_collector import attributes, running_collector
from service.served import content, served, until

from extractor.errors import ConfigurationError
from extractor.jobs.traces import opened_traces
from extractor.settings import load_settings

_PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


def test_requests_and_the_stages_of_readings_are_spans_without_contents(tmp_path: Path) -> None:
    with running_collector() as collector:
        with served(tmp_path, otlp_endpoint=collector.endpoint) as service:
            files = {"file": ("Geheim GmbH.pdf", content("en_clean_invoice.pdf"))}
            answer = service.client.post("/v1/documents", files=files, headers={"traceparent": _PARENT})
            (accepted,) = answer.json()
            path = f"/v1/extractions/{accepted['extraction']['id']}?secret=Geheim"
            until(lambda: service.client.get(path).json()["extraction"]["state"] == "done")
            (shown,) = service.client.get(path).json()["results"]
            value = shown["result"]["fields"]["invoice_number"]["value"]
        (upload,) = collector.named("POST /v1/documents")
        (reading,) = collector.named("read document")
    assert upload.trace_id.hex() == _PARENT.split("-")[1]
    assert upload.parent_span_id.hex() == _PARENT.split("-")[2]
    assert attributes(upload)["http.response.status_code"] == 202
    assert attributes(reading)["extractor.extraction"] == accepted["extraction"]["id"]
    stages = [span for span in collector.spans if span.parent_span_id == reading.span_id]
    assert {"read", "extract", "validate"} <= {span.name for span in stages}
    assert all(
        reading.start_time_unix_nano <= span.start_time_unix_nano <= span.end_time_unix_nano
        for span in stages
    )
    assert max(span.end_time_unix_nano for span in stages) == reading.end_time_unix_nano
    sent = "".join(str(span) for span in collector.spans)
    assert "Geheim" not in sent
    assert value not in sent
    assert not collector.named("GET /health")


def test_without_the_extra_an_endpoint_is_an_error_that_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    settings = load_settings(data_dir=tmp_path, otlp_endpoint="http://127.0.0.1:1")
    with pytest.raises(ConfigurationError, match=r"extractor\[telemetry\]"), opened_traces(settings):
        pass


def test_without_an_endpoint_nothing_is_imported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    with opened_traces(load_settings(data_dir=tmp_path)) as traces:
        traces.answered(method="GET", route="/", status=200, started_ns=0, headers={})
