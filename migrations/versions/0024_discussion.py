"""replies, support, questions of the host, moderation

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment_support",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("browser_hash", sa.String(length=64), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_support_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_comment_support_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_support")),
        sa.UniqueConstraint(
            "comment_id", "browser_hash", name=op.f("uq_comment_support_comment_id_browser_hash")
        ),
        sa.UniqueConstraint("comment_id", "person_id", name=op.f("uq_comment_support_comment_id_person_id")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_comment_support_person_id"), "comment_support", ["person_id"])


def downgrade() -> None:
    op.drop_table("comment_support")
