"""What pages behind links of letters, and pages about oneself, have in common."""

from __future__ import annotations

from flask import Response, current_app, make_response, render_template, session, url_for
from flask_babel import gettext

from consult.services.accounts.checking import LANGUAGES
from consult.services.sockets import current_ports
from consult.web.accounts.presenters import GonePage
from consult.web.shared.i18n import language
from consult.web.shared.presenters import Link

MARK_KEY = "registered"
"""Where the browser an account was asked for in keeps the mark of it."""

ADDRESS_KEY = "wrote_to"
"""Where a browser keeps the address it has just given, to be shown once more."""

GONE = 410


def sealed_page(page: str, status: int = 200) -> Response:
    """A page whose address is a secret or whose content is somebody's own: kept nowhere, told to nobody."""
    response = make_response(page, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


def gone_page(about: str) -> Response:
    """A link that was used, is too old, or never was: what may have happened, and the way to another one."""
    page = GonePage(
        about="reset" if about == "reset" else "confirm",
        again_href=url_for("accounts.forgot" if about == "reset" else "accounts.send_again"),
        sign_in_href=url_for("accounts.sign_in"),
    )
    return sealed_page(render_template("accounts/link_gone.html", page=page), GONE)


def page_language() -> str:
    """The language of the page at hand, for letters to people who have not chosen one."""
    return language() if language() in LANGUAGES else LANGUAGES[0]


def is_registration_open() -> bool:
    return bool(current_app.config["SETTINGS"].registration)


def account_menu(current: str) -> tuple[Link, ...]:
    """Links between the pages of one's account, with the one at hand marked."""
    entries = (
        ("accounts.account", gettext("My account")),
        ("accounts.email", gettext("E-mail address")),
        ("accounts.password", gettext("Password")),
        ("accounts.second_factor", gettext("Two-step sign-in")),
        ("accounts.identities", gettext("Linked accounts")),
        ("accounts.sessions", gettext("Where I am signed in")),
        ("notifications.following", gettext("What I follow")),
        ("saved_searches.list_all", gettext("Saved searches")),
        ("accounts.comments", gettext("My comments")),
        ("unsaved_texts.list_all", gettext("My unsaved texts")),
        ("accounts.my_data", gettext("My data")),
    )
    return tuple(
        Link(words, url_for(endpoint), is_current=endpoint == current)
        for endpoint, words in entries
        if endpoint != "accounts.identities" or current_ports().broker is not None
    )


def remember_address(address: str | None) -> None:
    """Keep the address just given for the page that says where to look for the letter."""
    session[ADDRESS_KEY] = (address or "").strip()[:254]
