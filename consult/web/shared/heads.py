"""The head of a document's pages: where one is, the course of the consultation, what one can do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from flask import request, url_for
from flask_babel import gettext

from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.legal_bases import LEGAL_BASES, report_due
from consult.domain.process.stages import Stage, stage_at
from consult.services.sockets import current_ports
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.web.shared.errors.why import why
from consult.web.shared.following import follow_state
from consult.web.shared.hosts import show_host
from consult.web.shared.i18n import as_written, day, deadline, phrase, tongue
from consult.web.shared.presenters import DocumentHead, Link, Step, Why
from consult.web.shared.viewers import current_actor, current_viewer

Tab = Literal["read", "consultation", "comments", "compare", "history", "downloads", ""]


def now() -> datetime:
    return current_ports().clock.now()


def may(permission: Permission, document: DocumentRow, *, is_open: bool = False) -> bool:
    """Whether the reader may do something to a document: to show or hide a link, never to guard."""
    return is_allowed(current_actor(), permission, _target(document, is_open=is_open))


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
    show_host(document.host_id)
    if consultations is None:
        consultations = consultation_queries.list_consultations(document_id=document.id)
    open_now = next((row for row in consultations if row.is_open(at)), None)
    last = open_now or standing_consultation(consultations)
    return DocumentHead(
        title=document.title,
        kind=document.kind,
        language=document.language,
        state_text=state_text or (_named(version) if version else as_written(document.host_name)),
        href=document_href(document),
        about_href=url_for("documents.about", slug=document.slug),
        follow=follow_state("document", document.id) if document.last_version_no else None,
        steps=steps(last, at) if last else (),
        tabs=_tabs(document, tab, _comment_count(document, consultations), last),
        comment_href=url_for("comments.new", slug=document.slug) if open_now else "",
        form_href=url_for("comment_forms.show", consultation_id=open_now.id) if open_now else "",
        closed_note=_closed_note(last, at) if not open_now else "",
        work=_work(document),
        actions=_actions(document, consultations),
        comment_why=_comment_why(document, last, at),
        refusals=_refusals(document),
    )


def _comment_count(document: DocumentRow, consultations: list[ConsultationRow]) -> int:
    """How many comments the reader's list holds: those who draft see comments made outside a consultation too."""
    if current_viewer().works_for(document.host_id):
        return consultation_queries.count_comments(document.id)
    return sum(row.comment_count for row in consultations)


def version_text(version: VersionRow) -> str:
    return gettext("%(label)s, version %(number)s", label=version.label, number=version.number)


def _named(version: VersionRow) -> str:
    """As `version_text`, for the content of an element: the label is the office's own."""
    if not tongue():
        return version_text(version)
    words = gettext("%(label)s, version %(number)s")
    return phrase(words, label=as_written(version.label), number=version.number)


def steps(consultation: ConsultationRow, at: datetime) -> tuple[Step, ...]:
    """The course of a consultation, with where it stands now; one that was cancelled ends there."""
    is_over = at >= consultation.closes_at
    is_answered = consultation.is_answered
    has_begun = at >= consultation.opens_at
    if consultation.cancelled_at is not None:
        return _cancelled_steps(consultation, consultation.cancelled_at)
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
        Step(
            "answering",
            "done" if is_answered else ("now" if is_over else "next"),
            "" if is_answered else _report_due(consultation),
        ),
        Step("revised", "now" if is_answered else "next", _published(consultation)),
    )


def _cancelled_steps(consultation: ConsultationRow, cancelled_at: datetime) -> tuple[Step, ...]:
    return (
        Step("drafting", "done", gettext("version %(number)s", number=consultation.version_no)),
        Step("consulted", "done", gettext("from %(day)s", day=day(consultation.opens_at).text)),
        Step("cancelled", "now", day(cancelled_at).text),
    )


def _report_due(consultation: ConsultationRow) -> str:
    basis = LEGAL_BASES.get(consultation.legal_basis)
    due = report_due(basis, consultation.window.last_day) if basis else None
    return gettext("report until %(day)s", day=day(due).text) if due else ""


def _published(consultation: ConsultationRow) -> str:
    if consultation.report_kind == "protocol" and consultation.reported_at:
        return gettext("protocol published %(day)s", day=day(consultation.reported_at).text)
    if consultation.answers_published_at:
        return gettext("answers published %(day)s", day=day(consultation.answers_published_at).text)
    return ""


def stage_of(document: DocumentRow, last: ConsultationRow | None, at: datetime) -> str:
    """The stage a document is in, by the course of its last consultation."""
    course = last.window if last and not last.is_cancelled else None
    is_answered = last is not None and last.is_answered
    return str(
        stage_at(
            Stage(document.stage), course, is_answered=is_answered, now=at, decided_at=document.staged_at
        )
    )


def last_consultations(rows: Sequence[ConsultationRow]) -> dict[int, ConsultationRow]:
    """The consultation of each document that closes last; a cancelled one only where there is no other."""
    return {
        row.document_id: row for row in sorted(rows, key=lambda row: (not row.is_cancelled, row.closes_at))
    }


def standing_consultation(rows: Sequence[ConsultationRow]) -> ConsultationRow | None:
    """The consultation a document's page speaks of: the one that closes last, or a later one that was cancelled."""
    held = max((row for row in rows if not row.is_cancelled), key=lambda row: row.closes_at, default=None)
    off = max((row for row in rows if row.is_cancelled), key=lambda row: row.created_at, default=None)
    return off if off and (held is None or held.created_at <= off.created_at) else held


def _closed_note(last: ConsultationRow | None, at: datetime) -> str:
    if last is None:
        return ""
    if last.is_cancelled:
        return gettext("The consultation was cancelled. Comments are not taken.")
    if at < last.opens_at:
        return gettext("Comments will be taken from %(day)s.", day=day(last.opens_at).text)
    return gettext("Comments were taken until %(moment)s.", moment=deadline(last.closes_at).text)


def _tabs(
    document: DocumentRow, tab: Tab, comment_count: int, last: ConsultationRow | None
) -> tuple[Link, ...]:
    sees_draft = may(Permission.SEE_UNPUBLISHED, document)
    links = [Link(gettext("Read"), document_href(document), tab == "read")]
    if last is not None:
        about = url_for("consultations.show", consultation_id=last.id)
        links.append(Link(gettext("Consultation"), about, tab == "consultation"))
    links.append(
        Link(
            gettext("Comments"),
            url_for("comments.list_all", slug=document.slug),
            tab == "comments",
            comment_count,
        )
    )
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
    if not may(Permission.SEE_UNPUBLISHED, document):
        return ()
    slug = document.slug
    links = []
    if may(Permission.EDIT_DRAFT, document):
        links.append(Link(gettext("Take in a new file"), url_for("documents.revise", slug=slug)))
    if may(Permission.PUBLISH_VERSION, document):
        links.append(Link(gettext("Publish a version"), url_for("documents.publish", slug=slug)))
    if document.last_version_no and may(Permission.OPEN_CONSULTATION, document):
        links.append(Link(gettext("Open a consultation"), url_for("consultations.new", slug=slug)))
    if may(Permission.RUN_CONSULTATION, document):
        links += [
            Link(
                gettext("Consultation waiting for its announcement"),
                url_for("consultations.show", consultation_id=row.id),
            )
            for row in consultation_queries.list_prepared(document_id=document.id)
        ]
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


def _work(document: DocumentRow) -> tuple[Link, ...]:
    """Where a group works on the draft, for those who may see it."""
    if not may(Permission.SEE_UNPUBLISHED, document):
        return ()
    slug = document.slug
    pages = [
        (gettext("Draft"), url_for("documents.draft", slug=slug)),
        (gettext("Outline"), url_for("documents.plan", slug=slug)),
        (gettext("Proposals"), url_for("proposals.list_all", slug=slug)),
        (gettext("Status of the parts"), url_for("section_statuses.overview", slug=slug)),
    ]
    if may(Permission.READ_NOTES, document):
        pages.append((gettext("Working notes"), url_for("working_notes.list_all", slug=slug)))
    if may(Permission.EDIT_DRAFT, document):
        pages.append((gettext("Places of comments"), url_for("placement_decisions.list_all", slug=slug)))
    pages.append((gettext("References"), url_for("cross_references.show", slug=slug)))
    pages.append((gettext("Pictures"), url_for("pictures.list_all", slug=slug)))
    pages.append((gettext("Attached files"), url_for("attachments.list_all", slug=slug)))
    pages.append((gettext("Stage"), url_for("section_statuses.stage", slug=slug)))
    here = f"{request.path}/"
    return tuple(Link(words, href, here.startswith(f"{href}/")) for words, href in pages)


EXPECTED = (Permission.EDIT_DRAFT, Permission.PUBLISH_VERSION, Permission.ANSWER_COMMENTS)
"""What people of an office look for on a page of its document, and are told why when it is missing."""


def _comment_why(document: DocumentRow, last: ConsultationRow | None, at: datetime) -> Why | None:
    """Why the reader cannot comment now, with the date where there is one."""
    if not document.last_version_no or (last is not None and last.is_open(at)):
        return None
    note = _closed_note(last, at) or gettext("No consultation of this document has been announced yet.")
    return why(Permission.COMMENT, _target(document), when=(note,))


def _refusals(document: DocumentRow) -> tuple[Why, ...]:
    """Why those of the office find no way to edit, publish or answer; others do not look for one."""
    if not current_viewer().works_for(document.host_id):
        return ()
    found = (why(permission, _target(document)) for permission in EXPECTED)
    return tuple(one for one in found if one is not None)


def _target(document: DocumentRow, *, is_open: bool = False) -> Target:
    return Target(
        host_id=document.host_id,
        is_published=document.last_version_no > 0,
        is_open=is_open,
        document_id=document.id,
    )
