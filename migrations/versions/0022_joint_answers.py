"""answers organisations put together: members' remarks, what was made of them, who approved it, whose it is

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

RECORD = ("submission_party",)


def upgrade() -> None:
    op.create_table(
        "joint_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("lead_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("approval_rule", sa.String(length=12), nullable=False),
        sa.Column("resolution_no", sa.String(length=100), nullable=False),
        sa.Column("resolution_on", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("dropped_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.Integer(), nullable=True),
        sa.Column("submission_id", sa.Integer(), nullable=True),
        sa.Column("reminded_hours", sa.Integer(), nullable=True),
        sa.Column("reminded_of", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_joint_answer_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(["lead_id"], ["person.id"], name=op.f("fk_joint_answer_lead_id_person")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_joint_answer_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(["sent_by"], ["person.id"], name=op.f("fk_joint_answer_sent_by_person")),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_joint_answer_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_answer")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_joint_answer_submission_id")),
    )
    op.create_index(op.f("ix_joint_answer_lead_id"), "joint_answer", ["lead_id"], unique=False)
    op.create_index(
        op.f("ix_joint_answer_organisation_id"), "joint_answer", ["organisation_id"], unique=False
    )
    op.create_index(
        "uq_joint_answer_standing",
        "joint_answer",
        ["consultation_id", "organisation_id"],
        unique=True,
        sqlite_where=sa.text("state <> 'dropped'"),
        postgresql_where=sa.text("state <> 'dropped'"),
    )
    op.create_table(
        "submission_party",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("name_then", sa.String(length=300), nullable=False),
        sa.Column("is_confirmed", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_submission_party_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_party_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", "ordinal", name=op.f("pk_submission_party")),
    )
    op.create_index(
        op.f("ix_submission_party_organisation_id"), "submission_party", ["organisation_id"], unique=False
    )
    op.create_table(
        "joint_answer_approver",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("role_name", sa.String(length=120), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_revision", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["joint_answer.id"], name=op.f("fk_joint_answer_approver_answer_id_joint_answer")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_joint_answer_approver_person_id_person")
        ),
        sa.PrimaryKeyConstraint("answer_id", "person_id", name=op.f("pk_joint_answer_approver")),
    )
    op.create_index(
        op.f("ix_joint_answer_approver_person_id"), "joint_answer_approver", ["person_id"], unique=False
    )
    op.create_table(
        "joint_answer_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["joint_answer.id"], name=op.f("fk_joint_answer_code_answer_id_joint_answer")
        ),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name=op.f("fk_joint_answer_code_made_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_answer_code")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_joint_answer_code_token_hash")),
    )
    op.create_index(op.f("ix_joint_answer_code_answer_id"), "joint_answer_code", ["answer_id"], unique=False)
    op.create_index(
        "uq_joint_answer_code_good",
        "joint_answer_code",
        ["answer_id"],
        unique=True,
        sqlite_where=sa.text("withdrawn_at IS NULL"),
        postgresql_where=sa.text("withdrawn_at IS NULL"),
    )
    op.create_table(
        "joint_answer_letter",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=4), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("attached_by", sa.Integer(), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["joint_answer.id"], name=op.f("fk_joint_answer_letter_answer_id_joint_answer")
        ),
        sa.ForeignKeyConstraint(
            ["attached_by"], ["person.id"], name=op.f("fk_joint_answer_letter_attached_by_person")
        ),
        sa.PrimaryKeyConstraint("answer_id", name=op.f("pk_joint_answer_letter")),
    )
    op.create_table(
        "joint_answer_party",
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("invited_by", sa.Integer(), nullable=True),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("approved_revision", sa.Integer(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.Integer(), nullable=True),
        sa.Column("withdrawn_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["joint_answer.id"], name=op.f("fk_joint_answer_party_answer_id_joint_answer")
        ),
        sa.ForeignKeyConstraint(
            ["approved_by"], ["person.id"], name=op.f("fk_joint_answer_party_approved_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["invited_by"], ["person.id"], name=op.f("fk_joint_answer_party_invited_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_joint_answer_party_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["withdrawn_by"], ["person.id"], name=op.f("fk_joint_answer_party_withdrawn_by_person")
        ),
        sa.PrimaryKeyConstraint("answer_id", "organisation_id", name=op.f("pk_joint_answer_party")),
    )
    op.create_index(
        op.f("ix_joint_answer_party_organisation_id"), "joint_answer_party", ["organisation_id"], unique=False
    )
    op.create_table(
        "joint_answer_point",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Integer(), nullable=True),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["joint_answer.id"], name=op.f("fk_joint_answer_point_answer_id_joint_answer")
        ),
        sa.ForeignKeyConstraint(
            ["changed_by"], ["person.id"], name=op.f("fk_joint_answer_point_changed_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["comment_id"], ["comment.id"], name=op.f("fk_joint_answer_point_comment_id_comment")
        ),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_joint_answer_point_made_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_answer_point")),
        sa.UniqueConstraint("comment_id", name=op.f("uq_joint_answer_point_comment_id")),
    )
    op.create_index(
        op.f("ix_joint_answer_point_answer_id"), "joint_answer_point", ["answer_id"], unique=False
    )
    op.create_table(
        "joint_answer_remark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("answer_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("key_hash", sa.String(length=64), nullable=False),
        sa.Column("form_token_hash", sa.String(length=64), nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("proposed", sa.Text(), nullable=True),
        sa.Column("section_id", sa.String(length=32), nullable=True),
        sa.Column("text_id", sa.Integer(), nullable=True),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_aside_by", sa.Integer(), nullable=True),
        sa.Column("set_aside_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["answer_id"], ["joint_answer.id"], name=op.f("fk_joint_answer_remark_answer_id_joint_answer")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_joint_answer_remark_person_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_joint_answer_remark_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["set_aside_by"], ["person.id"], name=op.f("fk_joint_answer_remark_set_aside_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_joint_answer_remark_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_answer_remark")),
        sa.UniqueConstraint("form_token_hash", name=op.f("uq_joint_answer_remark_form_token_hash")),
    )
    op.create_index(
        op.f("ix_joint_answer_remark_answer_id"), "joint_answer_remark", ["answer_id"], unique=False
    )
    op.create_index(
        op.f("ix_joint_answer_remark_person_id"), "joint_answer_remark", ["person_id"], unique=False
    )
    op.create_table(
        "joint_answer_place",
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=32), nullable=False),
        sa.Column("text_id", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["joint_answer_point.id"],
            name=op.f("fk_joint_answer_place_point_id_joint_answer_point"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["section_id"], ["section.id"], name=op.f("fk_joint_answer_place_section_id_section")
        ),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_joint_answer_place_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("point_id", "ordinal", name=op.f("pk_joint_answer_place")),
    )
    op.create_table(
        "joint_answer_source",
        sa.Column("remark_id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["point_id"],
            ["joint_answer_point.id"],
            name=op.f("fk_joint_answer_source_point_id_joint_answer_point"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["remark_id"],
            ["joint_answer_remark.id"],
            name=op.f("fk_joint_answer_source_remark_id_joint_answer_remark"),
        ),
        sa.PrimaryKeyConstraint("remark_id", name=op.f("pk_joint_answer_source")),
    )
    op.create_index(
        op.f("ix_joint_answer_source_point_id"), "joint_answer_source", ["point_id"], unique=False
    )
    for statement in guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("joint_answer_source")
    op.drop_table("joint_answer_place")
    op.drop_table("joint_answer_remark")
    op.drop_table("joint_answer_point")
    op.drop_table("joint_answer_party")
    op.drop_table("joint_answer_letter")
    op.drop_table("joint_answer_code")
    op.drop_table("joint_answer_approver")
    op.drop_table("submission_party")
    op.drop_table("joint_answer")
