"""Amendments of a comparison's contract, as documents of their own."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0009"
down_revision: str | None = "0008"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    with op.batch_alter_table("reconciliations") as table:
        table.add_column(sa.Column("amendment_count", sa.Integer(), nullable=False, server_default="0"))

    op.create_table(
        "reconciled_amendments",
        sa.Column("reconciliation_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"],
            ["reconciliations.id"],
            name=op.f("fk_reconciled_amendments_reconciliation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_reconciled_amendments_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reconciliation_id", "position", name=op.f("pk_reconciled_amendments")),
    )
    with op.batch_alter_table("reconciled_amendments") as table:
        table.create_index("ix_reconciled_amendments_run_id", ["run_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("reconciled_amendments") as table:
        table.drop_index("ix_reconciled_amendments_run_id")

    op.drop_table("reconciled_amendments")
    with op.batch_alter_table("reconciliations") as table:
        table.drop_column("amendment_count")
