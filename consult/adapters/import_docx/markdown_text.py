"""Writing words as Markdown so that they come back as the same words.

Only what would become markup is escaped, so that people who edit the source afterwards meet few
backslashes. `<` and `&` become entities where they would begin a tag or an entity, everything else
takes a backslash.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_ALWAYS = re.compile(r"[\\`*\[]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_LINE_BEGINNINGS = (
    (re.compile(r"^(#)"), r"\\\1"),
    (re.compile(r"^(>)"), r"\\\1"),
    (re.compile(r"^([-+])(?=\s|$|[-+])"), r"\\\1"),
    (re.compile(r"^(\d+)\.(?=\s|$)"), r"\1\\."),
    (re.compile(r"^=(?=[= ]*$)"), "&#61;"),
    (re.compile(r"^~(?=~~)"), "&#126;"),
    (re.compile(r"^([:|])(?=[-:| ]*$)"), r"\\\1"),
)
_CLOSING_MARKS = re.compile(r"(#+)(\s*)$")
_LINK_SCHEMES = ("http", "https", "mailto")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\\"'`*_|\x00-\x1f\x7f]")
_PLAIN_ADDRESS = re.compile(r"https?://[^\s<>\\`\[\]\"|&]+")


def escape(words: str) -> str:
    """`words` of one line such that Markdown renders them unchanged (a line's beginning apart)."""
    words = _ALWAYS.sub(r"\\\g<0>", words)
    words = _ENTITY.sub("&amp;", words)
    words = _TAG.sub("&lt;", words)
    return _UNDERSCORE.sub(r"\_", words)


def escape_line_beginning(line: str) -> str:
    """A line of inline Markdown that cannot begin a heading, list, quote, rule, fence or table."""
    for pattern, replacement in _LINE_BEGINNINGS:
        line, changed = pattern.subn(replacement, line, count=1)
        if changed:
            break
    return line


def heading(level: int, line: str) -> str:
    """An ATX heading; trailing number signs that belong to the words are kept from closing it."""
    return f"{'#' * level} " + _CLOSING_MARKS.sub(lambda end: "\\#" * len(end[1]) + end[2], line)


def cell(line: str) -> str:
    """Inline Markdown within a pipe table."""
    return line.replace("|", "\\|")


def safe_address(address: str) -> str | None:
    """An address that may be linked to (http, https, mailto), fit for a Markdown link; else None."""
    address = address.strip()
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in _LINK_SCHEMES or not (parts.netloc or parts.path):
        return None
    return _UNSAFE_IN_ADDRESS.sub(
        lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address
    )


def link(text: str, address: str, *, shown: str) -> str:
    """A link around inline Markdown `text`; written as an autolink where `shown`, its words, is the address."""
    if shown == address and _PLAIN_ADDRESS.fullmatch(address):
        return f"<{address}>"
    return f"[{text.replace(']', chr(92) + ']')}]({address})"
