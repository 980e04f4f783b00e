"""Annexes: sections whose own heading says that they are one, numbered apart from the chapters.

An annex is a section like any other. What makes it one is the number its heading begins with ("Załącznik nr 2",
"Annex 3"), which stands in the text itself, so that a file carries it out and in again.
"""

from __future__ import annotations

import re

from consult.domain.text import outline
from consult.domain.text.numbering import own_label

_CALLED = {"en": "Annex {}", "de": "Anlage {}"}
_IN_POLISH = "Załącznik nr {}"
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_BETWEEN = re.compile(r"[\s.:)\-–—]*")


def annex_label(number: int, language: str = "pl") -> str:
    """How an annex is called in a document of this language: "Załącznik nr 2"."""
    return _CALLED.get(language, _IN_POLISH).format(number)


def as_annex(source: str, number: int, language: str = "pl") -> str:
    """The section as the annex of this number: its heading begins with the label, in place of a number it began
    with; its other words, their markup and the body stay.

    Raises `InvalidInput("heading_missing")` for a preamble.
    """
    raw = outline.raw_heading(source)
    label = own_label(outline.heading_of(source))
    words = raw
    if label and raw.startswith(label):
        words = raw[len(label) :]
        found = _BETWEEN.match(words)
        words = words[found.end() :] if found else words
    named = annex_label(number, language)
    return outline.with_raw_heading(source, f"{named}. {words}" if words else named)


def number_of(heading: str) -> int:
    """The number in the label of an annex, read from Arabic or Roman figures or a letter; 0 where there is none."""
    label = own_label(heading)
    figures = re.split(r"[\s.]", label)[-1] if label else ""
    arabic = re.match(r"\d+", figures)
    if arabic:
        return int(arabic[0])
    if figures and all(figure in _ROMAN for figure in figures) and figures not in ("C", "D", "L", "M"):
        values = [_ROMAN[figure] for figure in figures]
        return sum(
            -value if any(later > value for later in values[at + 1 : at + 2]) else value
            for at, value in enumerate(values)
        )
    return ord(figures) - ord("A") + 1 if len(figures) == 1 and figures.isascii() and figures.isupper() else 0
