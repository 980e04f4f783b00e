"""proposals, statuses of sections, dissenting opinions, working notes, collections, decisions of meetings, stages

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import triggers

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

RECORD = ("section_status", "stage_step")


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("rationale", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_proposal_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_proposal_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_proposal_document_id_number")),
    )
    op.create_index("ix_proposal_document_id_state", "proposal", ["document_id", "state"], unique=False)
    op.create_index(op.f("ix_proposal_person_id"), "proposal", ["person_id"], unique=False)
    op.create_table(
        "proposal_part",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=True),
        sa.Column("base_text_id", sa.Integer(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("first_text_id", sa.Integer(), nullable=True),
        sa.Column("first_source", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["base_text_id"], ["section_text.id"], name=op.f("fk_proposal_part_base_text_id_section_text")
        ),
        sa.ForeignKeyConstraint(
            ["first_text_id"], ["section_text.id"], name=op.f("fk_proposal_part_first_text_id_section_text")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_part_proposal_id_proposal")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_proposal_part_section_id_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_part")),
    )
    op.create_index(op.f("ix_proposal_part_proposal_id"), "proposal_part", ["proposal_id"], unique=False)
    op.create_index("ix_proposal_part_section_id", "proposal_part", ["section_id"], unique=False)
    op.create_table(
        "proposal_turn",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_proposal_turn_person_id_person")),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_turn_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_turn")),
    )
    op.create_index(op.f("ix_proposal_turn_proposal_id"), "proposal_turn", ["proposal_id"], unique=False)
    op.create_table(
        "proposal_reply",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_proposal_reply_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["proposal_id"], ["proposal.id"], name=op.f("fk_proposal_reply_proposal_id_proposal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal_reply")),
    )
    op.create_index(op.f("ix_proposal_reply_proposal_id"), "proposal_reply", ["proposal_id"], unique=False)
    op.create_table(
        "section_status",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_section_status_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_section_status_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_status_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_section_status_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_status")),
    )
    op.create_index(
        "ix_section_status_document_id_section_id",
        "section_status",
        ["document_id", "section_id", "id"],
        unique=False,
    )
    op.create_table(
        "dissenting_opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_dissenting_opinion_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_dissenting_opinion_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_dissenting_opinion_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_dissenting_opinion_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_dissenting_opinion_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_dissenting_opinion")),
    )
    op.create_index(
        "ix_dissenting_opinion_document_id_section_id",
        "dissenting_opinion",
        ["document_id", "section_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_dissenting_opinion_person_id"), "dissenting_opinion", ["person_id"], unique=False
    )
    op.create_table(
        "stage_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("from_stage", sa.String(length=20), nullable=False),
        sa.Column("to_stage", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_stage_step_document_id_document")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_stage_step_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stage_step")),
    )
    op.create_index(op.f("ix_stage_step_document_id"), "stage_step", ["document_id"], unique=False)
    op.create_table(
        "working_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("quote", sa.String(length=1000), nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("resolved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("resolved_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_working_note_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["parent_id"], ["working_note.id"], name=op.f("fk_working_note_parent_id_working_note")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_working_note_person_id_person")),
        sa.ForeignKeyConstraint(
            ["resolved_by"], ["person.id"], name=op.f("fk_working_note_resolved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_working_note_section_id_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_note")),
    )
    op.create_index(
        "ix_working_note_document_id_section_id", "working_note", ["document_id", "section_id"], unique=False
    )
    op.create_index(op.f("ix_working_note_parent_id"), "working_note", ["parent_id"], unique=False)
    op.create_index(op.f("ix_working_note_person_id"), "working_note", ["person_id"], unique=False)
    op.create_table(
        "collection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("intro", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_collection_host_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_collection")),
        sa.UniqueConstraint("slug", name=op.f("uq_collection_slug")),
    )
    op.create_index(op.f("ix_collection_host_id"), "collection", ["host_id"], unique=False)
    op.create_table(
        "collection_document",
        sa.Column("collection_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["collection_id"], ["collection.id"], name=op.f("fk_collection_document_collection_id_collection")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_collection_document_document_id_document")
        ),
        sa.PrimaryKeyConstraint("collection_id", "document_id", name=op.f("pk_collection_document")),
    )
    op.create_index(
        op.f("ix_collection_document_document_id"), "collection_document", ["document_id"], unique=False
    )
    op.create_table(
        "meeting_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["meeting_id"], ["meeting.id"], name=op.f("fk_meeting_decision_meeting_id_meeting")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_meeting_decision_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_decision")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_meeting_decision_meeting_id_number")),
    )
    op.add_column("document", sa.Column("staged_at", sa.DateTime(timezone=True), nullable=True))
    for statement in triggers.guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    op.drop_column("document", "staged_at")
    op.drop_table("working_note")
    op.drop_table("collection_document")
    op.drop_table("collection")
    op.drop_table("meeting_decision")
    op.drop_table("stage_step")
    op.drop_table("dissenting_opinion")
    op.drop_table("section_status")
    op.drop_table("proposal_reply")
    op.drop_table("proposal_turn")
    op.drop_table("proposal_part")
    op.drop_table("proposal")
