"""which change brought each stretch of a text

The texts that are there get no rows here: their origins are worked out from the chain of texts when they are
asked for, and the worker's upkeep or `consult documents rebuild-provenance` writes them down.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "provenance",
        sa.Column("text_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("brought_text_id", sa.Integer(), nullable=True),
        sa.Column("runs", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["text_id"], ["section_text.id"], name=op.f("fk_provenance_text_id_section_text")
        ),
        sa.ForeignKeyConstraint(
            ["brought_text_id"], ["section_text.id"], name=op.f("fk_provenance_brought_text_id_section_text")
        ),
        sa.PrimaryKeyConstraint("text_id", name=op.f("pk_provenance")),
    )


def downgrade() -> None:
    op.drop_table("provenance")
