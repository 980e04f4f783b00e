"""accounts: confirmed addresses, sessions, second factors, identities, requests about one's data

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _add_accounts()
    # sessions, second factors and identities are added from here on


def downgrade() -> None:
    # sessions, second factors and identities go first, in the opposite order
    _drop_accounts()


def _add_accounts() -> None:
    moment = sa.DateTime(timezone=True)
    op.add_column("person", sa.Column("confirmed_at", moment, nullable=True))
    op.add_column("person", sa.Column("password_changed_at", moment, nullable=True))
    op.add_column("person", sa.Column("erased_at", moment, nullable=True))
    for flag in ("is_name_public", "is_language_chosen"):
        op.add_column("person", sa.Column(flag, sa.Boolean(), nullable=False, server_default=sa.false()))
    # who has an account already was entered by somebody who knew the address
    op.execute("UPDATE person SET confirmed_at = created_at")
    op.create_table(
        "account_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=True),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("expires_at", moment, nullable=True),
        sa.Column("used_at", moment, nullable=True),
        sa.Column("ended_at", moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_account_link_person_id_person"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account_link")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_account_link_token_hash")),
    )
    op.create_index(op.f("ix_account_link_person_id"), "account_link", ["person_id"])
    op.create_table(
        "data_request",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", moment, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", moment, nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_data_request_person_id_person")),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["person.id"], name=op.f("fk_data_request_decided_by_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_request")),
    )
    op.create_index(op.f("ix_data_request_person_id"), "data_request", ["person_id"])
    # one open request of a kind at a time
    op.create_index(
        "uq_data_request_open",
        "data_request",
        ["person_id", "kind"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )


def _drop_accounts() -> None:
    op.drop_table("data_request")
    op.drop_table("account_link")
    for column in (
        "is_language_chosen",
        "is_name_public",
        "erased_at",
        "password_changed_at",
        "confirmed_at",
    ):
        op.drop_column("person", column)
