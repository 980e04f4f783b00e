"""Origins kept with every text as a change leaves it, and worked out anew from the chain of texts.

What is stored is derived: `rebuild_provenance` gets the same from the changes. The one thing no change says
elsewhere is which earlier text a text was brought back from; it stands beside the origins and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consult.domain.consolidation.provenance import (
    Known,
    Run,
    Went,
    decoded,
    encoded,
    trace_change,
)
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text.spans import Span
from consult.services.authority import of_document, require
from consult.services.placements import WordsWent
from consult.storage.models import Provenance, SectionText
from consult.storage.queries import documents as document_queries
from consult.storage.queries import provenance as queries
from consult.storage.queries.provenance import LeftText, WentRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import Work, unit_of_work

Runs = tuple[Run, ...]


def keep_origins(
    work: Work,
    document_id: int,
    number: int,
    texts: Mapping[str, SectionText],
    *,
    standing: Mapping[str, int],
    removals: Collection[str] = (),
    lineage: Sequence[WordsWent] = (),
    brought: Mapping[str, int | None] | None = None,
) -> None:
    """Keep the origins of the texts that change `number` left; all texts are there already.

    `standing` holds the ids of the texts that stood before, by section; `brought` those of earlier texts whose words
    the change brought back.
    """
    touched = {*texts, *removals, *(went.from_section for went in lineage)}
    before = {section: standing[section] for section in touched if section in standing}
    earlier = {
        section: text_id for section, text_id in (brought or {}).items() if text_id and section in texts
    }
    known = _known(work, document_id, {*before.values(), *earlier.values()}, until=number - 1)
    traced = trace_change(
        number,
        before={section: known[text_id] for section, text_id in before.items()},
        after={section: text.source for section, text in texts.items()},
        went=_went(lineage),
        brought={section: known[text_id] for section, text_id in earlier.items()},
        removed=removals,
    )
    work.insert(
        *(
            Provenance(text_id=texts[section].id, brought_text_id=earlier.get(section), runs=encoded(runs))
            for section, runs in traced.items()
        )
    )


def runs_of(document_id: int, lengths: Mapping[int, int], *, until: int) -> dict[int, Runs]:
    """The origins of texts of a document by id, stored or worked out; nothing is written.

    `lengths` are code points of the sources by text id. Texts whose origins were never stored, or do not cover them,
    cost a walk through the history up to change `until`.
    """
    found = {text_id: decoded(stored) for text_id, stored in queries.list_runs(lengths).items()}
    missing = {
        text_id
        for text_id, length in lengths.items()
        if sum(run.length for run in found.get(text_id, ())) != length
    }
    if missing:
        for step in _walk(document_id, until=until):
            found |= {text_id: runs for text_id, runs in step.items() if text_id in missing}
    return found


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """How many texts of a document there are, how many had no origins, and how many had others."""

    slug: str
    texts: int
    missing: int
    differing: int


def rebuild_provenance(actor: Actor, slug: str, *, now: datetime) -> Rebuilt:
    """Work out the origins of every text a document ever had, and store those that were missing or differ."""
    del now
    with unit_of_work() as work:
        document = document_queries.get_document(slug, Viewer.of(actor))
        require(actor, Permission.EDIT_DRAFT, of_document(document))
        row = document_queries.lock_document(document.id)
        texts, missing, differing = _write(work, document.id, until=row.last_change_no)
        return Rebuilt(slug, texts, missing, differing)


def list_altered_origins(document_id: int, *, until: int) -> Iterator[int]:
    """Ids of the texts whose stored origins are not those worked out anew; texts without any are none of them."""
    for left, runs in _steps(document_id, until=until, anew=True):
        yield from (
            text.text_id
            for text in left
            if text.runs is not None and text.runs != encoded(runs[text.text_id])
        )


def keep_missing_origins(now: datetime) -> int:
    """Store the origins of texts from before they were kept; returns in how many documents."""
    del now
    untraced = queries.list_untraced_documents()
    for document_id in untraced:
        with unit_of_work() as work:
            row = document_queries.lock_document(document_id)
            _write(work, document_id, until=row.last_change_no)
    return len(untraced)


def _write(work: Work, document_id: int, *, until: int) -> tuple[int, int, int]:
    texts = missing = differing = 0
    for left, runs in _steps(document_id, until=until, anew=True):
        fresh = [text for text in left if text.runs != encoded(runs[text.text_id])]
        texts += len(left)
        missing += sum(text.runs is None for text in fresh)
        differing += sum(text.runs is not None for text in fresh)
        queries.forget_runs([text.text_id for text in fresh if text.runs is not None])
        work.add(
            *(
                Provenance(
                    text_id=text.text_id,
                    brought_text_id=text.brought_text_id,
                    runs=encoded(runs[text.text_id]),
                )
                for text in fresh
            )
        )
    work.flush()
    return texts, missing, differing


# Working out


def _known(work: Work, document_id: int, text_ids: Collection[int], *, until: int) -> dict[int, Known]:
    """Texts with their origins; those that have none stored yet get them, which happens once to an old document."""
    rows = queries.list_traced(text_ids)
    runs = {text_id: decoded(row.runs) for text_id, row in rows.items() if row.runs is not None}
    if len(runs) < len(rows):
        for step in _walk(document_id, until=until):
            runs |= {text_id: found for text_id, found in step.items() if text_id in rows}
        work.add(
            *(
                Provenance(text_id=text_id, brought_text_id=None, runs=encoded(runs[text_id]))
                for text_id, row in rows.items()
                if row.runs is None
            )
        )
    return {text_id: Known(row.source, runs[text_id]) for text_id, row in rows.items()}


@dataclass(slots=True)
class _Past:
    """The texts that stand at a change of the walk, and the origins of every text before it."""

    standing: dict[str, LeftText] = field(default_factory=dict)
    sources: dict[int, str] = field(default_factory=dict)
    runs: dict[int, Runs] = field(default_factory=dict)

    def known(self, text_id: int) -> Known | None:
        if text_id not in self.runs:
            return None
        source = self.sources.get(text_id)
        if source is None:
            source = queries.list_traced([text_id])[text_id].source
        return Known(source, self.runs[text_id])

    def forget(self, sections: Iterable[str]) -> None:
        """These sections stand no longer, or with another text."""
        for section in sections:
            gone = self.standing.pop(section, None)
            if gone is not None:
                self.sources.pop(gone.text_id, None)


def _walk(document_id: int, *, until: int) -> Iterator[Mapping[int, Runs]]:
    """The origins of the texts each change left, in order; what is stored is taken as it is."""
    for _, runs in _steps(document_id, until=until, anew=False):
        yield runs


def _steps(
    document_id: int, *, until: int, anew: bool
) -> Iterator[tuple[Sequence[LeftText], Mapping[int, Runs]]]:
    """(texts a change left, their origins by id) for every change of a document that left any, in order."""
    removals, lineage = queries.list_removals(document_id), queries.list_lineage(document_id)
    past = _Past()
    departures = sorted(removals.items(), reverse=True)
    for left in queries.read_texts(document_id, until=until):
        number = left[0].number
        while departures and departures[-1][0] < number:
            past.forget(departures.pop()[1])
        stored = {text.text_id: decoded(text.runs) for text in left if text.runs is not None}
        if anew or len(stored) < len(left):
            runs = _traced(number, left, past, removals.get(number, ()), lineage.get(number, ()))
        else:
            runs = stored
        for text in left:
            past.forget([text.section_id])
            past.standing[text.section_id] = text
            past.sources[text.text_id] = text.source
        past.runs |= runs
        yield left, runs


def _traced(
    number: int, left: Sequence[LeftText], past: _Past, removed: Sequence[str], went: Sequence[WentRow]
) -> dict[int, Runs]:
    touched = {*(text.section_id for text in left), *removed, *(move.from_section for move in went)}
    before: dict[str, Known] = {}
    for section in touched:
        text = past.standing.get(section)
        known = past.known(text.text_id) if text else None
        if known is not None:
            before[section] = known
    brought = {
        text.section_id: known
        for text in left
        if text.brought_text_id and (known := past.known(text.brought_text_id)) is not None
    }
    traced = trace_change(
        number,
        before=before,
        after={text.section_id: text.source for text in left},
        went=_went(went),
        brought=brought,
        removed=removed,
    )
    return {text.text_id: traced[text.section_id] for text in left}


def _went(moves: Sequence[WordsWent] | Sequence[WentRow]) -> list[Went]:
    return [
        Went(move.from_section, Span(move.from_start, move.from_end), move.to_section, move.to_start)
        for move in moves
    ]
