"""presets, courses and changes of consultations

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

from consult.domain.process.windows import WARSAW
from consult.storage import triggers
from consult.storage.database import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

RECORD = ("consultation_change", "announcement")

COLUMNS = (
    ("announced_on", sa.Date(), None),
    ("purpose", sa.Text(), ""),
    ("addressees", sa.Text(), ""),
    ("fields", sa.String(length=300), ""),
    ("area", sa.String(length=300), ""),
    ("local_rule", sa.String(length=400), ""),
    ("own_days", sa.Integer(), None),
    ("decides", sa.String(length=10), "receipt"),
    ("forms", sa.String(length=200), ""),
    ("channels", sa.Text(), "{}"),
    ("reading_place", sa.String(length=400), ""),
    ("contact", sa.Text(), ""),
    ("easy_href", sa.String(length=500), ""),
    ("sign_href", sa.String(length=500), ""),
    ("departure_reason", sa.Text(), ""),
    ("cancelled_at", sa.DateTime(timezone=True), None),
    ("reported_at", sa.DateTime(timezone=True), None),
    ("report_kind", sa.String(length=10), ""),
    ("effects_at", sa.DateTime(timezone=True), None),
)
"""Name, type and what older consultations hold (None: nothing)."""


def upgrade() -> None:
    for name, kind, before in COLUMNS:
        is_empty = before is None
        op.add_column("consultation", sa.Column(name, kind, nullable=is_empty, server_default=before))
    _announce_older()
    op.create_table(
        "consultation_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("form_token_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_consultation_change_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_consultation_change_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_change")),
        sa.UniqueConstraint("consultation_id", "no", name=op.f("uq_consultation_change_consultation_id_no")),
        sa.UniqueConstraint("form_token_hash", name=op.f("uq_consultation_change_form_token_hash")),
    )
    op.create_table(
        "announcement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("consultation_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("act", sa.String(length=12), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("html", sa.Text(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("form_token_hash", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(
            ["consultation_id"],
            ["consultation.id"],
            name=op.f("fk_announcement_consultation_id_consultation"),
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["person.id"], name=op.f("fk_announcement_published_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announcement")),
        sa.UniqueConstraint("consultation_id", "number", name=op.f("uq_announcement_consultation_id_number")),
        sa.UniqueConstraint("form_token_hash", name=op.f("uq_announcement_form_token_hash")),
    )
    for statement in triggers.guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def _announce_older() -> None:
    """Consultations were announced on the day they were entered, until they could be prepared first."""
    table = sa.table(
        "consultation",
        sa.column("id", sa.Integer()),
        sa.column("created_at", UtcDateTime()),
        sa.column("announced_on", sa.Date()),
    )
    connection = op.get_bind()
    for row in connection.execute(sa.select(table.c.id, table.c.created_at)).all():
        day = row.created_at.astimezone(WARSAW).date()
        connection.execute(sa.update(table).where(table.c.id == row.id).values(announced_on=day))


def downgrade() -> None:
    op.drop_table("announcement")
    op.drop_table("consultation_change")
    for name, _, _ in reversed(COLUMNS):
        op.drop_column("consultation", name)
