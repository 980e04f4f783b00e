"""Everything that is held about one person, table by table, and what of it can be erased.

Which tables name people is read from the schema itself, so that no table added later can be forgotten: what is taken
away is complete because every reference to an account is followed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    DateTime,
    Integer,
    Table,
    and_,
    delete,
    func,
    not_,
    or_,
    select,
    update,
)

from consult.domain.process.comments import SHOWN_AS, shown_name
from consult.storage.database import Base, db
from consult.storage.models.accounts import DataRequest, Person
from consult.storage.models.comments import (
    Comment,
    CommentRevision,
    CommentTarget,
    PersonData,
    Submission,
)
from consult.storage.models.consultations import Register
from consult.storage.models.documents import Document
from consult.storage.models.drafting import Change
from consult.storage.models.groups import GroupMember
from consult.storage.models.history import Seal
from consult.storage.models.unsent_comments import UnsentComment, UnsentSubmission
from consult.storage.queries import joint_answers
from consult.storage.queries.comments.words import is_from_the_account
from consult.storage.queries.sealed import shown_words
from consult.storage.queries.unsent_comments import drop_of_person

SECRETS = frozenset(
    {
        "password_hash",
        "session_stamp",
        "token_hash",
        "secret",
        "secret_hash",
        "code_hash",
        "form_token_hash",
        "browser_hash",
        "asked_for",
    }
)
"""Columns nobody is given, their owner included: with them one could sign in, or guess what they were made of."""

ABOUT_THE_PERSON = (
    "account_link",
    "comment_support",
    "data_request",
    "editing_presence",
    "follow",
    "group_member",
    "joint_answer_approver",
    "joint_answer_remark",
    "membership",
    "membership_request",
    "outgoing_letter",
    "person_identity",
    "person_session",
    "recovery_code",
    "saved_search",
    "second_factor",
    "unsaved_text",
    "unsent_submission",
    "visit_mark",
)
"""Tables whose rows are about a person as a whole; in the others a person acted, and only the act is told."""

ERASED = (
    "account_link",
    "comment_support",
    "editing_presence",
    "follow",
    "group_member",
    "membership",
    "membership_request",
    "person_identity",
    "person_session",
    "recovery_code",
    "saved_search",
    "second_factor",
    "unsaved_text",
    "unsent_submission",
    "visit_mark",
)
"""Tables that keep nothing of a person once they are erased; what they did in the others stands without a name."""

_TELLING = frozenset({"kind", "number", "no", "outcome", "state", "role", "purpose", "letter", "is_accepted"})


def is_own(person_id: int) -> ColumnElement[bool]:
    """Condition: the submission is what the person handed in for themselves or their organisation."""
    return and_(Submission.person_id == person_id, is_from_the_account())


def references() -> Iterator[tuple[Table, Column[Any]]]:
    """Every column of every table that names an account."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if any(key.column.table.name == "person" for key in column.foreign_keys):
                yield table, column


def list_records_of(person_id: int) -> dict[str, list[dict[str, object]]]:
    """Rows that name the person, by "table.column"; moments in ISO 8601, no secrets. Submissions among them are those
    the person typed in for others: their own are told in full elsewhere."""
    found: dict[str, list[dict[str, object]]] = {}
    for table, column in references():
        shown = [each for each in table.columns if _is_told(table, each)]
        # a request about somebody else's data that this person decided tells of the decision only
        if table.name in ABOUT_THE_PERSON and column.name != "person_id":
            shown = [each for each in shown if each.primary_key or _is_moment(each) or each.name in _TELLING]
        statement = select(*shown).where(column == person_id).order_by(*table.primary_key.columns)
        if table.name == "submission":
            statement = statement.where(not_(is_from_the_account()))
        rows = db.session.execute(statement)
        told = [{each.name: _plain(value) for each, value in zip(shown, row, strict=True)} for row in rows]
        if told:
            found[f"{table.name}.{column.name}"] = told
    return found


def list_submissions_of(person_id: int) -> list[dict[str, object]]:
    """What the person handed in, with the sender's data as given."""
    rows = db.session.execute(
        select(
            Submission.id,
            Document.slug,
            Document.title,
            Register.consultation_id,
            Submission.receipt_no,
            Submission.receipt_hash,
            Submission.channel,
            Submission.received_at,
            Submission.received_on,
            Submission.capacity,
            Submission.organisation_name_then,
            PersonData.name,
            PersonData.email,
        )
        .join(Register, Register.id == Submission.register_id)
        .join(Document, Document.id == Register.document_id)
        .outerjoin(PersonData, PersonData.submission_id == Submission.id)
        .where(is_own(person_id))
        .order_by(Submission.id)
    )
    names = (
        "submission",
        "document",
        "title",
        "consultation",
        "receipt",
        "receipt_hash",
        "channel",
        "received_at",
        "received_on",
        "capacity",
        "organisation",
        "name_given",
        "address_given",
    )
    return [{name: _plain(value) for name, value in zip(names, row, strict=True)} for row in rows]


def list_comment_ids_of(person_id: int, *, offset: int = 0, limit: int | None = None) -> list[int]:
    """Comments the person handed in signed in, the newest first."""
    statement = (
        select(Comment.id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(is_own(person_id))
        .order_by(Comment.id.desc())
        .offset(offset)
    )
    return list(db.session.scalars(statement.limit(limit) if limit is not None else statement))


def count_comments_of(person_id: int) -> int:
    """How many comments the person handed in signed in."""
    return (
        db.session.scalar(
            select(func.count())
            .select_from(Comment)
            .join(Submission, Submission.id == Comment.submission_id)
            .where(is_own(person_id))
        )
        or 0
    )


def list_submission_of_comments(comment_ids: list[int]) -> dict[int, int]:
    """Submissions by comment id."""
    rows = db.session.execute(select(Comment.id, Comment.submission_id).where(Comment.id.in_(comment_ids)))
    return {row[0]: row[1] for row in rows}


def list_revisions_of(person_id: int) -> dict[int, list[dict[str, object]]]:
    """Earlier words of the person's comments, by comment id; only where there are several."""
    rows = db.session.execute(
        select(CommentRevision.comment_id, CommentRevision.no, CommentRevision.at, shown_words(Seal))
        .join(Comment, Comment.id == CommentRevision.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .join(Seal, Seal.id == CommentRevision.text_seal_id)
        .where(is_own(person_id))
        .order_by(CommentRevision.comment_id, CommentRevision.no)
    )
    found: dict[int, list[dict[str, object]]] = {}
    for comment_id, number, at, words in rows:
        found.setdefault(comment_id, []).append({"revision": number, "at": _plain(at), "text": words})
    return {comment_id: told for comment_id, told in found.items() if len(told) > 1}


def list_quotes_of(person_id: int) -> dict[int, list[str]]:
    """The words the person's comments point at, by comment id."""
    rows = db.session.execute(
        select(CommentTarget.comment_id, CommentTarget.exact)
        .join(Comment, Comment.id == CommentTarget.comment_id)
        .join(Submission, Submission.id == Comment.submission_id)
        .where(is_own(person_id))
        .order_by(CommentTarget.comment_id, CommentTarget.ordinal)
    )
    found: dict[int, list[str]] = {}
    for comment_id, exact in rows:
        found.setdefault(comment_id, []).append(exact)
    return found


def list_unsent_of(person_id: int) -> list[dict[str, object]]:
    """Comments the person has written and not sent, thrown away ones included."""
    rows = db.session.execute(
        select(UnsentSubmission.document_id, UnsentComment)
        .join(UnsentComment, UnsentComment.unsent_submission_id == UnsentSubmission.id)
        .where(UnsentSubmission.person_id == person_id)
        .order_by(UnsentSubmission.id, UnsentComment.ordinal)
    )
    return [
        {
            "document": document_id,
            "kind": comment.kind,
            "text": comment.text,
            "justification": comment.justification,
            "proposed_wording": comment.proposed,
        }
        for document_id, comment in rows
    ]


# What can be erased, and corrected


def erase_person(person_id: int, *, email: str, stamp: str, at: datetime) -> None:
    """Leave an account that no longer names anybody: a placeholder for an address, no name, nothing to sign in with.

    What the person wrote keeps its number; the data given with it is emptied, and the name sealed with changes of
    documents goes the one way a seal can be altered, so that every hash still holds.
    """
    _do(  # a seat somebody held for an organisation is the organisation's
        update(GroupMember)
        .where(GroupMember.person_id == person_id, GroupMember.organisation_id.is_not(None))
        .values(person_id=None, shows_name=False)
    )
    drop_of_person(person_id)
    for table, column in references():
        if table.name in ERASED and column.name == "person_id":
            db.session.execute(delete(table).where(column == person_id))
    mine = select(Submission.id).where(is_own(person_id))
    _do(
        update(PersonData)
        .where(PersonData.submission_id.in_(mine))
        .values(name="", email="", language="", shown_as="", shown_name="")
    )
    signed = select(Change.actor_seal_id).where(Change.actor_ref == person_id)
    _do(
        update(Seal)
        .where(Seal.id.in_(signed), Seal.erased_at.is_(None))
        .values(value=None, salt=None, erased_at=at)
    )
    joint_answers.erase_of_person(person_id, at)
    _do(update(DataRequest).where(DataRequest.person_id == person_id).values(words=""))
    _do(
        update(Person)
        .where(Person.id == person_id)
        .values(
            email=email,
            name="",
            password_hash="",
            session_stamp=stamp,
            is_administrator=False,
            is_name_public=False,
            is_language_chosen=False,
            password_changed_at=None,
            disabled_at=at,
            erased_at=at,
        )
    )
    db.session.expire_all()


def correct_sender_name(person_id: int, name: str) -> int:
    """Write the name the account has now wherever the person gave one with comments; how many submissions."""
    mine = select(Submission.id).where(is_own(person_id))
    wrong = (PersonData.submission_id.in_(mine), PersonData.name != "", PersonData.name != name)
    for shown_as in SHOWN_AS:
        _do(
            update(PersonData)
            .where(*wrong, PersonData.shown_as == shown_as)
            .values(shown_name=shown_name(name, shown_as))
        )
    return _do(update(PersonData).where(*wrong).values(name=name))


def count_where_named(person_id: int) -> dict[str, int]:
    """Where the person's name is kept besides the account: "submissions" with a name given, "changes" of documents
    signed with it."""
    submissions = db.session.scalars(
        select(PersonData.submission_id)
        .join(Submission, Submission.id == PersonData.submission_id)
        .where(is_own(person_id), or_(PersonData.name != "", PersonData.email != ""))
    ).all()
    changes = db.session.scalars(
        select(Change.id)
        .join(Seal, Seal.id == Change.actor_seal_id)
        .where(Change.actor_ref == person_id, Seal.value.is_not(None))
    ).all()
    return {"submissions": len(submissions), "changes": len(changes)}


def _do(statement: Any) -> int:
    found = db.session.execute(statement.execution_options(synchronize_session=False))
    return int(found.rowcount)  # type: ignore[attr-defined]


def _is_told(table: Table, column: Column[Any]) -> bool:
    if column.name in SECRETS:
        return False
    if table.name in ABOUT_THE_PERSON:
        return True
    return bool(column.primary_key or _is_moment(column) or isinstance(column.type, Integer)) or (
        column.name in _TELLING or (table.name == "event" and column.name == "ref")
    )


def _is_moment(column: Column[Any]) -> bool:
    return isinstance(column.type, DateTime) or column.name.endswith(("_at", "_on")) or column.name == "at"


def _plain(value: object) -> object:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value if isinstance(value, str | int | float | bool) or value is None else str(value)
