"""One document's record in a manifest, as a user writes it."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.field_specs.spec import Spec


class RecordFault(Exception):
    """What is wrong with one record: a sentence a fault, each with what to do."""

    def __init__(self, *reasons: str) -> None:
        """Keep the reasons."""
        super().__init__("; ".join(reasons))
        self.reasons = reasons


class Record(BaseModel):
    """One document and what it shows. Values are checked against the spec in `record_truth.py`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = Field(min_length=1)
    spec: str | None = Field(default=None, min_length=1)
    group: str | None = Field(default=None, min_length=1)
    pages: tuple[Annotated[int, Field(ge=1, strict=True)], ...] = ()
    fields: Mapping[str, Any] = Field(default_factory=dict)
    alternatives: Mapping[str, list[Any]] = Field(default_factory=dict)
    implied: Mapping[str, Any] = Field(default_factory=dict)
    incomplete: tuple[str, ...] = ()
    exhaustive: bool = False
    note: str = ""


def parse_record(content: Mapping[str, Any], spec: Spec) -> Record:
    """Check the keys of a record and what kind of thing each holds.

    Raises:
        RecordFault: a key is unknown, or holds something else.
    """
    unknown = [_unknown_key(key, spec) for key in content if key not in Record.model_fields]
    if unknown:
        raise RecordFault(*unknown)
    try:
        return Record.model_validate(content)
    except ValidationError as cause:
        faults = cause.errors(include_url=False, include_context=False, include_input=False)
        raise RecordFault(
            *(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in faults)
        ) from cause


def meant(name: str, known: Iterable[str]) -> str:
    """Return a question for the name that was meant, or all that there are."""
    names = list(known)
    close = get_close_matches(name, names, n=1)
    return f'did you mean "{close[0]}"?' if close else f"there are {', '.join(names)}"


def _unknown_key(key: str, spec: Spec) -> str:
    if key.partition(".")[0] in spec.fields:
        return f'"{key}" is a field: put it into "fields"'
    return f'unknown key "{key}"; {meant(key, Record.model_fields)}'
