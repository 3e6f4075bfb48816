"""What holds for every request that reaches a handler: JSON is sent as JSON, and no text has a NUL.

PostgreSQL has no place for a NUL in a text, and none of our names and ids has one. That JSON must be
called so keeps pages of other sites from sending it: a browser asks before it does (Fetch, 4.8).
"""

import re
from typing import Any

from litestar import Request
from litestar.datastructures import State
from litestar.exceptions import ClientException, HTTPException, NotFoundException, SerializationException
from litestar.status_codes import HTTP_415_UNSUPPORTED_MEDIA_TYPE

JSON = "application/json"
MAX_JSON_BYTES = 1024 * 1024  # uploads, which are read as they come, have bounds of their own

_NUL = "\x00"
_NUL_IN_QUERY = b"%00"
_NUL_IN_JSON = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")  # an even number of backslashes are backslashes


async def check_request(request: "Request[Any, Any, State]") -> None:
    """Refuse what no handler is to see.

    Raises:
        HTTPException: 404 for a NUL in the path, 400 for one elsewhere and for broken JSON, 415 for
            another content type.
    """
    if _NUL in request.scope["path"]:
        raise NotFoundException("there is nothing of that name")
    if _NUL_IN_QUERY in request.scope["query_string"]:
        raise ClientException("the query has a NUL, which no name or id has")
    if "data" not in request.route_handler.parsed_fn_signature.parameters:
        return
    kind, _ = request.content_type
    if kind.lower() != JSON:
        raise HTTPException(
            f"send the body as {JSON}", status_code=HTTP_415_UNSUPPORTED_MEDIA_TYPE, headers={"Accept": JSON}
        )
    try:
        await request.json()  # it is kept for the handler
    except RecursionError as cause:
        raise ClientException("the body is nested too deeply") from cause
    except SerializationException as cause:
        raise ClientException(f"the body is no JSON: {cause}") from cause
    if _NUL_IN_JSON.search(await request.body()):
        raise ClientException("the body has a NUL, which no text here can have")
