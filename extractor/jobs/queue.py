"""The queue of documents to be read. What is put in is there when the transaction is, not before."""

from collections.abc import Iterable

from dbos import DBOSClient, EnqueueOptions
from dbos import DBOSPortableJSONSerializer as Serializer
from sqlalchemy.orm import Session

from extractor.storage.database import make_engine
from extractor.storage.tables import Run

READINGS = "readings"  # the queue's name
READ_DOCUMENT = "read_document"  # the workflow's
APPLICATION = "extractor"
VERSION = "1"  # of the workflow's steps. Pinned: else a changed source file strands queued work


class Queue:
    """Puts readings into the queue that workers of any process take them from."""

    def __init__(self, database_url: str) -> None:
        """Connect to the queue; its tables must be there."""
        self._engine = make_engine(database_url, begins=False)
        self._client = DBOSClient(
            system_database_engine=self._engine, serializer=Serializer(), application_name=APPLICATION
        )

    def put(self, session: Session, runs: Iterable[Run]) -> None:
        """Queue readings in the transaction of `session`; 1 is the first priority."""
        for run in runs:
            options = EnqueueOptions(
                workflow_name=READ_DOCUMENT,
                queue_name=READINGS,
                workflow_id=run.workflow_id,
                app_version=VERSION,
                priority=run.priority,
                queue_partition_key=run.tenant_id,
            )
            self._client.enqueue_in_transaction(session, options, run.id)

    def close(self) -> None:
        """Close the connections."""
        self._client.destroy()
        self._engine.dispose()
