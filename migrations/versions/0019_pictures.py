"""pictures and attachments of documents

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import drop_file_guards, file_guards, guards

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

RECORD = ("picture", "attachment_state", "version_attachment")


def upgrade() -> None:
    op.create_table(
        "kept_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_kept_file")),
    )
    op.create_table(
        "picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt", sa.Text(), nullable=False),
        sa.Column("is_decorative", sa.Boolean(), nullable=False),
        sa.Column("caption", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["digest"], ["kept_file.digest"], name=op.f("fk_picture_digest_kept_file")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_picture_document_id_document")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_picture_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_picture")),
        sa.UniqueConstraint("document_id", "name", name=op.f("uq_picture_document_id_name")),
    )
    op.create_index(op.f("ix_picture_digest"), "picture", ["digest"])
    op.create_index(op.f("ix_picture_person_id"), "picture", ["person_id"])
    op.create_table(
        "picture_use",
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_picture_use_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("text_id", "name", name=op.f("pk_picture_use")),
    )
    op.create_index("ix_picture_use_name_text_id", "picture_use", ["name", "text_id"])
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_attachment_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_document_id"), "attachment", ["document_id"])
    op.create_table(
        "attachment_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(length=10), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_attachment_state_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(
            ["digest"], ["kept_file.digest"], name=op.f("fk_attachment_state_digest_kept_file")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_attachment_state_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_attachment_state_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment_state")),
    )
    op.create_index(op.f("ix_attachment_state_attachment_id"), "attachment_state", ["attachment_id"])
    op.create_index(op.f("ix_attachment_state_digest"), "attachment_state", ["digest"])
    op.create_index("ix_attachment_state_document_id", "attachment_state", ["document_id", "id"])
    op.create_index(op.f("ix_attachment_state_person_id"), "attachment_state", ["person_id"])
    op.create_table(
        "version_attachment",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("state_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["state_id"],
            ["attachment_state.id"],
            name=op.f("fk_version_attachment_state_id_attachment_state"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_attachment_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "state_id", name=op.f("pk_version_attachment")),
    )
    op.create_index(op.f("ix_version_attachment_state_id"), "version_attachment", ["state_id"])
    dialect = op.get_bind().dialect.name
    for statement in (*guards(dialect, RECORD), *file_guards(dialect)):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("version_attachment")
    op.drop_table("attachment_state")
    op.drop_table("attachment")
    op.drop_table("picture_use")
    op.drop_table("picture")
    op.drop_table("kept_file")
    for statement in drop_file_guards(op.get_bind().dialect.name):
        op.execute(statement)
