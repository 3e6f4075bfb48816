"""The queues of documents to be read and of comparisons. What is put in is there when the transaction is."""

from collections.abc import Iterable

from dbos import DBOSClient, EnqueueOptions
from dbos import DBOSPortableJSONSerializer as Serializer
from sqlalchemy.orm import Session

from extractor.storage.database import make_engine
from extractor.storage.tables import Run, StoredReconciliation
from extractor.storage.tables.shape import new_id

READINGS = "readings"  # the queue's name
READ_DOCUMENTS = "read_documents"  # the workflow's
COMPARISONS = "comparisons"
COMPARE = "compare"
APPLICATION = "extractor"
_MOST_TOGETHER = 32  # readings in a piece of work
_PIECES = 16
VERSION = "1"  # of the workflow's steps. Pinned: else a changed source file strands queued work


class Queue:
    """Puts readings into the queue that workers of any process take them from."""

    def __init__(self, database_url: str) -> None:
        """Prepare to connect; the queue's tables must be there when something is put in."""
        self._engine = make_engine(database_url, is_for_queue=True)
        self._client = DBOSClient(
            system_database_engine=self._engine,
            serializer=Serializer(),
            application_name=APPLICATION,
            lazy=True,
        )

    def put(self, session: Session, runs: Iterable[Run], *, pieces: int = _PIECES) -> None:
        """Queue readings in the transaction of `session`; 1 is the first priority.

        Those of one tenant and priority are put together to that many pieces of work (to more, where one
        would be too large), because each costs several writes. Workers share what is put in by pieces.
        """
        together: dict[tuple[str, int], list[Run]] = {}
        for run in runs:
            together.setdefault((run.tenant_id, run.priority), []).append(run)
        for (tenant_id, priority), same in together.items():
            size = min(_MOST_TOGETHER, -(-len(same) // pieces))
            for first in range(0, len(same), size):
                piece = same[first : first + size]
                workflow_id = new_id("work")
                for run in piece:
                    run.workflow_id = workflow_id
                options = EnqueueOptions(
                    workflow_name=READ_DOCUMENTS,
                    queue_name=READINGS,
                    workflow_id=workflow_id,
                    app_version=VERSION,
                    priority=priority,
                    queue_partition_key=tenant_id,
                )
                self._client.enqueue_in_transaction(session, options, workflow_id)

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
