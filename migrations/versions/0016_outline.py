"""which earlier change a change takes back or returns to

Revision ID: 0016
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("change", sa.Column("of_no", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("change", "of_no")
