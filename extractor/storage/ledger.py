"""A tenant's ledger in the database. What is asked of it, and appended, is of one transaction."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy.orm import Session

from extractor.reconciliation.ledger import invoices_among, look_alikes_among, require_revision
from extractor.reconciliation.ledger_contract import ContractIdentity
from extractor.reconciliation.ledger_entry import LedgerEntry
from extractor.storage.tables import LedgerHead, LedgerKey, LedgerRow
from extractor.storage.tables.shape import new_id

_ENTRY = TypeAdapter(LedgerEntry)


class DatabaseLedger:
    """A ledger as one transaction sees it (the protocol is reconciliation's).

    `reconciliation_id` is what appends: what it had appended in an earlier round does not count in
    this one, and is replaced by what is appended now.
    """

    def __init__(self, session: Session, tenant_id: str, *, reconciliation_id: str | None = None) -> None:
        """Use a tenant's ledger in the transaction of `session`."""
        self._session = session
        self._tenant_id = tenant_id
        self._reconciliation_id = reconciliation_id

    def revision(self) -> int:
        """Return how often something was appended."""
        query = sa.select(LedgerHead.revision).where(LedgerHead.tenant_id == self._tenant_id)
        return self._session.scalar(query) or 0

    def invoices(self, contract: ContractIdentity, *, before: date | None = None) -> Sequence[LedgerEntry]:
        """Return a contract's entries, in the order approved."""
        keys = [f"contract:{key}" for key in contract.keys]
        return invoices_among(self._with(keys), contract, before=before)

    def look_alikes(self, entry: LedgerEntry) -> Sequence[LedgerEntry]:
        """Return the entries that share a key with one."""
        return look_alikes_among(self._with(sorted(entry.keys)), entry)

    def append(self, entries: Sequence[LedgerEntry], *, at: int) -> None:
        """Keep entries that were compared with revision `at`.

        Raises:
            Conflict: something was appended since.
        """
        head = self._session.get(LedgerHead, self._tenant_id, with_for_update=True)
        require_revision(at=at, now=head.revision if head else 0)
        if head is None:
            head = LedgerHead(tenant_id=self._tenant_id, revision=0)
            self._session.add(head)
        if not entries:
            return
        head.revision += 1
        self.withdraw()
        for entry in entries:
            row = LedgerRow(
                id=new_id("led"),
                tenant_id=self._tenant_id,
                reconciliation_id=self._reconciliation_id,
                revision=head.revision,
                body=_ENTRY.dump_python(entry, mode="json"),
            )
            self._session.add(row)
            self._session.flush()
            keys = entry.keys | {f"contract:{key}" for key in entry.contract.keys}
            self._session.add_all(
                LedgerKey(row_id=row.id, key=key, tenant_id=self._tenant_id) for key in keys
            )
        self._session.flush()

    def withdraw(self) -> None:
        """Take back what this reconciliation had appended in an earlier round."""
        if self._reconciliation_id is not None:
            self._session.execute(
                sa.delete(LedgerRow).where(
                    LedgerRow.tenant_id == self._tenant_id,
                    LedgerRow.reconciliation_id == self._reconciliation_id,
                )
            )

    def _with(self, keys: Sequence[str]) -> list[LedgerEntry]:
        """Return the entries with one of the keys, in the order approved."""
        found = sa.select(LedgerKey.row_id).where(
            LedgerKey.tenant_id == self._tenant_id, LedgerKey.key.in_(keys)
        )
        query = sa.select(LedgerRow).where(LedgerRow.id.in_(found)).order_by(LedgerRow.revision, LedgerRow.id)
        if self._reconciliation_id is not None:
            query = query.where(LedgerRow.reconciliation_id.is_distinct_from(self._reconciliation_id))
        return [_ENTRY.validate_python(row.body, strict=False) for row in self._session.scalars(query)]
