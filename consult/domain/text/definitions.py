"""Defined terms: what a text says its words mean.

A definition is recognised where the text defines: a line "termin – znaczenie" of a section whose heading names it a list of
words ("Słownik", "Definicje", "Definitions"), or anywhere a line with the drafting formula "– należy przez to rozumieć"
(rules of legislative technique, § 154). A number or letter before the term is not a part of it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from operator import attrgetter

from consult.domain.text.plain import Run, read
from consult.domain.text.spans import Span

LONGEST_TERM = 80
"""Code points; what stands before a dash in longer lines is a sentence."""

_HEADING = re.compile(
    r"(?<!\w)(?:słownik|słowniczek|definicj[ea]|objaśnieni[ae]\s+(?:pojęć|słów)|pojęcia|skróty|"
    r"glossary|definitions?|terms(?:\s+and\s+definitions)?)(?!\w)",
    re.IGNORECASE,
)
_NUMBER = r"(?:\(?(?:\d{1,3}[a-z]?|[a-z])[).]\s+|[-–—•]\s+)?"
_QUOTES = "„”“\"»«'"
_LINE = re.compile(
    rf"^{_NUMBER}(?P<term>[^\n–—:;.]{{2,{LONGEST_TERM}}}?)\s+[–—-]\s+(?P<meaning>\S[^\n]*)$", re.MULTILINE
)
_FORMULA = re.compile(
    r"(?:należy|trzeba)\s+przez\s+to\s+rozumieć|rozumie\s+się\s+przez\s+to|means\b", re.IGNORECASE
)


FORMULAS = {"pl": "należy przez to rozumieć", "en": "means"}
"""What stands between a term and its meaning outside a list of words, by the language of the document."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A term as it is defined, at `span` of a plain text, and what it means; `line` is the whole definition."""

    term: str
    meaning: str
    span: Span
    line: Span


def is_list_of_words(heading: str) -> bool:
    """Whether the section of this heading defines by a dash alone."""
    return bool(_HEADING.search(heading))


def find_definitions(plain: str, heading: str) -> tuple[Definition, ...]:
    """The definitions in a section's plain text, in order; a term defined twice in it counts once."""
    defines = is_list_of_words(heading)
    if not defines and not _FORMULA.search(plain):
        return ()
    found: dict[str, Definition] = {}
    for line in _LINE.finditer(plain):
        meaning = line["meaning"].strip()
        if not defines and not _FORMULA.match(meaning):
            continue
        start, end = line.span("term")
        while start < end and plain[start] in _QUOTES:
            start += 1
        while end > start and plain[end - 1] in _QUOTES:
            end -= 1
        term = plain[start:end]
        if any(sign.isalpha() for sign in term):
            found.setdefault(
                term.casefold(), Definition(term, meaning.rstrip(";"), Span(start, end), Span(*line.span()))
            )
    return tuple(found.values())


def with_links(html: str, uses: Sequence[tuple[Span, str]]) -> str:
    """A rendered section with words of its plain text made links; `uses` are disjoint, in order, with their addresses.

    Words that a tag runs through, and words within a link already, stay as they are. Plain text stays the same.
    """
    if not uses:
        return html
    runs = read(html).runs
    written: list[str] = []
    at = 0
    for span, href in uses:
        place = _within_one_text(runs, span)
        if place is None or _is_in_link(html, place.start):
            continue
        written += [
            html[at : place.start],
            f'<a class="term" href="{escape(href)}">',
            html[place.start : place.end],
            "</a>",
        ]
        at = place.end
    return "".join([*written, html[at:]])


def _within_one_text(runs: Sequence[Run], span: Span) -> Span | None:
    """Where a span of plain text stands in the HTML, None when tags stand between its words."""
    first = runs[bisect_right(runs, span.start, key=attrgetter("plain_start")) - 1]
    last = runs[bisect_right(runs, span.end - 1, key=attrgetter("plain_start")) - 1]
    if first.text != last.text or span.end > last.plain_end:
        return None
    start = first.html_start + span.start - first.plain_start
    end = last.html_end if span.end == last.plain_end else last.html_start + span.end - last.plain_start
    return Span(start, end)


def _is_in_link(html: str, at: int) -> bool:
    return html.rfind("<a ", 0, at) > html.rfind("</a>", 0, at)
