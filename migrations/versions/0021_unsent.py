"""comments not yet sent, and what a sender may do afterwards

Revision ID: 0021
Revises: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "unsent_submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("browser_hash", sa.String(length=64), nullable=True),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("organisation_name", sa.String(length=300), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("shown_as", sa.String(length=10), nullable=False),
        sa.Column("wants_letter", sa.Boolean(), nullable=False),
        sa.Column("pointing_for", sa.Integer(), nullable=True),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_unsent_submission_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_unsent_submission_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_unsent_submission_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent_submission")),
        sa.UniqueConstraint(
            "browser_hash", "document_id", name=op.f("uq_unsent_submission_browser_hash_document_id")
        ),
        sa.UniqueConstraint(
            "person_id", "document_id", name=op.f("uq_unsent_submission_person_id_document_id")
        ),
    )
    op.create_index(op.f("ix_unsent_submission_document_id"), "unsent_submission", ["document_id"])
    op.create_index(op.f("ix_unsent_submission_kept_at"), "unsent_submission", ["kept_at"])
    op.create_table(
        "unsent_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unsent_submission_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("form_token_hash", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["unsent_submission_id"],
            ["unsent_submission.id"],
            name=op.f("fk_unsent_comment_unsent_submission_id_unsent_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unsent_comment")),
        sa.UniqueConstraint("form_token_hash", name=op.f("uq_unsent_comment_form_token_hash")),
    )
    op.create_index("ix_unsent_comment_place", "unsent_comment", ["unsent_submission_id", "ordinal"])
    op.create_table(
        "unsent_target",
        sa.Column("unsent_comment_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_unsent_target_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_unsent_target_text_id_section_text")
        ),
        sa.ForeignKeyConstraint(
            ["unsent_comment_id"],
            ["unsent_comment.id"],
            name=op.f("fk_unsent_target_unsent_comment_id_unsent_comment"),
        ),
        sa.PrimaryKeyConstraint("unsent_comment_id", "ordinal", name=op.f("pk_unsent_target")),
    )
    # plain additions: no table is made anew, so the triggers of the record stay where they are
    op.add_column(
        "comment_revision",
        sa.Column("is_withdrawn", sa.Boolean(), server_default=sa.false(), nullable=False),
    )
    op.create_index(
        "ix_comment_revision_later",
        "comment_revision",
        ["comment_id"],
        sqlite_where=sa.text("no > 1"),
        postgresql_where=sa.text("no > 1"),
    )
    op.add_column(
        "person_data", sa.Column("shown_as", sa.String(length=10), server_default="", nullable=False)
    )
    op.add_column(
        "person_data", sa.Column("shown_name", sa.String(length=200), server_default="", nullable=False)
    )
    op.create_index(
        "ix_person_data_shown",
        "person_data",
        ["submission_id"],
        sqlite_where=sa.text("shown_name != ''"),
        postgresql_where=sa.text("shown_name != ''"),
    )


def downgrade() -> None:
    op.drop_index("ix_person_data_shown", table_name="person_data")
    op.drop_column("person_data", "shown_name")
    op.drop_column("person_data", "shown_as")
    op.drop_index("ix_comment_revision_later", table_name="comment_revision")
    op.drop_column("comment_revision", "is_withdrawn")
    op.drop_table("unsent_target")
    op.drop_table("unsent_comment")
    op.drop_table("unsent_submission")
