"""The head of a document's pages: where one is, the course of the consultation, what one can do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from flask import url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.stages import Stage, stage_at
from consult.domain.process.windows import Window
from consult.services.sockets import current_ports
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.web.shared.i18n import day, deadline
from consult.web.shared.presenters import DocumentHead, Link, Step
from consult.web.shared.viewers import current_actor, current_viewer

Tab = Literal["read", "comments", "compare", "history", "downloads", ""]


def now() -> datetime:
    return current_ports().clock.now()


def may(permission: Permission, document: DocumentRow, *, is_open: bool = False) -> bool:
    """Whether the reader may do something to a document: to show or hide a link, never to guard."""
    target = Target(host_id=document.host_id, is_published=document.last_version_no > 0, is_open=is_open)
    return is_allowed(current_actor(), permission, target)


def document_href(document: DocumentRow) -> str:
    return url_for("documents.show", slug=document.slug)


def document_head(
    document: DocumentRow,
    *,
    tab: Tab = "",
    version: VersionRow | None = None,
    state_text: str = "",
    consultations: list[ConsultationRow] | None = None,
) -> DocumentHead:
    """The head, with `tab` current; `version` is the text shown, or None for the working draft or no text."""
    at = now()
    if consultations is None:
        consultations = consultation_queries.list_consultations(document_id=document.id)
    open_now = next((row for row in consultations if row.is_open(at)), None)
    last = open_now or (consultations[0] if consultations else None)
    return DocumentHead(
        title=document.title,
        kind=document.kind,
        state_text=state_text or (version_text(version) if version else document.host_name),
        href=document_href(document),
        steps=steps(last, at) if last else (),
        tabs=_tabs(document, tab, _comment_count(document, consultations)),
        comment_href=url_for("comments.new", slug=document.slug) if open_now else "",
        closed_note=_closed_note(last, at) if not open_now else "",
        actions=_actions(document, consultations),
    )


def _comment_count(document: DocumentRow, consultations: list[ConsultationRow]) -> int:
    """How many comments the reader's list holds: those who draft see comments made outside a consultation too."""
    if current_viewer().works_for(document.host_id):
        return consultation_queries.count_comments(document.id)
    return sum(row.comment_count for row in consultations)


def version_text(version: VersionRow) -> str:
    return gettext("%(label)s, version %(number)s", label=version.label, number=version.number)


def steps(consultation: ConsultationRow, at: datetime) -> tuple[Step, ...]:
    """The course of a consultation, with where it stands now."""
    is_over = at >= consultation.closes_at
    is_answered = consultation.answers_published_at is not None
    has_begun = at >= consultation.opens_at
    return (
        Step(
            "drafting",
            "done" if has_begun else "now",
            gettext("version %(number)s", number=consultation.version_no),
        ),
        Step(
            "consulted",
            "done" if is_over else ("now" if has_begun else "next"),
            "" if has_begun else gettext("from %(day)s", day=day(consultation.opens_at).text),
            deadline(consultation.closes_at),
        ),
        Step("answering", "done" if is_answered else ("now" if is_over else "next")),
        Step(
            "revised",
            "now" if is_answered else "next",
            gettext("answers published %(day)s", day=day(consultation.answers_published_at).text)
            if consultation.answers_published_at
            else "",
        ),
    )


def stage_of(document: DocumentRow, last: ConsultationRow | None, at: datetime) -> str:
    """The stage a document is in, by the course of its last consultation."""
    course = Window(last.opens_at, last.closes_at) if last else None
    is_answered = last is not None and last.answers_published_at is not None
    return str(stage_at(Stage(document.stage), course, is_answered=is_answered, now=at))


def last_consultations(rows: Sequence[ConsultationRow]) -> dict[int, ConsultationRow]:
    """The consultation of each document that closes last."""
    return {row.document_id: row for row in sorted(rows, key=lambda row: row.closes_at)}


def _closed_note(last: ConsultationRow | None, at: datetime) -> str:
    if last is None:
        return ""
    if at < last.opens_at:
        return gettext("Comments will be taken from %(day)s.", day=day(last.opens_at).text)
    return gettext("Comments were taken until %(moment)s.", moment=deadline(last.closes_at).text)


def _tabs(document: DocumentRow, tab: Tab, comment_count: int) -> tuple[Link, ...]:
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    links = [
        Link(gettext("Read"), document_href(document), tab == "read"),
        Link(
            gettext("Comments"),
            url_for("comments.list_all", slug=document.slug),
            tab == "comments",
            comment_count,
        ),
    ]
    if document.last_version_no > 1 or (sees_draft and document.last_version_no):
        links.append(
            Link(gettext("Compare"), url_for("comparison.show", slug=document.slug), tab == "compare")
        )
    links.append(Link(gettext("History"), url_for("documents.history", slug=document.slug), tab == "history"))
    links.append(
        Link(gettext("Download"), url_for("documents.downloads", slug=document.slug), tab == "downloads")
    )
    return tuple(links)


def _actions(document: DocumentRow, consultations: list[ConsultationRow]) -> tuple[Link, ...]:
    if not current_viewer().works_for(document.host_id):
        return ()
    slug = document.slug
    links = []
    if document.last_version_no and may(Permission.SEE_UNPUBLISHED, document):
        links.append(Link(gettext("Working draft"), url_for("documents.draft", slug=slug)))
    if may(Permission.EDIT_DRAFT, document):
        links.append(Link(gettext("Take in a new file"), url_for("documents.revise", slug=slug)))
    if may(Permission.PUBLISH_VERSION, document):
        links.append(Link(gettext("Publish a version"), url_for("documents.publish", slug=slug)))
    if document.last_version_no and may(Permission.OPEN_CONSULTATION, document):
        links.append(Link(gettext("Open a consultation"), url_for("consultations.new", slug=slug)))
    if may(Permission.ANSWER_COMMENTS, document):
        links += [
            Link(
                gettext("Answer comments (version %(number)s)", number=row.version_no),
                url_for("dispositions.queue", consultation_id=row.id),
            )
            for row in consultations
            if row.comment_count
        ]
    return tuple(links)
