"""References to units of law in running text: "art. 5 ust. 2 pkt 3 lit. a", "§ 12 ust. 1".

Polish drafting names units from the largest to the smallest (rules of legislative technique, § 54-61 of
the annex to the Prime Minister's regulation of 20 June 2002): article or paragraph, ustęp, punkt, litera,
tiret. A reference here is one such chain. Which act it belongs to is not decided.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from consult.domain.text.spans import Span

# In the order in which a chain may name them.
UNITS = ("art", "par", "ust", "pkt", "lit", "tiret")
_SIGNS = {"art.": "art", "§": "par", "ust.": "ust", "pkt": "pkt", "lit.": "lit", "tiret": "tiret"}

_NUMBER = r"\d{1,5}[a-z]{0,3}[⁰¹²³⁴-⁹]*"
_STEP = re.compile(
    rf"(?<!\w)(?:(?P<sign>art\.|§|ust\.|pkt)\s{{0,3}}(?P<number>{_NUMBER})"
    r"|(?P<letter_sign>lit\.|tiret)\s{0,3}(?P<letter>[a-z]{1,2}|\w{5,20}))(?!\w)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A chain of units as it stands at `span`: pairs of a unit of `UNITS` and its number as printed."""

    span: Span
    steps: tuple[tuple[str, str], ...]


def find_references(text: str) -> tuple[Reference, ...]:
    """The references in a plain text, in order, none inside another; spans in code points.

    A chain goes on while the next unit is smaller and only white space stands between. Lists and ranges
    ("art. 5 i 6", "pkt 2-4") give their first number.
    """
    found: list[Reference] = []
    steps: list[tuple[str, str]] = []
    start = end = 0
    for step in _STEP.finditer(text):
        sign, number = step["sign"] or step["letter_sign"], step["number"] or step["letter"]
        unit = _SIGNS[sign.lower()]
        goes_on = steps and text[end : step.start()].isspace() and _is_smaller(unit, steps[-1][0])
        if steps and not goes_on:
            found.append(Reference(Span(start, end), tuple(steps)))
            steps = []
        if not steps:
            start = step.start()
        steps.append((unit, number))
        end = step.end()
    if steps:
        found.append(Reference(Span(start, end), tuple(steps)))
    return tuple(found)


def _is_smaller(unit: str, than: str) -> bool:
    return UNITS.index(unit) > UNITS.index(than)
