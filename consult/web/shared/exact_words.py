"""Links that lead to exact words: the browser finds and marks them, without a script (text fragments, WICG).

A browser that does not know such links goes to the part the words stand in.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import url_for

LONGEST_SOUGHT = 160
"""Code points beyond which only the beginning and the end of the words are named."""

ENDS = 5
"""Words named at each end of a long quotation."""


def section_anchor(section_id: str) -> str:
    """The name of a part on the pages that show the text."""
    return f"s-{section_id[:12]}"


def words_in_version(slug: str, number: int, section_id: str, words: str) -> str:
    """The address of words in a part of a published version."""
    return url_for("documents.version", slug=slug, number=number) + _fragment(section_id, words)


def words_in_draft(slug: str, section_id: str, words: str) -> str:
    """The address of words in a part of the working draft."""
    return url_for("documents.draft", slug=slug) + _fragment(section_id, words)


def to_words(words: str) -> str:
    """What leads to words on a page when put behind its address; nothing for none."""
    return f"#{_directive(words)}" if words.strip() else ""


def _fragment(section_id: str, words: str) -> str:
    return f"#{section_anchor(section_id)}{_directive(words)}"


def _directive(words: str) -> str:
    sought = words.split()
    if not sought:
        return ""
    if len(words) > LONGEST_SOUGHT and len(sought) > 2 * ENDS:
        text = f"{_quoted(sought[:ENDS])},{_quoted(sought[-ENDS:])}"
    else:
        text = _quoted(sought)
    return f":~:text={text}"


def _quoted(words: list[str]) -> str:
    return quote(" ".join(words), safe="").replace("-", "%2D")
