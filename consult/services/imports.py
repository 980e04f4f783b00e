"""A file taken in as its author meant it: headings arranged by a person, tracked changes kept as proposals, comments
in the margin kept as comments, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Protocol
from zoneinfo import ZoneInfo

from consult.domain.diffing.compare import compare
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.process.comments import MOST_COMMENTS, MOST_TARGETS
from consult.domain.text import outline
from consult.domain.text.headings import Heading, arrange, find_headings
from consult.domain.text.projection import project
from consult.domain.text.spans import Span
from consult.ports.imports import ImportedText, MarginComment, Suggestion
from consult.services.comments import Pointing, Remark, Sender, submit_comments
from consult.services.documents import Imported, align_with_file, keep_import, pieces_of, read_file
from consult.services.proposals import PartDraft, propose_changes
from consult.services.proposals.making import MOST_PARTS
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import unit_of_work

HOME = ZoneInfo("Europe/Warsaw")


class Wording(Protocol):
    """How proposals made of tracked changes are called, in the language of the page."""

    def suggestion_title(self, author: str, filename: str) -> str: ...
    def suggestion_rationale(self, author: str, filename: str, at: datetime | None) -> str: ...


@dataclass(frozen=True, slots=True)
class Said:
    """In whose name somebody commented in the margin."""

    capacity: str
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person says of a file before it is taken in.

    `levels` are headings by line (0 for a paragraph), as `find_headings` counts them in the text chosen;
    `keeps_proposals` takes the text before tracked changes and makes proposals of these; `said` says in whose names the
    authors of the margin speak, and whose comments are taken in at all; `channel` how the file came.
    """

    levels: Mapping[int, int]
    keeps_proposals: bool = False
    said: Mapping[str, Said] | None = None
    channel: str = "email"


AS_IT_IS = Choices({})


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be made of a file: its text as chosen, the headings in it before they were arranged, and the levels
    these were given."""

    text: ImportedText
    title: str
    source: str
    headings: tuple[Heading, ...]
    sections: int
    levels: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A document made of a file, the numbers of the proposals and of the comments that came with it."""

    imported: Imported
    proposals: tuple[int, ...] = ()
    comments: tuple[int, ...] = ()


def preview_import(content: bytes, filename: str, choices: Choices = AS_IT_IS) -> Preview:
    """What a file would become; nothing is kept. Raises InvalidInput as `read_file` does."""
    return preview_text(read_file(content, filename), filename, choices)


def preview_text(text: ImportedText, filename: str, choices: Choices) -> Preview:
    """What a file that was read would become."""
    base = chosen_text(text, choices)
    source = arrange(base, choices.levels)
    return Preview(
        text=text,
        title=text.title or PurePath(filename).stem,
        source=source,
        headings=find_headings(base),
        sections=len(pieces_of(source)),
        levels=choices.levels,
    )


def take_in_file(
    actor: Actor,
    *,
    content: bytes,
    filename: str,
    title: str,
    kind: str,
    host_id: int | None,
    choices: Choices,
    wording: Wording,
    language: str = "pl",
    now: datetime,
) -> TakenIn:
    """Make a document of a file as a person arranged it, with its proposals and comments.

    Raises InvalidInput and NotPermitted; then nothing is kept.
    """
    preview = preview_import(content, filename, choices)
    with unit_of_work():
        imported = keep_import(
            actor,
            preview.text,
            preview.source,
            title=title or preview.title,
            kind=kind,
            host_id=host_id,
            language=language,
            now=now,
        )
        proposals: tuple[int, ...] = ()
        if choices.keeps_proposals:
            proposals = tuple(
                number
                for suggestion in preview.text.suggestions
                for number in _proposed(actor, imported.slug, suggestion, preview, filename, wording, now=now)
            )
        comments = take_over_margin(actor, imported.slug, preview, preview.text.margin, choices, now=now)
        return TakenIn(imported, proposals, comments)


def may_take_over_margin(actor: Actor, host_id: int | None) -> bool:
    """Whether somebody may enter what others wrote in the margin as their comments: the office's own people may."""
    return is_allowed(actor, Permission.ANSWER_COMMENTS, Target(host_id=host_id))


def chosen_text(text: ImportedText, choices: Choices) -> str:
    """The text of a file before its tracked changes, where these are to be proposals, else with them."""
    return text.original if choices.keeps_proposals and text.original.strip() else text.source


# tracked changes


def _proposed(
    actor: Actor,
    slug: str,
    suggestion: Suggestion,
    preview: Preview,
    filename: str,
    wording: Wording,
    *,
    now: datetime,
) -> Iterator[int]:
    document = queries.get_document(slug, Viewer.of(actor))
    sections = queries.list_draft_sections(document.id)
    parts = parts_towards(sections, arranged_suggestion(suggestion, preview))
    return propose_parts(actor, slug, suggestion, parts, filename, wording, now=now)


def arranged_suggestion(suggestion: Suggestion, preview: Preview) -> str:
    """The text with one author's tracked changes, its lines made headings as those of the whole were."""
    # by their words: in this text lines have other numbers
    arranged = {
        heading.words: preview.levels[heading.line]
        for heading in preview.headings
        if heading.line in preview.levels
    }
    wanted = {
        heading.line: arranged[heading.words]
        for heading in find_headings(suggestion.source)
        if heading.words in arranged
    }
    return arrange(suggestion.source, wanted)


def propose_parts(
    actor: Actor,
    slug: str,
    suggestion: Suggestion,
    parts: Sequence[PartDraft],
    filename: str,
    wording: Wording,
    *,
    now: datetime,
) -> Iterator[int]:
    """Make proposals of one author's tracked changes; of more than a proposal can hold, several."""
    for at in range(0, len(parts), MOST_PARTS):
        yield propose_changes(
            actor,
            slug,
            title=wording.suggestion_title(suggestion.author, filename),
            rationale=wording.suggestion_rationale(suggestion.author, filename, suggestion.at),
            parts=parts[at : at + MOST_PARTS],
            now=now,
        )


def parts_towards(sections: Sequence[SectionRow], source: str) -> list[PartDraft]:
    """What brings the sections to a text: other words, new sections, sections gone."""
    pieces, alignment = align_with_file(sections, source)
    standing = {section.section_id: section for section in sections}
    parts: list[PartDraft] = []
    last: str | None = None
    for piece, continued in zip(pieces, alignment.pieces, strict=True):
        old = standing.get(continued.old_id) if continued.old_id is not None else None
        if old is None:
            if piece.level:
                parts.append(
                    PartDraft(
                        "add", last, outline.body(piece.source), title=outline.raw_heading(piece.source)
                    )
                )
            continue
        last = old.section_id
        if old.source.strip() != piece.source.strip():
            parts.append(PartDraft("reword", old.section_id, piece.source, old.text_id))
    return parts + [PartDraft("remove", gone) for gone in alignment.removed]


# comments in the margin


def take_over_margin(
    actor: Actor,
    slug: str,
    preview: Preview,
    margin: Sequence[MarginComment],
    choices: Choices,
    *,
    now: datetime,
) -> tuple[int, ...]:
    """Enter comments of the margin, one submission for each author, on the words of the draft they are about."""
    said = choices.said or {}
    document = queries.get_document(slug, Viewer.of(actor))
    sections = queries.list_draft_sections(document.id)
    script = None if preview.source == preview.text.source else compare(preview.text.source, preview.source)
    numbers: list[int] = []
    for author, sender in said.items():
        comments = [comment for comment in margin if comment.author == author]
        if not comments:
            continue
        remarks = []
        for comment in comments:
            span = comment.span
            if span is not None and script is not None:
                span = script.map_span(span)
            remarks.append(Remark(text=comment.text, pointings=tuple(_pointings(sections, span))))
        whose = Sender(
            capacity=sender.capacity,
            name=author,
            organisation_name=sender.organisation,
            channel=choices.channel,
            received_on=min(_last_day(comments, now), now.astimezone(HOME).date()),
        )
        for at in range(0, len(remarks), MOST_COMMENTS):
            numbers += submit_comments(
                actor, slug, remarks[at : at + MOST_COMMENTS], whose, on_draft=True, now=now
            ).numbers
    return tuple(numbers)


def _last_day(comments: Sequence[MarginComment], now: datetime) -> date:
    """The day of the last comment, in Warsaw."""
    return max((comment.at or now) for comment in comments).astimezone(HOME).date()


def _pointings(sections: Sequence[SectionRow], span: Span | None) -> Iterator[Pointing]:
    """Where a span of the whole text stands: in each section its words, in the section's own plain text; of more
    sections than a comment may point into, the first."""
    if span is None:
        return
    begins = given = 0
    for section in sections:
        start, end = max(span.start - begins, 0), min(span.end - begins, len(section.source))
        begins += len(section.source)
        if start >= end or given >= MOST_TARGETS:
            continue
        plain = project(section.source, section.plain).to_plain(Span(start, end))
        words = plain.of(section.plain)
        if words.strip():
            at = plain.start + len(words) - len(words.lstrip())
            given += 1
            yield Pointing(
                section.section_id, section.text_id, Span(at, at + len(words.strip())), quote=words.strip()
            )
