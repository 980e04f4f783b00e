"""What a form points at: its fields read, checked against the consulted text, and shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request

from consult.domain.errors import NotFound
from consult.domain.process.comments import MOST_TARGETS
from consult.domain.text.spans import Span
from consult.services.comments import Pointing
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import DocumentRow, TextRow
from consult.web.comments.forms import WordsForm
from consult.web.comments.presenters import Passage
from consult.web.shared.addresses import printable, whole_number
from consult.web.shared.cards import clipped

WORDS_SHOWN = 1_200
LONGEST_PLACE = 120
LONGEST_QUOTE = 400
"""Code points of the words an address repeats; longer ones go by their place alone."""

MORE = "more"
"""The name under which a form and an address list further passages, each as "section.text.start.end"."""


@dataclass(frozen=True, slots=True)
class Pointed:
    """A passage with the text it is in."""

    pointing: Pointing
    text: TextRow

    @property
    def words(self) -> str:
        return self.pointing.span.of(self.text.plain) if self.pointing.span else self.text.plain

    @property
    def value(self) -> str:
        """How an address names it."""
        span = self.pointing.span
        ends = (str(span.start), str(span.end)) if span else ("", "")
        return ".".join((self.pointing.section_id, str(self.text.id), *ends))


def fill_place(form: WordsForm) -> None:
    """Take from the address what the comment points at first."""
    for name in ("section", "text_id", "start", "end"):
        form[name].data = printable(request.args.get(name, ""))[:64]
    form.quote.data = printable(request.args.get("quote", ""))[:LONGEST_QUOTE]


def pointed_at(form: WordsForm, document: DocumentRow, open_now: ConsultationRow | None) -> list[Pointed]:
    """What the form points at, the first first; nothing for the whole document. Raises NotFound for words that are not
    in what may be commented on."""
    further = request.form if request.method == "POST" else request.args
    named = [(form.section.data or "", form.text_id.data, form.start.data, form.end.data)]
    for value in further.getlist(MORE)[: MOST_TARGETS + 1]:
        section, text_id, start, end = (*printable(value)[:LONGEST_PLACE].split("."), "", "", "", "")[:4]
        named.append((section, text_id, start, end))
    found: list[Pointed] = []
    for section_id, text, first, behind in named:
        if section_id:
            one = _pointed(section_id, whole_number(text), first, behind, document, open_now)
            if all(one.value != other.value for other in found):
                found.append(one)
    return found


def _pointed(
    section_id: str,
    text_id: int | None,
    start: str | None,
    end: str | None,
    document: DocumentRow,
    open_now: ConsultationRow | None,
) -> Pointed:
    if text_id is None:
        raise NotFound("text")
    text = document_queries.get_text(text_id)
    known = (
        document_queries.list_text_ids_of_version(open_now.version_id, [text.id])
        if open_now
        else document_queries.list_text_ids_of_document(document.id, [text.id])
        & document_queries.list_published_text_ids([text.id])
    )
    if text.section_id != section_id or text.id not in known:
        raise NotFound("text")
    first, behind = whole_number(start), whole_number(end)
    if first is not None and behind is not None and first < behind <= len(text.plain):
        return Pointed(Pointing(section_id, text.id, Span(first, behind)), text)
    return Pointed(Pointing(section_id, text.id), text)


def with_quote(pointings: Sequence[Pointing], quote: str) -> tuple[Pointing, ...]:
    """The pointings, the first with the words its sender saw, by which the service holds it to its place."""
    first = pointings[0] if pointings else None
    if first is None or first.span is None or not quote.strip() or len(quote) >= LONGEST_QUOTE:
        return tuple(pointings)
    return (Pointing(first.section_id, first.text_id, first.span, quote), *pointings[1:])


def shown_passage(one: Pointed) -> Passage:
    """A passage as a form shows it."""
    words = one.words
    return Passage(
        value=one.value,
        place=one.text.heading,
        words=words if len(words) <= WORDS_SHOWN else clipped(words, WORDS_SHOWN),
        is_part=one.pointing.span is None,
    )
