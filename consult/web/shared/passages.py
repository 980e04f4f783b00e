"""Links to a passage of a text that stays as it is: the page marks the words itself, in any browser and without a script.

The address names the part and either the place of the words in its plain text (``s``, ``from``, ``to``, code points) or
the words themselves (``words``), and leads to where they are marked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from consult.domain.text.spans import Span
from consult.web.shared.addresses import address_with, printable, whole_number

REF = "fragment"
ANCHOR = f"slowa-{REF}"
LONGEST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage asked for: the part, "" for whichever holds the words first, and its place there or its words."""

    section_id: str
    span: Span | None = None
    words: str = ""

    def place_in(self, section_id: str, plain: str) -> Span | None:
        """Where it stands in a part, or None when it is not there."""
        if self.section_id and self.section_id != section_id:
            return None
        if self.span is not None:
            return self.span if not self.span.is_empty and self.span.end <= len(plain) else None
        at = plain.find(self.words) if self.words else -1
        return Span(at, at + len(self.words)) if at >= 0 else None


def asked_passage(query: Mapping[str, str]) -> Passage | None:
    """The passage a query names, or None when it names none."""
    section_id = printable(query.get("s", ""))[:32]
    start, end = whole_number(query.get("from")), whole_number(query.get("to"))
    if section_id and start is not None and end is not None and start < end:
        return Passage(section_id, Span(start, end))
    words = " ".join(printable(query.get("words", "")).split())[:LONGEST_WORDS]
    return Passage(section_id, words=words) if words else None


def passage_href(slug: str, number: int, section_id: str, span: Span) -> str:
    """The lasting address of a passage of a published version."""
    address = address_with(
        "documents.version",
        {"slug": slug, "number": number},
        {"s": section_id, "from": str(span.start), "to": str(span.end)},
    )
    return f"{address}#{ANCHOR}"
