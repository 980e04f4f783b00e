"""files that come with submissions, why some stand apart from the rest, meetings some were made of

Revision ID: 0023
Revises: 0022
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

RECORD = ("submission_flag", "submission_file", "submission_meeting")


def upgrade() -> None:
    op.create_table(
        "submission_flag",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=12), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("is_raised", sa.Boolean(), nullable=False),
        sa.Column("reason_seal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_submission_flag_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["reason_seal_id"], ["seal.id"], name=op.f("fk_submission_flag_reason_seal_id_seal")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_flag_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "code", "no", name=op.f("pk_submission_flag")),
    )
    op.create_index(op.f("ix_submission_flag_person_id"), "submission_flag", ["person_id"])
    op.create_table(
        "submission_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_submission_file_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_file_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission_file")),
        sa.UniqueConstraint("submission_id", "no", name=op.f("uq_submission_file_submission_id_no")),
    )
    op.create_index(op.f("ix_submission_file_person_id"), "submission_file", ["person_id"])
    op.create_index(op.f("ix_submission_file_digest"), "submission_file", ["digest"])
    op.create_table(
        "submission_file_content",
        sa.Column("file_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["file_id"],
            ["submission_file.id"],
            name=op.f("fk_submission_file_content_file_id_submission_file"),
        ),
        sa.PrimaryKeyConstraint("file_id", name=op.f("pk_submission_file_content")),
    )
    op.create_table(
        "submission_meeting",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_submission_meeting_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_submission_meeting_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_meeting")),
    )
    op.create_index(op.f("ix_submission_meeting_meeting_id"), "submission_meeting", ["meeting_id"])
    for statement in guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("submission_meeting")
    op.drop_table("submission_file_content")
    op.drop_table("submission_file")
    op.drop_table("submission_flag")
