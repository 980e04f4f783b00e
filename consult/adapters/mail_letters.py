"""Letters composed from templates/mail with Jinja, in the words of a gettext catalogue."""

from __future__ import annotations

import gettext
import io
import re
import textwrap
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Lock
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.ext import Extension

from consult.domain.text.binding import together
from consult.ports.mail import Composed

HOME = ZoneInfo("Europe/Warsaw")

COLUMNS = 72

_SIGNATURE = "-- "
"""The line mail programs know the end of a letter by."""

_BETWEEN_TAGS = re.compile(r">[^<>]+<")
_HOUR = re.compile(r"godz\. (?=\d)")
_TAG_LINE = re.compile(r"^[ \t]*(\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})[ \t]*\n", re.MULTILINE | re.DOTALL)
_INDENT = re.compile(r"\s*(?:[-•–] )?")
_WHITE = re.compile(r"\s+")
_BLANK_LINES = re.compile(r"\n{3,}")


class TagLines(Extension):
    """A line that holds nothing but a tag leaves no line behind. (Jinja's own option would also swallow the line's end
    after a tag that closes a sentence.)"""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        del name, filename
        return _TAG_LINE.sub(r"\1", source)


class TemplateComposer:
    """Composes the letters in `folder`; words in `catalogues`/<language>/LC_MESSAGES/messages.po, English in the
    templates themselves. `address` is where people find the installation, without a closing slash."""

    def __init__(self, folder: Path, catalogues: Path, address: str) -> None:
        self._folder = folder
        self._catalogues = catalogues
        self._address = address.rstrip("/")
        self._environments: dict[str, Environment] = {}
        self._lock = Lock()

    def compose(self, letter: str, language: str, values: Mapping[str, Any]) -> Composed:
        environment = self._environment(language)
        subject = environment.get_template(f"{letter}/subject.txt").render(values)
        subject = _WHITE.sub(" ", subject).strip()
        values = {**values, "subject": subject}
        return Composed(
            subject=subject,
            text=_tidy(environment.get_template(f"{letter}/body.txt").render(values)),
            html=_bound(environment.get_template(f"{letter}/body.html").render(values), language),
        )

    def _environment(self, language: str) -> Environment:
        with self._lock:
            if language not in self._environments:
                self._environments[language] = self._made(language)
            return self._environments[language]

    def _made(self, language: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self._folder),
            autoescape=select_autoescape(["html"], default=False),
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", TagLines],
        )
        environment.install_gettext_translations(  # type: ignore[attr-defined]
            _translations(self._catalogues / language / "LC_MESSAGES" / "messages.po"), newstyle=True
        )
        environment.globals |= {"link": self._link, "language": language, "site_address": self._address}
        environment.filters |= _filters(language)
        return environment

    def _link(self, path: str) -> str:
        """A path of the site as people outside of it follow it."""
        if not path.startswith("/"):
            raise ValueError("a link in a letter leads to a path of this site")
        return self._address + path


def _translations(source: Path) -> gettext.NullTranslations:
    """The catalogue of a language; English needs none."""
    if not source.exists():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file, locale=source.parent.parent.name))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def _bound(html: str, language: str) -> str:
    """Polish words that belong on one line kept there; letters have no offsets, so spaces may become firm ones."""
    if language != "pl":
        return html
    head, body, page = html.partition("<body")
    return head + body + _BETWEEN_TAGS.sub(lambda words: _firm(words[0]), page)


def _firm(words: str) -> str:
    for span in reversed(together(words)):
        firm = words[span.start : span.end].replace(" ", "\u00a0")
        words = words[: span.start] + firm + words[span.end :]
    return _HOUR.sub("godz.\u00a0", words)


def _tidy(text: str) -> str:
    """Plain text in lines of at most `COLUMNS`, without more than one empty line in a row. Words (addresses!) stay
    whole; a line that begins with blanks or a dash goes on under its first word."""
    lines = []
    for line in text.split("\n"):
        indent = _INDENT.match(line)
        lines.append(
            line
            if len(line) <= COLUMNS
            else textwrap.fill(
                line,
                COLUMNS,
                subsequent_indent=" " * len(indent[0]) if indent else "",
                break_long_words=False,
                break_on_hyphens=False,
            )
        )
    joined = "\n".join(line if line == _SIGNATURE else line.rstrip() for line in lines)
    return _BLANK_LINES.sub("\n\n", joined).strip("\n") + "\n"


def _filters(language: str) -> dict[str, Callable[..., str]]:
    """Moments in Warsaw time with their hour, as pages write them."""
    pattern = "d MMMM yyyy, 'godz.' H.mm" if language == "pl" else "d MMMM yyyy, HH:mm"

    def moment(at: datetime) -> str:
        return format_datetime(at.astimezone(HOME), pattern, locale=language)

    def deadline(at: datetime) -> str:
        """The last minute before a closing moment, as people say it."""
        local = at.astimezone(HOME)
        if local.time() == time(0, 0):
            local = datetime.fromtimestamp(local.timestamp() - 60, tz=UTC).astimezone(HOME)
        return moment(local)

    def day(at: datetime | date) -> str:
        on = at.astimezone(HOME).date() if isinstance(at, datetime) else at
        return format_date(on, "d MMMM yyyy", locale=language)

    return {"moment": moment, "deadline": deadline, "day": day}
