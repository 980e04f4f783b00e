"""How a question was read, said where that differs from how it was typed."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext

from consult.ports.search import FIELD_NAMES, Note
from consult.web.shared.i18n import language


def problems(notes: Sequence[Note], *, is_slow_way: bool) -> tuple[str, ...]:
    """A sentence for each thing the reader should know."""
    said = [_slow()] if is_slow_way else []
    said += [words for note in notes if (words := _sentence(note))]
    return tuple(dict.fromkeys(said))


def _slow() -> str:
    return gettext("The index is being rebuilt, so only texts with exactly these words are shown for now.")


def _sentence(note: Note) -> str:
    if note.code == "unknown_field":
        return gettext(
            "There is no field “%(name)s”, so it was searched for as a word. There are: %(names)s.",
            name=note.words,
            names=", ".join(f"{name}:" for name in _field_names()),
        )
    if note.code == "unknown_kind":
        return gettext(
            "There is no kind “%(name)s”, so that filter was left out. The detailed form lists all kinds.",
            name=note.words,
        )
    if note.code == "unknown_outcome":
        return gettext(
            "There is no position “%(name)s”, so that filter was left out. The detailed form lists all positions.",
            name=note.words,
        )
    if note.code == "no_such_date":
        return gettext(
            "“%(name)s” is no date, so it was left out. Write it like 2026-05-04 or 4.05.2026.",
            name=note.words,
        )
    words = {
        "too_many_words": gettext("Only the first words of this long question were used."),
        "query_cut": gettext("Only the beginning of this long question was used."),
        "prefix_too_short": gettext("A beginning with * needs at least three letters."),
        "some_words_missing": gettext("Nothing holds all of these words; what holds some of them is shown."),
        "only_excluded": gettext("Say also what to look for, not only what to leave out."),
        "empty_query": gettext("There is no word to look for in this."),
        "quote_unbalanced": gettext(
            "A quotation mark has no partner, so the words were searched for one by one."
        ),
        "operator_ignored": gettext("Signs that mean nothing here were left out."),
        "wildcard_ignored": gettext("An asterisk works only at the end of a word."),
        "dates_reversed": gettext("The first day is later than the last one, so nothing can be found."),
    }
    return words.get(note.code, "")


def _field_names() -> tuple[str, ...]:
    return tuple(FIELD_NAMES[language()].values())
