"""From Markdown to HTML that may stand in a page, in this process and without a limit on time."""

from __future__ import annotations

import threading
from html import escape

from consult.adapters.markdown_html.dialect import Dialect
from consult.adapters.markdown_html.sanitising import sanitised
from consult.domain.text.outline import split

_threads = threading.local()


def made(source: str, definitions: str) -> str | None:
    """The sanitised HTML of `source`, or None when the library cannot render it."""
    if not hasattr(_threads, "dialect"):
        _threads.dialect = Dialect()
    try:
        return sanitised(_threads.dialect.html(source, definitions))
    except Exception:
        del _threads.dialect
        return None


def as_written(source: str) -> str:
    """The text as it was typed, in escaped paragraphs under its headings; linear in its length."""
    written: list[str] = []
    for piece in split(source):
        if piece.level:
            written.append(f"<h{piece.level}>{escape(piece.heading)}</h{piece.level}>")
        written += [f"<p>{escape(block.strip())}</p>" for block in piece.body.split("\n\n") if block.strip()]
    return sanitised("\n".join(written))
