"""Acts upon the outline of one draft, chosen by numbers, and what must hold after each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.domain.text import outline, seams
from consult.services import drafting
from consult.services.changes import Recorded
from consult.services.drafting import Disputed, Settled, Unchanged
from consult.services.texts import text_at
from consult.storage.queries import documents as queries
from consult.storage.queries import outline as outline_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import new_document

RELATIONS = ("before", "after", "under")
KEPT = (seams.Kept.BOLD, seams.Kept.TEXT)

Choice = tuple[int, int, int]
"""Which act, on which section, and with what."""


def words_of(text: str) -> Counter[str]:
    """The words of a text without signs of headings and emphasis."""
    return Counter(word for word in text.replace("*", " ").replace("\\", "").split() if word.strip("#=-"))


class Outliner:
    """Acts on one document as `Choice`s say."""

    def __init__(self, store: Store, text: str) -> None:
        self.store = store
        self.slug = new_document(store, text)
        self.document_id = queries.get_document(self.slug, EVERYTHING).id
        self.acts: Sequence[Callable[[str, int], object]] = (
            self.promote,
            self.demote,
            self.split,
            self.join,
            self.place,
            self.shift,
            self.remove,
            self.bring_back,
            self.undo_earlier,
            self.restore_state,
            self.annex,
            self.save,
            self.restore_text,
        )

    @property
    def text(self) -> str:
        return text_at(SYSTEM, self.slug)

    @property
    def last_no(self) -> int:
        return queries.get_document(self.slug, EVERYTHING).last_change_no

    def rows(self) -> list[queries.SectionRow]:
        return queries.list_draft_sections(self.document_id)

    def act(self, choice: Choice) -> str:
        """Do what a choice says; the name of the act, or "" where it was refused or changed nothing."""
        which, where, how = choice
        act = self.acts[which % len(self.acts)]
        rows = self.rows()
        before, number = self.text, self.last_no
        try:
            done = act(rows[where % len(rows)].section_id, how)
        except (RuleBroken, InvalidInput):
            done = None
        if done is None or isinstance(done, (Unchanged, Disputed)):
            assert self.text == before
            assert self.last_no == number
            return ""
        assert self.last_no == number + 1
        self.check()
        return act.__name__

    def check(self) -> None:
        """The sections are those a reader of the exported file would find, in one order."""
        rows = self.rows()
        text = "".join(row.source for row in rows)
        assert [row.source for row in rows] == [piece.source for piece in outline.split(text)]
        ranks = [row.rank for row in rows]
        assert ranks == sorted(set(ranks))
        parents = outline.nest([row.level for row in rows])
        assert [row.parent_id for row in rows] == [
            rows[parent].section_id if parent is not None else None for parent in parents
        ]

    def promote(self, section_id: str, how: int) -> Recorded:
        return drafting.promote_section(SYSTEM, self.slug, section_id, now=self.store.now)

    def demote(self, section_id: str, how: int) -> Recorded:
        return drafting.demote_section(SYSTEM, self.slug, section_id, now=self.store.now)

    def split(self, section_id: str, how: int) -> Recorded | None:
        row = queries.get_section(self.document_id, section_id)
        places = seams.seams(row.source)
        if not places:
            return None
        before = words_of(self.text)
        at = places[how % len(places)]
        _, recorded = drafting.split_section(
            SYSTEM, self.slug, section_id, text_id=row.text_id, at=at, title="Nowa część", now=self.store.now
        )
        assert words_of(self.text) == before + words_of("Nowa część")
        return recorded

    def join(self, section_id: str, how: int) -> Recorded | None:
        ids = [row.section_id for row in self.rows()]
        at = ids.index(section_id) + 1
        if at == len(ids):
            return None
        before = words_of(self.text)
        _, recorded = drafting.join_sections(
            SYSTEM, self.slug, section_id, with_section_id=ids[at], heading=KEPT[how % 2], now=self.store.now
        )
        assert words_of(self.text) == before
        return recorded

    def place(self, section_id: str, how: int) -> Recorded | Unchanged:
        rows = self.rows()
        before = words_of(self.text)
        done = drafting.place_section(
            SYSTEM,
            self.slug,
            section_id,
            beside=rows[how % len(rows)].section_id,
            relation=RELATIONS[how % 3],
            now=self.store.now,
        )
        assert words_of(self.text) == before
        return done

    def shift(self, section_id: str, how: int) -> Recorded:
        return drafting.shift_section(
            SYSTEM, self.slug, section_id, by=1 if how % 2 else -1, now=self.store.now
        )

    def remove(self, section_id: str, how: int) -> Recorded:
        return drafting.remove_section(
            SYSTEM, self.slug, section_id, with_branch=bool(how % 2), now=self.store.now
        )

    def bring_back(self, section_id: str, how: int) -> Recorded | None:
        removed = outline_queries.list_removed(self.document_id)
        if not removed:
            return None
        row = removed[how % len(removed)]
        recorded = drafting.bring_back(
            SYSTEM, self.slug, row.section_id, with_branch=bool(how % 2), now=self.store.now
        )
        assert row.section_id in {standing.section_id for standing in self.rows()}
        return recorded

    def undo_earlier(self, section_id: str, how: int) -> Recorded | Unchanged | Disputed | None:
        number = 2 + how % max(1, self.last_no - 1)
        if number > self.last_no:
            return None
        done = drafting.undo_change(SYSTEM, self.slug, number, now=self.store.now)
        if isinstance(done, Disputed) and how % 2:
            settled = {
                dispute.key: Settled(dispute.text_ids, dispute.merged.text if dispute.merged else None)
                for dispute in done.disputes
            }
            done = drafting.undo_change(SYSTEM, self.slug, number, settled=settled, now=self.store.now)
        return done

    def restore_state(self, section_id: str, how: int) -> Recorded | Unchanged:
        number = 1 + how % self.last_no
        done = drafting.restore_state(SYSTEM, self.slug, change_no=number, now=self.store.now)
        assert self.text == text_at(SYSTEM, self.slug, change_no=number)
        return done

    def annex(self, section_id: str, how: int) -> Recorded | Unchanged:
        if how % 2:
            return drafting.number_annexes(SYSTEM, self.slug, now=self.store.now)
        return drafting.make_annex(SYSTEM, self.slug, section_id, now=self.store.now)

    def save(self, section_id: str, how: int) -> object:
        row = queries.get_section(self.document_id, section_id)
        words = row.source.split(" ")
        words.insert(1 + how % len(words), f"słowo{how}")
        return drafting.save_section(
            SYSTEM,
            self.slug,
            section_id,
            source=" ".join(words),
            base_text_id=row.text_id,
            now=self.store.now,
        )

    def restore_text(self, section_id: str, how: int) -> Recorded | Unchanged:
        texts = outline_queries.list_text_ids(section_id)
        return drafting.restore_text(
            SYSTEM, self.slug, section_id, text_id=texts[how % len(texts)], now=self.store.now
        )
