"""What OpenAPI shows of answers that are no JSON of ours."""

from dataclasses import dataclass

from litestar.openapi.spec import OpenAPIMediaType, OpenAPIResponse, OpenAPIType, Operation, Schema

_BYTES = Schema(type=OpenAPIType.STRING, content_media_type="application/octet-stream")


@dataclass
class PictureOperation(Operation):
    """An operation that answers with a picture, or with 304."""

    def __post_init__(self) -> None:
        """Say what the answers are."""
        self.responses = {
            **(self.responses or {}),
            "200": OpenAPIResponse(
                description="The page", content={"image/png": OpenAPIMediaType(schema=_BYTES)}
            ),
            "304": OpenAPIResponse(description="The client has this picture already"),
        }


_RESULTS = Schema(type=OpenAPIType.ARRAY, items=Schema(type=OpenAPIType.OBJECT))


def _of(kind: str) -> Schema:
    return _RESULTS if kind == "application/json" else _BYTES


@dataclass
class ExportOperation(Operation):
    """An operation that answers with a file in the format that was asked for."""

    def __post_init__(self) -> None:
        """Say what the answer is."""
        kinds = (
            "application/json",
            "application/x-ndjson",
            "text/csv",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            "application/xml",
        )
        self.responses = {
            **(self.responses or {}),
            "200": OpenAPIResponse(
                description="The file", content={kind: OpenAPIMediaType(schema=_of(kind)) for kind in kinds}
            ),
        }
