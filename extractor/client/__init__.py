# SPDX-License-Identifier: Apache-2.0
"""A client of the service, to be used or copied: httpx and pydantic, and nothing else of this program.

from extractor.client import Client

with Client("http://127.0.0.1:8000", key="xt_…") as client:
    (accepted,) = client.upload(["invoice.pdf"])
    reading = client.wait(accepted.extraction.id)
    for result in reading.results:
        print(result.result["fields"]["gross_amount"]["value"], result.review)
"""

from extractor.client.aio import AsyncClient
from extractor.client.blocking import Client
from extractor.client.errors import ClientError, NotReachable, Refused, StillRunning, WrongSignature
from extractor.client.records import (
    Accepted,
    Batch,
    BatchProgress,
    Document,
    Extraction,
    ExtractionDetail,
    Problem,
    Reconciliation,
    Result,
)
from extractor.client.webhooks import Message, verify_webhook

__all__ = [
    "Accepted",
    "AsyncClient",
    "Batch",
    "BatchProgress",
    "Client",
    "ClientError",
    "Document",
    "Extraction",
    "ExtractionDetail",
    "Message",
    "NotReachable",
    "Problem",
    "Reconciliation",
    "Refused",
    "Result",
    "StillRunning",
    "WrongSignature",
    "verify_webhook",
]
