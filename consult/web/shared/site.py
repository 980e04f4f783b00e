"""The frame of every page."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from flask import Flask, flash, get_flashed_messages, request, session, url_for
from flask_babel import gettext
from flask_wtf.csrf import generate_csrf

from consult.web.shared.addresses import address_with, printable, this_address
from consult.web.shared.hosts import shown_host
from consult.web.shared.i18n import COOKIE, LANGUAGES, language
from consult.web.shared.kept_forms import settle_sent
from consult.web.shared.presenters import Flash, FlashKind, LanguageLink, Link, Site
from consult.web.shared.viewers import current_person


def N_(text: str) -> str:  # noqa: N802 (the mark the catalogue's extraction looks for)
    return text


PLACES = (
    (
        "consultations.home",
        N_("Consultations"),
        ("consultations", "submissions", "comment_forms", "moderation"),
    ),
    (
        "documents.list_all",
        N_("Documents"),
        (
            "documents",
            "comments",
            "discussion",
            "dispositions",
            "comparison",
            "appearances",
            "similar",
            "provenance",
            "collections",
            "proposals",
            "placement_decisions",
            "section_statuses",
            "working_notes",
            "cross_references",
            "definitions",
            "requirements",
            "section_notes",
            "pictures",
            "attachments",
        ),
    ),
    ("groups.list_all", N_("Working groups"), ("groups",)),
    ("meetings.list_all", N_("Meetings"), ("meetings", "meeting_decisions")),
    ("organisations.list_all", N_("Organisations"), ("organisations", "joint_answers", "contact_views")),
)
"""The main links: where they lead, what they are called, and the features whose pages belong to them."""

ELSEWHERE = dict.fromkeys(
    (
        "meetings.opinions",
        "meetings.new_opinion",
        "meetings.edit_opinion",
        "meetings.explanations",
        "meetings.explain",
        "meetings.explain_comment",
        "meetings.withdraw",
    ),
    "consultations",
)
"""Pages that readers take for another feature's."""

ABOUT = (
    ("organisations.statements", N_("Accessibility, privacy, contact")),
    ("admin.roles", N_("Who may do what")),
    ("feeds.about", N_("Feeds and calendars")),
    ("collections.list_all", N_("Collections of documents")),
)
"""The links at the foot of every page."""

VERSION = version("consult")


def init_site(app: Flask) -> None:
    @app.context_processor
    def frame() -> dict[str, Any]:
        return {"site": build_site()}


def say(kind: FlashKind, text: str, *, undo_href: str = "") -> None:
    """Show a message at the top of the next page; a POST to `undo_href` takes back what it tells of. Of a form whose act
    is done nothing is kept any longer."""
    flash(f"{undo_href}\n{text}" if undo_href else text, kind)
    if kind == "done":
        settle_sent()


def say_stale() -> None:
    """Say that a button's page had gone stale, so that nothing was done."""
    say("warning", gettext("This page had been open for too long, so nothing was done. Please try again."))


def build_site() -> Site:
    person = current_person()
    current = language()
    endpoint_now = request.endpoint or ""
    feature = ELSEWHERE.get(endpoint_now, endpoint_now.partition(".")[0])
    query = printable(request.args.get("q", ""))[:200] if feature == "search" else ""
    return Site(
        language=current,
        version=VERSION,
        home_href=url_for("consultations.home"),
        documents_href=url_for("documents.list_all"),
        search_href=url_for("search.results"),
        sign_in_href=url_for("accounts.sign_in", next=_here()),
        sign_out_href=url_for("accounts.sign_out"),
        places=tuple(
            Link(gettext(text), url_for(endpoint), is_current=feature in features)
            for endpoint, text, features in PLACES
        ),
        about=tuple(Link(gettext(text), url_for(endpoint)) for endpoint, text in ABOUT),
        account_name=person.name if person else "",
        account_href=url_for("accounts.account") if person else "",
        admin_href=url_for("admin.overview") if person and person.is_administrator else "",
        register_href="" if person else url_for("accounts.register"),
        csrf_token=generate_csrf() if person else "",
        query=query,
        languages=tuple(
            LanguageLink(code, name, _in_language(code), code == current) for code, name in LANGUAGES.items()
        ),
        flashes=_flashes(),
        host=shown_host(),
    )


def _flashes() -> tuple[Flash, ...]:
    if "_flashes" not in session:
        return ()
    kinds: dict[str, FlashKind] = {"done": "done", "note": "note", "warning": "warning", "error": "error"}
    shown: list[tuple[str, str]] = get_flashed_messages(with_categories=True)  # type: ignore[assignment]
    parts = [(kind, *text.partition("\n")) for kind, text in shown]
    return tuple(
        Flash(kinds.get(kind, "note"), text, undo_href=first)
        if first.startswith("/") and feed
        else Flash(kinds.get(kind, "note"), first + feed + text)
        for kind, first, feed, text in parts
    )


def _here() -> str | None:
    """The address to come back to after signing in."""
    is_page = request.method in ("GET", "HEAD") and request.endpoint not in (None, "accounts.sign_in")
    return this_address() if is_page else None


def _in_language(code: str) -> str:
    """This page in another language; a page that answers a POST leads to its address."""
    rule = request.url_rule
    if request.endpoint is None or rule is None or "GET" not in (rule.methods or ()):
        return address_with("consultations.home", {}, {COOKIE: code})
    return address_with(request.endpoint, request.view_args or {}, {**request.args.to_dict(), COOKIE: code})
