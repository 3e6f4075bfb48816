"""Read field specs from TOML: the shipped ones by name, a user's own by path or text."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from pydantic import ValidationError

from extractor.errors import InvalidSpec, UnknownSpec
from extractor.field_specs.spec import Spec

_Table: TypeAlias = dict[str, object]  # a TOML table, not yet checked
_MAX_BYTES = 1_000_000
_MAX_REASONS = 3


def load_spec(name_or_path: str | Path) -> Spec:
    """Return a shipped spec by its name, or the one that a .toml file holds.

    A spec in a file may extend a shipped spec or one that lies beside it.

    Raises:
        UnknownSpec: no spec is shipped under that name, and there is no such file.
        InvalidSpec: the file is written wrongly.
    """
    name = str(name_or_path)
    if name in _shipped_paths():
        return _shipped(name)
    path = Path(name_or_path)
    if path.suffix != ".toml" or not path.is_file():
        raise UnknownSpec(_unknown(name))
    return _resolved(_text_of(path), source=name, parent_text=_beside(path.parent))


def shipped_specs() -> Mapping[str, Spec]:
    """Return every spec that comes with the package, by name."""
    return MappingProxyType({name: _shipped(name) for name in _shipped_paths()})


def parse_spec(toml_text: str, *, source: str) -> Spec:
    """Read one spec from text; `extends` may name a shipped one. Opens no other file.

    `source` is what errors call the text.

    Raises:
        InvalidSpec: one line that names source, field and reason.
    """
    return _resolved(toml_text, source=source, parent_text=_shipped_text)


@cache
def _shipped(name: str) -> Spec:
    path = _shipped_paths()[name]
    return _resolved(_text_of(path), source=path.name, parent_text=_shipped_text)


@cache
def _shipped_paths() -> Mapping[str, Path]:
    """Find the shipped specs: inside the package when installed, else in the checkout."""
    here = Path(__file__).resolve().parent
    for folder in (here / "shipped", here.parents[1] / "field_specs"):
        paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
        if paths:
            return MappingProxyType(paths)
    return MappingProxyType({})


def _shipped_text(name: str) -> str | None:
    path = _shipped_paths().get(name)
    return None if path is None else _text_of(path)


def _beside(folder: Path) -> Callable[[str], str | None]:
    def text_of_parent(name: str) -> str | None:
        path = folder / f"{name}.toml"
        return _shipped_text(name) or (_text_of(path) if path.is_file() else None)

    return text_of_parent


def _text_of(path: Path) -> str:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise InvalidSpec(f"{path}: larger than {_MAX_BYTES} bytes, which no field spec is")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as cause:
        raise InvalidSpec(f"{path}: not UTF-8 text (byte {cause.start})") from cause
    except OSError as cause:
        raise InvalidSpec(f"{path}: cannot be read ({cause.strerror})") from cause


def _resolved(toml_text: str, *, source: str, parent_text: Callable[[str], str | None]) -> Spec:
    """Merge a spec over all that it extends, then check the whole."""
    table = _table_of(toml_text, source=source)
    chain = [str(table.get("name"))]
    merged = table
    while "extends" in table:
        parent = table["extends"]
        if not isinstance(parent, str) or not re.fullmatch(r"[a-z][a-z0-9_]*", parent):
            raise InvalidSpec(f"{source}: extends: {parent!r} is not the name of a spec")
        if parent in chain:
            raise InvalidSpec(f"{source}: extends: {' -> '.join([*chain, parent])} goes in a circle")
        text = parent_text(parent)
        if text is None:
            raise InvalidSpec(f"{source}: extends: {_unknown(parent)}")
        chain.append(parent)
        table = _table_of(text, source=f"{parent}.toml")
        merged = _merged(merged, over=table)
    return _validated(merged, source=source)


def _table_of(toml_text: str, *, source: str) -> _Table:
    try:
        return tomllib.loads(toml_text)
    except tomllib.TOMLDecodeError as cause:
        raise InvalidSpec(f"{source}: not valid TOML: {_one_line(str(cause))}") from cause
    except RecursionError as cause:
        raise InvalidSpec(f"{source}: not valid TOML: nested too deeply") from cause


def _merged(child: _Table, *, over: _Table) -> _Table:
    """Lay `child` over its parent: tables merge, lists of spellings add up, the rest is replaced."""
    merged = dict(over)
    for key, own in child.items():
        inherited = merged.get(key)
        if isinstance(own, dict) and isinstance(inherited, dict):
            merged[key] = _merged(own, over=inherited)
        elif isinstance(own, list) and isinstance(inherited, list):
            merged[key] = [*own, *(spelling for spelling in inherited if spelling not in own)]
        else:
            merged[key] = own
    return merged


def _validated(table: _Table, *, source: str) -> Spec:
    try:
        return Spec.model_validate(table)
    except ValidationError as cause:
        reasons = [
            f"{_where(error['loc'])}: {_one_line(error['msg'].removeprefix('Value error, '))}"
            for error in cause.errors(include_url=False, include_context=False, include_input=False)
        ]
        more = f" (and {len(reasons) - _MAX_REASONS} more)" if len(reasons) > _MAX_REASONS else ""
        raise InvalidSpec(f"{source}: {'; '.join(reasons[:_MAX_REASONS])}{more}") from cause


def _where(location: Iterable[int | str]) -> str:
    return ".".join(str(step) for step in location if step != "[key]") or "the whole"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _unknown(name: str) -> str:
    known = ", ".join(_shipped_paths())
    return f"there is no field spec {name!r}; known are {known}, or the path of a .toml file"
