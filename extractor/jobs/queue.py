"""The queues of documents to be read and of comparisons. What is put in is there when the transaction is."""

from collections.abc import Iterable

from dbos import DBOSClient, EnqueueOptions
from dbos import DBOSPortableJSONSerializer as Serializer
from sqlalchemy.orm import Session

from extractor.storage.database import make_engine
from extractor.storage.tables import Run, StoredReconciliation

READINGS = "readings"  # the queue's name
READ_DOCUMENT = "read_document"  # the workflow's
COMPARISONS = "comparisons"
COMPARE = "compare"
APPLICATION = "extractor"
VERSION = "1"  # of the workflow's steps. Pinned: else a changed source file strands queued work


class Queue:
    """Puts readings into the queue that workers of any process take them from."""

    def __init__(self, database_url: str) -> None:
        """Prepare to connect; the queue's tables must be there when something is put in."""
        self._engine = make_engine(database_url, begins=False)
        self._client = DBOSClient(
            system_database_engine=self._engine,
            serializer=Serializer(),
            application_name=APPLICATION,
            lazy=True,
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

    def put_comparisons(self, session: Session, rows: Iterable[StoredReconciliation]) -> None:
        """Queue comparisons whose documents have all been read, in the transaction of `session`."""
        for row in rows:
            options = EnqueueOptions(
                workflow_name=COMPARE,
                queue_name=COMPARISONS,
                workflow_id=row.workflow_id,
                app_version=VERSION,
            )
            self._client.enqueue_in_transaction(session, options, row.id, row.round)

    def close(self) -> None:
        """Close the connections."""
        self._client.destroy()
        self._engine.dispose()
