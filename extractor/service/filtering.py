"""Which results a request means."""

from datetime import UTC, datetime
from typing import Annotated

from litestar.params import Parameter

from extractor.errors import ConfigurationError
from extractor.storage.result_filter import ResultFilter
from extractor.storage.tables.runs import ReviewState

_NO_NUL = r"^[^\x00]*$"  # PostgreSQL has no place for it


def result_filter(
    result: Annotated[str | None, Parameter(description="the id of one result", pattern=_NO_NUL)] = None,
    document: Annotated[str | None, Parameter(description="the id of a document", pattern=_NO_NUL)] = None,
    review: Annotated[ReviewState | None, Parameter(description="whether a person must look, or has")] = None,
    spec: Annotated[str | None, Parameter(description="a spec's name", pattern=_NO_NUL)] = None,
    number: Annotated[
        str | None, Parameter(description="of the invoice or contract, exactly", pattern=_NO_NUL)
    ] = None,
    seller: Annotated[
        str | None, Parameter(description="a part of the name, in whatever case", pattern=_NO_NUL)
    ] = None,
    since: Annotated[
        str | None,
        Parameter(
            description="made or changed at that moment (ISO 8601) or later; in UTC where no zone is named",
            schema_extra={"format": "date-time"},
        ),
    ] = None,
) -> ResultFilter:
    """Provide the filters that the query has.

    Raises:
        ConfigurationError: `since` is no moment.
    """
    return ResultFilter(
        result=result,
        document=document,
        review=None if review is None else str(review),
        spec=spec,
        number=number,
        seller=seller,
        since=None if since is None else _in_utc(since),
    )


def _in_utc(said: str) -> datetime:
    try:
        moment = datetime.fromisoformat(said)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError) as cause:  # the latter: the year 1, or 9999, in another zone
        raise ConfigurationError("`since` is no moment: write 2026-03-05T09:30:00Z") from cause
