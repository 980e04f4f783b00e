"""The defined terms of a text: its glossary, and where each term is used."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from threading import Lock

from consult.domain.text.definitions import Definition, find_definitions, with_links
from consult.domain.text.phrases import FormsFinder, Position
from consult.domain.text.spans import Span
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.unit_of_work import current_ports

MOST_TERMS = 300
MOST_KEPT = 32
"""Texts whose terms are kept at hand; one is a few hundred places."""


@dataclass(frozen=True, slots=True)
class Term:
    """A term: its name on a page ("pojecie-3"), the section that defines it, and the sections that use it."""

    anchor: str
    section_id: str
    definition: Definition
    used_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Use:
    """The first place where a section uses a term."""

    span: Span
    anchor: str
    term: str


@dataclass(frozen=True, slots=True)
class Terms:
    """All terms of a text in alphabetical order, and their first uses by section, in order of place."""

    terms: tuple[Term, ...]
    uses: Mapping[str, tuple[Use, ...]]


NO_TERMS = Terms((), {})

_kept: OrderedDict[tuple[str, tuple[tuple[str, int], ...]], Terms] = OrderedDict()
_lock = Lock()


def list_definitions(sections: Sequence[SectionRow]) -> list[tuple[str, Definition]]:
    """(section id, definition) of every term of a text in alphabetical order, each as it is defined first."""
    defined: dict[str, tuple[str, Definition]] = {}
    for section in sections:
        for definition in _defined_in(section.plain, section.heading):
            defined.setdefault(definition.term.casefold(), (section.section_id, definition))
    return sorted(defined.values(), key=lambda one: _folded(one[1].term))[:MOST_TERMS]


@lru_cache(maxsize=4_000)
def _defined_in(plain: str, heading: str) -> tuple[Definition, ...]:
    return find_definitions(plain, heading)


def find_terms(document: DocumentRow, sections: Sequence[SectionRow]) -> Terms:
    """The terms of one text: a version, or the draft as it stands.

    Texts never change, so what was found for one list of them holds for good and is looked for once.
    """
    key = (document.language, tuple((section.section_id, section.text_id) for section in sections))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _found(document.language, sections)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _found(language: str, sections: Sequence[SectionRow]) -> Terms:
    ordered = list_definitions(sections)
    if not ordered:
        return NO_TERMS
    analyse = current_ports().analyser.tokens

    @cache
    def positions(text: str) -> tuple[Position, ...]:
        return tuple((token.start, token.end, token.terms) for token in analyse(text, language))

    found: list[Term] = []
    uses: dict[str, list[Use]] = {section.section_id: [] for section in sections}
    for number, (section_id, definition) in enumerate(ordered, start=1):
        anchor = f"pojecie-{number}"
        finder = FormsFinder([words for _, _, words in positions(definition.term)], positions)
        used: list[str] = []
        for section in sections:
            if section.section_id == section_id:
                continue
            heading_end = len(section.heading) if section.plain.startswith(section.heading) else 0
            spans = (span for span in finder.spans(section.plain) if span.start >= heading_end)
            first = next(
                (span for span in spans if _is_same_case(definition.term, span.of(section.plain))), None
            )
            if first is not None:
                used.append(section.section_id)
                uses[section.section_id].append(Use(first, anchor, definition.term))
        found.append(Term(anchor, section_id, definition, tuple(used)))
    return Terms(
        tuple(found), {section_id: _disjoint(places) for section_id, places in uses.items() if places}
    )


def _folded(term: str) -> str:
    """A key that sorts Polish letters behind their plain ones."""
    plain = str.maketrans(
        {"ą": "a~", "ć": "c~", "ę": "e~", "ł": "l~", "ń": "n~", "ó": "o~", "ś": "s~", "ź": "z~", "ż": "z~~"}
    )
    return term.casefold().translate(plain)


def _is_same_case(term: str, used: str) -> bool:
    """A term written with a capital is a name: "Miasto" is not any "miasto"."""
    return not term[:1].isupper() or used[:1].isupper()


def _disjoint(uses: Sequence[Use]) -> tuple[Use, ...]:
    """Uses in order of place; of two that share words the longer stays."""
    taken: list[Use] = []
    for use in sorted(uses, key=lambda one: -len(one.span)):
        if all(use.span.end <= other.span.start or other.span.end <= use.span.start for other in taken):
            taken.append(use)
    return tuple(sorted(taken, key=lambda one: one.span.start))


def with_terms_linked(
    document: DocumentRow, sections: Sequence[SectionRow], *, glossary_href: str
) -> list[SectionRow]:
    """The sections with the first use of each term linked to the glossary; their plain text stays as it is."""
    uses = find_terms(document, sections).uses
    return [
        replace(section, html=_linked(section.html, uses[section.section_id], glossary_href))
        if section.section_id in uses
        else section
        for section in sections
    ]


@lru_cache(maxsize=1_000)
def _linked(html: str, uses: tuple[Use, ...], glossary_href: str) -> str:
    return with_links(html, [(use.span, f"{glossary_href}#{use.anchor}") for use in uses])
