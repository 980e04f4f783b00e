"""Letters composed from templates/mail with Jinja, in the words of a gettext catalogue."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Mapping
from functools import partial
from gettext import NullTranslations
from pathlib import Path
from threading import Lock
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.ext import Extension
from markupsafe import Markup

from consult.domain.text.binding import together
from consult.ports.mail import Composed

COLUMNS = 72

CONTENT = "pl"
"""What people write in an installation is in, unless more is known: only documents say their language."""

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
    """Composes the letters in `folder`. `address` is where people find the installation, without a closing slash;
    `words` gives the catalogue of a language, `filters` what templates write moments with in it."""

    def __init__(
        self,
        folder: Path,
        address: str,
        *,
        words: Callable[[str], NullTranslations],
        filters: Callable[[str], Mapping[str, Callable[..., str]]],
    ) -> None:
        self._folder = folder
        self._address = address.rstrip("/")
        self._words = words
        self._filters = filters
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
            stop_href=self._link(values["stop_path"]) if "stop_path" in values else "",
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
            self._words(language), newstyle=True
        )
        environment.globals |= {"link": self._link, "language": language, "site_address": self._address}
        environment.filters |= self._filters(language)
        environment.filters["as_written"] = partial(_as_written, language)
        return environment

    def _link(self, path: str) -> str:
        """A path of the site as people outside of it follow it."""
        if not path.startswith("/"):
            raise ValueError("a link in a letter leads to a path of this site")
        return self._address + path


def _as_written(language: str, words: str, code: str = "") -> str:
    """Words somebody wrote amid those of a letter in HTML, marked with their language where it is another: `code` is
    that of a document, what else people write is in Polish."""
    code = code or CONTENT
    return Markup('<span lang="%s">%s</span>') % (code, words) if words and code != language else words


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
