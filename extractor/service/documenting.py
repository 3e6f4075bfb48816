"""What OpenAPI says of a route because of what it is: who may use it, and how it can be refused."""

from collections.abc import Iterator
from dataclasses import dataclass

from litestar.handlers import HTTPRouteHandler
from litestar.openapi.spec import (
    Components,
    OpenAPIType,
    Operation,
    Parameter,
    Reference,
    Schema,
    SecurityScheme,
)
from litestar.plugins import ReceiveRoutePlugin
from litestar.routes import BaseRoute, HTTPRoute

from extractor.service.idempotency import HEADER, MAX_KEY
from extractor.service.problems import problems

_KEY = "key"

KEYS = Components(
    security_schemes={
        _KEY: SecurityScheme(
            type="http", scheme="bearer", description="A key that `extractor keys create` made."
        )
    }
)
NEEDS_KEY = [{_KEY: list[str]()}]
NEEDS_NOTHING = [dict[str, list[str]]()]  # of the few routes that are for everybody


class Documenting(ReceiveRoutePlugin):
    """Adds to each route the problems that it need not name itself, and the header of repeated requests."""

    def receive_route(self, route: BaseRoute) -> None:
        """Document the handlers of a route; it may come again, with one more handler."""
        if not isinstance(route, HTTPRoute):
            return
        for handler, _ in route.route_handler_map.values():
            if not handler.resolve_include_in_schema() or not handler.resolve_guards():
                continue
            statuses = _refusals(handler, has_ids=bool(route.path_parameters))
            handler.responses = problems(*statuses) | dict(handler.responses or {})
            if "POST" in handler.http_methods:
                handler.operation_class = _repeatable(handler.operation_class)


def _refusals(handler: HTTPRouteHandler, *, has_ids: bool) -> Iterator[int]:
    taken = handler.parsed_fn_signature.parameters
    yield from (400, 401, 403, 429)
    if has_ids:
        yield 404
    if "POST" in handler.http_methods:  # `Idempotency`
        yield from (409, 422)
    if "data" in taken:
        yield from (413, 415, 422)
    if "cursor" in taken:
        yield 422
    if "if_match" in taken:
        yield from (412, 428)


class _Repeatable:
    """Marks operations that say already that they may be repeated."""


def _repeatable(like: type[Operation]) -> type[Operation]:
    if issubclass(like, _Repeatable):
        return like

    @dataclass
    class _Documented(_Repeatable, like):  # type: ignore[misc, valid-type] # made for one handler
        def __post_init__(self) -> None:
            if hasattr(like, "__post_init__"):
                super().__post_init__()
            given: list[Parameter | Reference] = getattr(self, "parameters", None) or []
            self.parameters = [*given, _IDEMPOTENCY_KEY]

    return _Documented


_IDEMPOTENCY_KEY = Parameter(
    name=HEADER,
    param_in="header",
    required=False,
    description="Makes the request safe to repeat: the second one gets the first one's answer, for a day.",
    schema=Schema(type=OpenAPIType.STRING, min_length=1, max_length=MAX_KEY, pattern=r"^[ -~]+$"),
)
