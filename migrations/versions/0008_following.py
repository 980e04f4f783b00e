"""what people follow, and until when they have seen what changed

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "follow",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=200), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_follow_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow")),
        sa.UniqueConstraint("person_id", "kind", "ref", name=op.f("uq_follow_person_id_kind_ref")),
    )
    op.create_index("ix_follow_kind_ref", "follow", ["kind", "ref"])
    op.create_table(
        "visit_mark",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("signed_in_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_visit_mark_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_visit_mark")),
    )
    # what is open or was answered lately is found without reading all that ever was
    for column in ("closes_at", "answers_published_at", "reported_at"):
        op.create_index(op.f(f"ix_consultation_{column}"), "consultation", [column])
    standing = sa.text("answers_published_at IS NULL AND reported_at IS NULL AND cancelled_at IS NULL")
    op.create_index(
        "ix_consultation_standing",
        "consultation",
        ["closes_at"],
        sqlite_where=standing,
        postgresql_where=standing,
    )
    op.create_index("ix_event_kind_at", "event", ["kind", "at"])


def downgrade() -> None:
    op.drop_index("ix_event_kind_at", "event")
    for name in ("standing", "reported_at", "answers_published_at", "closes_at"):
        op.drop_index(f"ix_consultation_{name}", "consultation")
    op.drop_table("visit_mark")
    op.drop_table("follow")
