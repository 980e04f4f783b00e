"""A file that comes back revised: its text becomes one change, and what came with it is taken over once.

Comments in the margin and tracked changes are taken over as from the first file. A file that went round the authors
brings those of the last time with it; they are known again, so that nothing is taken over twice:

- a comment by its author and its words. Two like ones are told apart by the words they stand on, and beyond that counted.
- a tracked change by what it takes out and puts in, the words before it, and its author.

Lines somebody made headings of when the first file was taken in are known by their words, and are headings again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from consult.domain.diffing.compare import compare
from consult.domain.policy.actors import Actor
from consult.domain.process.proposals import PartKind
from consult.domain.text import outline
from consult.domain.text.headings import find_headings
from consult.ports.imports import ImportedText, MarginComment, Suggestion
from consult.services.documents import Revised, align_with_file, keep_revision, read_file
from consult.services.drafting import get_editable
from consult.services.imports import (
    AS_IT_IS,
    Choices,
    Preview,
    Wording,
    arranged_suggestion,
    chosen_text,
    parts_towards,
    preview_text,
    propose_parts,
    take_over_margin,
)
from consult.services.proposals import PartDraft
from consult.storage.queries import documents as queries
from consult.storage.queries import proposals as proposal_queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.said_before import SaidRow, list_said
from consult.storage.unit_of_work import unit_of_work

PLAIN_ENDINGS = frozenset({".md", ".markdown", ".txt"})
"""Files whose text is taken as it is written, headings too."""


@dataclass(frozen=True, slots=True)
class RevisionPreview:
    """What a revised file brings: its text as chosen, the comments not taken over yet and how many are known, the tracked
    changes by author with how many parts of the text each asks to change, and of how many authors all was proposed before."""

    preview: Preview
    margin: tuple[MarginComment, ...]
    known_comments: int
    suggestions: tuple[tuple[Suggestion, int], ...]
    known_proposals: int


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What was made of a revised file: the change, the numbers of new proposals and comments."""

    revised: Revised
    proposals: tuple[int, ...] = ()
    comments: tuple[int, ...] = ()


def preview_revision(
    actor: Actor, slug: str, content: bytes, filename: str, choices: Choices = AS_IT_IS
) -> RevisionPreview:
    """What a file would change and bring; nothing is kept. Raises InvalidInput as `read_file` does, NotPermitted."""
    text = read_file(content, filename)
    document = get_editable(actor, slug)
    sections = queries.list_draft_sections(document.id)
    preview = _previewed(text, filename, sections, choices)
    margin = _unknown(text.margin, text.source, list_said(document.id))
    suggestions: list[tuple[Suggestion, int]] = []
    known = 0
    before = _previewed(text, filename, sections, replace(choices, keeps_proposals=True))
    made = _asked_before(document.id)
    standing = _as_sections(sections, before.source)
    for suggestion in text.suggestions:
        parts = parts_towards(standing, arranged_suggestion(suggestion, before))
        new = _new_parts(parts, suggestion.author, standing, made)
        known += bool(parts) and not new
        if new:
            suggestions.append((suggestion, len(new)))
    return RevisionPreview(
        preview=preview,
        margin=tuple(margin),
        known_comments=len(text.margin) - len(margin),
        suggestions=tuple(suggestions),
        known_proposals=known,
    )


def take_in_revision(
    actor: Actor,
    slug: str,
    *,
    content: bytes,
    filename: str,
    choices: Choices,
    wording: Wording,
    note: str = "",
    now: datetime,
) -> TakenBack:
    """Bring the draft to a file, with its proposals and the comments of its margin that are new.

    Raises InvalidInput and NotPermitted; then nothing is kept.
    """
    text = read_file(content, filename)
    with unit_of_work():
        document = get_editable(actor, slug)
        queries.lock_document(document.id)
        preview = _previewed(text, filename, queries.list_draft_sections(document.id), choices)
        margin = _unknown(text.margin, text.source, list_said(document.id))
        revised = keep_revision(actor, slug, text, preview.source, note=note, now=now)
        proposals: list[int] = []
        if choices.keeps_proposals:
            for suggestion in text.suggestions:
                made = _asked_before(document.id)
                source = arranged_suggestion(suggestion, preview)
                standing = queries.list_draft_sections(document.id)
                parts = _new_parts(parts_towards(standing, source), suggestion.author, standing, made)
                proposals += propose_parts(actor, slug, suggestion, parts, filename, wording, now=now)
        comments = take_over_margin(actor, slug, preview, margin, choices, now=now)
        return TakenBack(revised, tuple(proposals), comments)


# the text


def _previewed(
    text: ImportedText, filename: str, sections: Sequence[SectionRow], choices: Choices
) -> Preview:
    levels = _levels_again(text, filename, sections, choices)
    return preview_text(text, filename, replace(choices, levels=levels))


def _levels_again(
    text: ImportedText, filename: str, sections: Sequence[SectionRow], choices: Choices
) -> Mapping[int, int]:
    """Levels of lines that are no headings in the file and whose words are those of a heading that stands."""
    if PurePath(filename).suffix.lower() in PLAIN_ENDINGS:
        return {}
    standing = {" ".join(section.heading.split()): section.level for section in sections if section.level}
    return {
        heading.line: standing[words]
        for heading in find_headings(chosen_text(text, choices))
        if not heading.level and (words := " ".join(heading.words.split())) in standing
    }


def _as_sections(sections: Sequence[SectionRow], source: str) -> Sequence[SectionRow]:
    """The standing sections with the words a file gives them, for the parts of proposals that would be made over it."""
    pieces, alignment = align_with_file(sections, source)
    standing = {section.section_id: section for section in sections}
    made: list[SectionRow] = []
    for at, (piece, continued) in enumerate(zip(pieces, alignment.pieces, strict=True)):
        old = standing.get(continued.old_id) if continued.old_id is not None else None
        if old is not None:
            made.append(replace(old, source=piece.source, heading=piece.heading, level=piece.level))
        elif sections:
            made.append(
                replace(
                    sections[0],
                    section_id=f"new-{at}",
                    source=piece.source,
                    heading=piece.heading,
                    level=piece.level,
                )
            )
    return made


# what is known


def _unknown(margin: Sequence[MarginComment], source: str, said: Sequence[SaidRow]) -> list[MarginComment]:
    """The comments of a margin that were not taken over yet, in their order."""
    left: dict[tuple[str, str], list[tuple[str, ...]]] = {}
    for row in said:
        left.setdefault((row.author, _folded(row.text)), []).append(row.quotes)
    new: list[MarginComment] = []
    unsure: list[MarginComment] = []
    for comment in margin:
        known = _of(comment, left)
        words = _folded(comment.span.of(source)) if comment.span is not None else ""
        same = next((quotes for quotes in known if _folded(" ".join(quotes)) == words), None)
        if same is None:
            unsure.append(comment)
        else:
            known.remove(same)
    # the words under a comment may have been edited since: like ones are then only counted
    for comment in unsure:
        known = _of(comment, left)
        if known:
            known.pop(0)
        else:
            new.append(comment)
    return new


def _of(
    comment: MarginComment, left: Mapping[tuple[str, str], list[tuple[str, ...]]]
) -> list[tuple[str, ...]]:
    """What is left of comments like this one: by its author, else by somebody whose name was erased."""
    words = _folded(comment.text)
    return left.get((comment.author.strip(), words)) or left.get(("", words)) or []


def _folded(text: str) -> str:
    return " ".join(text.split())


Edit = tuple[str, str, str, str]
"""What a proposal asks of a section: (section, words before, words taken out, words put in); "" for the section where it
is a new one."""

BEFORE = 24
"""Code points before an edit that tell it from a like one elsewhere in the section."""


def _new_parts(
    parts: Sequence[PartDraft], author: str, sections: Sequence[SectionRow], made: Sequence[tuple[str, Asked]]
) -> list[PartDraft]:
    """The parts that ask for something no proposal of this author asked for."""
    asked = {edit for said, edits in made if author in said for edit in edits}
    standing = {section.section_id: section.source for section in sections}
    return [part for part in parts if not _edits(part, standing.get(part.section_id or "", "")) <= asked]


Asked = frozenset[Edit]


def _edits(part: PartDraft, before: str) -> Asked:
    if part.kind == PartKind.ADD:
        # what it stands after may itself be new, and then has another id each time
        return frozenset({("", "", "", _folded(f"{part.title} {part.source}"))})
    if part.kind == PartKind.REMOVE:
        return frozenset({(part.section_id or "", "", _folded(before), "")})
    return _changes(part.section_id or "", before, part.source)


def _changes(section_id: str, old: str, new: str) -> Asked:
    """The edits between two texts of a section, so that they are known again when the rest of it was changed."""
    old, new = old.strip(), new.strip()
    return frozenset(
        (
            section_id,
            _folded(old[max(0, hunk.old.start - BEFORE) : hunk.old.start]),
            _folded(hunk.old.of(old)),
            _folded(hunk.new.of(new)),
        )
        for hunk in compare(old, new).changes()
    )


def _asked_before(document_id: int) -> list[tuple[str, Asked]]:
    """(title and rationale, what it asked for at first) of every proposal there is."""
    proposals = proposal_queries.list_proposals(document_id)
    rows = proposal_queries.list_parts([one.id for one in proposals])
    bases = {row.first_text_id for row in rows if row.first_text_id is not None}
    texts = {text.id: text.source for text in queries.list_texts(sorted(bases))}
    asked: dict[int, set[Edit]] = {}
    for row in rows:
        before = texts.get(row.first_text_id or 0, "")
        words = row.first_source
        if row.kind == PartKind.ADD:
            drafted = PartDraft(
                row.kind, row.section_id, outline.body(words), title=outline.raw_heading(words)
            )
        else:
            drafted = PartDraft(row.kind, row.section_id, words)
        asked.setdefault(row.proposal_id, set()).update(_edits(drafted, before))
    return [(f"{one.title}\n{one.rationale}", frozenset(asked.get(one.id, ()))) for one in proposals]
