"""The JSON Schema of an answer, for servers that take no grammar.

It fixes the shape and bounds lists and strings. That a string stands on the page it
cannot say: every answer is compared with the page's words afterwards. Only keywords
that llama.cpp, which Ollama decodes with, turns into a grammar are used.
"""

import json
from typing import TypeAlias

from extractor.engines.qwen.shape import Leaf, Members, Rows, Shape

_Schema: TypeAlias = dict[str, object]


def schema_for(shape: Members, *, max_rows: int) -> str:
    """Return the schema of the answer, with at most so many rows in a table."""
    return json.dumps(_object(shape, max_rows=max_rows), ensure_ascii=False)


def _object(shape: Members, *, max_rows: int) -> _Schema:
    members = {name: _schema(member, max_rows=max_rows) for name, member in shape.members.items()}
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


def _schema(shape: Shape, *, max_rows: int) -> _Schema:
    if isinstance(shape, Leaf):
        return {"anyOf": [{"type": "null"}, {"type": "string", "maxLength": shape.rule.max_length}]}
    if isinstance(shape, Rows):
        return {"type": "array", "items": _object(shape.row, max_rows=max_rows), "maxItems": max_rows}
    return {"anyOf": [{"type": "null"}, _object(shape, max_rows=max_rows)]}
