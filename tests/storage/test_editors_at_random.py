"""However the acts of several editors of one section fall together, no word anybody wrote is lost.

Every editor writes words that stand nowhere else. A word once saved stands in the section until an editor who had it on
the page takes it out; a word that was typed and not saved stands in what is kept for its writer.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

import pytest

from consult.domain.merging.conflicts import Choice, Side, Wording, resolve
from consult.domain.merging.threeway import Conflict
from consult.domain.policy.actors import Actor
from consult.services import drafting, unsaved_texts
from consult.services.drafting import Conflicted
from consult.services.unsaved_texts import Place, Taken, Typed
from consult.storage.queries import unsaved_texts as queries
from consult.storage.queries.documents import get_document, get_section
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.fixtures import store

__all__ = ["store"]

OWN = re.compile(r"słowo\d+")

TEXT = "# Zasady\n\n" + " ".join(f"Zdanie numer {at} stoi tu od początku." for at in range(8)) + "\n"


@dataclass
class Page:
    """One editor's open page."""

    actor: Actor
    source: str = ""
    base: int = 0
    window: str = ""
    taken: Taken | None = None
    typed: set[str] = field(default_factory=set)
    """Words put in on this page and not saved."""


class Desk:
    """Several people with pages on one section, and the words that must not be lost."""

    def __init__(self, store: Store, people: list[Actor], slug: str, seed: int) -> None:
        self.store, self.slug, self.chance = store, slug, random.Random(seed)
        self.document = get_document(slug, EVERYTHING)
        self.section_id = records.section(slug, "Zasady").section_id
        self.pages = [Page(actor) for actor in people]
        self.place = Place("edit", self.section_id)
        self.saved: set[str] = set()
        self.number = 0
        self.conflicts = 0
        for page in self.pages:
            self.open(page)

    @property
    def standing(self) -> tuple[str, int]:
        row = get_section(self.document.id, self.section_id)
        return row.source, row.text_id

    def open(self, page: Page) -> None:
        page.source, page.base = self.standing
        page.window, page.taken, page.typed = unsaved_texts.new_window(), None, set()

    def act(self) -> None:
        page = self.chance.choice(self.pages)
        act = self.chance.choices(
            [self.write, self.reword, self.keep, self.save, self.crash], [5, 3, 3, 3, 1]
        )[0]
        act(page)
        self.check()

    def word(self, page: Page) -> str:
        self.number += 1
        word = f"słowo{self.number}"
        page.typed.add(word)
        return word

    def write(self, page: Page) -> None:
        """Put a sentence in somewhere."""
        spots = [at for at in range(len(page.source)) if page.source.startswith(" Zdanie", at)]
        at = self.chance.choice(spots) if spots else len(page.source)
        page.source = f"{page.source[:at]} Dopisano {self.word(page)} tutaj.{page.source[at:]}"

    def reword(self, page: Page) -> None:
        """Put a word into a sentence in which others may be doing the same."""
        for old in self.chance.sample(("stoi", "tu", "numer"), 3):
            if f" {old} " in page.source:
                page.source = page.source.replace(f" {old} ", f" {old} {self.word(page)} ", 1)
                return

    def keep(self, page: Page) -> None:
        kept = unsaved_texts.keep_unsaved(
            page.actor,
            self.slug,
            self.place,
            Typed(page.source, base_text_id=page.base),
            window=page.window,
            taken=page.taken,
            now=self.store.now,
        )
        page.taken = Taken(kept.id, kept.revision)

    def save(self, page: Page) -> None:
        saved = drafting.save_section(
            page.actor,
            self.slug,
            self.section_id,
            source=page.source,
            base_text_id=page.base,
            now=self.store.now,
        )
        if isinstance(saved, Conflicted):
            self.conflicts += 1
            choices = [self.choice(place) for place in saved.merged.conflicts]
            page.source = resolve(saved.merged, choices)
            page.base = saved.theirs_text_id
            return
        unsaved_texts.settle_unsaved(page.actor, page.window, page.taken)
        self.saved |= page.typed
        self.open(page)

    def choice(self, conflict: Conflict) -> Choice:
        """The page shows all sides: both are taken, or theirs with the words of ours that it lacks."""
        if len(conflict.ours) + len(conflict.theirs) < 120 and self.chance.random() < 0.5:
            return Side.BOTH
        lacking = [word for word in OWN.findall(conflict.ours) if f"{word} " not in conflict.theirs]
        return Wording(f"{conflict.theirs} {' '.join(lacking)} " if lacking else conflict.theirs)

    def crash(self, page: Page) -> None:
        """The browser dies; the person opens the section again and finds what was kept."""
        self.keep(page)
        typed = page.typed
        self.open(page)
        rows = queries.list_unsaved_at(page.actor.id or 0, self.document.id, "edit", self.section_id)
        page.source, page.base = rows[0].source, rows[0].base_text_id or 0
        page.taken, page.typed = Taken(rows[0].id, rows[0].revision), typed

    def check(self) -> None:
        standing = self.standing[0]
        lost = {word for word in self.saved if f"{word} " not in standing}
        assert not lost, (lost, standing)
        for page in self.pages:
            assert all(f"{word} " in page.source for word in page.typed), page


def run(store: Store, seed: int, acts: int) -> int:
    people = [records.new_person(store, (records.new_host(store), "editor")) for _ in range(1)]
    host_id = next(iter(people[0].memberships))[0]
    people += [records.new_person(store, (host_id, "editor")) for _ in range(2)]
    desk = Desk(store, people, records.new_document(store, TEXT, host_id=host_id), seed)
    for _ in range(acts):
        desk.act()
    for page in desk.pages:
        desk.save(page)
        desk.save(page)  # a conflict met on the way is settled by now
    desk.check()
    assert sum(len(page.typed) for page in desk.pages) == 0
    return desk.conflicts


def test_editors_who_meet_in_any_order_lose_nothing(store: Store) -> None:
    assert sum(run(store, seed, 20) for seed in range(4)) > 0, "nobody ever met a conflict"


@pytest.mark.deep
@pytest.mark.parametrize("part", range(20))
def test_ten_thousand_interleavings_lose_nothing(store: Store, part: int) -> None:
    for seed in range(1000 + part * 500, 1000 + (part + 1) * 500):
        run(store, seed, 20)
