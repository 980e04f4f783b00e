"""who looked at contact data, how long they are kept, words cut out of comments

Revision ID: 0026
Revises: 0024
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0026"
down_revision = "0024"
branch_labels = None
depends_on = None

RECORD = ("contact_view", "redaction", "redacted_passage", "redaction_end")


def upgrade() -> None:
    op.create_table(
        "contact_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("receipts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_contact_view_host_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_view_person_id_person")),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_contact_view_register_id_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_view")),
    )
    op.create_index(op.f("ix_contact_view_person_id"), "contact_view", ["person_id"])
    op.create_index("ix_contact_view_host_id_at", "contact_view", ["host_id", "at"])
    op.create_index("ix_contact_view_register_id_at", "contact_view", ["register_id", "at"])
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=12), nullable=False),
        sa.Column("is_destroyed", sa.Boolean(), nullable=False),
        sa.Column("note_seal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["comment_id"], ["comment.id"], name=op.f("fk_redaction_comment_id_comment")),
        sa.ForeignKeyConstraint(["note_seal_id"], ["seal.id"], name=op.f("fk_redaction_note_seal_id_seal")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_redaction_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
    )
    op.create_index(op.f("ix_redaction_comment_id"), "redaction", ["comment_id"])
    op.create_index(op.f("ix_redaction_person_id"), "redaction", ["person_id"])
    op.create_table(
        "redacted_passage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redaction_id", sa.Integer(), nullable=False),
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["redaction_id"], ["redaction.id"], name=op.f("fk_redacted_passage_redaction_id_redaction")
        ),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name=op.f("fk_redacted_passage_seal_id_seal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redacted_passage")),
    )
    op.create_index(op.f("ix_redacted_passage_redaction_id"), "redacted_passage", ["redaction_id"])
    op.create_index(op.f("ix_redacted_passage_seal_id"), "redacted_passage", ["seal_id"])
    op.create_table(
        "redaction_end",
        sa.Column("redaction_id", sa.Integer(), nullable=False),
        sa.Column("note_seal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["note_seal_id"], ["seal.id"], name=op.f("fk_redaction_end_note_seal_id_seal")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_redaction_end_person_id_person")),
        sa.ForeignKeyConstraint(
            ["redaction_id"], ["redaction.id"], name=op.f("fk_redaction_end_redaction_id_redaction")
        ),
        sa.PrimaryKeyConstraint("redaction_id", name=op.f("pk_redaction_end")),
    )
    op.create_index(op.f("ix_redaction_end_person_id"), "redaction_end", ["person_id"])
    op.create_table(
        "redacted_words",
        sa.Column("seal_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["seal_id"], ["seal.id"], name=op.f("fk_redacted_words_seal_id_seal")),
        sa.PrimaryKeyConstraint("seal_id", name=op.f("pk_redacted_words")),
    )
    op.add_column("host", sa.Column("retention_months", sa.Integer(), nullable=True))
    for statement in guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    with op.batch_alter_table("host") as host:
        host.drop_column("retention_months")
    op.drop_table("redacted_words")
    op.drop_table("redaction_end")
    op.drop_table("redacted_passage")
    op.drop_table("redaction")
    op.drop_table("contact_view")
