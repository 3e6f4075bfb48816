"""What a worker process does with one document.

The API imports this too, to hand the work over: so the pipeline is imported when it is first used.
A worker process is told to import it beforehand (PIPELINE).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import extractor
from extractor.delivery.encoding import Json, encode_assessment, encode_printed
from extractor.delivery.failure import Failure, failure_of
from extractor.errors import EngineError
from extractor.field_specs.load import parse_spec

PIPELINE = "extractor.pipeline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """How a content is to be read; `name` is what results call it.

    `spec_toml` is the text of a tenant's own spec; None for a shipped one, by its name.
    """

    name: str
    spec: str
    engine: str
    spec_toml: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPart:
    """What one part of a document says, and what comparing needs of its pages beside that."""

    body: dict[str, Json]
    printed: dict[str, Json]


def read_content(content: bytes, reading: Reading) -> Sequence[ReadPart] | Failure:
    """Return the results of a document, one for each part, or why there are none.

    Raises:
        EngineError: an engine could not do its work, and a repetition can help.
    """
    try:
        own = reading.spec_toml
        spec = reading.spec if own is None else parse_spec(own, source=reading.spec)
        assessments = extractor.extract(content, spec=spec, engine=reading.engine, name=reading.name)
        return [
            ReadPart(body=encode_assessment(assessment), printed=encode_printed(assessment))
            for assessment in assessments
        ]
    except Exception as error:  # one document's run is recorded here; the others go on
        if isinstance(error, EngineError) and error.is_retryable:
            raise
        return failure_of(error, source=reading.name)


def draw_page(content: bytes, number: int, *, dpi: int, result: dict[str, Json] | None) -> bytes:
    """Return a page as PNG, with boxes where the values of a result stand.

    Raises:
        ExtractorError: see `extractor.delivery.page_picture`.
    """
    from extractor.delivery.page_picture import page_picture  # noqa: PLC0415 - it imports PyMuPDF

    return page_picture(content, number, dpi=dpi, result=result)
