"""who looked at contact data

Revision ID: 0026
Revises: 0025
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

RECORD = ("contact_view",)


def upgrade() -> None:
    op.create_table(
        "contact_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("host_id", sa.Integer(), nullable=False),
        sa.Column("register_id", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=20), nullable=False),
        sa.Column("receipts", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["host_id"], ["organisation.id"], name=op.f("fk_contact_view_host_id_organisation")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_contact_view_person_id_person")),
        sa.ForeignKeyConstraint(
            ["register_id"], ["register.id"], name=op.f("fk_contact_view_register_id_register")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contact_view")),
    )
    op.create_index(op.f("ix_contact_view_person_id"), "contact_view", ["person_id"])
    op.create_index("ix_contact_view_host_id_at", "contact_view", ["host_id", "at"])
    op.create_index("ix_contact_view_register_id_at", "contact_view", ["register_id", "at"])
    for statement in guards(op.get_bind().dialect.name, RECORD):
        op.execute(statement)


def downgrade() -> None:
    op.drop_table("contact_view")
