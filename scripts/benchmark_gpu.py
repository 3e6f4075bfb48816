"""Measure Qwen2.5-VL on your machine: pages and tokens a second, passes saved, memory, and accuracy.

    python scripts/benchmark_gpu.py truth.json inbox/ --pages 100 --batch 1 8
    python scripts/benchmark_gpu.py truth.json inbox/ --4bit --vllm-url http://127.0.0.1:8000/v1
    python scripts/benchmark_gpu.py --slips 10 --device cpu

The manifest is that of `extractor evaluate` (docs/evaluation.md), and values are judged as
there. The model in this process reads everything twice, with fast and with plain decoding;
a vLLM server once, where one is named. Files are read one after another, the pages of one
file in batches. Times are of whole readings, from file to checked fields; loading and a first
question are not counted. What no option sets, the variables EXTRACTOR_QWEN_* and EXTRACTOR_VLLM_* do.

`--slips` measures nothing but this script: the tiny checkpoint of the tests reads slips made for it.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from decoding.run_table import encode_run, table_of
from decoding.runs import Run, device_of, first_pages, run_in_process, run_on_server, with_savings
from synthesis.slip import SPEC_FILE, generate_slip
from synthesis.slip_drawing import DPI
from synthesis.slip_manifest import write_slips

from extractor.cascade.part import AUTO
from extractor.engines.qwen.settings import PREFIX, QwenSettings, settings_from
from extractor.engines.vllm import settings as vllm
from extractor.errors import ConfigurationError, ExtractorError
from extractor.evaluation.manifest import load_manifest
from extractor.evaluation.run import tasks_of
from extractor.evaluation.work import FileTask

_SHARED = ("model", "dpi", "max_pixels", "max_new_tokens", "max_rows", "temperature")


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print; end with 1 where something is missing, or no file could be read."""
    options = _options()
    chosen = options.parse_args(arguments)
    if (chosen.manifest is None) == (chosen.slips is None):
        options.error("give a manifest, or --slips")
    try:
        with ExitStack() as stack:
            if chosen.slips is not None:
                _take_slips(chosen, Path(stack.enter_context(tempfile.TemporaryDirectory())))
            engines = _engines(chosen)
            tasks = _tasks(chosen)
            runs = with_savings(list(_runs(tasks, engines, batch_sizes=chosen.batch)))
    except ExtractorError as error:
        sys.exit(f"benchmark_gpu.py: {error}")
    settings = settings_from(os.environ)
    device = device_of(settings) if "qwen" in engines else None
    if chosen.is_json:
        shown = {name: getattr(settings, name) for name in (*_SHARED, "dtype", "quantization")}
        print(json.dumps({**shown, "device": device, "runs": [encode_run(run) for run in runs]}, indent=1))
    else:
        where = device or "a server"
        print(f"{settings.model} on {where}, dtype {settings.dtype}, quantization {settings.quantization}")
        print(table_of(runs))
    for told in dict.fromkeys(f"{each.code}: {each.message}" for run in runs for each in run.failures):
        print(told, file=sys.stderr)
    if not all(run.pages for run in runs):
        sys.exit("benchmark_gpu.py: no file could be read")


def _options() -> argparse.ArgumentParser:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("manifest", type=Path, nargs="?", help="what the documents show")
    options.add_argument("folder", type=Path, nargs="?", help="of the documents; by default the manifest's")
    options.add_argument("--spec", default=AUTO, help="for records of the manifest that name none")
    options.add_argument(
        "--slips", type=_positive, metavar="N", help="try the script on so many generated slips"
    )
    options.add_argument("--pages", type=_positive, metavar="N", help="stop after the file with page N")
    options.add_argument(
        "--batch", type=_positive, nargs="+", default=[1], metavar="N", help="pages of a file asked together"
    )
    options.add_argument("--engines", nargs="+", choices=("qwen", "vllm"), help="by default those there are")
    options.add_argument("--model", help="a name on the hub, or a folder")
    options.add_argument("--device", choices=("auto", "cuda", "mps", "cpu"))
    options.add_argument("--dtype", choices=("auto", "bfloat16", "float16", "float32"))
    options.add_argument("--4bit", dest="quantization", action="store_const", const="4bit")
    options.add_argument(
        "--vllm-url", help="by default EXTRACTOR_VLLM_URL; without either no server is asked"
    )
    options.add_argument("--json", dest="is_json", action="store_true", help="all figures as one JSON object")
    return options


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def _take_slips(chosen: argparse.Namespace, folder: Path) -> None:
    slips = [generate_slip(f"benchmark {number}") for number in range(chosen.slips)]
    chosen.manifest, chosen.folder = write_slips(slips, folder), folder
    chosen.model = chosen.model or str(SPEC_FILE.parent)
    os.environ.setdefault(f"{PREFIX}DPI", str(DPI))


def _engines(chosen: argparse.Namespace) -> list[str]:
    """Set the engines' variables by the options, and return which engines are measured."""
    _set(PREFIX, {name: getattr(chosen, name) for name in ("model", "device", "dtype", "quantization")})
    _set(vllm.PREFIX, {"url": chosen.vllm_url})
    has_server = bool(os.environ.get(f"{vllm.PREFIX}URL"))
    engines = chosen.engines or ["qwen", *(["vllm"] if has_server else [])]
    if "vllm" in engines:
        if not has_server:
            raise ConfigurationError("no vLLM server is named: give --vllm-url, or set EXTRACTOR_VLLM_URL")
        _tell_server(settings_from(os.environ))
    return engines


def _tasks(chosen: argparse.Namespace) -> tuple[FileTask, ...]:
    manifest = load_manifest(chosen.manifest, folder=chosen.folder, spec=chosen.spec)
    return first_pages(tasks_of(manifest, spec=chosen.spec, engine="qwen"), pages=chosen.pages)


def _runs(tasks: Sequence[FileTask], engines: Sequence[str], *, batch_sizes: Sequence[int]) -> Iterator[Run]:
    """Yield a run for each batch size and each way of reading."""
    for batch_size in batch_sizes:
        if "qwen" in engines:
            for decoding in ("fast", "plain"):
                _set(PREFIX, {"batch_size": batch_size, "decoding": decoding})
                yield run_in_process(tasks, settings_from(os.environ))
        if "vllm" in engines:
            _set(vllm.PREFIX, {"concurrency": batch_size})
            asked = [replace(task, engine="vllm") for task in tasks]
            yield run_on_server(asked, vllm.settings_from(os.environ))


def _tell_server(settings: QwenSettings) -> None:
    """Ask the server for the same model, and in the same way, but where its own variables differ."""
    for name in _SHARED:
        os.environ.setdefault(f"{vllm.PREFIX}{name.upper()}", str(getattr(settings, name)))


def _set(prefix: str, values: Mapping[str, object]) -> None:
    """Set what an engine's settings are read from, where there is a value."""
    for name, value in values.items():
        if value is not None:
            os.environ[f"{prefix}{name.upper()}"] = str(value)


if __name__ == "__main__":
    main()
