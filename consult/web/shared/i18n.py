"""Languages of the pages: Polish first, English complete; moments in Warsaw time with their hour."""

from __future__ import annotations

import gettext
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from babel import dates
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, Response, request, session
from flask_babel import Babel, format_date, format_datetime, get_locale
from markupsafe import Markup

from consult.web.shared.presenters import Moment
from consult.web.shared.viewers import current_person

LANGUAGES = {"pl": "Polski", "en": "English"}
DEFAULT = "pl"
CONTENT = "pl"
"""What people write in an installation is in, unless more is known: only documents say their language."""

COOKIE = "lang"
HOME = ZoneInfo("Europe/Warsaw")
DAY = "d MMMM yyyy"
PATTERNS = {"pl": f"{DAY}, 'godz.' H.mm", "en": f"{DAY}, HH:mm"}
"""How a moment is written, in every language."""

NO_TONGUE = Markup()

CATALOGUES = Path(__file__).resolve().parents[1] / "translations"


def init_i18n(app: Flask) -> None:
    compile_catalogues(CATALOGUES)
    app.config["BABEL_DEFAULT_LOCALE"] = DEFAULT
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Europe/Warsaw"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(CATALOGUES)
    Babel(app, locale_selector=chosen_language)
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.globals["tongue"] = tongue
    app.jinja_env.filters["as_written"] = as_written

    @app.after_request
    def remember(response: Response) -> Response:
        asked = request.args.get(COOKIE, "")
        is_page = response.mimetype == "text/html"  # feeds and calendars are the same for everybody
        if asked in LANGUAGES and request.method == "GET" and is_page:
            response.set_cookie(
                COOKIE,
                asked,
                max_age=365 * 86400,
                httponly=True,
                samesite="Lax",
                secure=app.config["SESSION_COOKIE_SECURE"],
            )
            person = current_person()
            if person is not None and person.is_language_chosen:
                session[COOKIE] = asked  # until they sign out, for this browser
        return response


def compile_catalogues(folder: Path) -> None:
    """Make the machine form of every catalogue that is newer than the one there is."""
    for source in folder.glob("*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        partial = target.with_suffix(f".mo.{os.getpid()}")  # two processes may start at once
        with partial.open("wb") as file:
            write_mo(file, catalogue)
        partial.replace(target)


def chosen_language() -> str:
    """The language asked for in the address; else the one chosen in the account, unless another was switched to since
    signing in; else the browser's; else the one the account was made in; else Polish."""
    asked = request.args.get(COOKIE, "")
    if asked in LANGUAGES:
        return asked
    person = current_person()
    saved = person.language if person else ""
    codes = [request.cookies.get(COOKIE, ""), saved]
    if person is not None and person.is_language_chosen:
        codes = [str(session.get(COOKIE, "")), saved]
    return next((code for code in codes if code in LANGUAGES), DEFAULT)


def language() -> str:
    locale = get_locale()
    return locale.language if locale else DEFAULT


def tongue(code: str = "") -> Markup:
    """The attribute of an element that holds words people wrote, so that they are read aloud as what they are: their
    language where it is not the page's, nothing where it is. `code` is the language of the document the words stand in,
    empty for everything else."""
    code = code or CONTENT
    return Markup(' lang="%s"') % code if code != language() else NO_TONGUE


def as_written(words: str, code: str = "") -> str:
    """Words people wrote amid those of the page, marked as `tongue` marks an element; as they are where they are in the
    page's language. For the content of elements only, never for attributes or options."""
    attribute = tongue(code)
    return Markup("<span%s>%s</span>") % (attribute, words) if attribute and words else words


def phrase(words: str, **parts: object) -> Markup:
    """A sentence of the page around words `as_written`; `words` are the catalogue's, whatever else is put in is escaped.
    In templates `_()` does the same."""
    return Markup(words) % parts  # noqa: S704 (the catalogue holds no markup)


def moment(at: datetime) -> Moment:
    """A moment in full: day and hour."""
    return Moment(at.astimezone(HOME).isoformat(), format_datetime(at, PATTERNS[language()]))


def deadline(at: datetime) -> Moment:
    """The last minute before a closing moment, as people say it: until the 15th, 23.59."""
    shown = moment(last_minute(at).astimezone(UTC))
    return Moment(at.astimezone(HOME).isoformat(), shown.text)


def day(at: datetime | date) -> Moment:
    """A day."""
    on = at.astimezone(HOME).date() if isinstance(at, datetime) else at
    return Moment(on.isoformat(), format_date(on, DAY))


def catalogue_of(code: str) -> gettext.NullTranslations:
    """The words of a language outside of any request, as letters need them; English has its words in the templates."""
    compile_catalogues(CATALOGUES)
    return gettext.translation("messages", CATALOGUES, [code], fallback=True)


def moments_in(code: str) -> dict[str, Callable[..., str]]:
    """`moment`, `deadline` and `day` in a language outside of any request, as text."""

    def moment(at: datetime) -> str:
        return dates.format_datetime(at.astimezone(HOME), PATTERNS[code], locale=code)

    def deadline(at: datetime) -> str:
        return moment(last_minute(at))

    def day(at: datetime | date) -> str:
        on = at.astimezone(HOME).date() if isinstance(at, datetime) else at
        return dates.format_date(on, DAY, locale=code)

    return {"moment": moment, "deadline": deadline, "day": day}


def last_minute(at: datetime) -> datetime:
    """The closing moment as people name it: midnight belongs to the day before."""
    local = at.astimezone(HOME)
    return datetime.fromtimestamp(local.timestamp() - 60, tz=HOME) if local.time() == time(0, 0) else local
