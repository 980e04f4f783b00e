"""Names in addresses: Latin letters, digits and hyphens made of a title."""

from __future__ import annotations

import re
import unicodedata

LONGEST_SLUG = 80

_BETWEEN = re.compile(r"[^a-z0-9]+")
_WITHOUT_DECOMPOSITION = str.maketrans({"ł": "l", "Ł": "l", "ø": "o", "đ": "d", "ß": "ss"})


def slug_of(title: str, *, otherwise: str) -> str:
    """A title as a name in addresses, at most `LONGEST_SLUG` letters; `otherwise` when no letter of it is left."""
    folded = unicodedata.normalize("NFKD", title.lower().translate(_WITHOUT_DECOMPOSITION))
    plain = folded.encode("ascii", "ignore").decode()
    return _BETWEEN.sub("-", plain).strip("-")[:LONGEST_SLUG].strip("-") or otherwise
