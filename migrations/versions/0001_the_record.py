"""the record

Revision ID: 0001
Revises:
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import triggers

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

RECORD = (
    "section",
    "section_text",
    "change",
    "lineage",
    "version",
    "version_section",
    "submission",
    "comment",
    "comment_revision",
    "comment_target",
    "disposition_revision",
    "event",
)


def upgrade() -> None:
    op.create_table(
        "organisation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=80), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("is_host", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation")),
        sa.UniqueConstraint("slug", name=op.f("uq_organisation_slug")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("session_stamp", sa.String(length=32), nullable=False),
        sa.Column("is_administrator", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("email", name=op.f("uq_person_email")),
    )
    op.create_table(
        "seal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=True),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seal")),
    )
    with op.batch_alter_table("seal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_seal_digest"), ["digest"], unique=False)

    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(length=120), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("language", sa.String(length=5), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(length=20), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_change_no", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("last_version_no", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_document_host_id_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("slug", name=op.f("uq_document_slug")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_document_host_id"), ["host_id"], unique=False)

    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=60), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_ref", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["actor_ref"], ["person.id"], name=op.f("fk_event_actor_ref_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    op.create_table(
        "membership",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_membership_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_membership_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", "organisation_id", "role", name=op.f("pk_membership")),
    )
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_membership_organisation_id"), ["organisation_id"], unique=False)

    op.create_table(
        "change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_ref", sa.Integer(), nullable=True),
        sa.Column("actor_seal_id", sa.Integer(), nullable=False),
        sa.Column("note_seal_id", sa.Integer(), nullable=False),
        sa.Column("cause_kind", sa.String(length=20), nullable=False),
        sa.Column("cause_ref", sa.Integer(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["actor_ref"], ["person.id"], name=op.f("fk_change_actor_ref_person")),
        sa.ForeignKeyConstraint(["actor_seal_id"], ["seal.id"], name=op.f("fk_change_actor_seal_id_seal")),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_change_document_id_document")
        ),
        sa.ForeignKeyConstraint(["note_seal_id"], ["seal.id"], name=op.f("fk_change_note_seal_id_seal")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_change_document_id_number")),
        sa.UniqueConstraint("document_id", "prev_hash", name=op.f("uq_change_document_id_prev_hash")),
    )
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.create_index("ix_change_cause", ["cause_kind", "cause_ref"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("consumer", sa.String(length=20), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"], name=op.f("fk_delivery_event_id_event")),
        sa.PrimaryKeyConstraint("event_id", "consumer", name=op.f("pk_delivery")),
    )
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.create_index(
            "ix_delivery_pending",
            ["consumer", "event_id"],
            unique=False,
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.create_table(
        "section",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_section_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
    )
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_document_id"), ["document_id"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("change_no", sa.Integer(), nullable=False),
        sa.Column("change_hash", sa.String(length=64), nullable=False),
        sa.Column("checksum", sa.String(length=64), nullable=False),
        sa.Column("definitions", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_version_document_id_document")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["person.id"], name=op.f("fk_version_published_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_version_document_id_number")),
    )
    op.create_table(
        "consultation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("legal_basis", sa.String(length=30), nullable=False),
        sa.Column("opens_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answers_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_consultation_document_id_document")
        ),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_consultation_host_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_consultation_version_id_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation")),
    )
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consultation_document_id"), ["document_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_consultation_host_id"), ["host_id"], unique=False)

    op.create_table(
        "lineage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("from_section", sa.String(length=32), nullable=False),
        sa.Column("from_start", sa.Integer(), nullable=False),
        sa.Column("from_end", sa.Integer(), nullable=False),
        sa.Column("to_section", sa.String(length=32), nullable=False),
        sa.Column("to_start", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_lineage_change_id_change")),
        sa.ForeignKeyConstraint(
            ["from_section"], ["section.id"], name=op.f("fk_lineage_from_section_section")
        ),
        sa.ForeignKeyConstraint(["to_section"], ["section.id"], name=op.f("fk_lineage_to_section_section")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lineage")),
    )
    with op.batch_alter_table("lineage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_lineage_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_lineage_from_section"), ["from_section"], unique=False)
        batch_op.create_index(batch_op.f("ix_lineage_to_section"), ["to_section"], unique=False)

    op.create_table(
        "section_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("plain", sa.Text(), nullable=False),
        sa.Column("definitions", sa.Text(), nullable=False),
        sa.Column("fell_back", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_section_text_change_id_change")),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_section_text_section_id_section")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section_text")),
    )
    with op.batch_alter_table("section_text", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_text_change_id"), ["change_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_section_text_section_id"), ["section_id"], unique=False)

    op.create_table(
        "occupancy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.String(length=32), nullable=True),
        sa.Column("rank", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("from_no", sa.Integer(), nullable=False),
        sa.Column("until_no", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_occupancy_document_id_document")
        ),
        sa.ForeignKeyConstraint(["parent_id"], ["section.id"], name=op.f("fk_occupancy_parent_id_section")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_occupancy_section_id_section")),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_occupancy_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_occupancy")),
    )
    with op.batch_alter_table("occupancy", schema=None) as batch_op:
        batch_op.create_index("ix_occupancy_from", ["document_id", "from_no"], unique=False)
        batch_op.create_index(
            "ix_occupancy_open",
            ["document_id", "rank"],
            unique=False,
            sqlite_where=sa.text("until_no IS NULL"),
            postgresql_where=sa.text("until_no IS NULL"),
        )
        batch_op.create_index("ix_occupancy_section_id", ["section_id", "from_no"], unique=False)
        batch_op.create_index("ix_occupancy_span", ["document_id", "until_no", "from_no"], unique=False)
        batch_op.create_index("ix_occupancy_text_id", ["text_id"], unique=False)
        batch_op.create_index(
            "uq_occupancy_open_section",
            ["section_id"],
            unique=True,
            sqlite_where=sa.text("until_no IS NULL"),
            postgresql_where=sa.text("until_no IS NULL"),
        )

    op.create_table(
        "register",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=True),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_receipt", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["consultation_id"], ["consultation.id"], name=op.f("fk_register_consultation_id_consultation")
        ),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_register_document_id_document")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register")),
        sa.UniqueConstraint("consultation_id", name=op.f("uq_register_consultation_id")),
    )
    with op.batch_alter_table("register", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_register_document_id"), ["document_id"], unique=False)
        batch_op.create_index(
            "uq_register_document",
            ["document_id"],
            unique=True,
            sqlite_where=sa.text("consultation_id IS NULL"),
            postgresql_where=sa.text("consultation_id IS NULL"),
        )

    op.create_table(
        "version_section",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("depth", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=60), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_version_section_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_version_section_text_id_section_text")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["version.id"], name=op.f("fk_version_section_version_id_version")
        ),
        sa.PrimaryKeyConstraint("version_id", "ordinal", name=op.f("pk_version_section")),
    )
    with op.batch_alter_table("version_section", schema=None) as batch_op:
        batch_op.create_index("ix_version_section_section_id", ["section_id"], unique=False)
        batch_op.create_index("ix_version_section_text_id", ["text_id"], unique=False)

    op.create_table(
        "submission",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("receipt_no", sa.Integer(), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("receipt_hash", sa.String(length=64), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("postmark_on", sa.Date(), nullable=True),
        sa.Column("case_sign", sa.String(length=100), nullable=False),
        sa.Column("capacity", sa.String(length=20), nullable=False),
        sa.Column("is_capacity_verified", sa.Boolean(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("organisation_name_then", sa.String(length=300), nullable=False),
        sa.Column("form_token_hash", sa.String(length=64), nullable=True),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_submission_organisation_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_submission_person_id_person")),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_submission_register_id_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submission")),
        sa.UniqueConstraint("form_token_hash", name=op.f("uq_submission_form_token_hash")),
        sa.UniqueConstraint("register_id", "prev_hash", name=op.f("uq_submission_register_id_prev_hash")),
        sa.UniqueConstraint("register_id", "receipt_no", name=op.f("uq_submission_register_id_receipt_no")),
    )
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_person_id"), ["person_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_comment_register_id_register")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_comment_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("register_id", "number", name=op.f("uq_comment_register_id_number")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_submission_id"), ["submission_id"], unique=False)

    op.create_table(
        "person_data",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_person_data_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_person_data")),
    )
    op.create_table(
        "comment_revision",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("text_seal_id", sa.Integer(), nullable=False),
        sa.Column("justification_seal_id", sa.Integer(), nullable=False),
        sa.Column("proposed_seal_id", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_revision_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["justification_seal_id"],
            ["seal.id"],
            name=op.f("fk_comment_revision_justification_seal_id_seal"),
        ),
        sa.ForeignKeyConstraint(
            ["proposed_seal_id"], ["seal.id"], name=op.f("fk_comment_revision_proposed_seal_id_seal")
        ),
        sa.ForeignKeyConstraint(
            ["text_seal_id"], ["seal.id"], name=op.f("fk_comment_revision_text_seal_id_seal")
        ),
        sa.PrimaryKeyConstraint("comment_id", "no", name=op.f("pk_comment_revision")),
    )
    op.create_table(
        "comment_target",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("exact", sa.Text(), nullable=False),
        sa.Column("prefix", sa.Text(), nullable=False),
        sa.Column("suffix", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_comment_target_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_comment_target_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_comment_target_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment_target")),
        sa.UniqueConstraint("comment_id", "ordinal", name=op.f("uq_comment_target_comment_id_ordinal")),
    )
    with op.batch_alter_table("comment_target", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_target_section_id"), ["section_id"], unique=False)

    op.create_table(
        "disposition",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["change_id"], ["change.id"], name=op.f("fk_disposition_change_id_change")),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_disposition_comment_id_comment")
        ),
        sa.PrimaryKeyConstraint("comment_id", name=op.f("pk_disposition")),
    )
    with op.batch_alter_table("disposition", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_disposition_outcome"), ["outcome"], unique=False)

    op.create_table(
        "disposition_revision",
        sa.Column("comment_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("justification_seal_id", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_disposition_revision_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_disposition_revision_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["justification_seal_id"],
            ["seal.id"],
            name=op.f("fk_disposition_revision_justification_seal_id_seal"),
        ),
        sa.PrimaryKeyConstraint("comment_id", "no", name=op.f("pk_disposition_revision")),
    )
    op.create_table(
        "placement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("target_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("similarity", sa.Double(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["decided_by"], ["person.id"], name=op.f("fk_placement_decided_by_person")),
        sa.ForeignKeyConstraint(["section_id"], ["section.id"], name=op.f("fk_placement_section_id_section")),
        sa.ForeignKeyConstraint(
            ["target_id"], ["comment_target.id"], name=op.f("fk_placement_target_id_comment_target")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_placement_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_placement")),
        sa.UniqueConstraint("target_id", "text_id", name=op.f("uq_placement_target_id_text_id")),
    )
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.create_index(
            "ix_placement_decided",
            ["target_id"],
            unique=False,
            sqlite_where=sa.text("decided_by IS NOT NULL"),
            postgresql_where=sa.text("decided_by IS NOT NULL"),
        )
        batch_op.create_index(batch_op.f("ix_placement_section_id"), ["section_id"], unique=False)
        batch_op.create_index(
            "ix_placement_lost",
            ["section_id"],
            unique=False,
            sqlite_where=sa.text("is_current AND state = 'orphaned'"),
            postgresql_where=sa.text("is_current AND state = 'orphaned'"),
        )
        batch_op.create_index("ix_placement_text_id", ["text_id"], unique=False)
        batch_op.create_index(
            "uq_placement_current",
            ["target_id"],
            unique=True,
            sqlite_where=sa.text("is_current"),
            postgresql_where=sa.text("is_current"),
        )

    for statement in triggers.statements(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    for statement in triggers.drop_statements(op.get_bind().dialect.name, RECORD):
        op.execute(statement)
    with op.batch_alter_table("placement", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_placement_current", sqlite_where=sa.text("is_current"), postgresql_where=sa.text("is_current")
        )
        batch_op.drop_index("ix_placement_text_id")
        batch_op.drop_index(
            "ix_placement_lost",
            sqlite_where=sa.text("is_current AND state = 'orphaned'"),
            postgresql_where=sa.text("is_current AND state = 'orphaned'"),
        )
        batch_op.drop_index(batch_op.f("ix_placement_section_id"))
        batch_op.drop_index(
            "ix_placement_decided",
            sqlite_where=sa.text("decided_by IS NOT NULL"),
            postgresql_where=sa.text("decided_by IS NOT NULL"),
        )

    op.drop_table("placement")
    op.drop_table("disposition_revision")
    with op.batch_alter_table("disposition", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_disposition_outcome"))

    op.drop_table("disposition")
    with op.batch_alter_table("comment_target", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_target_section_id"))

    op.drop_table("comment_target")
    op.drop_table("comment_revision")
    op.drop_table("person_data")
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_comment_submission_id"))

    op.drop_table("comment")
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_submission_person_id"))

    op.drop_table("submission")
    with op.batch_alter_table("version_section", schema=None) as batch_op:
        batch_op.drop_index("ix_version_section_text_id")
        batch_op.drop_index("ix_version_section_section_id")

    op.drop_table("version_section")
    with op.batch_alter_table("register", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_register_document",
            sqlite_where=sa.text("consultation_id IS NULL"),
            postgresql_where=sa.text("consultation_id IS NULL"),
        )
        batch_op.drop_index(batch_op.f("ix_register_document_id"))

    op.drop_table("register")
    with op.batch_alter_table("occupancy", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_occupancy_open_section",
            sqlite_where=sa.text("until_no IS NULL"),
            postgresql_where=sa.text("until_no IS NULL"),
        )
        batch_op.drop_index("ix_occupancy_text_id")
        batch_op.drop_index("ix_occupancy_span")
        batch_op.drop_index("ix_occupancy_section_id")
        batch_op.drop_index(
            "ix_occupancy_open",
            sqlite_where=sa.text("until_no IS NULL"),
            postgresql_where=sa.text("until_no IS NULL"),
        )
        batch_op.drop_index("ix_occupancy_from")

    op.drop_table("occupancy")
    with op.batch_alter_table("section_text", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_text_section_id"))
        batch_op.drop_index(batch_op.f("ix_section_text_change_id"))

    op.drop_table("section_text")
    with op.batch_alter_table("lineage", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_lineage_to_section"))
        batch_op.drop_index(batch_op.f("ix_lineage_from_section"))
        batch_op.drop_index(batch_op.f("ix_lineage_change_id"))

    op.drop_table("lineage")
    with op.batch_alter_table("consultation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_consultation_host_id"))
        batch_op.drop_index(batch_op.f("ix_consultation_document_id"))

    op.drop_table("consultation")
    op.drop_table("version")
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_document_id"))

    op.drop_table("section")
    with op.batch_alter_table("delivery", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_delivery_pending",
            sqlite_where=sa.text("done_at IS NULL"),
            postgresql_where=sa.text("done_at IS NULL"),
        )

    op.drop_table("delivery")
    with op.batch_alter_table("change", schema=None) as batch_op:
        batch_op.drop_index("ix_change_cause")

    op.drop_table("change")
    with op.batch_alter_table("membership", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_membership_organisation_id"))

    op.drop_table("membership")
    op.drop_table("event")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_host_id"))

    op.drop_table("document")
    with op.batch_alter_table("seal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_seal_digest"))

    op.drop_table("seal")
    op.drop_table("person")
    op.drop_table("organisation")
