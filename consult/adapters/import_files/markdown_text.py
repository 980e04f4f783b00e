"""Writing words as Markdown so that they come back as the same words.

Only what would become markup takes a backslash, so that people who edit the source afterwards meet few.
An `&` that would begin a character reference becomes one itself, which all dialects agree on.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_ALWAYS = re.compile(r"[\\`*\[]|<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,40};)")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_LINE_BEGINNING = re.compile(
    r"(?:[#>]|[-+](?=\s|$|[-+])|=(?=[= ]*$)|~(?=~~)|[:|](?=[-:| ]*$)|(\d+)(?=\.(?:\s|$)))"
)
_CLOSING_MARKS = re.compile(r"(#+)(\s*)$")
_LINK_SCHEMES = ("http", "https", "mailto")
_UNSAFE_IN_ADDRESS = re.compile(r"[\s<>()\[\]\\\"'`*_|\x00-\x1f\x7f]")
_PLAIN_ADDRESS = re.compile(r"https?://[^\s<>\\`\[\]\"|&]+")


def escape(words: str) -> str:
    """`words` of one line such that Markdown renders them unchanged (a line's beginning apart)."""
    words = _ENTITY.sub("&amp;", words)
    return _UNDERSCORE.sub(r"\_", _ALWAYS.sub(r"\\\g<0>", words))


def escape_line_beginning(line: str) -> str:
    """A line of inline Markdown that cannot begin a heading, list, quote, rule, fence or table."""
    found = _LINE_BEGINNING.match(line)
    if not found:
        return line
    # of a number it is the full stop behind it that makes a list
    at = found.end() if found[1] else 0
    return f"{line[:at]}\\{line[at:]}"


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
