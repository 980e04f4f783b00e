"""meetings, duty hours, opinions, explanations

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

from consult.storage import triggers

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

RECORD = ("meeting_change", "opinion_change", "explanation", "explanation_withdrawal")
"""Tables of this migration that are written once."""

FEED_KINDS = "ix_event_kind_id"


def moment(name: str, *, nullable: bool = False) -> sa.Column:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def words(name: str, length: int | None = None) -> sa.Column:
    return sa.Column(name, sa.String(length=length) if length else sa.Text(), nullable=False)


def pointer(table: str, column: str, to: str, name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{name}"))


def upgrade() -> None:
    _meetings()
    _opinions()
    _explanations()
    op.create_index(FEED_KINDS, "event", ["kind", "id"], unique=False)
    dialect = op.get_bind().dialect.name
    for statement in triggers.statements(dialect, RECORD):
        if statement.startswith("CREATE TRIGGER") and " ON seal " not in statement:
            op.execute(statement)


def _meetings() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        words("kind", 20),
        words("title", 300),
        moment("starts_at"),
        moment("ends_at"),
        words("place", 300),
        words("room", 200),
        words("link", 500),
        words("series", 200),
        words("block", 200),
        sa.Column("capacity", sa.Integer(), nullable=True),
        words("programme"),
        words("programme_html"),
        words("access", 100),
        words("access_contact", 300),
        sa.Column("access_until", sa.Date(), nullable=True),
        words("access_note"),
        sa.Column("sequence", sa.Integer(), nullable=False),
        moment("created_at"),
        moment("changed_at"),
        moment("cancelled_at", nullable=True),
        words("note"),
        words("note_html"),
        moment("note_published_at", nullable=True),
        pointer("meeting", "consultation_id", "consultation", "consultation"),
        pointer("meeting", "host_id", "organisation", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting")),
    )
    op.create_index(
        "ix_meeting_consultation_id_starts_at", "meeting", ["consultation_id", "starts_at"], unique=False
    )
    op.create_index(op.f("ix_meeting_host_id"), "meeting", ["host_id"], unique=False)
    op.create_index(op.f("ix_meeting_starts_at"), "meeting", ["starts_at"], unique=False)
    op.create_table(
        "meeting_attendance",
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        words("capacity", 20),
        sa.Column("count", sa.Integer(), nullable=False),
        pointer("meeting_attendance", "meeting_id", "meeting", "meeting"),
        sa.PrimaryKeyConstraint("meeting_id", "capacity", name=op.f("pk_meeting_attendance")),
    )
    op.create_table(
        "meeting_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("meeting_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        words("kind", 20),
        sa.Column("reason_seal_id", sa.Integer(), nullable=False),
        sa.Column("before_seal_id", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        pointer("meeting_change", "meeting_id", "meeting", "meeting"),
        pointer("meeting_change", "reason_seal_id", "seal", "seal"),
        pointer("meeting_change", "before_seal_id", "seal", "seal"),
        pointer("meeting_change", "person_id", "person", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_meeting_change")),
        sa.UniqueConstraint("meeting_id", "number", name=op.f("uq_meeting_change_meeting_id_number")),
    )


def _opinions() -> None:
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        words("body_kind", 20),
        words("body", 300),
        words("legal_basis", 400),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("term_days", sa.Integer(), nullable=True),
        sa.Column("is_silence_waiver", sa.Boolean(), nullable=False),
        words("outcome", 10),
        sa.Column("given_on", sa.Date(), nullable=True),
        words("summary"),
        words("source"),
        words("html"),
        moment("created_at"),
        moment("changed_at"),
        pointer("opinion", "consultation_id", "consultation", "consultation"),
        pointer("opinion", "host_id", "organisation", "organisation"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion")),
    )
    op.create_index(op.f("ix_opinion_consultation_id"), "opinion", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_opinion_host_id"), "opinion", ["host_id"], unique=False)
    op.create_table(
        "opinion_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("opinion_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("before_seal_id", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        pointer("opinion_change", "opinion_id", "opinion", "opinion"),
        pointer("opinion_change", "before_seal_id", "seal", "seal"),
        pointer("opinion_change", "person_id", "person", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opinion_change")),
        sa.UniqueConstraint("opinion_id", "number", name=op.f("uq_opinion_change_opinion_id_number")),
    )


def _explanations() -> None:
    op.create_table(
        "explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("comment_id", sa.Integer(), nullable=True),
        sa.Column("text_seal_id", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        pointer("explanation", "consultation_id", "consultation", "consultation"),
        pointer("explanation", "comment_id", "comment", "comment"),
        pointer("explanation", "text_seal_id", "seal", "seal"),
        pointer("explanation", "person_id", "person", "person"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
    )
    op.create_index(op.f("ix_explanation_consultation_id"), "explanation", ["consultation_id"], unique=False)
    op.create_index(op.f("ix_explanation_comment_id"), "explanation", ["comment_id"], unique=False)
    op.create_table(
        "explanation_withdrawal",
        sa.Column("explanation_id", sa.Integer(), nullable=False),
        sa.Column("reason_seal_id", sa.Integer(), nullable=False),
        moment("at"),
        sa.Column("person_id", sa.Integer(), nullable=True),
        pointer("explanation_withdrawal", "explanation_id", "explanation", "explanation"),
        pointer("explanation_withdrawal", "reason_seal_id", "seal", "seal"),
        pointer("explanation_withdrawal", "person_id", "person", "person"),
        sa.PrimaryKeyConstraint("explanation_id", name=op.f("pk_explanation_withdrawal")),
    )


def downgrade() -> None:
    op.drop_index(FEED_KINDS, table_name="event")
    for table in (
        "explanation_withdrawal",
        "explanation",
        "opinion_change",
        "opinion",
        "meeting_change",
        "meeting_attendance",
        "meeting",
    ):
        op.drop_table(table)
