"""causes of past changes said afterwards, and ways to look through a long history

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

from consult.storage.triggers import guards

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

TABLE = "change_attribution"
LOOKED_THROUGH_BY = ("actor_ref", "kind", "cause_kind", "at")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("change_id", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("cause_kind", sa.String(length=20), nullable=False),
        sa.Column("cause_ref", sa.Integer(), nullable=True),
        sa.Column("reason_seal_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["change_id"], ["change.id"], name=op.f("fk_change_attribution_change_id_change")
        ),
        sa.ForeignKeyConstraint(
            ["reason_seal_id"], ["seal.id"], name=op.f("fk_change_attribution_reason_seal_id_seal")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_change_attribution_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_attribution")),
        sa.UniqueConstraint("change_id", "no", name=op.f("uq_change_attribution_change_id_no")),
    )
    for statement in guards(op.get_bind().dialect.name, (TABLE,)):
        op.execute(statement)
    for column in LOOKED_THROUGH_BY:
        op.create_index(
            op.f(f"ix_change_document_id_{column}_number"), "change", ["document_id", column, "number"]
        )
    op.create_index(op.f("ix_change_actor_ref_id"), "change", ["actor_ref", "id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_change_actor_ref_id"), "change")
    for column in LOOKED_THROUGH_BY:
        op.drop_index(op.f(f"ix_change_document_id_{column}_number"), "change")
    op.drop_table(TABLE)
