"""Names of organisations: told apart when they are alike, and turned into names for addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

LONGEST_SLUG = 80
ALIKE = 0.9
"""Similarity from which two names are taken for one organisation written twice."""

_STROKES = str.maketrans("łŁøØđĐ", "lLoOdD")
_WORDS = re.compile(r"[a-z0-9]+")
LEGAL_FORMS = frozenset(
    [
        "fundacja",
        "stowarzyszenie",
        "spolka",
        "sp",
        "z",
        "o",
        "oo",
        "s",
        "a",
        "w",
        "imienia",
        "im",
        "urzad",
        "miasta",
        "miejski",
        "gminy",
        "gmina",
    ]
)
"""Words that many names share and that therefore tell nothing apart."""


def plain_words(name: str) -> list[str]:
    """The words of a name in small letters without marks."""
    letters = unicodedata.normalize("NFKD", name.translate(_STROKES)).encode("ascii", "ignore").decode()
    return _WORDS.findall(letters.lower())


def slug_of(name: str) -> str:
    """A name for addresses: words joined by hyphens, cut at a word; "organizacja" where no letter is left."""
    slug = "-".join(plain_words(name))
    if len(slug) > LONGEST_SLUG - 4:  # leaves room for a number
        slug = slug[: LONGEST_SLUG - 4].rsplit("-", 1)[0]
    return slug or "organizacja"


def find_alike(name: str, known: Iterable[str]) -> str | None:
    """The first of the known names that can hardly be another organisation, if there is one.

    Compared are the words that tell organisations apart, whatever their order; where nothing but legal forms is
    left, all words are.
    """
    wanted = _telling(name)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    for other in known:
        telling = _telling(other)
        if telling == wanted:
            return other
        matcher.set_seq1(telling)
        if (
            matcher.real_quick_ratio() >= ALIKE
            and matcher.quick_ratio() >= ALIKE
            and matcher.ratio() >= ALIKE
        ):
            return other
    return None


def _telling(name: str) -> str:
    words = plain_words(name)
    return " ".join(sorted(word for word in words if word not in LEGAL_FORMS) or sorted(words))
