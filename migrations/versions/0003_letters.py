"""outgoing mail, and when the worker last did what

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PENDING = "sent_at IS NULL AND dropped_at IS NULL"


def upgrade() -> None:
    op.create_table(
        "outgoing_letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("letter", sa.String(length=80), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_outgoing_letter_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_outgoing_letter_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outgoing_letter")),
    )
    op.create_index(
        "ix_outgoing_letter_pending",
        "outgoing_letter",
        ["next_at"],
        sqlite_where=sa.text(PENDING),
        postgresql_where=sa.text(PENDING),
    )
    op.create_index(op.f("ix_outgoing_letter_person_id"), "outgoing_letter", ["person_id"])
    op.create_index(op.f("ix_outgoing_letter_submission_id"), "outgoing_letter", ["submission_id"])
    op.create_table(
        "upkeep_run",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("ran_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("took_ms", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=60), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_upkeep_run")),
    )


def downgrade() -> None:
    op.drop_table("upkeep_run")
    op.drop_index(op.f("ix_outgoing_letter_submission_id"), table_name="outgoing_letter")
    op.drop_index(op.f("ix_outgoing_letter_person_id"), table_name="outgoing_letter")
    op.drop_index("ix_outgoing_letter_pending", table_name="outgoing_letter")
    op.drop_table("outgoing_letter")
