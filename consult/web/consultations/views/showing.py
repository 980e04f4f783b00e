"""The page of a consultation, and its announcements as published."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from flask import Response, current_app, render_template, url_for
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import NotFound
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.domain.process.stages import ConsultationState
from consult.services import consultations as service
from consult.services.submissions import apart_in
from consult.storage.queries import consultations as queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import AnnouncementRow, ChangeRow, ConsultationRow
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.organisations import get_host
from consult.web.consultations.presenters import (
    ActLine,
    AnnouncementLine,
    AnnouncementPage,
    ChangeLine,
    ChannelLine,
    ConsultationPage,
    DetailLine,
    Imprint,
    OfficeDesk,
)
from consult.web.consultations.views.terms import panel_of
from consult.web.shared.addresses import public
from consult.web.shared.fields import field_word
from consult.web.shared.following import FollowState, follow_state, follow_states
from consult.web.shared.heads import document_head, now, version_text
from consult.web.shared.i18n import day, deadline, moment
from consult.web.shared.meetings import explanations_of, meetings_of, opinions_of
from consult.web.shared.presenters import Link
from consult.web.shared.viewers import current_actor, current_viewer

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[\d\s()-]{7,20}")


def show(consultation_id: int) -> str:
    row = queries.get_consultation(consultation_id, with_prepared=True)
    if row.is_prepared and not runs(row):
        raise NotFound("consultation")
    return render_template("consultations/show.html", page=_page(row, document_of(row)))


def announced(consultation_id: int, number: int) -> str:
    """An announcement as it was published."""
    row = queries.get_consultation(consultation_id)
    document = document_of(row)
    announcement = queries.get_announcement(consultation_id, number)
    page = AnnouncementPage(
        head=document_head(document, tab="consultation"),
        title=announcement.title,
        kind=announcement.kind,
        number=announcement.number,
        at=moment(announcement.published_at),
        html=Markup(announcement.html),  # noqa: S704 (sanitised by the rendering port when published)
        file_href=_file_href(announcement),
        back_href=_href(row),
        imprint=_imprint(
            row, announcement_line(announcement).href, queries.list_announcements(row.id), announcement
        ),
        is_outdated=any(later.number > number for later in queries.list_announcements(consultation_id)),
    )
    return render_template("consultations/announced.html", page=page)


def announcement_file(consultation_id: int, number: int) -> Response:
    document_of(queries.get_consultation(consultation_id))
    file = service.export_announcement(consultation_id, number)
    response = current_app.response_class(file.content, mimetype=file.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=file.name)
    return response


def document_of(row: ConsultationRow) -> DocumentRow:
    """The document consulted, for whoever may see it."""
    return document_queries.get_document(row.slug, current_viewer())


def runs(row: ConsultationRow) -> bool:
    """Whether the reader runs this consultation: to show links, never to guard."""
    return is_allowed(current_actor(), Permission.RUN_CONSULTATION, Target(host_id=row.host_id))


def _href(row: ConsultationRow) -> str:
    return url_for("consultations.show", consultation_id=row.id)


def _file_href(announcement: AnnouncementRow) -> str:
    return url_for(
        "consultations.announcement_file",
        consultation_id=announcement.consultation_id,
        number=announcement.number,
    )


def _page(row: ConsultationRow, document: DocumentRow) -> ConsultationPage:
    at = now()
    is_open = row.is_open(at)
    version = document_queries.get_version_by_id(row.version_id)
    announcements = queries.list_announcements(row.id)
    changes = queries.list_changes(row.id)
    basis = LEGAL_BASES[row.legal_basis]
    panel = panel_of(row)
    due = service.report_due_of(row)
    host_href = host_page(row, "host")
    return ConsultationPage(
        head=document_head(document, tab="consultation"),
        title=row.title,
        state=str(row.state(at)),
        host=row.host_name,
        host_href=host_href,
        opens=moment(row.opens_at),
        closes=deadline(row.closes_at),
        announced=day(row.announced_on) if row.announced_on else None,
        decides=row.decides,
        given=panel.given or 0,
        counted_from=basis.counted_from,
        source=basis.source,
        document_title=row.document_title,
        text_href=url_for("documents.version", slug=row.slug, number=row.version_no),
        version_text=version_text(version),
        comments_href=url_for("comments.list_all", slug=row.slug),
        comment_count=row.comment_count,
        apart_count=len(apart_in([row], with_decisions=False)) if row.comment_count else 0,
        imprint=_imprint(row, _href(row), announcements, None, changes),
        comment_href=url_for("comments.new", slug=row.slug) if is_open else "",
        together_href=url_for("joint_answers.begin", consultation_id=row.id) if is_open else "",
        cancelled=moment(row.cancelled_at) if row.cancelled_at else None,
        local_rule=row.local_rule,
        summary=paragraphs(row.summary),
        purpose=paragraphs(row.purpose),
        addressees=tuple(row.addressees.splitlines()),
        fields=tuple(field_word(code) for code in row.fields),
        area=row.area,
        forms=row.forms,
        channels=tuple(ChannelLine(code, text, _channel_href(code, text)) for code, text in row.channels),
        reading_place=row.reading_place,
        contact=paragraphs(row.contact),
        clause_href=host_page(row, "clause"),
        form_href=_form_href(row, at),
        easy_href=row.easy_href,
        sign_href=row.sign_href,
        report_title=basis.report_title,
        report_due=day(due) if due else None,
        protocol_href=_protocol_href(row, announcements),
        announcements=tuple(announcement_line(one) for one in announcements),
        changes=tuple(_change(one) for one in changes if one.kind != "effects"),
        effects=tuple(_change(one) for one in changes if one.kind == "effects"),
        meetings=meetings_of(row.id, host_id=row.host_id),
        opinions=opinions_of(row.id, host_id=row.host_id),
        explanations=explanations_of(row.id, host_id=row.host_id, is_open=is_open),
        follow=None if row.is_prepared else follow_state("consultation", row.id),
        follow_also=_follow_also(row),
        calendar_href=""
        if row.is_prepared
        else url_for("feeds.consultation_calendar", consultation_id=row.id),
        desk=_desk(row, announcements, at) if runs(row) else None,
    )


def _form_href(row: ConsultationRow, at: datetime) -> str:
    """The comment form, from the announcement to the end."""
    if row.is_prepared or row.is_cancelled or at >= row.closes_at:
        return ""
    return url_for("comment_forms.show", consultation_id=row.id)


def _follow_also(row: ConsultationRow) -> tuple[tuple[str, FollowState], ...]:
    """What else can be followed by those with an account: its fields and its area, each in its word. Guests have the
    one button that leads to an account, and need no row of them."""
    if not current_actor().is_signed_in:
        return ()
    named = [("field", code, str(field_word(code))) for code in row.fields]
    named += [("area", row.area, row.area)] if row.area else []
    states = follow_states([(kind, ref) for kind, ref, _ in named])
    return tuple((word, state) for (_, _, word), state in zip(named, states, strict=True))


def _imprint(
    row: ConsultationRow,
    href: str,
    announcements: Sequence[AnnouncementRow],
    shown: AnnouncementRow | None,
    changes: Sequence[ChangeRow] = (),
) -> Imprint:
    """Of the page of a consultation, or of the announcement `shown`."""
    first = shown or next((one for one in announcements if one.kind == "opened"), None)
    acts = [
        (
            one.published_at,
            ActLine(one.kind, moment(one.published_at), one.number, announcement_line(one).href),
        )
        for one in announcements
    ]
    acts += [(one.at, ActLine(one.kind, moment(one.at))) for one in changes if one.kind == "effects"]
    return Imprint(
        host=row.host_name,
        responsible=row.host_name,
        address=public(href),
        published=moment(first.published_at) if first else None,
        acts=tuple(line for _, line in sorted(acts, key=lambda act: act[0])),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split(r"\n\s*\n", text) if part.strip())


def announcement_line(announcement: AnnouncementRow) -> AnnouncementLine:
    return AnnouncementLine(
        number=announcement.number,
        title=announcement.title,
        kind=announcement.kind,
        at=moment(announcement.published_at),
        href=url_for(
            "consultations.announced",
            consultation_id=announcement.consultation_id,
            number=announcement.number,
        ),
        file_href=_file_href(announcement),
    )


def host_page(row: ConsultationRow, page: str) -> str:
    """The address of a page of the host: its own, or its information clause."""
    slug = get_host(row.host_id).slug
    return url_for(f"organisations.{page}", slug=slug)


def _channel_href(code: str, text: str) -> str:
    if code == "email" and _EMAIL.fullmatch(text):
        return f"mailto:{text}"
    if code == "phone" and _PHONE.fullmatch(text):
        return f"tel:{re.sub(r'[^0-9+]', '', text)}"
    return ""


def _protocol_href(row: ConsultationRow, announcements: list[AnnouncementRow]) -> str:
    found = next((one for one in announcements if one.kind == "protocol"), None)
    if found is None:
        return ""
    return url_for("consultations.announced", consultation_id=row.id, number=found.number)


def _change(change: ChangeRow) -> ChangeLine:
    return ChangeLine(
        kind=change.kind,
        at=moment(change.at),
        reason=paragraphs(change.reason),
        details=tuple(
            DetailLine(name, _said(name, before), _said(name, after))
            for name, before, after in change.details
        ),
    )


def _said(name: str, value: str) -> str:
    """A fact of a change in the reader's words."""
    if name == "closes_at":
        return deadline(datetime.fromisoformat(value)).text
    if name == "fields":
        return ", ".join(field_word(code) for code in value.split())
    return value


def _desk(row: ConsultationRow, announcements: list[AnnouncementRow], at: datetime) -> OfficeDesk:
    state = row.state(at)
    is_running = state in (
        ConsultationState.PREPARED,
        ConsultationState.ANNOUNCED,
        ConsultationState.OPEN,
    )
    is_unreported = state not in (
        ConsultationState.CANCELLED,
        ConsultationState.REPORTED,
        ConsultationState.EFFECTS,
    )
    links = []

    def offer(words: str, endpoint: str) -> None:
        links.append(Link(words, url_for(f"consultations.{endpoint}", consultation_id=row.id)))

    if is_running:
        offer(gettext("Announcement"), "announcement")
        offer(gettext("Change the end") if row.is_prepared else gettext("Extend"), "extend")
    if is_unreported:
        offer(gettext("Change what it says") if row.is_prepared else gettext("Correct"), "correct")
    if is_running:
        offer(gettext("Cancel the consultation"), "cancel")
    if not row.is_prepared:
        register = url_for("submissions.list_all", consultation_id=row.id)
        links.append(Link(gettext("Register of submissions"), register))
    if row.comment_count:
        answers = url_for("dispositions.queue", consultation_id=row.id)
        links.append(Link(gettext("Answer comments"), answers))
    if state in (ConsultationState.REPORTED, ConsultationState.EFFECTS):
        offer(gettext("Say what came of it"), "effects")
    protocol = state is ConsultationState.CLOSED and not row.comment_count
    return OfficeDesk(
        actions=tuple(links),
        term=panel_of(row),
        is_unannounced=is_running and not any(one.kind == "opened" for one in announcements),
        announce_href=url_for("consultations.announcement", consultation_id=row.id),
        departure=paragraphs(row.departure_reason),
        is_prepared=state is ConsultationState.PREPARED,
        protocol_href=url_for("consultations.protocol", consultation_id=row.id) if protocol else "",
    )
