"""When words appeared in a document and when they went: by which change, whose, and because of what.

Words stand in a document as long as any of its parts holds them, so they survive a split, a join, a move or a removal
brought back at once. Those who may see the draft are told by changes; everybody else is told what the published
versions show, and nothing of what came after the last one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from consult.domain.history.appearances import Published, Stretch, joined, published
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.policy.table import is_allowed
from consult.domain.text.phrases import FormsFinder, Phrase, exact_spans, read_phrase, sifting_words
from consult.domain.text.spans import Span
from consult.storage.queries import appearances as queries
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries.appearances import EndRow, StandRow, TurnRow, WordsRow
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow, VersionRow
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports

MOST_PERIODS = 40
"""Periods that are told in full, the last ones; earlier ones are counted."""

MOST_PLACES = 12
MOST_STEPS = 3
"""Parts whose words are shown for one change."""


@dataclass(frozen=True, slots=True)
class Step:
    """What became of one part when the words came or went: its words before and after, empty where it did not stand.

    `spans` is where the words looked for stand: in `after` where they came, in `before` where they went.
    """

    heading: str
    before: str
    after: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """The change by which words came or went. `by` is None once erased; the office's name for those outside of it.

    `comment` is the comment that caused it, as far as the reader may know it; `version_no` the version in which one
    sees it first, for those who see versions only.
    """

    number: int
    kind: str
    at: datetime
    by: str | None
    note: str
    cause_kind: str
    comment: CommentRow | None
    version_no: int | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A part that held the words for a while; `until_no` is None while it does, `words` how they stood there last.

    `versions` are those of the period in which this part held them; the changes are for those who see the draft.
    """

    section_id: str
    heading: str
    label: str
    words: str
    from_no: int
    until_no: int | None
    versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """A time during which the words stood in the document, by changes and by the versions that hold them.

    For those who see versions only, `from_no` and `until_no` are the changes as the versions show them.
    """

    from_no: int
    until_no: int | None
    versions: tuple[int, ...]
    came: Turn
    went: Turn | None
    places: tuple[Place, ...]
    place_count: int


@dataclass(frozen=True, slots=True)
class Appearances:
    """All times words stood in a document, the first first. `sees_draft` says that they are told by changes."""

    document: DocumentRow
    phrase: Phrase
    in_any_form: bool
    sees_draft: bool
    periods: tuple[Period, ...]
    earlier: int


def find_appearances(
    actor: Actor, slug: str, words: str, *, in_any_form: bool = False, limit: int = MOST_PERIODS
) -> Appearances:
    """When `words` stood in a document: exactly as said but for the size of letters and white space, or with
    `in_any_form` one after another in any of their forms.

    Raises NotFound where there is no document the actor may know of, InvalidInput for what is no phrase.
    """
    viewer = Viewer.of(actor)
    document = document_queries.get_document(slug, viewer)
    phrase = read_phrase(words)
    target = Target(host_id=document.host_id, document_id=document.id)
    sees_draft = is_allowed(actor, Permission.SEE_UNPUBLISHED, target)
    texts = _texts_with(document, phrase, in_any_form=in_any_form)
    stands = queries.list_stands(document.id, texts)
    stretches = joined(Stretch(row.from_no, row.until_no) for row in stands)
    versions = document_queries.list_versions(document.id)[::-1]
    teller = _Teller(document, versions, stands, texts, viewer, sees_draft=sees_draft)
    runs: Sequence[Stretch | Published]
    runs = stretches if sees_draft else published(stretches, [row.change_no for row in versions])
    return Appearances(
        document=document,
        phrase=phrase,
        in_any_form=in_any_form,
        sees_draft=sees_draft,
        periods=teller.tell(runs[-limit:]),
        earlier=max(0, len(runs) - limit),
    )


def _texts_with(document: DocumentRow, phrase: Phrase, *, in_any_form: bool) -> dict[int, tuple[Span, str]]:
    """Every text the document ever had that holds the words: where first, and how they are written there."""
    find: Callable[[str], list[Span]]
    sifted: tuple[str, ...] = ()
    if in_any_form:
        analyser = current_ports().analyser
        wanted = [token.terms for token in analyser.query_tokens(phrase.words, document.language)]
        finder = FormsFinder(
            wanted,
            lambda block: [
                (token.start, token.end, token.terms) for token in analyser.tokens(block, document.language)
            ],
        )
        find = finder.spans
    else:
        find, sifted = lambda text: exact_spans(phrase, text), sifting_words(phrase)
    found: dict[int, tuple[Span, str]] = {}
    for text_id, plain in queries.iterate_texts(document.id, sifted):
        spans = find(plain)
        if spans:
            found[text_id] = (spans[0], spans[0].of(plain))
    return found


class _Teller:
    """Puts what happened to the words into periods, reading all it needs at once."""

    def __init__(
        self,
        document: DocumentRow,
        versions: Sequence[VersionRow],
        stands: Sequence[StandRow],
        texts: dict[int, tuple[Span, str]],
        viewer: Viewer,
        *,
        sees_draft: bool,
    ) -> None:
        self._document = document
        self._versions = versions
        self._stands = stands
        self._texts = texts
        self._works_here = viewer.works_for(document.host_id)
        self._sees_draft = sees_draft

    def tell(self, runs: Sequence[Stretch | Published]) -> tuple[Period, ...]:
        numbers = {run.from_no for run in runs} | {run.until_no for run in runs if run.until_no is not None}
        turns = queries.list_turns(self._document.id, numbers)
        comments = {
            comment.id: comment
            for comment in comment_queries.list_comments_by_id(
                {row.cause_ref for row in turns.values() if row.cause_kind == "comment" and row.cause_ref},
                with_drafts=self._works_here,
            )
            if self._works_here or comment.consultation_id is not None
        }
        steps = self._steps_in_draft(numbers) if self._sees_draft else {}
        held = queries.list_versions_of_texts(self._texts)
        headings = queries.list_headings(self._texts)
        periods = []
        for run in runs:
            versions = self._versions_of(run)
            came_in = versions[0].number if versions and not self._sees_draft else None
            went_in = self._version_after(run)
            if isinstance(run, Published):
                steps |= self._steps_in_versions(run)
            places = self._places(run, versions, held, headings)
            periods.append(
                Period(
                    from_no=run.from_no,
                    until_no=run.until_no,
                    versions=tuple(version.number for version in versions),
                    came=self._turn(
                        turns[run.from_no], comments, came_in, steps.get((run.from_no, True), ())
                    ),
                    went=self._turn(
                        turns[run.until_no], comments, went_in, steps.get((run.until_no, False), ())
                    )
                    if run.until_no is not None
                    else None,
                    places=tuple(places[:MOST_PLACES]),
                    place_count=len(places),
                )
            )
        return tuple(periods)

    def _versions_of(self, run: Stretch | Published) -> Sequence[VersionRow]:
        if isinstance(run, Published):
            return self._versions[run.first : run.last + 1]
        return [version for version in self._versions if run.covers(version.change_no)]

    def _version_after(self, run: Stretch | Published) -> int | None:
        """The first version without the words, for those who see versions only."""
        if isinstance(run, Published) and run.last + 1 < len(self._versions):
            return self._versions[run.last + 1].number
        return None

    def _turn(
        self,
        row: TurnRow,
        comments: dict[int, CommentRow],
        version_no: int | None,
        steps: Collection[Step],
    ) -> Turn:
        comment = comments.get(row.cause_ref or 0) if row.cause_kind == "comment" else None
        is_hidden = row.cause_kind == "comment" and comment is None
        return Turn(
            number=row.number,
            kind=row.kind,
            at=row.at,
            by=row.author if self._sees_draft else self._document.host_name,
            note=(row.note or "") if self._sees_draft else "",
            cause_kind="" if is_hidden else row.cause_kind,
            comment=comment,
            version_no=version_no,
            steps=tuple(steps),
        )

    def _steps_in_draft(self, numbers: Collection[int]) -> dict[tuple[int, bool], list[Step]]:
        """What changes did to the parts in which the words came (True) or went (False), by change."""
        wanted = set(numbers)
        sections = {row.section_id for row in self._stands if row.from_no in wanted or row.until_no in wanted}
        found: dict[tuple[int, bool], list[Step]] = defaultdict(list)
        around = queries.list_words_around(self._document.id, numbers, sections)
        for (number, _), (before, after) in sorted(around.items()):
            had, has = self._holds(before), self._holds(after)
            if had != has:
                found[number, has].append(self._step(before, after))
        return {key: steps[:MOST_STEPS] for key, steps in found.items()}

    def _steps_in_versions(self, run: Published) -> dict[tuple[int, bool], list[Step]]:
        """The same as the versions around a run show it."""
        found: dict[tuple[int, bool], list[Step]] = defaultdict(list)
        turns = [(run.from_no, True, run.first - 1, run.first)]
        if run.until_no is not None:
            turns.append((run.until_no, False, run.last, run.last + 1))
        sections = {row.section_id for row in self._stands}
        for number, came, old, new in turns:
            ids = [self._versions[place].id if place >= 0 else 0 for place in (old, new)]
            words = queries.list_words_of_versions([one for one in ids if one], sections)
            for section_id in sorted(sections):
                before, after = words.get((ids[0], section_id)), words.get((ids[1], section_id))
                if self._holds(before) != self._holds(after):
                    found[number, came].append(self._step(before, after))
        return {key: steps[:MOST_STEPS] for key, steps in found.items()}

    def _holds(self, words: WordsRow | None) -> bool:
        return words is not None and words.text_id in self._texts

    def _step(self, before: WordsRow | None, after: WordsRow | None) -> Step:
        holder = after if self._holds(after) else before
        shown = after or before
        return Step(
            heading=shown.heading if shown else "",
            before=before.plain if before else "",
            after=after.plain if after else "",
            spans=(self._texts[holder.text_id][0],) if holder else (),
        )

    def _places(
        self,
        run: Stretch | Published,
        versions: Sequence[VersionRow],
        held: dict[int, list[tuple[int, int, str]]],
        headings: dict[int, str],
    ) -> list[Place]:
        """The parts that held the words during a run, in the order in which they began to."""
        numbers = {version.number for version in versions}
        by_section: dict[str, list[StandRow]] = defaultdict(list)
        for row in self._stands:
            if isinstance(run, Published):
                is_in = any(number in numbers for _, number, _ in held.get(row.text_id, ()))
            else:
                is_in = row.from_no >= run.from_no and (run.until_no is None or row.from_no < run.until_no)
            if is_in:
                by_section[row.section_id].append(row)
        found: list[tuple[str, Place]] = []
        for section_id, rows in by_section.items():
            for stretch in _stretches_of(rows, is_one=isinstance(run, Published)):
                inside = [row for row in rows if stretch.covers(row.from_no)]
                shown = sorted(
                    (number, ordinal, label, row.text_id)
                    for row in inside
                    for ordinal, number, label in held.get(row.text_id, ())
                    if number in numbers
                )
                text_id = shown[-1][3] if isinstance(run, Published) else inside[-1].text_id
                place = Place(
                    section_id=section_id,
                    heading=headings.get(text_id, ""),
                    label=shown[-1][2] if shown else "",
                    words=self._texts[text_id][1],
                    from_no=stretch.from_no,
                    until_no=stretch.until_no,
                    versions=tuple(dict.fromkeys(number for number, *_ in shown)),
                )
                found.append((inside[-1].rank, place))
        found.sort(
            key=lambda one: (() if self._sees_draft else one[1].versions[:1], one[1].from_no, one[0].encode())
        )
        return [place for _, place in found]


def _stretches_of(rows: Sequence[StandRow], *, is_one: bool) -> list[Stretch]:
    """When a part held the words; as one stretch for those who are told by versions."""
    stretches = joined(Stretch(row.from_no, row.until_no) for row in rows)
    return [Stretch(stretches[0].from_no, stretches[-1].until_no)] if is_one else stretches


def list_ends(actor: Actor, text_ids: Collection[int]) -> dict[int, EndRow]:
    """How texts ended, by text, as far as the actor may know: by which change and because of what; one query for a page
    of search results. A text that stands, as far as they may know, is not among them."""
    return queries.list_ends(text_ids, Viewer.of(actor)) if text_ids else {}
