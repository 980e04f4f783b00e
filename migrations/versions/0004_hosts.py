"""organisations and hosts

Revision ID: 0004
Revises: 0003
"""

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

from consult.storage import triggers

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WORDS = (
    ("short_name", 100),
    ("plain_name", None),
    ("krs", 10),
    ("regon", 14),
    ("nip", 10),
    ("seat", None),
    ("website", 400),
    ("email", 254),
    ("summary", None),
    ("easy_to_read", 400),
    ("sign_language", 400),
    ("refusal_reason", None),
)
"""Columns of words an organisation gains, with their length (None: any)."""

FOREIGN = (("unit_of_id", "organisation"), ("entered_by", "person"), ("verified_by", "person"))
INDEXED = ("krs", "regon", "nip", "unit_of_id")


def upgrade() -> None:
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        for name, length in WORDS:
            kind = sa.String(length=length) if length else sa.Text()
            batch_op.add_column(sa.Column(name, kind, server_default="", nullable=False))
        for name, _ in FOREIGN:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
        for name in ("verified_at", "refused_at"):
            batch_op.add_column(sa.Column(name, sa.DateTime(timezone=True), nullable=True))
        for name, table in FOREIGN:
            batch_op.create_foreign_key(batch_op.f(f"fk_organisation_{name}_{table}"), table, [name], ["id"])
        for name in INDEXED:
            batch_op.create_index(batch_op.f(f"ix_organisation_{name}"), [name], unique=False)
    # whoever stands here already was entered by an administrator
    op.execute("UPDATE organisation SET verified_at = created_at")
    connection = op.get_bind()
    for number, name in connection.execute(sa.text("SELECT id, name FROM organisation")).all():
        connection.execute(
            sa.text("UPDATE organisation SET plain_name = :plain WHERE id = :id"),
            {"plain": _plain(name), "id": number},
        )

    op.add_column(
        "membership", sa.Column("may_speak", sa.Boolean(), server_default=sa.false(), nullable=False)
    )
    op.add_column("membership", sa.Column("since", sa.DateTime(timezone=True), nullable=True))

    op.create_table(
        "host",
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("crest", sa.LargeBinary(), nullable=True),
        sa.Column("crest_hash", sa.String(length=64), nullable=False),
        sa.Column("accent", sa.String(length=7), nullable=False),
        sa.Column("phone", sa.String(length=60), nullable=False),
        sa.Column("duty_address", sa.Text(), nullable=False),
        sa.Column("duty_hours", sa.Text(), nullable=False),
        sa.Column("e_delivery", sa.String(length=100), nullable=False),
        sa.Column("bip", sa.String(length=400), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisation.id"], name=op.f("fk_host_organisation_id_organisation")
        ),
        sa.PrimaryKeyConstraint("organisation_id", name=op.f("pk_host")),
    )
    op.create_table(
        "host_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("particulars", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_host_text_host_id_organisation")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_host_text_published_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_host_text")),
        sa.UniqueConstraint("host_id", "kind", "number", name=op.f("uq_host_text_host_id_kind_number")),
    )
    op.create_table(
        "submission_clause",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("clause_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id"], ["host_text.id"], name=op.f("fk_submission_clause_clause_id_host_text")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_submission_clause_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_submission_clause")),
    )
    with op.batch_alter_table("submission_clause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_submission_clause_clause_id"), ["clause_id"], unique=False)
    _joining()
    for statement in triggers.statements(op.get_bind().dialect.name, ("host_text", "submission_clause")):
        if "record_host_text" in statement or "record_submission_clause" in statement:
            op.execute(statement)


def _plain(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("ł", "l").replace("Ł", "L"))
    return " ".join(re.findall("[a-z0-9]+", letters.encode("ascii", "ignore").decode().lower()))


def _joining() -> None:
    op.create_table(
        "membership_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("is_accepted", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_membership_request_decided_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_membership_request_organisation_id_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_membership_request_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_membership_request")),
    )
    with op.batch_alter_table("membership_request", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_membership_request_organisation_id"), ["organisation_id"], unique=False
        )
        batch_op.create_index(
            "uq_membership_request_pending",
            ["person_id", "organisation_id"],
            unique=True,
            sqlite_where=sa.text("decided_at IS NULL"),
            postgresql_where=sa.text("decided_at IS NULL"),
        )
    op.create_table(
        "organisation_invitation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("may_speak", sa.Boolean(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("made_by", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("most_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(
            ["made_by"], ["person.id"], name=op.f("fk_organisation_invitation_made_by_person")
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisation.id"],
            name=op.f("fk_organisation_invitation_organisation_id_organisation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organisation_invitation")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_organisation_invitation_token_hash")),
    )
    with op.batch_alter_table("organisation_invitation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_organisation_invitation_organisation_id"), ["organisation_id"], unique=False
        )


def downgrade() -> None:
    for table in ("organisation_invitation", "membership_request", "submission_clause", "host_text", "host"):
        op.drop_table(table)
    op.drop_column("membership", "since")
    op.drop_column("membership", "may_speak")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        for name in reversed(INDEXED):
            batch_op.drop_index(batch_op.f(f"ix_organisation_{name}"))
        for name, table in reversed(FOREIGN):
            batch_op.drop_constraint(batch_op.f(f"fk_organisation_{name}_{table}"), type_="foreignkey")
        for name in (
            "refused_at",
            "verified_at",
            *(name for name, _ in FOREIGN),
            *(name for name, _ in WORDS),
        ):
            batch_op.drop_column(name)
