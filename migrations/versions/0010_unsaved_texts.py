"""what people are writing and have not saved yet, and where they are writing it

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unsaved_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("window", sa.String(length=32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("base_text_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("further", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_unsaved_text_person_id_person")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_unsaved_text_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["base_text_id"], ["section_text.id"], name=op.f("fk_unsaved_text_base_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsaved_text")),
        sa.UniqueConstraint("person_id", "window", name=op.f("uq_unsaved_text_person_id_window")),
    )
    op.create_index(
        "ix_unsaved_text_place", "unsaved_text", ["person_id", "document_id", "kind", "section_id"]
    )
    op.create_index(op.f("ix_unsaved_text_document_id"), "unsaved_text", ["document_id"])
    op.create_index(op.f("ix_unsaved_text_kept_at"), "unsaved_text", ["kept_at"])
    op.create_table(
        "editing_presence",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_editing_presence_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_editing_presence_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_editing_presence_document_id_document")
        ),
        sa.PrimaryKeyConstraint("person_id", "section_id", name=op.f("pk_editing_presence")),
    )
    op.create_index(op.f("ix_editing_presence_document_id"), "editing_presence", ["document_id"])
    op.create_index(op.f("ix_editing_presence_seen_at"), "editing_presence", ["seen_at"])


def downgrade() -> None:
    op.drop_table("editing_presence")
    op.drop_table("unsaved_text")
