"""The API's documentation as a page: made from the OpenAPI document, without scripts, loading nothing."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from litestar import Litestar, Request, Response, get
from litestar.datastructures import State

from extractor import __version__
from extractor.delivery.templating import environment

DOCUMENTATION_PATH = "/docs"
_TEMPLATE = "documentation.html.j2"
_STYLES_ONLY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'"
_SUCCESS = "2"

_Node = Mapping[str, Any]  # of the OpenAPI document, which is JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is sent or answered: its media type, its form in words, and an example as text."""

    media_type: str
    form: str
    example: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One status that an operation answers with."""

    status: str
    description: str
    bodies: Sequence[Body]


@dataclass(frozen=True, slots=True, kw_only=True)
class Documented:
    """One operation. `parameters` have name, place, form and description."""

    anchor: str
    method: str
    path: str
    summary: str
    description: str
    parameters: Sequence[tuple[str, str, str, str]] = ()
    bodies: Sequence[Body] = ()
    answers: Sequence[Answered] = field(default_factory=tuple)


@get(DOCUMENTATION_PATH, include_in_schema=False, sync_to_thread=True)
def documentation(request: "Request[Any, Any, State]", source_url: str) -> Response[str]:
    """Answer with the page."""
    page = _page(request.app, source_url)
    return Response(content=page, media_type="text/html", headers={"Content-Security-Policy": _STYLES_ONLY})


@cache
def _page(app: Litestar, source_url: str) -> str:
    return documentation_page(app.openapi_schema.to_schema(), source_url=source_url)


def documentation_page(document: _Node, *, source_url: str) -> str:
    """Return the page of an OpenAPI document."""
    by_tag: dict[str, list[Documented]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            tag = operation["tags"][0]
            by_tag.setdefault(tag, []).append(_documented(path, method, operation))
    return (
        environment("extractor.service")
        .get_template(_TEMPLATE)
        .render(
            by_tag=by_tag,
            records={
                name: json.dumps(schema, indent=2, ensure_ascii=False)
                for name, schema in document["components"]["schemas"].items()
            },
            source_url=source_url,
            version=__version__,
        )
    )


def _documented(path: str, method: str, operation: _Node) -> Documented:
    return Documented(
        anchor=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=[
            (
                one["name"],
                one["in"] + (", required" if one.get("required") else ""),
                _form(one.get("schema", {})),
                one.get("description", ""),
            )
            for one in operation.get("parameters", ())
        ],
        bodies=list(_bodies(operation.get("requestBody", {}))),
        answers=[
            Answered(status=status, description=answer.get("description", ""), bodies=_shown(status, answer))
            for status, answer in sorted(operation["responses"].items())
        ],
    )


def _shown(status: str, answer: _Node) -> Sequence[Body]:
    """Return what an operation answers when all is well; problems all look the same."""
    return list(_bodies(answer)) if status.startswith(_SUCCESS) else ()


def _bodies(holder: _Node) -> Iterator[Body]:
    for media_type, content in holder.get("content", {}).items():
        examples = [example["value"] for example in content.get("examples", {}).values()]
        example = json.dumps(examples[0], indent=2, ensure_ascii=False) if examples else None
        yield Body(media_type=media_type, form=_form(content.get("schema", {})), example=example)


def _form(schema: _Node) -> str:
    """Say in a few words what a schema allows."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "oneOf" in schema:
        return " or ".join(map(_form, schema["oneOf"]))
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "items" in schema:
        return f"list of {_form(schema['items'])}"
    if properties := schema.get("properties"):
        required = schema.get("required", ())
        return ", ".join(
            f"{name}{'' if name in required else '?'}: {_form(one)}" for name, one in properties.items()
        )
    kind = schema.get("format") or schema.get("contentMediaType") or schema.get("type", "anything")
    return kind if isinstance(kind, str) else " or ".join(kind)
