"""replies, support, questions of the host, moderation

Revision ID: 0024
Revises: 0023
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

RECORD = ("moderation_act",)


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
    op.create_table(
        "moderation_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("words_seal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_moderation_act_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_moderation_act_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_moderation_act_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["words_seal_id"], ["seal.id"], name=op.f("fk_moderation_act_words_seal_id_seal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_moderation_act")),
    )
    op.create_index(op.f("ix_moderation_act_comment_id"), "moderation_act", ["comment_id"])
    op.create_index(op.f("ix_moderation_act_consultation_id"), "moderation_act", ["consultation_id"])
    op.create_table(
        "comment_standing",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["act_id"], ["moderation_act.id"], name=op.f("fk_comment_standing_act_id_moderation_act")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_standing_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_comment_standing")),
    )
    for statement in guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("comment_standing")
    op.drop_table("moderation_act")
    op.drop_table("comment_support")
