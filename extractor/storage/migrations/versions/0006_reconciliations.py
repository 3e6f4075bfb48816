"""Comparisons and the ledger."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "ledger",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("reconciliation_id", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_ledger_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ledger")),
    )
    with op.batch_alter_table("ledger") as table:
        table.create_index(op.f("ix_ledger_reconciliation_id"), ["reconciliation_id"], unique=False)
        table.create_index("ix_ledger_tenant_id", ["tenant_id", "id"], unique=False)

    op.create_table(
        "ledger_heads",
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_ledger_heads_tenant_id")),
        sa.PrimaryKeyConstraint("tenant_id", name=op.f("pk_ledger_heads")),
    )
    op.create_table(
        "ledger_keys",
        sa.Column("row_id", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"], ["ledger.id"], name=op.f("fk_ledger_keys_row_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_ledger_keys_tenant_id")),
        sa.PrimaryKeyConstraint("row_id", "key", name=op.f("pk_ledger_keys")),
    )
    with op.batch_alter_table("ledger_keys") as table:
        table.create_index("ix_ledger_keys_tenant_id_key", ["tenant_id", "key"], unique=False)

    op.create_table(
        "reconciliations",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("contract_run_id", sa.Text(), nullable=False),
        sa.Column("is_recorded", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("policy_id", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=True),
        sa.Column("body", sa.JSON(), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["contract_run_id"],
            ["runs.id"],
            name=op.f("fk_reconciliations_contract_run_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["policy_id"], ["policies.id"], name=op.f("fk_reconciliations_policy_id")),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_reconciliations_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reconciliations")),
    )
    with op.batch_alter_table("reconciliations") as table:
        table.create_index("ix_reconciliations_contract_run_id", ["contract_run_id"], unique=False)
        table.create_index(op.f("ix_reconciliations_tenant_id"), ["tenant_id"], unique=False)

    op.create_table(
        "reconciled_invoices",
        sa.Column("reconciliation_id", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["reconciliation_id"],
            ["reconciliations.id"],
            name=op.f("fk_reconciled_invoices_reconciliation_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["run_id"], ["runs.id"], name=op.f("fk_reconciled_invoices_run_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("reconciliation_id", "position", name=op.f("pk_reconciled_invoices")),
    )
    with op.batch_alter_table("reconciled_invoices") as table:
        table.create_index("ix_reconciled_invoices_run_id", ["run_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("reconciled_invoices") as table:
        table.drop_index("ix_reconciled_invoices_run_id")

    op.drop_table("reconciled_invoices")
    with op.batch_alter_table("reconciliations") as table:
        table.drop_index(op.f("ix_reconciliations_tenant_id"))
        table.drop_index("ix_reconciliations_contract_run_id")

    op.drop_table("reconciliations")
    with op.batch_alter_table("ledger_keys") as table:
        table.drop_index("ix_ledger_keys_tenant_id_key")

    op.drop_table("ledger_keys")
    op.drop_table("ledger_heads")
    with op.batch_alter_table("ledger") as table:
        table.drop_index("ix_ledger_tenant_id")
        table.drop_index(op.f("ix_ledger_reconciliation_id"))

    op.drop_table("ledger")
