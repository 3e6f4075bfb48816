"""Read results as they are stored and handed on: encoded. The counterpart of `encoding`."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from extractor.delivery.encoding import Json

Encoded: TypeAlias = Mapping[str, Json]
"""A result of one part of a document, or a part of one."""


def fields_of(body: Encoded) -> Encoded:
    """Return the fields of a result; of a contract in a reconciliation, its terms."""
    fields = body.get("fields")
    return fields if isinstance(fields, dict) else {}


def value_of(body: Encoded, field: str) -> str | None:
    """Return the value of a field that is one, None where there is none."""
    return leaf_value(fields_of(body).get(field))


def members_of(body: Encoded, field: str) -> dict[str, str | None]:
    """Return the values of a field that is structured, by member."""
    leaf = fields_of(body).get(field)
    value = leaf.get("value") if isinstance(leaf, dict) else None
    return _values(value) if isinstance(value, dict) else {}


def rows_of(body: Encoded, field: str) -> list[dict[str, str | None]]:
    """Return the values of a field that is a table, row by row."""
    leaf = fields_of(body).get(field)
    value = leaf.get("value") if isinstance(leaf, dict) else None
    return [_values(row) for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def is_table(leaf: Json) -> bool:
    """Say whether a field is a table with rows."""
    return isinstance(leaf, dict) and isinstance(leaf.get("value"), list)


def leaf_value(leaf: Json) -> str | None:
    """Return the value of a leaf."""
    value = leaf.get("value") if isinstance(leaf, dict) else None
    return value if isinstance(value, str) else None


def leaves_of(body: Encoded) -> Iterator[tuple[str, Encoded]]:
    """Yield each value with its path, as findings name it: `line_items[0].quantity`."""
    for name, field in fields_of(body).items():
        value = field.get("value") if isinstance(field, dict) else None
        if isinstance(value, dict):
            yield from _named(name, value)
        elif isinstance(value, list):
            for number, row in enumerate(value):
                if isinstance(row, dict):
                    yield from _named(f"{name}[{number}]", row)
        elif isinstance(field, dict):
            yield name, field


def _named(path: str, members: Encoded) -> Iterator[tuple[str, Encoded]]:
    for name, leaf in members.items():
        if isinstance(leaf, dict):
            yield f"{path}.{name}", leaf


def _values(members: Encoded) -> dict[str, str | None]:
    return {name: leaf_value(leaf) for name, leaf in members.items()}
