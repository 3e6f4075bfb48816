"""What OpenAPI says of errors: problem details (RFC 9457), with the statuses that a handler answers."""

from dataclasses import dataclass
from http import HTTPStatus

from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

PROBLEM = "application/problem+json"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDetails:
    """Why a request was not done. `code` is stable; `detail` says what is wrong and what to do."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    instance: str


_MEANT = {
    400: "The request is broken: the form, the JSON, or a parameter.",
    401: "There is no key, or it is wrong, expired or revoked.",
    403: "The key's scopes do not allow this.",
    404: "There is no such thing, or it is another tenant's.",
    409: "It cannot be done as things are now; or the first request with this `Idempotency-Key` runs still.",
    412: "Somebody else has changed it meanwhile: look at it again.",
    413: "The request, a file or what an archive unpacks to is over a limit.",
    415: "The content type is none that is taken here.",
    422: "The file, or what is asked of it, cannot be done.",
    428: "Send `If-Match` with the `ETag` of what was looked at.",
    429: "Too many requests in a minute, or documents that wait: try again after `Retry-After` seconds.",
    502: "What the service stands on failed: try again after `Retry-After` seconds.",
    503: "What is needed is in use: try again after `Retry-After` seconds.",
}


NOT_MODIFIED = {
    304: ResponseSpec(data_container=None, description="The client has it already.", generate_examples=False)
}


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Return what OpenAPI shows for these statuses."""
    return {
        status: ResponseSpec(
            data_container=ProblemDetails,
            media_type=PROBLEM,
            description=_MEANT.get(status, HTTPStatus(status).phrase),
            generate_examples=False,
            examples=[Example(id="a problem", summary="A problem", value=_example(status))],
        )
        for status in statuses
    }


def _example(status: int) -> dict[str, object]:
    title = HTTPStatus(status).phrase
    return {
        "type": "about:blank",
        "title": title,
        "status": status,
        "code": title.replace(" ", ""),
        "detail": _MEANT.get(status, title),
        "instance": "/v1/documents",
    }
