"""the chain of what people decided or said beside the changes; decisions and turns of proposals are not altered

What stood in the store before is put into the chains in the order of its moments.

Revision ID: 0020
Revises: 0019
"""

import secrets

import sqlalchemy as sa
from alembic import op

from consult.domain.history.acts import ActKind, act_body, act_digest, act_hash
from consult.storage.database import UtcDateTime
from consult.storage.triggers import guards

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLE = "recorded_act"
NOW_RECORD = ("meeting_decision", "proposal_turn")


def upgrade() -> None:
    op.create_table(
        TABLE,
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("ref", sa.String(length=40), nullable=False),
        sa.Column("salt", sa.LargeBinary(length=16), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("prev_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["document_id"], ["document.id"], name=op.f("fk_recorded_act_document_id_document")
        ),
        sa.PrimaryKeyConstraint("document_id", "number", name=op.f("pk_recorded_act")),
        sa.UniqueConstraint("kind", "ref", name=op.f("uq_recorded_act_kind_ref")),
    )
    op.add_column("document", sa.Column("last_act_no", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("document", sa.Column("act_head", sa.String(length=64), nullable=False, server_default=""))
    _chain(op.get_bind())
    for statement in guards(op.get_bind().dialect.name, (TABLE, *NOW_RECORD)):
        op.execute(statement)


def downgrade() -> None:
    dialect = op.get_bind().dialect.name
    for table in NOW_RECORD:
        for act in ("update", "delete"):
            place = "" if dialect == "sqlite" else f' ON "{table}"'
            op.execute(f"DROP TRIGGER record_{table}_{act}{place}")
    op.drop_column("document", "act_head")
    op.drop_column("document", "last_act_no")
    op.drop_table(TABLE)


def _columns(name: str, *names: str) -> sa.TableClause:
    typed = {"at": UtcDateTime(), "is_considered": sa.Boolean(), "salt": sa.LargeBinary()}
    return sa.table(name, *(sa.column(column, typed.get(column)) for column in names))


DOCUMENT = _columns("document", "id", "slug", "last_act_no", "act_head")
CHANGE = _columns("change", "id", "document_id", "hash")
SEAL = _columns("seal", "id", "digest")
SAID = _columns(
    "change_attribution",
    "id",
    "change_id",
    "no",
    "cause_kind",
    "cause_ref",
    "reason_seal_id",
    "at",
    "person_id",
)
STATUS = _columns(
    "section_status",
    "id",
    "document_id",
    "section_id",
    "status",
    "text_id",
    "note",
    "change_no",
    "at",
    "person_id",
)
STEP = _columns(
    "stage_step", "id", "document_id", "from_stage", "to_stage", "note", "change_no", "at", "person_id"
)
TURN = _columns("proposal_turn", "id", "proposal_id", "state", "reason", "change_no", "at", "person_id")
PROPOSAL = _columns("proposal", "id", "document_id", "number")
DECISION = _columns("meeting_decision", "id", "meeting_id", "number", "text", "at", "person_id")
MEETING = _columns("meeting", "id", "consultation_id")
CONSULTATION = _columns("consultation", "id", "document_id")
LATE = _columns("late_decision", "submission_id", "no", "is_considered", "reason_seal_id", "at", "person_id")
SUBMISSION = _columns("submission", "id", "register_id", "receipt_no")
REGISTER = _columns("register", "id", "document_id")
COMMENT = _columns("comment", "id", "register_id", "number")
ANSWER = _columns(
    "disposition_revision", "comment_id", "no", "outcome", "justification_seal_id", "decided_by", "at"
)
ACT = _columns(TABLE, "document_id", "number", "kind", "ref", "salt", "digest", "prev_hash", "hash")

# what happened, as (at, kind, id, document, ref, by, facts, words)
Happened = tuple


def _happened(bind: sa.Connection) -> list[Happened]:
    found: list[Happened] = []
    said = (
        sa.select(SAID, CHANGE.c.document_id, CHANGE.c.hash, SEAL.c.digest)
        .join(CHANGE, CHANGE.c.id == SAID.c.change_id)
        .join(SEAL, SEAL.c.id == SAID.c.reason_seal_id)
    )
    for row in bind.execute(said):
        facts = {
            "change": row.hash,
            "no": row.no,
            "cause": {"kind": row.cause_kind, "ref": row.cause_ref},
            "reason": row.digest,
        }
        found.append(
            (row.at, ActKind.ATTRIBUTION, row.id, row.document_id, str(row.id), row.person_id, facts, {})
        )
    for row in bind.execute(sa.select(STATUS)):
        facts = {
            "section": row.section_id,
            "status": row.status,
            "text": row.text_id,
            "change": row.change_no,
        }
        words = {"note": row.note}
        found.append(
            (
                row.at,
                ActKind.SECTION_STATUS,
                row.id,
                row.document_id,
                str(row.id),
                row.person_id,
                facts,
                words,
            )
        )
    for row in bind.execute(sa.select(STEP)):
        facts = {"from": row.from_stage, "to": row.to_stage, "change": row.change_no}
        words = {"note": row.note}
        found.append(
            (row.at, ActKind.STAGE, row.id, row.document_id, str(row.id), row.person_id, facts, words)
        )
    turns = sa.select(TURN, PROPOSAL.c.document_id, PROPOSAL.c.number).join(
        PROPOSAL, PROPOSAL.c.id == TURN.c.proposal_id
    )
    for row in bind.execute(turns):
        facts = {"proposal": row.number, "state": row.state, "change": row.change_no}
        words = {"reason": row.reason}
        found.append(
            (row.at, ActKind.PROPOSAL, row.id, row.document_id, str(row.id), row.person_id, facts, words)
        )
    decisions = (
        sa.select(DECISION, CONSULTATION.c.document_id)
        .join(MEETING, MEETING.c.id == DECISION.c.meeting_id)
        .join(CONSULTATION, CONSULTATION.c.id == MEETING.c.consultation_id)
    )
    for row in bind.execute(decisions):
        facts = {"meeting": row.meeting_id, "number": row.number}
        words = {"text": row.text}
        found.append(
            (row.at, ActKind.DECISION, row.id, row.document_id, str(row.id), row.person_id, facts, words)
        )
    late = (
        sa.select(
            LATE, SUBMISSION.c.register_id, SUBMISSION.c.receipt_no, REGISTER.c.document_id, SEAL.c.digest
        )
        .join(SUBMISSION, SUBMISSION.c.id == LATE.c.submission_id)
        .join(REGISTER, REGISTER.c.id == SUBMISSION.c.register_id)
        .join(SEAL, SEAL.c.id == LATE.c.reason_seal_id)
    )
    for row in bind.execute(late):
        facts = {
            "register": row.register_id,
            "receipt": row.receipt_no,
            "no": row.no,
            "considered": row.is_considered,
            "reason": row.digest,
        }
        ref = f"{row.submission_id}/{row.no}"
        place = row.submission_id * 1_000_000 + row.no
        found.append((row.at, ActKind.LATE, place, row.document_id, ref, row.person_id, facts, {}))
    answers = (
        sa.select(ANSWER, COMMENT.c.register_id, COMMENT.c.number, REGISTER.c.document_id, SEAL.c.digest)
        .join(COMMENT, COMMENT.c.id == ANSWER.c.comment_id)
        .join(REGISTER, REGISTER.c.id == COMMENT.c.register_id)
        .join(SEAL, SEAL.c.id == ANSWER.c.justification_seal_id)
    )
    for row in bind.execute(answers):
        facts = {
            "register": row.register_id,
            "comment": row.number,
            "no": row.no,
            "outcome": row.outcome,
            "reasons": row.digest,
        }
        ref = f"{row.comment_id}/{row.no}"
        place = row.comment_id * 1_000_000 + row.no
        found.append((row.at, ActKind.ANSWER, place, row.document_id, ref, row.decided_by, facts, {}))
    return sorted(found, key=lambda one: (one[3], one[0], str(one[1]), one[2]))


def _chain(bind: sa.Connection) -> None:
    slugs = {row.id: row.slug for row in bind.execute(sa.select(DOCUMENT.c.id, DOCUMENT.c.slug))}
    heads: dict[int, tuple[int, str]] = {}
    acts = []
    for at, kind, _, document_id, ref, by, facts, words in _happened(bind):
        number, prev = heads.get(document_id, (0, ""))
        salt = secrets.token_bytes(16)
        digest = act_digest(act_body(kind, at=at, by=by, facts=facts, words=words, salt=salt))
        link = act_hash(document=slugs[document_id], number=number + 1, digest=digest, prev=prev or None)
        acts.append(
            {
                "document_id": document_id,
                "number": number + 1,
                "kind": str(kind),
                "ref": ref,
                "salt": salt,
                "digest": digest,
                "prev_hash": prev,
                "hash": link,
            }
        )
        heads[document_id] = (number + 1, link)
    if acts:
        bind.execute(sa.insert(ACT), acts)
    for document_id, (number, head) in heads.items():
        bind.execute(
            sa.update(DOCUMENT).where(DOCUMENT.c.id == document_id).values(last_act_no=number, act_head=head)
        )
