"""Following, and what changed since one was here."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound
from consult.services import following as service
from consult.storage.queries import following as queries
from consult.storage.queries import news as news_queries
from consult.storage.queries.following import FollowRow
from consult.storage.queries.news import NewsRow
from consult.web.notifications.forms import FollowForm
from consult.web.notifications.presenters import (
    ChangesPage,
    FollowedKind,
    FollowedRow,
    FollowingPage,
    NewsLine,
    NewsOfDocument,
)
from consult.web.shared.addresses import address_with, whole_number
from consult.web.shared.errors import wording
from consult.web.shared.fields import field_word
from consult.web.shared.forms import Act
from consult.web.shared.heads import now
from consult.web.shared.i18n import day, moment
from consult.web.shared.news import Sentence, seen_until, summed_up
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_viewer


def follow() -> ResponseReturnValue:
    """Follow something or no longer; back to its page."""
    form = FollowForm()
    kind, ref = form.kind.data or "", form.ref.data or ""
    if not form.is_sent():
        say_stale()
        return redirect(_page_of(kind, ref), code=303)
    if form.wanted.data == "no":
        service.unfollow(current_actor(), kind, ref)
        say("done", gettext("You no longer follow this."))
        return redirect(_page_of(kind, ref), code=303)
    try:
        service.follow(current_actor(), kind, ref, now=now())
    except NotFound:
        raise
    except ConsultError as error:
        say("error", wording(error))
    else:
        say(
            "done",
            gettext("You follow this now. What changes here is shown on the home page when you sign in."),
        )
    return redirect(_page_of(kind, ref), code=303)


def following() -> ResponseReturnValue:
    """All one follows, with a button beside each that stops it."""
    form = FollowForm()
    if request.method == "POST":
        if form.is_sent():
            service.unfollow(current_actor(), form.kind.data or "", form.ref.data or "")
            say("done", gettext("You no longer follow this."))
        else:
            say_stale()
        return redirect(url_for("notifications.following"), code=303)
    rows = queries.name_followed(queries.list_followed(_person()), current_viewer())
    by_kind: dict[str, list[FollowedRow]] = defaultdict(list)
    for row in rows:
        by_kind[row.kind].append(_followed(row))
    page = FollowingPage(
        kinds=tuple(FollowedKind(kind, tuple(by_kind[kind])) for kind in service.KINDS if kind in by_kind),
        find_href=url_for("consultations.home"),
    )
    return render_template("notifications/following.html", page=page, form=form)


def changes() -> str:
    """What changed since one was here, by document."""
    at = now()
    since, is_marked = seen_until(_person(), at)
    before = whole_number(request.args.get("before"))
    news = news_queries.list_news(_person(), current_viewer(), since=since, before=before)
    by_document: dict[int, list[tuple[NewsRow, Sentence]]] = defaultdict(list)
    for row, sentence in summed_up(news.rows):
        by_document[row.document_id].append((row, sentence))
    page = ChangesPage(
        documents=tuple(_of_document(lines) for lines in by_document.values()),
        since=moment(since),
        is_marked=is_marked,
        older_href=address_with("notifications.changes", {}, {"before": news.before}) if news.before else "",
        is_first=before is None,
        seen_href=url_for("notifications.seen"),
        following_href=url_for("notifications.following"),
        find_href=url_for("consultations.home"),
    )
    return render_template("notifications/changes.html", page=page, form=Act())


def seen() -> ResponseReturnValue:
    """Note that all that changed until now has been seen."""
    if Act().is_sent():
        service.mark_seen(current_actor(), now=now())
        say("done", gettext("All changes are marked as read."))
    else:
        say_stale()
    is_from_home = request.form.get("back") == "home"
    return redirect(url_for("consultations.home" if is_from_home else "notifications.changes"), code=303)


def _person() -> int:
    person_id = current_actor().id
    if person_id is None:
        raise NotFound("person")
    return person_id


def _of_document(lines: list[tuple[NewsRow, Sentence]]) -> NewsOfDocument:
    first = lines[0][0]
    return NewsOfDocument(
        title=first.document_title,
        language=first.document_language,
        href=url_for("documents.show", slug=first.document_slug),
        lines=tuple(
            NewsLine(row.kind, sentence.text, sentence.href, moment(row.at), row.outcome)
            for row, sentence in lines
        ),
    )


def _followed(row: FollowRow) -> FollowedRow:
    return FollowedRow(
        kind=row.kind,
        ref=row.ref,
        name=(field_word(row.ref) if row.kind == "field" else row.name)
        or gettext("something that is no longer there"),
        href=_href(row.kind, row.ref, row.slug),
        since=day(row.made_at),
        language=row.language,
    )


def _href(kind: str, ref: str, slug: str) -> str:
    """The page of something one follows, or nothing where there is none."""
    if kind in ("field", "area"):
        return address_with("consultations.list_all", {}, {kind: ref})
    endpoint, name = {
        "document": ("documents.show", "slug"),
        "group": ("groups.show", "slug"),
        "host": ("organisations.host", "slug"),
        "consultation": ("consultations.show", "consultation_id"),
    }.get(kind, ("", ""))
    if not slug:
        return ""
    path: dict[str, Any] = {name: slug}
    return url_for(endpoint, **path)


def _page_of(kind: str, ref: str) -> str:
    """Where the button stood."""
    found = queries.find_name(kind, ref, current_viewer())
    page = _href(kind, ref, found[1] if found else "")
    return page or url_for("notifications.following")
