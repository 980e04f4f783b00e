"""Some words of a text: the changes they came with, who asked for them, and what stood there before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import render_template, request
from flask_babel import gettext

from consult.domain.consolidation.provenance import Known, Stretch
from consult.domain.consolidation.replaced import find_replaced
from consult.domain.errors import NotFound
from consult.domain.text.projection import project
from consult.domain.text.spans import Span
from consult.services.causes import Behind
from consult.services.provenance.asking import trace_texts
from consult.services.provenance.keeping import Runs, runs_of
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries import provenance as provenance_queries
from consult.storage.queries.documents import SectionRow
from consult.web.provenance.presenters import PassagePage, PassageRun, PassageSource
from consult.web.provenance.views.texts import (
    AskedText,
    Sources,
    anchor_of,
    asking_of,
    gather_sources,
    read_phrases,
    source_of,
    title_of,
)
from consult.web.shared.addresses import whole_number
from consult.web.shared.cards import card_of
from consult.web.shared.heads import document_head
from consult.web.shared.presenters import Piece
from consult.web.shared.redlines import redline, shortened

MOST_SOURCES = 12
"""Changes of one passage that are told with what stood there before."""


@dataclass(frozen=True, slots=True)
class _Passage:
    """The words asked about, in code points of the plain text of one section's text."""

    asked: AskedText
    section_id: str
    text_id: int
    source: str
    plain: str
    span: Span
    runs: Runs

    def traced(self) -> list[Stretch]:
        """The origins within the passage, in whole words; to the letter where it holds no whole word."""
        found = [
            Stretch(max(one.start, self.span.start), min(one.end, self.span.end), one.origin)
            for one in read_phrases(self.source, self.plain, self.runs)
            if one.start < self.span.end and self.span.start < one.end
        ]
        if found:
            return found
        place = project(self.source, self.plain).to_source(self.span)
        known = Known(self.source, self.runs)
        letters = list(known.stretches(place.start, max(place.end, place.start + 1), at=0))
        return [Stretch(self.span.start, self.span.end, one.origin) for one in letters[:1]]


def show_passage(asked: AskedText) -> str:
    wanted = request.args.get("section", "")
    sections = asked.sections()
    section = next((row for row in sections if row.section_id == wanted), None)
    passage = _passage(asked, wanted, section)
    traced = passage.traced()
    numbers = list(dict.fromkeys(stretch.origin for stretch in traced))
    sources = gather_sources(asked, numbers)
    told = _told(passage, traced, sources, sorted(numbers, reverse=True))
    is_current = section is not None and section.text_id == passage.text_id
    page = PassagePage(
        head=document_head(asked.document, version=asked.version, state_text=asked.state_text),
        place=title_of(section) if section else gettext("a removed part"),
        place_href=f"{asked.read_href}#{anchor_of(section)}" if section else "",
        gutter_href=asked.href(section=section.section_id) if section else asked.href(),
        runs=tuple(_runs(passage, traced, sources)),
        sources=told,
        notice="" if is_current else gettext("These words are of an earlier text of this part."),
    )
    return render_template("provenance/passage.html", page=page)


def _passage(asked: AskedText, section_id: str, section: SectionRow | None) -> _Passage:
    """The words the address names: of the text shown, or of the one they were selected in while others went on
    writing. Raises NotFound for a text that is not there for the viewer."""
    text_id = whole_number(request.args.get("text"))
    start = whole_number(request.args.get("from")) or 0
    end = whole_number(request.args.get("to")) or 0
    if section is not None and text_id in (None, section.text_id):
        found_id, source, plain = section.text_id, section.source, section.plain
        runs = trace_texts(asked.document, [section])[found_id]
    else:
        text = queries.get_text(text_id) if text_id is not None else None
        if text is None or text.section_id != section_id or not _may_read(asked, text.id):
            raise NotFound("text")
        found_id, source, plain = text.id, text.source, text.plain
        lengths = {text.id: len(source)}
        runs = runs_of(asked.document.id, lengths, until=asked.document.last_change_no)[text.id]
    if not plain:
        raise NotFound("text")
    start = min(start, len(plain) - 1)
    span = Span(start, max(start + 1, min(end, len(plain))))
    return _Passage(asked, section_id, found_id, source, plain, span, runs)


def _may_read(asked: AskedText, text_id: int) -> bool:
    if not queries.list_text_ids_of_document(asked.document.id, [text_id]):
        return False
    return asked.sight.drafts or bool(queries.list_published_text_ids([text_id]))


def _runs(passage: _Passage, traced: Sequence[Stretch], sources: Sources) -> list[PassageRun]:
    found: list[PassageRun] = []
    at = passage.span.start
    for stretch in traced:
        if at < stretch.start:
            found.append(PassageRun(passage.plain[at : stretch.start]))
        behind = sources.origins[stretch.origin].cause.behind
        found.append(
            PassageRun(
                passage.plain[stretch.start : stretch.end],
                str(behind),
                f"z{stretch.origin}",
                stretch.origin,
            )
        )
        at = stretch.end
    if at < passage.span.end:
        found.append(PassageRun(passage.plain[at : passage.span.end]))
    return found


def _told(
    passage: _Passage, traced: Sequence[Stretch], sources: Sources, numbers: Sequence[int]
) -> tuple[PassageSource, ...]:
    earlier = _Earlier(passage)
    told: list[PassageSource] = []
    for number in numbers:
        own = [one for one in traced if one.origin == number]
        cause = sources.origins[number].cause
        pieces: tuple[Piece, ...] = ()
        href = ""
        if cause.behind is not Behind.START and len(told) < MOST_SOURCES:
            pieces, href = earlier.of(number, [passage.plain[one.start : one.end] for one in own])
        told.append(
            PassageSource(
                source=source_of(passage.asked, sources, number),
                words=tuple(passage.plain[one.start : one.end] for one in own),
                cards=tuple(card_of(row) for row in asking_of(sources, number)),
                earlier=pieces,
                earlier_href=href,
                is_first=cause.behind is Behind.START,
            )
        )
    return tuple(told)


class _Earlier:
    """What stood where a change put words. Those outside the office see published texts only: what a change replaced
    is for them what the version before it said."""

    def __init__(self, passage: _Passage) -> None:
        self._passage = passage
        self._sections = _with_forebears(passage.asked.document.id, passage.section_id)

    def of(self, number: int, words: Sequence[str]) -> tuple[tuple[Piece, ...], str]:
        """(redline of the lines around the words, address that asks where the earlier words came from)."""
        longest = max(words, key=len)
        for text in self._texts(number):
            found = find_replaced(text.before, text.after, longest) if text.before else None
            if found is None:
                continue
            old, new = found
            pieces = shortened(redline(old.of(text.before), new.of(text.after)))
            if any(piece.kind != "ins" for piece in pieces):
                return pieces, self._href(text, old)
        return (), ""

    def _texts(self, number: int) -> list[provenance_queries.EarlierText]:
        document_id = self._passage.asked.document.id
        if self._passage.asked.sight.drafts:
            found = provenance_queries.list_earlier_texts(self._sections, [number])
        else:
            found = provenance_queries.list_earlier_published(
                document_id, self._passage.section_id, number, after=self._passage.plain
            )
        return sorted(found, key=lambda text: text.section_id != self._passage.section_id)

    def _href(self, text: provenance_queries.EarlierText, lines: Span) -> str:
        if text.before_id is None or lines.is_empty:
            return ""
        return self._passage.asked.href(
            section=text.section_id, text=text.before_id, to=lines.end, **{"from": lines.start}
        )


def _with_forebears(document_id: int, section_id: str) -> list[str]:
    """A section and those its words may have come from, at once or through others."""
    givers: dict[str, list[str]] = {}
    for giver, taker in drafting_queries.list_descent(document_id):
        givers.setdefault(taker, []).append(giver)
    found = [section_id]
    for taker in found:
        found += [giver for giver in givers.get(taker, ()) if giver not in found]
    return found
