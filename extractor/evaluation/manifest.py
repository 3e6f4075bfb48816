"""Load a manifest: what each of a user's documents shows, in the names and types of its spec.

Everything that is wrong is found at once, and told in words that say what to write
instead. The format is described for users in `docs/evaluation.md`.
"""

import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from extractor.cascade.part import AUTO
from extractor.errors import ConfigurationError, SpecError
from extractor.evaluation.manifest_files import RawRecord, read_manifest
from extractor.evaluation.record import RecordFault, parse_record
from extractor.evaluation.record_truth import truth_of
from extractor.evaluation.truth import Truth
from extractor.field_specs.load import load_spec
from extractor.field_specs.recognition import INVOICE
from extractor.field_specs.spec import Spec

_MOST_FAULTS = 5  # told at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What is known about the documents below a folder."""

    folder: Path
    truths: tuple[Truth, ...]


def load_manifest(path: Path, *, folder: Path | None = None, spec: str = AUTO) -> Manifest:
    """Read a manifest and check all of it.

    Files are looked for below `folder`, by default the manifest's own. `spec` is what a
    record that names none is read as; where that is "auto", its fields are those of an
    invoice.

    Raises:
        ConfigurationError: the manifest is no such file, names no document, or is wrong:
            which documents, which keys, and what to write instead.
    """
    raw = read_manifest(path)
    if not raw.records:
        raise ConfigurationError(f"{path}: names no document: there is nothing to measure")
    where = path.parent if folder is None else folder
    default = spec if raw.spec is None else _beside(raw.spec, path)
    spec_of = cache(_spec)
    faults: list[str] = []
    truths: list[Truth] = []
    for record in raw.records:
        try:
            truths.append(_checked(record, path, where, default, spec_of))
        except RecordFault as fault:
            faults += (f"{_named(record)}: {each}" for each in fault.reasons)
    faults += _repetitions(raw.records)
    if faults:
        more = f" (and {len(faults) - _MOST_FAULTS} more)" if len(faults) > _MOST_FAULTS else ""
        raise ConfigurationError(f"{path}: {'; '.join(faults[:_MOST_FAULTS])}{more}")
    return Manifest(folder=where, truths=tuple(truths))


def _checked(raw: RawRecord, path: Path, folder: Path, default: str, spec_of: Callable[[str], Spec]) -> Truth:
    named = raw.content.get("spec")
    spec_name = _beside(named, path) if isinstance(named, str) and named else default
    spec = spec_of(spec_name)
    record = parse_record(raw.content, spec)
    if not (folder / record.file).is_file():
        raise RecordFault(_missing(record.file, folder))
    contents = truth_of(record, spec, decimal_mark=raw.decimal_mark)
    return Truth(
        file=record.file,
        spec=None if spec_name == AUTO else spec_name,
        group=record.group,
        pages=record.pages,
        values=contents.values,
        tables=contents.tables,
    )


def _spec(name: str) -> Spec:
    try:
        return load_spec(INVOICE if name == AUTO else name)
    except SpecError as cause:
        raise RecordFault(str(cause)) from cause


def _beside(spec: str, path: Path) -> str:
    """Return a spec's name, or the path of its file, which lies relative to the manifest."""
    return str(path.parent / spec) if spec.endswith(".toml") else spec


def _missing(file: str, folder: Path) -> str:
    wanted = folder / file
    beside = [each.name for each in wanted.parent.iterdir()] if wanted.parent.is_dir() else []
    close = get_close_matches(wanted.name, beside, n=1)
    advice = f'did you mean "{close[0]}"?' if close else "paths are relative to DIR, or to the manifest"
    return f"there is no file {wanted}; {advice}"


def _named(record: RawRecord) -> str:
    file = record.content.get("file")
    return f"{record.place} ({file})" if isinstance(file, str) and file else record.place


def _repetitions(records: Sequence[RawRecord]) -> Iterator[str]:
    """Yield a fault for each record that says again what another says, or speaks of the same pages.

    Records of one file that name no pages are its several documents.
    """
    seen: dict[str, list[RawRecord]] = defaultdict(list)
    for record in records:
        file, pages = record.content.get("file"), record.content.get("pages")
        if not isinstance(file, str):
            continue
        for other in seen[os.path.normpath(file)]:
            if {**other.content, "note": ""} == {**record.content, "note": ""}:
                yield f"{_named(record)}: repeats {other.place}: leave one of them out"
            elif pages and pages == other.content.get("pages"):
                yield f"{_named(record)}: is about the same pages as {other.place}: make it one record"
        seen[os.path.normpath(file)].append(record)
