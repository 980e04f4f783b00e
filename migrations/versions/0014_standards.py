"""notes beside sections, and those published with a version

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

RECORD = ("section_note", "version_note")


def upgrade() -> None:
    op.create_table(
        "section_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_section_note_document_id_document")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_section_note_person_id_person")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_note_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_section_note_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_note")),
    )
    op.create_index(
        "ix_section_note_document_id_section_id", "section_note", ["document_id", "section_id", "id"]
    )
    op.create_index(op.f("ix_section_note_person_id"), "section_note", ["person_id"])
    op.create_table(
        "version_note",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("note_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["note_id"], ["section_note.id"], name=op.f("fk_version_note_note_id_section_note")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_note_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "note_id", name=op.f("pk_version_note")),
    )
    op.create_index(op.f("ix_version_note_note_id"), "version_note", ["note_id"])
    for statement in guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("version_note")
    op.drop_table("section_note")
