"""Whatever is done to a draft in whatever order, the record keeps order, whole texts and every moment of the past."""

from __future__ import annotations

import random
from collections import defaultdict
from itertools import pairwise

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.domain.text import outline
from consult.services import documents, drafting
from consult.services.drafting import Saved, Unchanged
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import documents as queries
from consult.storage.queries.drafting import OccupancyRow, list_occupancies, list_standing
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import TEXT, new_document

WORDS = [
    "gmina",
    "organizacja",
    "zadanie",
    "wniosek",
    "termin",
    "umowa",
    "rada",
    "projekt",
    "uwaga",
    "środek",
    "rok",
    "mieszkaniec",
]


class Drafter:
    """Acts at random on one document, keeping a model of what its text must be: section ids and sources."""

    def __init__(self, store: Store, seed: int) -> None:
        self.store = store
        self.chance = random.Random(seed)
        self.slug = new_document(store, TEXT)
        self.document_id = queries.get_document(self.slug, EVERYTHING).id
        self.model = [(row.section_id, row.source) for row in self.standing()]
        self.past = [self.text]

    @property
    def text(self) -> str:
        return "".join(source for _, source in self.model)

    def standing(self) -> list[queries.SectionRow]:
        return queries.list_draft_sections(self.document_id)

    def sentence(self) -> str:
        return " ".join(self.chance.choices(WORDS, k=self.chance.randint(2, 12))).capitalize() + "."

    def body(self) -> str:
        return "\n\n".join(self.sentence() for _ in range(self.chance.randint(0, 3)))

    def heading(self) -> str:
        return f"{'#' * self.chance.randint(1, 5)} {self.sentence()[:-1]}"

    def act(self) -> None:
        act = self.chance.choices(
            [self.save, self.split, self.add, self.move, self.remove, self.revise, self.undo],
            [8, 3, 4, 5, 3, 2, 1],
        )[0]
        before = len(self.past)
        act()
        self.check(before)

    def save(self) -> None:
        row = self.chance.choice(self.standing())
        at = self.chance.randint(len(row.source.split("\n", 1)[0]), len(row.source))
        end = min(len(row.source), at + self.chance.choice([0, 0, 5, 40]))
        source = f"{row.source[:at]} {self.sentence()} {row.source[end:]}"
        self._save(row, source)

    def split(self) -> None:
        row = self.chance.choice(self.standing())
        blocks = row.source.split("\n\n")
        at = self.chance.randint(1, len(blocks))
        self._save(row, "\n\n".join([*blocks[:at], self.heading(), *blocks[at:]]))

    def _save(self, row: queries.SectionRow, source: str) -> None:
        saved = drafting.save_section(
            SYSTEM, self.slug, row.section_id, source=source, base_text_id=row.text_id, now=self.store.now
        )
        if isinstance(saved, Unchanged):
            return
        assert isinstance(saved, Saved)
        place = [key for key, _ in self.model].index(row.section_id)
        is_last = place == len(self.model) - 1
        pieces = [piece.source for piece in outline.split(source if is_last else drafting.closed(source))]
        ids = [section.section_id for section in self.standing()]
        self.model[place : place + 1] = list(zip(ids[place:], pieces, strict=False))
        self.past.append(self.text)

    def add(self) -> None:
        after = self.chance.choice([None, *[key for key, _ in self.model]])
        title, level, body = self.sentence(), self.chance.randint(1, 5), self.body()
        known = {key for key, _ in self.model}
        section_id, _ = drafting.add_section(
            SYSTEM, self.slug, after_section_id=after, title=title, level=level, body=body, now=self.store.now
        )
        rows = self.standing()
        assert {row.section_id for row in rows} == known | {section_id}
        (new,) = [row for row in rows if row.section_id == section_id]
        assert (new.heading, new.level) == (title, level)
        assert body in new.source
        self._adopt(rows)

    def move(self) -> None:
        moving = self.chance.choice(self.model)[0]
        after = self.chance.choice([None, *[key for key, _ in self.model]])
        inside = {row.section_id for row in drafting.branch(list_standing(self.document_id), moving)}
        if after in inside:
            return
        done = drafting.move_section(SYSTEM, self.slug, moving, after_section_id=after, now=self.store.now)
        if not isinstance(done, Unchanged):
            self._adopt(self.standing())

    def remove(self) -> None:
        gone = self.chance.choice(self.model)[0]
        with_branch = self.chance.random() < 0.5
        if len(drafting.branch(list_standing(self.document_id), gone)) == len(self.model):
            return
        drafting.remove_section(SYSTEM, self.slug, gone, with_branch=with_branch, now=self.store.now)
        rows = self.standing()
        assert gone not in {row.section_id for row in rows}
        kept = dict(self.model)
        assert [(row.section_id, row.source) for row in rows] == [
            (row.section_id, kept[row.section_id]) for row in rows
        ]
        self._adopt(rows)

    def revise(self) -> None:
        pieces = [source for _, source in self.model]
        if self.chance.random() < 0.5:
            self.chance.shuffle(pieces)
        if self.chance.random() < 0.5:
            pieces.insert(self.chance.randint(0, len(pieces)), f"{self.heading()}\n\n{self.body()}\n\n")
        text = "".join(pieces) + self.chance.choice(["", "\n", self.sentence()])
        revised = documents.revise_document(
            SYSTEM, self.slug, content=text.encode(), filename="a.md", now=self.store.now
        )
        assert text_at(SYSTEM, self.slug) == text
        if revised.change_no is not None:
            self._adopt(self.standing())

    def undo(self) -> None:
        """Bring back the text of an earlier change."""
        text = self.chance.choice(self.past)
        revised = documents.revise_document(
            SYSTEM, self.slug, content=text.encode(), filename="a.md", now=self.store.now
        )
        assert text_at(SYSTEM, self.slug) == text
        if revised.change_no is not None:
            self._adopt(self.standing())

    def _adopt(self, rows: list[queries.SectionRow]) -> None:
        """Take over the ids of what came; the words must be no others than those that stood or were given."""
        self.model = [(row.section_id, row.source) for row in rows]
        self.past.append(self.text)

    def check(self, before: int) -> None:
        rows = self.standing()
        assert [(row.section_id, row.source) for row in rows] == self.model
        assert text_at(SYSTEM, self.slug) == self.text
        assert [row.source for row in rows] == [piece.source for piece in outline.split(self.text)]
        assert len(self.past) - before in (0, 1)
        assert queries.get_document(self.slug, EVERYTHING).last_change_no == len(self.past)


def check_occupancy(document_id: int) -> None:
    """No section stands twice at once; ranks never tie; parents are what order and levels say."""
    spans: dict[str, list[OccupancyRow]] = defaultdict(list)
    for row in list_occupancies(document_id):
        spans[row.section_id].append(row)
        assert row.until_no is None or row.from_no < row.until_no
    for rows in spans.values():
        for first, second in pairwise(sorted(rows, key=lambda row: row.from_no)):
            assert first.until_no is not None
            assert first.until_no <= second.from_no
    standing = queries.list_draft_sections(document_id)
    ranks = [row.rank for row in standing]
    assert ranks == sorted(set(ranks))
    parents = outline.nest([row.level for row in standing])
    assert [row.parent_id for row in standing] == [
        standing[parent].section_id if parent is not None else None for parent in parents
    ]


def draft(store: Store, seed: int, steps: int) -> None:
    drafter = Drafter(store, seed)
    for _ in range(steps):
        drafter.act()
    check_occupancy(drafter.document_id)
    for number, text in enumerate(drafter.past, start=1):
        assert text_at(SYSTEM, drafter.slug, change_no=number) == text
    assert verify_documents(SYSTEM, drafter.slug)[0].fault is None


@pytest.mark.parametrize("seed", range(4))
def test_a_draft_worked_on_at_random_stays_whole(store: Store, seed: int) -> None:
    draft(store, seed, 30)


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 150))
def test_many_drafts_worked_on_at_random_stay_whole(any_store: Store, seed: int) -> None:
    draft(any_store, seed, 60)
