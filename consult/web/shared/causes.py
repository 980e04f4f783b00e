"""What changes come from, named with links: the comment, the meeting, the proposal, the reason given afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from flask import current_app, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.storage.queries import attributions as attribution_queries
from consult.storage.queries import causes as queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries.attributions import AttributionRow
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.timelines import TimelineRow
from consult.web.shared.cards import clipped
from consult.web.shared.heads import may
from consult.web.shared.i18n import as_written, day, moment, phrase
from consult.web.shared.presenters import Moment
from consult.web.shared.viewers import current_viewer

LONGEST_QUOTE = 160

FROM_THE_BEGINNING = ("import", "create")
"""Kinds of changes that began a document, and need no cause."""

TAKING_BACK = ("undo", "restore")
"""Kinds of changes whose cause is an earlier change."""


@dataclass(frozen=True, slots=True)
class ChangeCause:
    """A change with what it comes from.

    `kind` is comment, meeting, decision, proposal, amendment, editorial, reason, beginning, back (it takes an earlier
    change back) or none. `text` names the cause ("Comment 61") and is "" for none; `words` are a line of it: of the
    comment, of the reason. `ask_href` leads to where one says what it comes from, for who may. `later` tells when and
    by whom the cause was said afterwards. `by` is empty for readers from outside the office. `is_repeated` marks one that stands in full above.
    """

    slug: str
    number: int
    change_text: str
    change_href: str
    on: Moment
    kind: str
    text: str = ""
    href: str = ""
    outcome: str = ""
    words: str = ""
    note: str = ""
    by: str = ""
    later: str = ""
    ask_href: str = ""
    is_repeated: bool = False

    @property
    def is_missing(self) -> bool:
        return self.kind == "none"


def address_if_built(endpoint: str, **values: object) -> str:
    """The address of a page, or "" in an installation that does not have it."""
    return url_for(endpoint, **values) if endpoint in current_app.view_functions else ""  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class _Things:
    """All that the changes of one page name, by id."""

    comments: Mapping[int, CommentRow]
    said: Mapping[int, AttributionRow]
    meetings: Mapping[int, str]
    decisions: Mapping[int, queries.NumberedThing]
    proposals: Mapping[int, queries.NumberedThing]
    sees_draft: bool
    may_say: bool


def causes_of(document: DocumentRow, changes: Iterable[TimelineRow]) -> dict[int, ChangeCause]:
    """The causes of changes of a document by number; a fixed number of queries."""
    rows = list(changes)
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    uncaused = [row.id for row in rows if not row.cause_kind]
    said = attribution_queries.list_attributions(uncaused) if uncaused else {}
    named = [(row.cause_kind, row.cause_ref) for row in rows]
    named += [(one.cause_kind, one.cause_ref) for one in said.values()]

    def ids(kind: str) -> set[int]:
        return {ref for of, ref in named if of == kind and ref is not None}

    wanted = ids("comment")
    works_here = current_viewer().works_for(
        document.host_id
    )  # a seat in a group shows drafts, not answers to come
    comments = comment_queries.list_comments_by_id(wanted, with_drafts=works_here) if wanted else []
    things = _Things(
        comments={row.id: row for row in comments if works_here or row.consultation_id is not None},
        said=said,
        meetings=queries.list_meetings_named(ids("meeting")),
        decisions=queries.list_decisions_named(ids("decision")),
        proposals=queries.list_proposals_named(ids("proposal")),
        sees_draft=sees_draft,
        may_say=may(Permission.EDIT_DRAFT, document),
    )
    return {row.number: _cause(document, row, things) for row in rows}


def _cause(document: DocumentRow, row: TimelineRow, things: _Things) -> ChangeCause:
    plain = ChangeCause(
        slug=document.slug,
        number=row.number,
        change_text=gettext("Change %(number)s", number=row.number),
        change_href=url_for("documents.change", slug=document.slug, number=row.number),
        on=day(row.at),
        kind="none",
        note=(row.note or "") if things.sees_draft else "",
        by=_author(row) if things.sees_draft else "",
    )
    if row.cause_kind and row.cause_kind not in FROM_THE_BEGINNING:
        return _named(plain, row.cause_kind, row.cause_ref, things)
    if row.kind in FROM_THE_BEGINNING:
        return replace(plain, kind="beginning", text=gettext("Beginning of the document"))
    said = things.said.get(row.id)
    if said is not None:
        found = _named(plain, said.cause_kind, said.cause_ref, things)
        later = gettext("cause added %(moment)s", moment=moment(said.at).text)
        if things.sees_draft and said.by:
            later = phrase(
                gettext("cause added %(moment)s by %(name)s"),
                moment=moment(said.at).text,
                name=as_written(said.by),
            )
        return replace(
            found,
            words=clipped(said.reason or "", 400) or found.words,
            later=later,
            ask_href=_ask(document, row) if things.may_say else "",
        )
    if row.kind in TAKING_BACK and row.of_no is not None:
        return replace(
            plain,
            kind="back",
            text=gettext("Takes back change %(number)s", number=row.of_no)
            if row.kind == "undo"
            else gettext("Brings back the state after change %(number)s", number=row.of_no),
            href=url_for("documents.change", slug=document.slug, number=row.of_no)
            if things.sees_draft
            else "",
        )
    return replace(plain, ask_href=_ask(document, row) if things.may_say else "")


def _author(row: TimelineRow) -> str:
    return row.author if row.author is not None else gettext("[name removed]")


def _ask(document: DocumentRow, row: TimelineRow) -> str:
    return url_for("documents.attribute", slug=document.slug, number=row.number)


def _named(plain: ChangeCause, kind: str, ref: int | None, things: _Things) -> ChangeCause:
    if kind == "comment":
        return _comment(plain, things.comments.get(ref or 0))
    if kind == "meeting":
        title = things.meetings.get(ref or 0, "")
        return replace(
            plain,
            kind=kind,
            text=title or gettext("Meeting"),
            href=url_for("meetings.show", meeting_id=ref) if title else "",
        )
    if kind == "decision":
        return _decision(plain, things.decisions.get(ref or 0))
    if kind == "proposal":
        return _proposal(plain, things.proposals.get(ref or 0), things)
    if kind == "editorial":
        return replace(plain, kind=kind, text=gettext("Editorial correction"))
    if kind == "reason":
        return replace(plain, kind=kind, text=gettext("Reason given"))
    return replace(plain, kind=kind, text=plain.change_text)


def _comment(plain: ChangeCause, comment: CommentRow | None) -> ChangeCause:
    if comment is None:  # made by the team outside of a consultation, and for its eyes only
        return replace(plain, kind="comment", text=gettext("A comment of the team"))
    return replace(
        plain,
        kind="comment",
        text=gettext("Comment %(number)s", number=comment.number),
        href=url_for("comments.show", register_id=comment.register_id, number=comment.number),
        outcome=comment.answer.outcome if comment.answer else "",
        words=clipped(comment.text or "", LONGEST_QUOTE),
    )


def _decision(plain: ChangeCause, decision: queries.NumberedThing | None) -> ChangeCause:
    if decision is None:
        return replace(plain, kind="decision", text=gettext("Decision of a meeting"))
    return replace(
        plain,
        kind="decision",
        text=gettext("Decision %(number)s, %(meeting)s", number=decision.number, meeting=decision.title),
        href=url_for("meetings.show", meeting_id=decision.meeting_id),
    )


def _proposal(plain: ChangeCause, proposal: queries.NumberedThing | None, things: _Things) -> ChangeCause:
    if proposal is None or not things.sees_draft:
        return replace(plain, kind="proposal", text=gettext("A proposal of the working group"))
    return replace(
        plain,
        kind="proposal",
        text=gettext("Proposal %(number)s", number=proposal.number),
        href=url_for("proposals.show", slug=plain.slug, number=proposal.number),
        words=clipped(proposal.title, LONGEST_QUOTE),
    )
