"""Turn errors into problem details (RFC 9457). The only error handling in the service."""

import logging
from http import HTTPStatus

from litestar import Request, Response
from litestar.datastructures import State
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from extractor.errors import ExtractorError
from extractor.faults import is_debugging

_LOG = logging.getLogger(__name__)
_PROBLEM = "application/problem+json"
_RETRY_AFTER_SECONDS = "5"


def _of_ours(request: "Request[object, object, State]", error: ExtractorError) -> Response[dict[str, object]]:
    headers = {"Retry-After": _RETRY_AFTER_SECONDS} if error.is_retryable else {}
    return _problem(request, error.http_status, error.code, str(error), headers)


def _of_the_framework(
    request: "Request[object, object, State]", error: HTTPException
) -> Response[dict[str, object]]:
    code = HTTPStatus(error.status_code).phrase.replace(" ", "")
    detail = "; ".join([error.detail, *_places(error.extra)])
    return _problem(request, error.status_code, code, detail, dict(error.headers or {}))


def _places(extra: object) -> list[str]:
    """Return what is wrong where, as the framework keeps it of parameters and bodies."""
    faults = extra if isinstance(extra, list) else []
    return [
        f"{fault.get('key', 'the request')}: {fault['message']}" for fault in faults if "message" in fault
    ]


def _fault(request: "Request[object, object, State]", error: Exception) -> Response[dict[str, object]]:
    said = f"a fault of this program: {type(error).__name__}"  # its text may hold what a document says
    _LOG.error(
        "%s %s: %s", request.method, request.url.path, said, exc_info=error if is_debugging() else None
    )
    return _problem(request, HTTPStatus.INTERNAL_SERVER_ERROR, "Fault", said, {})


def _problem(
    request: "Request[object, object, State]", status: int, code: str, detail: str, headers: dict[str, str]
) -> Response[dict[str, object]]:
    return Response(
        content={
            "type": "about:blank",
            "title": HTTPStatus(status).phrase,
            "status": int(status),
            "code": code,
            "detail": detail,
            "instance": request.url.path,
        },
        status_code=int(status),
        media_type=_PROBLEM,
        headers=headers,
    )


EXCEPTION_HANDLERS: ExceptionHandlersMap = {
    ExtractorError: _of_ours,
    HTTPException: _of_the_framework,
    Exception: _fault,
}
