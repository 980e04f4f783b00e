"""Polish letters typed without their marks: folding them away, and the spellings a folded word may stand for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import combinations, islice, product

_FOLDED_WHOLE = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "ø": "o", "ß": "ss", "æ": "ae", "œ": "oe"})
"""Letters that Unicode does not decompose."""

MARKED = {"a": "ą", "c": "ć", "e": "ę", "l": "ł", "n": "ń", "o": "ó", "s": "ś", "z": "żź"}

_VOWELS = frozenset("aeiouyąęó")

_ANY_CONSONANT = "t"
"""Stands for the unknown next letter: every marked letter may precede it."""


def folded(word: str) -> str:
    """The word without diacritics: "źdźbło" becomes "zdzblo"."""
    if word.isascii():
        return word
    decomposed = unicodedata.normalize("NFKD", word.translate(_FOLDED_WHOLE))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def is_plain(word: str) -> bool:
    """True for a word of unmarked Latin letters, as typed on a keyboard without Polish ones."""
    return word.isascii() and word.isalpha()


def spellings(word: str, most: int) -> Iterator[str]:
    """At most `most` other spellings of `word` with Polish letters put in where Polish spelling allows them.

    In small letters, those with fewest marks first. The rules of Polish spelling (ć ń ś ź never before a vowel,
    no ą or ę at the start, digraphs kept) leave a few dozen of what would be thousands.
    """
    lower = word.lower()
    options = [_options(lower, place) for place in range(len(lower))]
    return islice(_fewest_marks_first(lower, options), most)


def prefix_spellings(prefix: str, most: int) -> Iterator[str]:
    """The same for the beginning of a word, about whose next letter nothing is known."""
    return (spelling[:-1] for spelling in spellings(prefix + _ANY_CONSONANT, most))


def _options(word: str, place: int) -> str:
    """The letter at `place` and the marked letters that may stand there instead, in Polish spelling."""
    letter = word[place]
    if letter not in MARKED:
        return letter
    before = word[place - 1] if place else ""
    after = word[place + 1 : place + 2]
    return letter + "".join(mark for mark in MARKED[letter] if _may_stand(mark, before, after))


def _may_stand(mark: str, before: str, after: str) -> bool:
    if mark in "ąę":
        return bool(before) and after not in _VOWELS
    if mark == "ó":
        return bool(after) and after not in _VOWELS
    if mark == "ł":
        return after != "i"
    if mark == "ż":
        return after != "i" and before not in ("c", "s")
    if mark in "ćś":  # cz, ch, sz are letters of their own
        return after not in _VOWELS and after not in ("z", "h" if mark == "ć" else "z")
    return after not in _VOWELS and not (mark == "ź" and before in ("c", "s", "r"))


def _fewest_marks_first(word: str, options: list[str]) -> Iterator[str]:
    """Every choice of one letter per place but the unmarked one, ordered by how many places are marked."""
    places = [place for place, letters in enumerate(options) if len(letters) > 1]
    for count in range(1, len(places) + 1):
        for chosen in combinations(places, count):
            for marks in product(*(options[place][1:] for place in chosen)):
                letters = list(word)
                for place, mark in zip(chosen, marks, strict=True):
                    letters[place] = mark
                yield "".join(letters)
