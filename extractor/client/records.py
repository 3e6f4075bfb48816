# SPDX-License-Identifier: Apache-2.0
"""What the service answers. Unknown members are ignored, so that a newer service does no harm.

`result` holds the result format as the service writes it: amounts, quantities and rates are strings.
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class Problem(_Answer):
    """Why something gave nothing."""

    code: str
    message: str


class Document(_Answer):
    """A document as it was uploaded."""

    id: str
    name: str
    sha256: str
    media_type: str
    size: int
    created_at: datetime


class Extraction(_Answer):
    """A reading of a document: queued, running, done, failed or parked."""

    id: str
    document: str
    spec: str
    engine: str
    state: str
    created_at: datetime
    finished_at: datetime | None = None
    error: Problem | None = None

    @property
    def has_ended(self) -> bool:
        """Say whether nothing more will come."""
        return self.state not in {"queued", "running"}


class Accepted(_Answer):
    """What became of one file of an upload. A refused one has an `error` and no document."""

    name: str
    document: Document | None = None
    extraction: Extraction | None = None
    is_new: bool = False
    error: Problem | None = None


class Result(_Answer):
    """What one part of a document says. `review` is not_required, open or confirmed."""

    id: str
    document: str
    extraction: str
    part: int
    spec: str
    review: str
    version: int
    updated_at: datetime
    result: dict[str, Any]


class ExtractionDetail(_Answer):
    """A reading, and its results once it is done."""

    extraction: Extraction
    results: list[Result]


class BatchProgress(_Answer):
    """How many files of a batch are in which state."""

    total: int
    waiting: int
    running: int
    done: int
    failed: int


class Batch(_Answer):
    """Files that were uploaded together."""

    id: str
    name: str | None = None
    created_at: datetime
    completed_at: datetime | None = None
    progress: BatchProgress


class Reconciliation(_Answer):
    """Invoices compared with a contract. `verdict` is that of the rules, `decision` a person's."""

    id: str
    state: str
    round: int
    verdict: str | None = None
    decision: str | None = None
    error: Problem | None = None
    result: dict[str, Any] | None = None


class Page(_Answer):
    """One page of a list."""

    items: list[dict[str, Any]]
    next_cursor: str | None = None
