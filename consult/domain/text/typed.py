"""What people type into the fields of a form: admitted, trimmed, and no longer than the field holds.

Lengths are code points. All raise InvalidInput beside the field: "control_characters" (see `admit`), "too_long", and
"web_address" for an address that is no page of a website.
"""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit

from consult.domain.errors import InvalidInput
from consult.domain.text.normalise import admit

SCHEMES = ("http", "https")
LONGEST_ADDRESS = 400
_JOINERS = "\u200c\u200d"
_UNSEEN = ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")
_BLANKS = "\u034f\u115f\u1160\u2800\u3164\uffa0"
"""Letters and signs that are drawn as nothing, whatever their category says."""

_SIGNS_OF_LISTS = "-–•* "


def typed_line(text: str, field: str, limit: int) -> str:
    """Words on one line, single spaces between them."""
    return _short_enough(" ".join(admit(text, field=field).split()), field, limit)


def require_seen(name: str, field: str) -> None:
    """Raises InvalidInput("name_characters") for a name with signs that are not seen: they make it look like another
    one, or turn the direction of what stands around it. Joiners, which some scripts are written with, are none."""
    if any(_is_unseen(sign) for sign in name):
        raise InvalidInput("name_characters", field=field)


def _is_unseen(sign: str) -> bool:
    return sign in _BLANKS or (unicodedata.category(sign) in _UNSEEN and sign not in _JOINERS)


def typed_words(text: str, field: str, limit: int) -> str:
    """Words of several lines or paragraphs, without white space around them."""
    return _short_enough(admit(text, field=field).strip(), field, limit)


def typed_list(text: str, field: str, limit: int) -> str:
    """One thing a line; empty lines and signs of lists at the beginning of lines go."""
    kept = (" ".join(line.split()).lstrip(_SIGNS_OF_LISTS) for line in admit(text, field=field).split("\n"))
    return _short_enough("\n".join(line for line in kept if line), field, limit)


def typed_address(text: str, field: str, limit: int = LONGEST_ADDRESS) -> str:
    """The address of a page of a website, https:// put before one that names no scheme; "" for none.

    Refused: other schemes (javascript:, data:), white space, hosts without a dot, and names of users before the host,
    which make one site look like another.
    """
    address = admit(text, field=field).strip()
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    if not _is_website(address):
        raise InvalidInput("web_address", field=field)
    return _short_enough(address, field, limit)


def _is_website(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:  # brackets that do not close, a port that is no number
        return False
    is_whole = parts.scheme in SCHEMES and "." in host.strip(".") and "@" not in parts.netloc
    return is_whole and not any(letter.isspace() for letter in address)


def _short_enough(words: str, field: str, limit: int) -> str:
    if len(words) > limit:
        raise InvalidInput("too_long", field=field, limit=limit)
    return words
