"""Parameters that several handlers have."""

from typing import Annotated

from litestar.params import HeaderParameter, Parameter

from extractor.storage.paging import MAX_LIMIT

Cursor = Annotated[str | None, Parameter(description="`next_cursor` of the page before", max_length=300)]
Limit = Annotated[int, Parameter(ge=1, le=MAX_LIMIT, description="how many at most")]
SpecName = Annotated[
    str | None, Parameter(description="auto (told by content), or a spec's name; `auto` by default")
]
EngineName = Annotated[str | None, Parameter(description="auto, or an engine's name; `auto` by default")]
IfNoneMatch = Annotated[
    str | None, HeaderParameter(name="If-None-Match", description="the `ETag` of what the client has")
]
