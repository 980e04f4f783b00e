"""Whatever a group does to its text, every letter stays with the change that first used it.

Each letter of the text is used once, so its origin needs no reckoning: it came with the change after which it first
stood in the draft. Everything goes through the services people use.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from consult.domain.errors import ConsultError
from consult.domain.policy.actors import SYSTEM
from consult.services import documents, drafting
from consult.services.provenance.asking import blame_document
from consult.services.provenance.keeping import rebuild_provenance
from consult.storage.queries import documents as queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.viewers import EVERYTHING
from tests.domain.consolidation.origins import MARKS, Drafted
from tests.factories.apps import Store
from tests.factories.records import new_document, sections

ACTS = (
    "save", "split", "save_at_once", "join", "move", "undo", "revise", "split", "remove", "restore_text",
    "join", "bring_back", "save", "undo", "promote", "restore_state",
)  # fmt: skip


class Group:
    """People who do things to one draft by chance."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = Random(seed)
        self.writer = Drafted(self.chance)
        text = f"# {self.writer.word()}\n\n" + "".join(self.writer.text() for _ in range(3))
        self.slug = new_document(store, text.rstrip("\n") + "\n")
        self.first: dict[str, int] = {}
        self.copied: set[str] = set()
        self.seen: dict[int, str] = {}
        self.note_letters()

    @property
    def number(self) -> int:
        return queries.get_document(self.slug, EVERYTHING).last_change_no

    def note_letters(self) -> None:
        """Remember with which change each letter first stood, and which stand twice."""
        rows = sections(self.slug)
        letters = [letter for row in rows for letter in row.source if letter not in MARKS]
        for letter in letters:
            self.first.setdefault(letter, self.number)
        self.copied |= {letter for letter, count in Counter(letters).items() if count > 1}
        self.seen |= {row.text_id: row.section_id for row in rows}

    def wrong(self) -> list[str]:
        return [
            f"{letter}: {row.origin.change.number} instead of {self.first[letter]}"
            for row in blame_document(SYSTEM, self.slug, to_the_letter=True)
            for letter in row.words
            if letter not in MARKS
            and letter not in self.copied
            and row.origin.change.number != self.first[letter]
        ]

    def act(self, chosen: str = "") -> str:
        """Something somebody does; its name, or "" where it could not be done."""
        name = chosen or self.chance.choice(ACTS)
        before = self.number
        try:
            getattr(self, name)()
        except ConsultError:
            return ""
        self.note_letters()
        return name if self.number > before else ""

    def some(self) -> SectionRow:
        rows = sections(self.slug)
        return self.chance.choice(rows[1:] or rows)

    def save(self) -> None:
        row = self.some()
        self._save(row, self.writer.edited(row.source), row.text_id)

    def save_at_once(self) -> None:
        row = self.some()
        self._save(row, self.writer.edited(row.source), row.text_id)
        self.note_letters()
        self._save(row, self.writer.edited(row.source), row.text_id)

    def _save(self, row: SectionRow, source: str, base: int) -> None:
        drafting.save_section(
            SYSTEM, self.slug, row.section_id, source=source, base_text_id=base, now=self.store.now
        )

    def split(self) -> None:
        row = self.some()
        text_id, blocks = drafting.read_blocks(SYSTEM, self.slug, row.section_id)
        at = self.chance.choice([start for start, _ in blocks] or [0])
        drafting.split_section(
            SYSTEM,
            self.slug,
            row.section_id,
            text_id=text_id,
            at=at,
            title=self.writer.word(),
            now=self.store.now,
        )

    def join(self) -> None:
        rows = sections(self.slug)
        if len(rows) < 3:
            return  # nothing left to join
        at = self.chance.randrange(1, len(rows) - 1)
        heading = self.chance.choice(["bold", "text", "none"])
        drafting.join_sections(
            SYSTEM, self.slug, rows[at].section_id, with_section_id=rows[at + 1].section_id,
            heading=heading, now=self.store.now,
        )  # fmt: skip

    def move(self) -> None:
        drafting.move_section(
            SYSTEM,
            self.slug,
            self.some().section_id,
            after_section_id=self.some().section_id,
            now=self.store.now,
        )

    def promote(self) -> None:
        act = self.chance.choice([drafting.promote_section, drafting.demote_section])
        act(SYSTEM, self.slug, self.some().section_id, now=self.store.now)

    def revise(self) -> None:
        rows = sections(self.slug)
        # a bare heading of which most is rewritten is another section to whoever gets the file
        sources = [
            self.writer.edited(row.source)
            if row.source.count(" ") > 20 and self.chance.random() < 0.3
            else row.source
            for row in rows
        ]
        documents.revise_document(
            SYSTEM, self.slug, content="".join(sources).encode(), filename="a.md", note="", now=self.store.now
        )

    def remove(self) -> None:
        if len(sections(self.slug)) > 4:
            drafting.remove_section(SYSTEM, self.slug, self.some().section_id, now=self.store.now)

    def bring_back(self) -> None:
        standing = {row.section_id for row in sections(self.slug)}
        gone = sorted(set(self.seen.values()) - standing)
        if gone:
            drafting.bring_back(SYSTEM, self.slug, self.chance.choice(gone), now=self.store.now)

    def undo(self) -> None:
        drafting.undo_change(
            SYSTEM,
            self.slug,
            self.chance.randrange(max(1, self.number - 6), self.number + 1),
            now=self.store.now,
        )

    def restore_text(self) -> None:
        text_id = self.chance.choice(sorted(self.seen))
        drafting.restore_text(SYSTEM, self.slug, self.seen[text_id], text_id=text_id, now=self.store.now)

    def restore_state(self) -> None:
        drafting.restore_state(
            SYSTEM, self.slug, change_no=self.chance.randrange(1, self.number + 1), now=self.store.now
        )


def _check(group: Group, done: object) -> None:
    assert group.wrong() == [], (done, group.number)


def test_each_act_of_a_group_leaves_every_letter_with_the_change_that_first_used_it(store: Store) -> None:
    group = Group(store, seed=6)
    done = set()
    for name in ACTS:
        done.add(group.act(name) or group.act(name))
        _check(group, name)
    rebuilt = rebuild_provenance(SYSTEM, group.slug, now=store.now)

    assert done >= {"save", "split", "join", "undo", "restore_text", "bring_back", "revise"}, done
    assert (rebuilt.missing, rebuilt.differing) == (0, 0)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(30))
def test_long_work_of_groups_leaves_every_letter_with_the_change_that_first_used_it(
    store: Store, seed: int
) -> None:
    group = Group(store, 100 + seed)
    for _ in range(100):
        _check(group, group.act())
    rebuilt = rebuild_provenance(SYSTEM, group.slug, now=store.now)
    assert (rebuilt.missing, rebuilt.differing) == (0, 0)
