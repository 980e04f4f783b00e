"""How text enters the product: once, in one form, and never touched again.

Everything kept is NFC with LF line ends and no leading byte-order mark; offsets everywhere are code
points of that form. Typography, blank lines, trailing spaces and zero-width characters are content and
stay as they came.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from consult.domain.errors import InvalidInput

BYTE_ORDER_MARK = "\ufeff"

# NUL cannot be stored by every database, the other controls mean nothing in a text and are dropped or
# shown as boxes by browsers, a lone surrogate cannot be written as UTF-8 at all. Tab, line feed, carriage
# return and form feed (printed drafts carry page breaks) are ordinary white space.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")


def normalise(text: str) -> str:
    """`text` with one leading byte-order mark dropped, CRLF and CR as LF, in NFC; nothing else changes.

    Idempotent for every text that does not begin with several byte-order marks.
    """
    text = text.removeprefix(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def admit(text: str, *, field: str = "text") -> str:
    """`normalise(text)` for words a person typed or pasted.

    Raises `InvalidInput("control_characters")`, with the `position` of the first in code points of the
    normalised text, when it holds NUL, another control character or a lone surrogate. They are refused
    rather than replaced: what was typed is kept exactly or not at all.
    """
    text = normalise(text)
    found = _UNPRINTABLE.search(text)
    if found:
        raise InvalidInput("control_characters", field=field, position=found.start())
    return text


def decode(content: bytes, *, field: str = "file") -> str:
    """The normalised text of a file: UTF-8 with or without a byte-order mark, or UTF-16 with one.

    Other encodings are refused instead of guessed, because a wrong guess changes letters silently:
    `InvalidInput("file_encoding")`. A file with control characters is no text:
    `InvalidInput("control_characters")`.
    """
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = content.decode("utf-16" if is_utf16 else "utf-8")
    except UnicodeDecodeError:
        raise InvalidInput("file_encoding", field=field) from None
    return admit(text, field=field)
