"""Names of files people send, as names a file may safely have on anybody's machine."""

from __future__ import annotations

import re
import unicodedata

LONGEST_STEM = 120
"""Code points before the ending."""

_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")


def ending_of(name: str) -> str:
    """The ending of a name in lower case, without the dot; "" for none. Signs that are not seen do not count, so that
    nobody hides it behind one that turns the direction of writing."""
    stem, dot, ending = _seen(name).rpartition(".")
    return ending.strip().lower() if dot and stem else ""


def safe_name(name: str, ending: str, *, otherwise: str = "plik") -> str:
    """A name without folders, signs that are not seen or that systems forbid, ended as what the file is.

    The same stem is kept where it can be; `otherwise` stands for one of which nothing is left.
    """
    last = re.split(r"[/\\]", _seen(name))[-1]
    stem, dot, _ = last.rpartition(".")
    words = _FORBIDDEN.sub(" ", stem if dot else last)
    words = " ".join(words.split()).strip(" .")[:LONGEST_STEM].strip(" .")
    if not words or _RESERVED.fullmatch(words):
        words = otherwise
    return f"{words}.{ending}"


def _seen(name: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFC", name) if unicodedata.category(sign) not in _UNSEEN
    )
