"""Feeds and calendars: for everybody, the same for everybody, and cheap to ask for again.

They speak the language the address asks for (?lang=en), Polish without one, whatever the reader chose for pages: who
subscribes asks without cookies, and caches in between keep one answer for one address.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from flask import Response, make_response, render_template, request, url_for
from flask_babel import force_locale, gettext

from consult.ports.calendars import Calendar, CalendarEntry
from consult.ports.feeds import Feed, FeedEntry
from consult.services.sockets import current_ports
from consult.storage.queries import feeds as queries
from consult.storage.queries import meetings as meeting_queries
from consult.storage.queries.feeds import EVERYTHING, Call, Happening, Scope
from consult.storage.queries.meetings import MeetingRow
from consult.storage.queries.organisations import list_public_hosts
from consult.web.feeds.presenters import AboutPage, Subscription
from consult.web.shared.addresses import public
from consult.web.shared.early_answers import UNTIL
from consult.web.shared.heads import now
from consult.web.shared.i18n import (
    CONTENT,
    COOKIE,
    DEFAULT,
    LANGUAGES,
    as_written,
    deadline,
    last_minute,
    moment,
)
from consult.web.shared.meetings import consultation_path

ENTRIES = 50
SHOWN_BACK = timedelta(days=60)
"""How long what is past stays in the calendars of everything and of a host."""
KEPT_FOR = timedelta(minutes=15)


# --- calendars ---------------------------------------------------------------------------------------------------


def all_calendar() -> Response:
    with force_locale(_asked()):
        return _calendar(gettext("Public consultations"), queries.list_calls(EVERYTHING, now() - SHOWN_BACK))


def host_calendar(slug: str) -> Response:
    host_id, name = queries.get_feed_host(slug)
    with force_locale(_asked()):
        return _calendar(
            gettext("Consultations: %(name)s", name=name),
            queries.list_calls(Scope(host_id=host_id), now() - SHOWN_BACK),
        )


def consultation_calendar(consultation_id: int) -> Response:
    call = queries.get_call(consultation_id)
    with force_locale(_asked()):
        return _calendar(call.title, [call], since=datetime.min.replace(tzinfo=UTC))


def meeting_calendar(meeting_id: int) -> Response:
    meeting = meeting_queries.get_meeting(meeting_id)
    with force_locale(_asked()):
        return _answer_calendar(meeting.title, [_of_meeting(meeting)])


def _calendar(name: str, calls: Sequence[Call], *, since: datetime | None = None) -> Response:
    meetings = meeting_queries.list_meetings_of(
        [call.id for call in calls], since=since or now() - SHOWN_BACK
    )
    entries = [
        *(entry for call in calls for entry in _of_call(call)),
        *(_of_meeting(meeting) for meeting in meetings),
    ]
    return _answer_calendar(name, entries)


def _of_call(call: Call) -> Iterator[CalendarEntry]:
    """The opening and the last moment of a consultation."""
    address = public(consultation_path(call.id))
    about = f"{call.summary}\n\n{address}".strip()
    said = (
        ("opens", call.opens_at, gettext("Consultation begins: %(title)s", title=call.title)),
        (
            "closes",
            last_minute(call.closes_at).astimezone(UTC),  # midnight would read as the day after
            gettext("Last moment for comments: %(title)s", title=call.title),
        ),
    )
    for name, at, title in said:
        yield CalendarEntry(
            uid=f"consultation-{call.id}-{name}@{_site()}",
            sequence=call.change_count,
            starts_at=at,
            ends_at=None,
            changed_at=call.changed_at,
            title=gettext("CANCELLED: %(title)s", title=title) if call.cancelled_at else title,
            description=f"{call.host_name}\n{about}",
            address=address,
            is_cancelled=call.cancelled_at is not None,
        )


def _of_meeting(meeting: MeetingRow) -> CalendarEntry:
    address = public(url_for("meetings.show", meeting_id=meeting.id))
    is_off = meeting.cancelled_at is not None
    lines = [f"{meeting.consultation_title} ({meeting.host_name})"]
    if meeting.link and not is_off:
        lines.append(gettext("Join: %(link)s", link=meeting.link))
    lines.append(address)
    return CalendarEntry(
        uid=f"meeting-{meeting.id}@{_site()}",
        sequence=meeting.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        changed_at=meeting.changed_at,
        title=gettext("CANCELLED: %(title)s", title=meeting.title) if is_off else meeting.title,
        description="\n".join(lines),
        place=", ".join(part for part in (meeting.place, meeting.room) if part) or meeting.link,
        address=address,
        is_cancelled=is_off,
    )


def _answer_calendar(name: str, entries: Sequence[CalendarEntry]) -> Response:
    writer = current_ports().calendar_writer
    content = writer.write(Calendar(name, entries, language=_asked()))
    changed = max((entry.changed_at for entry in entries), default=None)
    response = _answer(content, writer.media_type, changed)
    response.headers["Content-Disposition"] = 'inline; filename="konsultacje.ics"'
    return response


# --- feeds -------------------------------------------------------------------------------------------------------


def all_feed() -> Response:
    with force_locale(_asked()):
        return _feed("feeds", gettext("Public consultations"), EVERYTHING, url_for("consultations.home"))


def host_feed(slug: str) -> Response:
    host_id, name = queries.get_feed_host(slug)
    with force_locale(_asked()):
        return _feed(
            f"feeds/hosts/{host_id}",
            gettext("Consultations: %(name)s", name=name),
            Scope(host_id=host_id),
            url_for("organisations.host", slug=slug),
            author=name,
        )


def document_feed(slug: str) -> Response:
    document_id, title, written_in, begun = queries.get_feed_document(slug)
    with force_locale(_asked()):
        return _feed(
            f"feeds/documents/{document_id}",
            title,
            Scope(document_id=document_id),
            url_for("documents.show", slug=slug),
            begun=begun,
            written_in=written_in,
        )


def _feed(
    name: str,
    title: str,
    scope: Scope,
    page: str,
    *,
    author: str = "Consult",
    begun: datetime | None = None,
    written_in: str = "",
) -> Response:
    happenings = queries.list_happenings(scope, now(), limit=ENTRIES)
    language = _asked()
    suffix = f"?{COOKIE}={language}" if language != DEFAULT else ""
    # one thing told in two languages is one entry of each feed, and never the same entry of both
    tag = f"{_tag()}:{language}"
    updated = happenings[0].at if happenings else begun or datetime(2026, 1, 1, tzinfo=UTC)
    feed = Feed(
        id=f"{tag}/{name}",
        title=title,
        href=public(page) + suffix,
        self_href=public(request.path) + suffix,
        updated_at=updated,
        language=language,
        author=author,
        title_language=written_in,
        entries=[_entry(one, tag, suffix) for one in happenings],
    )
    writer = current_ports().feed_writer
    return _answer(writer.write(feed), writer.media_type, updated)


def _entry(one: Happening, tag: str, suffix: str) -> FeedEntry:
    title, summary = in_words(one)
    return FeedEntry(
        id=f"{tag}/{one.ref}",
        title=title,
        at=one.at,
        href=public(_where(one)) + suffix,
        summary=summary,
        author=one.host_name,
        term=one.kind,
        summary_language=CONTENT if summary and summary == one.detail else "",
    )


def in_words(one: Happening) -> tuple[str, str]:
    """A title and a summary of something that happened, in the language asked for."""
    until = deadline(one.closes_at).text if one.closes_at else ""
    said = {
        "version.published": lambda: gettext(
            "Version %(number)s published: %(title)s", number=one.version_no, title=one.title
        ),
        "consultation.opened": lambda: gettext("Consultation announced: %(title)s", title=one.title),
        "consultation.extended": lambda: gettext("Consultation extended: %(title)s", title=one.title),
        "consultation.corrected": lambda: gettext("Announcement corrected: %(title)s", title=one.title),
        "consultation.cancelled": lambda: gettext("Consultation cancelled: %(title)s", title=one.title),
        "consultation.protocol_published": lambda: gettext("Protocol published: %(title)s", title=one.title),
        "consultation.reported": lambda: gettext("Report published: %(title)s", title=one.title),
        queries.ENDED: lambda: gettext("Consultation ended: %(title)s", title=one.title),
        queries.ANSWERED: lambda: gettext("Answers published: %(title)s", title=one.title),
        "explanation.published": lambda: gettext("Explanation by the host: %(title)s", title=one.title),
        "meeting.announced": lambda: gettext("Meeting announced: %(title)s", title=one.detail),
        "meeting.moved": lambda: gettext("Meeting moved: %(title)s", title=one.detail),
        "meeting.cancelled": lambda: gettext("Meeting cancelled: %(title)s", title=one.detail),
        "meeting.note_published": lambda: gettext("Note of a meeting: %(title)s", title=one.detail),
    }
    title = said[one.kind]()
    if one.starts_at is not None:
        return title, f"{one.title}. {moment(one.starts_at).text}"
    if one.kind in ("consultation.opened", "consultation.extended"):
        taken = gettext("Comments are taken until %(moment)s.", moment=until)
        return title, f"{one.summary}\n{taken}".strip()
    return title, one.detail


def _where(one: Happening) -> str:
    if one.meeting_id is not None:
        return url_for("meetings.show", meeting_id=one.meeting_id)
    if one.kind == "version.published" and one.version_no is not None:
        return url_for("documents.version", slug=one.document_slug, number=one.version_no)
    if one.consultation_id is None:
        return url_for("documents.show", slug=one.document_slug)
    if one.kind == "explanation.published":
        return url_for("meetings.explanations", consultation_id=one.consultation_id)
    return consultation_path(one.consultation_id)


# --- what they share ---------------------------------------------------------------------------------------------


def about() -> str:
    hosts = tuple(
        (
            host.name,
            (
                Subscription(
                    "calendar", as_written(host.name), public(url_for("feeds.host_calendar", slug=host.slug))
                ),
                Subscription(
                    "feed", as_written(host.name), public(url_for("feeds.host_feed", slug=host.slug))
                ),
            ),
        )
        for host in list_public_hosts()
    )
    name = gettext("All consultations")
    page = AboutPage(
        everything=(
            Subscription("calendar", name, public(url_for("feeds.all_calendar"))),
            Subscription("feed", name, public(url_for("feeds.all_feed"))),
        ),
        hosts=hosts,
    )
    return render_template("feeds/about.html", page=page)


def _asked() -> str:
    """The language the address asks for, Polish without one."""
    asked = request.args.get(COOKIE, "")
    return asked if asked in LANGUAGES else DEFAULT


def _site() -> str:
    """The name of the site, as it stands in lasting ids."""
    return urlsplit(public("/")).hostname or "consult"


def _tag() -> str:
    """The beginning of every lasting id of this site (RFC 4151)."""
    return f"tag:{_site()},2026"


def _answer(content: bytes, media_type: str, changed_at: datetime | None) -> Response:
    """Bytes anybody may keep; who has them already gets 304."""
    response = make_response(content)
    response.headers["Content-Type"] = f"{media_type}; charset=utf-8"
    response.headers["Cache-Control"] = f"public, max-age={int(KEPT_FOR.total_seconds())}"
    response.headers[UNTIL] = (now() + KEPT_FOR).isoformat()
    if changed_at is not None:
        response.last_modified = changed_at
    response.set_etag(hashlib.sha256(content).hexdigest()[:32])
    response.make_conditional(request)
    return response
