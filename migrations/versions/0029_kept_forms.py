"""what stands unsaved in forms beside the editor

Revision ID: 0029
Revises: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("unsaved_text") as table:
        table.alter_column("document_id", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("address", sa.String(length=500), server_default="", nullable=False))
        table.add_column(sa.Column("title", sa.String(length=300), server_default="", nullable=False))
        table.create_index("ix_unsaved_text_address", ["person_id", "address"])


def downgrade() -> None:
    # the forms kept since have no place in the older schema
    op.execute(sa.text("DELETE FROM unsaved_text WHERE address <> ''"))
    with op.batch_alter_table("unsaved_text") as table:
        table.drop_index("ix_unsaved_text_address")
        table.drop_column("title")
        table.drop_column("address")
        table.alter_column("document_id", existing_type=sa.Integer(), nullable=False)
