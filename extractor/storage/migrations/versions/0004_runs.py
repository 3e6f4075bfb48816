"""Readings, results, what people did to them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | None = "0003"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    """Make the change."""
    op.create_table(
        "runs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("spec_version", sa.Integer(), nullable=False),
        sa.Column("engine", sa.Text(), nullable=False),
        sa.Column("pipeline", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("workflow_id", sa.Text(), nullable=True),
        sa.Column("losses", sa.Integer(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("error_code", sa.Text(), nullable=True),
        sa.Column("error_message", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_runs_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_runs_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runs")),
        sa.UniqueConstraint(
            "document_id",
            "spec",
            "spec_version",
            "engine",
            "pipeline",
            name=op.f("uq_runs_document_id_spec_spec_version_engine_pipeline"),
        ),
    )
    with op.batch_alter_table("runs") as table:
        table.create_index("ix_runs_tenant_id_state", ["tenant_id", "state"], unique=False)
        table.create_index(op.f("ix_runs_workflow_id"), ["workflow_id"], unique=False)

    op.create_table(
        "results",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("run_id", sa.Text(), nullable=False),
        sa.Column("document_id", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("spec", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("printed", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("seller", sa.Text(), nullable=True),
        sa.Column("reasons", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_results_document_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["run_id"], ["runs.id"], name=op.f("fk_results_run_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_results_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_results")),
        sa.UniqueConstraint("run_id", "part", name=op.f("uq_results_run_id_part")),
    )
    with op.batch_alter_table("results") as table:
        table.create_index("ix_results_document_id", ["document_id"], unique=False)
        table.create_index(op.f("ix_results_number"), ["number"], unique=False)
        table.create_index("ix_results_tenant_id_review", ["tenant_id", "review"], unique=False)

    op.create_table(
        "review_steps",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("tenant_id", sa.Text(), nullable=False),
        sa.Column("result_id", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("before", sa.Text(), nullable=True),
        sa.Column("after", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["result_id"], ["results.id"], name=op.f("fk_review_steps_result_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["tenant_id"], ["tenants.id"], name=op.f("fk_review_steps_tenant_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_steps")),
    )
    with op.batch_alter_table("review_steps") as table:
        table.create_index(op.f("ix_review_steps_result_id"), ["result_id"], unique=False)


def downgrade() -> None:
    """Take it back."""
    with op.batch_alter_table("review_steps") as table:
        table.drop_index(op.f("ix_review_steps_result_id"))

    op.drop_table("review_steps")
    with op.batch_alter_table("results") as table:
        table.drop_index("ix_results_tenant_id_review")
        table.drop_index(op.f("ix_results_number"))
        table.drop_index("ix_results_document_id")

    op.drop_table("results")
    with op.batch_alter_table("runs") as table:
        table.drop_index(op.f("ix_runs_workflow_id"))
        table.drop_index(op.f("ix_runs_workflow_id"))
        table.drop_index("ix_runs_tenant_id_state")

    op.drop_table("runs")
