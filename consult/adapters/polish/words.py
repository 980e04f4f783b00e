"""What one Polish or English word is called in the index: all its dictionary lemmas, else its stem, and folded copies.

Morfeusz 2 with the SGJP dictionary knows the lemmas; the Snowball stemmers serve words it does not know, and all
words on machines for which there is no morfeusz2 wheel.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from threading import Lock
from typing import Any

import snowballstemmer

from .letters import folded, is_plain, spellings

try:
    import morfeusz2
except ImportError:  # no wheel for this machine: every word is then unknown and is stemmed
    morfeusz2 = None

CACHED_WORDS = 50_000
"""Words whose terms are remembered; a large consultation uses some 40,000 different ones (about 25 MB)."""

TEXT_SPELLINGS = 64
"""How many respellings are tried for an unknown word of a text: comments are often typed without Polish letters."""

QUERY_SPELLINGS = 512
"""How many are tried for a word somebody searches for, which happens once per query and not once per word."""

SHORTEST_RESPELLED = 4
"""Shorter unknown words of a text are left as they are: almost any letters become some word."""

LONGEST_RESPELLED = 32
"""Longer strings of letters are not words anybody typed."""

FADED = frozenset({"daw", "przest", "gwar", "rzad", "reg"})
"""Dictionary labels (old, obsolete, dialect, rare, regional) of readings dropped where a living one exists."""

Reading = tuple[str, str, frozenset[str]]  # lemma, tag, labels

_lock = Lock()  # one Morfeusz analyses one word at a time
_dictionary: Any = None


def has_dictionary() -> bool:
    return morfeusz2 is not None


@lru_cache(maxsize=CACHED_WORDS)
def polish_terms(word: str) -> frozenset[str]:
    """The terms under which a word of a Polish text is indexed; `word` as written, capitals kept."""
    lemmas = known_lemmas(word)
    if lemmas:
        return _with_folded(lemmas)
    respelled: set[str] = set()
    if len(word) >= SHORTEST_RESPELLED and is_plain(word):
        respelled = _lemmas_of(spellings(word, TEXT_SPELLINGS))
    return _unknown_terms(word) | _with_folded(respelled)


@lru_cache(maxsize=CACHED_WORDS // 10)
def polish_query_terms(word: str, *, respell: bool) -> frozenset[str]:
    """The terms looked for when somebody typed `word`; with `respell` also as if Polish letters had been meant.

    People type names in small letters, so a word typed small is also read as a name.
    """
    lemmas = known_lemmas(word) | known_lemmas(word.capitalize())
    terms = frozenset() if lemmas else _unknown_terms(word)
    if respell or not lemmas:
        lemmas = lemmas.union(*_respelled(word).values())
    return terms | _with_folded(lemmas)


def query_surfaces(word: str, *, respell: bool) -> tuple[str, ...]:
    """The forms a word of a quoted phrase may have in a text: itself, and with `respell` the Polish words it may be."""
    lower = word.lower()
    if not respell and known_lemmas(word):
        return (lower,)
    return (lower, *_respelled(lower))


@lru_cache(maxsize=CACHED_WORDS // 10)
def _respelled(word: str) -> Mapping[str, frozenset[str]]:
    """The Polish words, in small letters, that a word may be typed for, each with its lemmas.

    Names are given where no ordinary word is among them.
    """
    if len(word) > LONGEST_RESPELLED:
        return {}
    tried = list(spellings(word, QUERY_SPELLINGS))
    known = {spelling: lemmas for spelling in tried if (lemmas := known_lemmas(spelling))}
    return known or {
        spelling: lemmas for spelling in tried if (lemmas := known_lemmas(spelling.capitalize()))
    }


@lru_cache(maxsize=CACHED_WORDS)
def english_terms(word: str) -> frozenset[str]:
    """The Snowball stem of an English word, and its folded copy."""
    stem = _stem("english", word.lower())
    return frozenset({stem, folded(stem)})


@lru_cache(maxsize=CACHED_WORDS)
def other_terms(word: str) -> frozenset[str]:
    """A word of a language without an analyser: itself and its folded copy."""
    lower = word.lower()
    return frozenset({lower, folded(lower)})


def known_lemmas(word: str) -> frozenset[str]:
    """All lemmas the dictionary gives a form, in small letters; none for a word it does not know."""
    readings = _readings(word)
    for is_doubtful in _DOUBTS:
        readings = [reading for reading in readings if not is_doubtful(reading, readings)] or readings
    return frozenset(lemma.lower() for lemma, _, _ in readings)


def _with_folded(lemmas: Iterable[str]) -> frozenset[str]:
    """The lemmas and their copies without Polish letters, unless the copy is another word (sąd, sad)."""
    lemmas = set(lemmas)
    copies = {folded(lemma) for lemma in lemmas} - lemmas
    return frozenset(lemmas | {copy for copy in copies if not _readings(copy)})


def _unknown_terms(word: str) -> frozenset[str]:
    lower = word.lower()
    stem = _stem("polish", lower)
    return frozenset({lower, stem, folded(stem)})


def _lemmas_of(words: Iterable[str]) -> set[str]:
    lemmas: set[str] = set()
    for word in words:
        lemmas |= known_lemmas(word)
    return lemmas


def _readings(word: str) -> list[Reading]:
    """The dictionary's readings of a whole form; a verb with a personal ending ("zrobił|em") counts as the verb."""
    if morfeusz2 is None:
        return []
    global _dictionary
    with _lock:
        if _dictionary is None:
            _dictionary = morfeusz2.Morfeusz(generate=False)
        segments = _dictionary.analyse(word)
    last = max((end for _, end, _ in segments), default=0)
    whole = [interpretation for start, end, interpretation in segments if start == 0 and end == last]
    chosen = whole or [
        interpretation
        for _, _, interpretation in segments
        if not interpretation[2].startswith("aglt") and interpretation[1] != "by:T"
    ]
    return [
        (
            lemma.split(":")[0],
            tag,
            frozenset(label.strip(".") for part in labels for label in part.split(",")),
        )
        for _, lemma, tag, _, labels in chosen
        if tag != "ign"
    ]


def _is_faded(reading: Reading, _: list[Reading]) -> bool:
    return bool(reading[2] & FADED)


def _is_calling(reading: Reading, _: list[Reading]) -> bool:
    """Only a vocative or a depreciative form, neither of which normative prose uses."""
    tag = reading[1]
    return (":voc" in tag and ".voc" not in tag) or tag.startswith("depr")


def _is_order(reading: Reading, _: list[Reading]) -> bool:
    return reading[1].startswith("impt")


def _is_negated_participle(reading: Reading, readings: list[Reading]) -> bool:
    """The form "nieograniczony" is an adjective of its own, not the verb "ograniczyć"."""
    return ":neg" in reading[1] and any(tag.startswith("adj:") for _, tag, _ in readings)


def _is_degree_of_two(reading: Reading, readings: list[Reading]) -> bool:
    """The form "większy" belongs to "duży", although "wielki" shares the form."""
    lemma, tag, _ = reading
    return (
        lemma == "wielki"
        and tag.endswith((":com", ":sup"))
        and any(other != lemma for other, _, _ in readings)
    )


_DOUBTS: tuple[Callable[[Reading, list[Reading]], bool], ...] = (
    _is_faded,
    _is_calling,
    _is_order,
    _is_negated_participle,
    _is_degree_of_two,
)

_stemmers: dict[str, Any] = {}


def _stem(language: str, word: str) -> str:
    with _lock:
        stemmer = _stemmers.get(language) or _stemmers.setdefault(language, snowballstemmer.stemmer(language))
        return str(stemmer.stemWord(word))
