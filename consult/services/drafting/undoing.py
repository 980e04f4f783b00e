"""An earlier change taken back by a new one, with everything that came later kept.

A change is taken back section by section: the text it left is the common base, what stands now is one side, what
stood before it the other, and the two are merged as two people's edits are. Sections between which the change
carried words (a split, a join) are taken together, as one text. Taking back the last change gives exactly what
stood before it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from consult.domain.diffing.compare import compare
from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.merging.threeway import merge
from consult.domain.policy.actors import Actor
from consult.domain.text import outline
from consult.domain.text.spans import Span
from consult.services.changes import Draft, Put, Recorded, record_change
from consult.services.drafting.checking import check_note, checked_source, get_editable
from consult.services.drafting.places import put_back, spots, with_sound_joints
from consult.services.drafting.recording import record_arranged
from consult.services.drafting.values import Dispute, Disputed, Settled, Unchanged
from consult.services.placements import WordsWent
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries import outline as outline_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.drafting import ChangeRow, Standing
from consult.storage.queries.outline import Touched, WentRow
from consult.storage.unit_of_work import unit_of_work

NOTHING_SETTLED: Mapping[str, Settled] = {}


def undo_change(
    actor: Actor,
    slug: str,
    number: int,
    *,
    note: str = "",
    settled: Mapping[str, Settled] = NOTHING_SETTLED,
    now: datetime,
) -> Recorded | Unchanged | Disputed:
    """Take back one change of the working draft by a new one.

    Disputed, with nothing recorded, where later changes touched the same words or places; `settled` says by the keys
    of its disputes how a person decided. Unchanged when nothing of the change stands any more. Raises NotFound for a
    change there is not, RuleBroken when nothing would be left.
    """
    check_note(note)
    with unit_of_work() as work:
        document = get_editable(actor, slug)
        document_queries.lock_document(document.id)
        change = queries.get_change(document.id, number)
        taking = _taken_back(document, change, settled)
        if taking.disputes:
            return Disputed(tuple(taking.disputes))
        if not taking.puts and not taking.removals:
            return Unchanged()
        standing = {section.section_id for section in taking.order} | {
            put.section_id for put in taking.puts.values() if put.returns
        }
        if standing <= set(taking.removals):
            raise RuleBroken("undo_leaves_nothing")
        draft = Draft(
            "undo",
            with_sound_joints(taking.order, list(taking.puts.values()), taking.removals),
            taking.removals,
            lineage=taking.lineage(),
            note=note,
            of_no=number,
        )
        recorded = record_change(work, document, actor, draft, now=now)
        record_arranged(work, actor, document, recorded, now=now)
        return recorded


def find_disputes(actor: Actor, slug: str, number: int) -> tuple[Dispute, ...]:
    """What stands in the way of taking a change back; nothing is changed. Raises NotFound."""
    document = get_editable(actor, slug)
    change = queries.get_change(document.id, number)
    return tuple(_taken_back(document, change, NOTHING_SETTLED).disputes)


def _taken_back(document: DocumentRow, change: ChangeRow, settled: Mapping[str, Settled]) -> _Taking:
    taking = _Taking(
        order=queries.list_standing(document.id),
        was=outline_queries.list_standing_at(document.id, change.number - 1),
        touched=outline_queries.list_touched(document.id, change.number),
        went=outline_queries.list_went(change.id),
        settled=settled,
    )
    taking.take_back()
    return taking


@dataclass(slots=True)
class _Taking:
    """A change being taken back: what it did, what stands now, and what comes of it."""

    order: Sequence[Standing]
    was: Sequence[Standing]
    touched: Sequence[Touched]
    went: Sequence[WentRow]
    settled: Mapping[str, Settled]
    puts: dict[str, Put] = field(default_factory=dict)
    removals: list[str] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    standing: dict[str, Standing] = field(init=False)
    rows: dict[str, Touched] = field(init=False)
    sources: dict[int, str] = field(init=False)

    def __post_init__(self) -> None:
        self.standing = {section.section_id: section for section in self.order}
        self.rows = {row.section_id: row for row in self.touched}
        text_ids = {state[0] for row in self.touched for state in (row.before, row.after) if state}
        text_ids |= {self.standing[key].text_id for key in self.rows if key in self.standing}
        self.sources = outline_queries.list_sources(text_ids)

    def take_back(self) -> None:
        for unit in self._units():
            self._take_back_words(unit)
        self._take_back_places()

    # Words

    def _units(self) -> list[list[Touched]]:
        """Sections whose words are taken back together: those the change carried words between, else one by one."""
        unit_of = {row.section_id: [row] for row in self.touched}
        for went in self.went:
            one, other = unit_of.get(went.from_section), unit_of.get(went.to_section)
            if one is None or other is None or one is other:
                continue
            one += other
            for row in other:
                unit_of[row.section_id] = one
        return list({id(unit): unit for unit in unit_of.values()}.values())

    def _take_back_words(self, unit: list[Touched]) -> None:
        before = sorted((row for row in unit if row.before), key=_rank_before)
        after = sorted((row for row in unit if row.after), key=_rank_after)
        if not before and len(after) == 1 and after[0].section_id not in self.standing:
            return  # it came with the change and went again since
        if not after:
            for row in before:
                self._return(row, self._source(row.before))
            return
        if all(row.before and row.after and row.before[0] == row.after[0] for row in unit):
            return  # only moved
        if self._stands_as_left(after):
            self._put_words(before, after, [self._source(row.before) for row in before])
            return
        self._merge(unit[0].section_id, before, after)

    def _stands_as_left(self, after: Sequence[Touched]) -> bool:
        return all(
            row.section_id in self.standing
            and self.sources[self.standing[row.section_id].text_id] == self._source(row.after)
            for row in after
        )

    def _merge(self, key: str, before: list[Touched], after: list[Touched]) -> None:
        now_there = [self.standing[row.section_id] for row in after if row.section_id in self.standing]
        heading = self._heading(after[0].section_id)
        text_ids = tuple(section.text_id for section in now_there)
        is_left = key in self.settled and self.settled[key].source is None
        if len(now_there) < len(after) or not self._stand_together(now_there):
            if not is_left:
                why = "gone" if len(now_there) < len(after) else "apart"
                self.disputes.append(Dispute(key, why, heading, "", "", "", text_ids))
            return
        base = "".join(self._source(row.after) for row in after)
        theirs = "".join(self.sources[section.text_id] for section in now_there)
        yours = "".join(self._source(row.before) for row in before)
        merged = merge(base, theirs, yours)
        words, pieces = merged.text, self._fall_apart(merged.text, len(before))
        decided = self.settled.get(key)
        if not merged.is_clean or pieces is None:
            if decided is None or decided.text_ids != text_ids:
                why = "words" if before else "written"
                self.disputes.append(Dispute(key, why, heading, base, theirs, yours, text_ids, merged))
                return
            if decided.source is None:
                return
            words = checked_source(decided.source, may_be_empty=not before)
            pieces = self._fall_apart(words, len(before))
            if pieces is None:
                raise InvalidInput("settled_in_parts", field=f"text-{key}", count=len(before))
        self._put_words(before, after, pieces)

    def _stand_together(self, now_there: Sequence[Standing]) -> bool:
        """Whether sections still stand one right after the other, in this order."""
        places = {section.section_id: at for at, section in enumerate(self.order)}
        at = [places[section.section_id] for section in now_there]
        return at == list(range(at[0], at[0] + len(at)))

    def _fall_apart(self, text: str, count: int) -> list[str] | None:
        """The texts of `count` sections that one text holds; None when it holds more or fewer."""
        pieces = [piece.source for piece in outline.split(text)]
        return pieces if len(pieces) == count else None

    def _put_words(self, before: list[Touched], after: list[Touched], texts: Sequence[str]) -> None:
        """Give the sections that stood before the change these texts, and take out those it brought."""
        kept = {row.section_id for row in before}
        self.removals += [row.section_id for row in after if row.section_id not in kept]
        for row, text in zip(before, texts, strict=True):
            if row.section_id not in self.standing:
                self._return(row, text)
            elif self.sources[self.standing[row.section_id].text_id] != text:
                origin = row.before[0] if row.before else None
                self.puts[row.section_id] = Put(row.section_id, text, origin_text_id=origin)

    def _return(self, row: Touched, text: str) -> None:
        if row.section_id not in self.standing and row.before:
            self.puts[row.section_id] = Put(row.section_id, text, returns=True, origin_text_id=row.before[0])

    # Places

    def _take_back_places(self) -> None:
        """Put what the change moved or took out back where it stood, in the order it stood in."""
        back = {key for key, put in self.puts.items() if put.returns}
        for row in self.touched:
            section = self.standing.get(row.section_id)
            if not row.before or not row.after or row.before[1] == row.after[1]:
                continue
            if section is None or section.rank == row.before[1] or row.section_id in self.removals:
                continue
            if section.rank == row.after[1]:
                back.add(row.section_id)
            elif row.section_id not in self.settled:
                heading = self._heading(row.section_id)
                self.disputes.append(
                    Dispute(row.section_id, "place", heading, "", "", "", (section.text_id,))
                )
        if not back:
            return
        away = back | set(self.removals)
        places = [spot for spot in spots(self._as_they_will_read(self.order)) if spot.section_id not in away]
        for section in self._as_they_will_read(self.was):
            if section.section_id in back:
                rank = put_back(places, self.was, section.section_id, section.level)
                put = self.puts.get(section.section_id, Put(section.section_id))
                self.puts[section.section_id] = Put(
                    put.section_id, put.source, rank, returns=put.returns, origin_text_id=put.origin_text_id
                )

    def _as_they_will_read(self, order: Sequence[Standing]) -> list[Standing]:
        """The outline with the levels its sections will have."""
        return [
            Standing(
                section.section_id,
                section.text_id,
                section.parent_id,
                section.rank,
                self._level(section),
                section.heading,
            )
            for section in order
        ]

    def _level(self, section: Standing) -> int:
        put = self.puts.get(section.section_id)
        if put and put.source is not None:
            return outline.level_of(put.source)
        return self.standing.get(section.section_id, section).level

    # What the record says of it

    def lineage(self) -> list[WordsWent]:
        """Where words go back to that the change had carried elsewhere."""
        found = []
        for went in self.went:
            giver, taker = self.rows.get(went.to_section), self.rows.get(went.from_section)
            if giver is None or taker is None or giver.section_id not in self.standing or not taker.before:
                continue
            there = self.sources[self.standing[giver.section_id].text_id]
            put = self.puts.get(taker.section_id)
            if put is None or put.source is None or not giver.after:
                continue
            left, stood = self._source(giver.after), self._source(taker.before)
            end = min(len(left), went.to_start + went.from_end - went.from_start)
            span = compare(left, there).map_span(Span(min(went.to_start, end), end))
            start = compare(stood, put.source).map_span(Span(went.from_start, went.from_end)).start
            kind = {"split": "join", "join": "split"}.get(went.kind, "restore")
            if span.of(there).strip():
                found.append(WordsWent(kind, giver.section_id, span.start, span.end, taker.section_id, start))
            for later, at in self._came_later(giver, left, there, put.source):
                if not span.overlaps(later):
                    found.append(
                        WordsWent(kind, giver.section_id, later.start, later.end, taker.section_id, at)
                    )
        return list(dict.fromkeys(found))

    def _came_later(self, giver: Touched, left: str, there: str, taken: str) -> Iterator[tuple[Span, int]]:
        """Words that came into `giver` after the change and go along to a section that is parted from it again, as
        what was joined behind it does; each with the place it has in `taken`."""
        put = self.puts.get(giver.section_id)
        stays = "" if giver.section_id in self.removals else there
        if put is not None and put.source is not None:
            stays = put.source
        for hunk in compare(left, there).changes():
            words = hunk.new.of(there).split()
            if not words or compare(there, stays).map_span(hunk.new).of(stays).split() == words:
                continue
            place = compare(there, taken).map_span(hunk.new)
            if place.of(taken).split() == words:
                yield hunk.new, place.start

    def _source(self, state: tuple[int, str] | None) -> str:
        return self.sources[state[0]] if state else ""

    def _heading(self, section_id: str) -> str:
        section = self.standing.get(section_id)
        if section:
            return section.heading
        row = self.rows[section_id]
        return outline.heading_of(self._source(row.before or row.after))


def _rank_before(row: Touched) -> str:
    return row.before[1] if row.before else ""


def _rank_after(row: Touched) -> str:
    return row.after[1] if row.after else ""
