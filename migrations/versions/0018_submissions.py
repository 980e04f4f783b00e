"""letters the host entered, which of their words became which comment, and decisions about what came late

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

RECORD = ("submission_letter", "letter_passage", "late_decision")


def upgrade() -> None:
    op.create_table(
        "submission_letter",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("text_seal_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_letter_submission_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["text_seal_id"], ["seal.id"], name=op.f("fk_submission_letter_text_seal_id_seal")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_letter")),
    )
    op.create_table(
        "letter_passage",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_letter_passage_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission_letter.submission_id"],
            name=op.f("fk_letter_passage_submission_id_submission_letter"),
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_letter_passage")),
    )
    op.create_index(op.f("ix_letter_passage_submission_id"), "letter_passage", ["submission_id"])
    op.create_table(
        "late_decision",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("is_considered", sa.Boolean(), nullable=False),
        sa.Column("reason_seal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_late_decision_person_id_person")),
        sa.ForeignKeyConstraint(
            ["reason_seal_id"], ["seal.id"], name=op.f("fk_late_decision_reason_seal_id_seal")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_late_decision_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "no", name=op.f("pk_late_decision")),
    )
    op.create_index(op.f("ix_late_decision_person_id"), "late_decision", ["person_id"])
    for statement in guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("late_decision")
    op.drop_table("letter_passage")
    op.drop_table("submission_letter")
