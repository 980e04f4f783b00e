"""Everything Consult holds about a person, for that person to take away (Regulation (EU) 2016/679, art. 15 and 20)."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import Any

from consult.domain.errors import NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.storage.queries import accounts as people
from consult.storage.queries import comments as comment_queries
from consult.storage.queries.accounts import PersonRow, held, written
from consult.storage.queries.contact_views import list_views_about

FORMAT = "consult-own-record-1"


def own_record(actor: Actor, *, now: datetime) -> dict[str, Any]:
    """The actor's own record as values JSON can hold: `account`, `submissions` with their comments and the answers
    published to them, `written`, the words they wrote while working on documents (proposals, replies, opinions, notes,
    reasons), `unsent_comments`, `views_of_my_data`, and `records`, every other row that names the account, by "table.column".

    Secrets are left out: hashes of passwords and links, keys of second factors.
    """
    require(actor, Permission.MANAGE_OWN_ACCOUNT, Target())
    person = people.find_person(actor.id or 0)
    if person is None:
        raise NotFound("person")
    return {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "account": _account(person),
        "submissions": _submissions(person.id),
        "written": written.list_written_by(person.id),
        "unsent_comments": held.list_unsent_of(person.id),
        "records": held.list_records_of(person.id),
        "views_of_my_data": _views(person.id),
    }


def _views(person_id: int) -> list[dict[str, Any]]:
    """When officials of which host were shown the data given with which of the person's submissions, and where."""
    return [
        {
            "at": row.at.isoformat(),
            "office": row.host_name,
            "place": row.place,
            "title": row.title,
            "consultation": row.consultation_id,
            "receipts": list(row.receipts),
        }
        for row in list_views_about(person_id)
    ]


def _account(person: PersonRow) -> dict[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "is_name_public": person.is_name_public,
        "email": person.email,
        "language": person.language,
        "is_language_chosen": person.is_language_chosen,
        "has_password": bool(person.password_hash),
        "password_changed_at": _moment(person.password_changed_at),
        "is_administrator": person.is_administrator,
        "created_at": _moment(person.created_at),
        "organisations": [
            {"name": member.organisation_name, "kind": member.organisation_kind, "role": member.role}
            for member in person.memberships
        ],
    }


def _submissions(person_id: int) -> list[dict[str, Any]]:
    submissions: list[dict[str, Any]] = [{**row} for row in held.list_submissions_of(person_id)]
    ids = held.list_comment_ids_of(person_id)
    belongs = held.list_submission_of_comments(ids)
    quotes, revisions = held.list_quotes_of(person_id), held.list_revisions_of(person_id)
    comments: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in comment_queries.list_comments_by_id(ids, with_drafts=False, with_hidden=True):
        answer = row.answer
        comments[belongs[row.id]].append(
            {
                "register": row.register_id,
                "number": row.number,
                "kind": row.kind,
                "text": row.text,
                "justification": row.justification,
                "proposed_wording": row.proposed,
                "words_commented_on": quotes.get(row.id, []),
                "earlier_words": revisions.get(row.id, []),
                "answer": {
                    "outcome": answer.outcome,
                    "reasons": answer.justification,
                    "published_at": _moment(answer.published_at),
                }
                if answer
                else None,
            }
        )
    for submission in submissions:
        submission["comments"] = comments[submission["submission"]]
    return submissions


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
