"""The outline of a draft: what is moved, raised, split, joined, removed and brought back keeps its words and comments."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from consult.domain.errors import ConsultError, InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.domain.text import outline, seams
from consult.services import drafting
from consult.services.changes import Recorded
from consult.services.drafting import Disputed, Saved, Settled, Unchanged
from consult.services.quotations import list_placements
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries import outline as outline_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import (
    comment_on,
    new_document,
    new_host,
    new_person,
    open_consultation,
    section,
    sections,
)

DEADLINE = "Nabór wniosków trwa co najmniej dwadzieścia jeden dni"
RESULT = "Wynik naboru ogłasza się w ciągu siedmiu dni roboczych."


@pytest.fixture
def slug(store: Store) -> str:
    return new_document(store)


def headings(slug: str) -> list[str]:
    return [f"{row.level} {row.heading}" for row in sections(slug)]


def key(slug: str, heading: str) -> str:
    return section(slug, heading).section_id


def save(store: Store, slug: str, heading: str, old: str, new: str) -> Saved:
    standing = section(slug, heading)
    assert old in standing.source
    saved = drafting.save_section(
        SYSTEM,
        slug,
        standing.section_id,
        source=standing.source.replace(old, new),
        base_text_id=standing.text_id,
        now=store.now,
    )
    assert isinstance(saved, Saved)
    return saved


def split(store: Store, slug: str, heading: str, before: str, title: str = "Wyniki") -> tuple[str, Recorded]:
    row = section(slug, heading)
    return drafting.split_section(
        SYSTEM,
        slug,
        row.section_id,
        text_id=row.text_id,
        at=row.source.index(before),
        title=title,
        now=store.now,
    )


def places(slug: str) -> list[tuple[str, str]]:
    """Of every comment the heading of the section its words are in, and the words."""
    named = {row.section_id: row.heading for row in sections(slug)}
    return [(named.get(line.section, ""), line.words) for line in list_placements(SYSTEM, slug)]


def last_no(slug: str) -> int:
    return document_queries.get_document(slug, EVERYTHING).last_change_no


# Levels and places


def test_a_section_is_raised_and_lowered_with_all_under_it(store: Store, slug: str) -> None:
    before = text_at(SYSTEM, slug)
    drafting.demote_section(SYSTEM, slug, key(slug, "Konsultacje"), now=store.now)
    assert headings(slug)[2:] == ["3 Konsultacje", "4 Forma konsultacji"]
    drafting.promote_section(SYSTEM, slug, key(slug, "Konsultacje"), now=store.now)
    assert text_at(SYSTEM, slug) == before


def test_headings_keep_their_style_through_levels(store: Store) -> None:
    slug = new_document(store, "# A\n\nTytuł *ważny*\n------\n\nx\n\n### Cel ###\n\ny\n")
    drafting.promote_section(SYSTEM, slug, sections(slug)[1].section_id, now=store.now)
    assert text_at(SYSTEM, slug) == "# A\n\nTytuł *ważny*\n======\n\nx\n\n## Cel ##\n\ny\n"


@pytest.mark.parametrize(
    ("act", "heading", "code"),
    [
        (drafting.promote_section, "Zasady współpracy", "rule.level_highest"),
        (drafting.demote_section, "Głęboko", "rule.level_deepest"),
    ],
)
def test_there_are_six_levels(store: Store, act: Callable[..., Recorded], heading: str, code: str) -> None:
    slug = new_document(store, "# Zasady współpracy\n\nx\n\n##### Głęboko\n\n###### Najgłębiej\n")
    with pytest.raises(RuleBroken) as refused:
        act(SYSTEM, slug, key(slug, heading), now=store.now)
    assert refused.value.code == code


def test_a_section_is_put_before_after_and_under_another_at_its_level(store: Store, slug: str) -> None:
    def place(heading: str, beside: str, relation: str) -> list[str]:
        drafting.place_section(
            SYSTEM, slug, key(slug, heading), beside=key(slug, beside), relation=relation, now=store.now
        )
        return headings(slug)[1:]

    assert place("Forma konsultacji", "Zlecanie zadań", "before") == [
        "2 Forma konsultacji",
        "2 Zlecanie zadań",
        "2 Konsultacje",
    ]
    assert place("Zlecanie zadań", "Konsultacje", "under") == [
        "2 Forma konsultacji",
        "2 Konsultacje",
        "3 Zlecanie zadań",
    ]
    assert place("Forma konsultacji", "Zlecanie zadań", "after") == [
        "2 Konsultacje",
        "3 Zlecanie zadań",
        "3 Forma konsultacji",
    ]


def test_a_section_moves_past_its_neighbours_and_no_further(store: Store, slug: str) -> None:
    drafting.shift_section(SYSTEM, slug, key(slug, "Konsultacje"), by=-1, now=store.now)
    assert headings(slug)[1:] == ["2 Konsultacje", "3 Forma konsultacji", "2 Zlecanie zadań"]
    with pytest.raises(RuleBroken):
        drafting.shift_section(SYSTEM, slug, key(slug, "Konsultacje"), by=-1, now=store.now)
    with pytest.raises(RuleBroken):
        drafting.shift_section(SYSTEM, slug, key(slug, "Forma konsultacji"), by=1, now=store.now)


@pytest.mark.parametrize("beside", ["Konsultacje", "Forma konsultacji"])
def test_nothing_moves_beside_or_under_itself_or_what_is_under_it(
    store: Store, slug: str, beside: str
) -> None:
    for relation in ("before", "after", "under"):
        with pytest.raises(RuleBroken) as refused:
            drafting.place_section(
                SYSTEM,
                slug,
                key(slug, "Konsultacje"),
                beside=key(slug, beside),
                relation=relation,
                now=store.now,
            )
        assert refused.value.code == "rule.move_into_itself"


def test_headings_out_of_order_are_kept_as_they_are(store: Store) -> None:
    text = "### A\n\na\n\n# B\n\nb\n\n###### C\n\nc\n\n## D\n\nd\n"
    slug = new_document(store, text)
    drafting.shift_section(SYSTEM, slug, key(slug, "C"), by=1, now=store.now)
    assert headings(slug) == ["3 A", "1 B", "2 D", "6 C"]
    drafting.undo_change(SYSTEM, slug, last_no(slug), now=store.now)
    assert text_at(SYSTEM, slug) == text


# Splitting and joining


def test_the_first_part_of_a_split_stays_the_section_and_comments_follow_their_words(
    store: Store, slug: str
) -> None:
    open_consultation(store, slug)
    comment_on(store, slug, DEADLINE)
    comment_on(store, slug, RESULT)
    old = key(slug, "Zlecanie zadań")
    new_id, _ = split(store, slug, "Zlecanie zadań", "Wynik naboru")
    assert key(slug, "Zlecanie zadań") == old
    assert key(slug, "Wyniki") == new_id
    assert places(slug) == [
        ("Zlecanie zadań", DEADLINE),
        ("Wyniki", RESULT),
    ]
    drafting.join_sections(SYSTEM, slug, new_id, with_section_id=old, now=store.now)
    assert places(slug) == [
        ("Zlecanie zadań", DEADLINE),
        ("Zlecanie zadań", RESULT),
    ]
    assert "**Wyniki**" in section(slug, "Zlecanie zadań").source


def test_a_split_finds_its_paragraph_in_what_others_saved_meanwhile(store: Store, slug: str) -> None:
    row = section(slug, "Zlecanie zadań")
    save(store, slug, "Zlecanie zadań", "Nabór wniosków", "Otwarty i ogłoszony nabór wniosków")
    new_id, _ = drafting.split_section(
        SYSTEM,
        slug,
        row.section_id,
        text_id=row.text_id,
        at=row.source.index("Wynik naboru"),
        title="Wyniki",
        now=store.now,
    )
    assert document_queries.get_section(
        document_queries.get_document(slug, EVERYTHING).id, new_id
    ).source.startswith("## Wyniki\n\nWynik naboru")


@pytest.mark.parametrize(
    "body",
    [
        "1. raz\n\n2. dwa\n",
        "| a | b |\n|---|---|\n| 1 | 2 |\n",
        "tekst `kod\nkod` tekst\n",
        "```\nraz\n\ndwa\n```\n",
    ],
)
def test_nothing_is_split_inside_a_list_a_table_or_code(store: Store, body: str) -> None:
    slug = new_document(store, f"# A\n\n{body}")
    row = sections(slug)[0]
    for at in range(-1, len(row.source) + 2):
        if at == len("# A\n\n"):
            continue
        with pytest.raises(InvalidInput):
            drafting.split_section(
                SYSTEM, slug, row.section_id, text_id=row.text_id, at=at, title="B", now=store.now
            )
    assert last_no(slug) == 1


@pytest.mark.parametrize(
    ("one", "other", "code"),
    [
        ("Konsultacje", "Konsultacje", "rule.join_with_itself"),
        ("Forma konsultacji", "Konsultacje", "rule.join_with_what_it_stands_under"),
        ("Konsultacje", "Forma konsultacji", "rule.join_with_what_it_stands_under"),
        ("Zasady współpracy", "Forma konsultacji", "rule.join_with_what_it_stands_under"),
        ("Zlecanie zadań", "Forma konsultacji", "rule.join_apart"),
    ],
)
def test_only_neighbours_are_joined(store: Store, slug: str, one: str, other: str, code: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        drafting.join_sections(SYSTEM, slug, key(slug, one), with_section_id=key(slug, other), now=store.now)
    assert refused.value.code == code


def test_a_section_of_another_document_is_not_touched(store: Store, slug: str) -> None:
    other = key(new_document(store), "Konsultacje")
    mine = key(slug, "Konsultacje")
    now = store.now
    acts: list[Callable[[], object]] = [
        lambda: drafting.promote_section(SYSTEM, slug, other, now=now),
        lambda: drafting.join_sections(SYSTEM, slug, mine, with_section_id=other, now=now),
        lambda: drafting.place_section(SYSTEM, slug, mine, beside=other, relation="after", now=now),
        lambda: drafting.bring_back(SYSTEM, slug, other, now=now),
        lambda: drafting.make_annex(SYSTEM, slug, other, now=now),
        lambda: drafting.shift_section(SYSTEM, slug, other, by=1, now=now),
        lambda: drafting.restore_text(SYSTEM, slug, other, text_id=sections(slug)[0].text_id, now=now),
    ]
    for act in acts:
        with pytest.raises(NotFound):
            act()


def test_nobody_arranges_the_draft_of_another_office(store: Store, slug: str) -> None:
    stranger = new_person(store, (new_host(store), "official"))
    section_id = key(slug, "Konsultacje")
    acts: list[Callable[[], object]] = [
        lambda: drafting.promote_section(stranger, slug, section_id, now=store.now),
        lambda: drafting.undo_change(stranger, slug, 1, now=store.now),
        lambda: drafting.restore_state(stranger, slug, change_no=1, now=store.now),
        lambda: drafting.bring_back(stranger, slug, section_id, now=store.now),
    ]
    for act in acts:
        with pytest.raises((NotFound, NotPermitted)):
            act()


# Removing and bringing back


def test_what_was_removed_comes_back_where_it_stood_with_its_comments(store: Store, slug: str) -> None:
    open_consultation(store, slug)
    comment_on(store, slug, DEADLINE)
    before, section_id = text_at(SYSTEM, slug), key(slug, "Zlecanie zadań")
    drafting.remove_section(SYSTEM, slug, section_id, now=store.now)
    assert [line.state for line in list_placements(SYSTEM, slug)] == ["orphaned"]
    drafting.bring_back(SYSTEM, slug, section_id, now=store.now)
    assert text_at(SYSTEM, slug) == before
    assert [(line.state, line.words) for line in list_placements(SYSTEM, slug)] == [("placed", DEADLINE)]


def test_a_child_of_a_removed_parent_comes_back_alone_and_the_parent_later_above_it(
    store: Store, slug: str
) -> None:
    before = text_at(SYSTEM, slug)
    parent, child = key(slug, "Konsultacje"), key(slug, "Forma konsultacji")
    drafting.remove_section(SYSTEM, slug, parent, with_branch=True, now=store.now)
    drafting.bring_back(SYSTEM, slug, child, now=store.now)
    assert headings(slug)[1:] == ["2 Zlecanie zadań", "3 Forma konsultacji"]
    drafting.bring_back(SYSTEM, slug, parent, now=store.now)
    assert text_at(SYSTEM, slug) == before


def test_a_section_whose_neighbours_are_gone_comes_back_behind_the_nearest_that_stands(
    store: Store, slug: str
) -> None:
    gone = key(slug, "Konsultacje")
    drafting.remove_section(SYSTEM, slug, gone, with_branch=True, now=store.now)
    drafting.remove_section(SYSTEM, slug, key(slug, "Zlecanie zadań"), now=store.now)
    drafting.add_section(SYSTEM, slug, after_section_id=None, title="Cel", level=3, body="x", now=store.now)
    drafting.bring_back(SYSTEM, slug, gone, now=store.now)
    assert headings(slug)[-2:] == ["2 Konsultacje", "3 Forma konsultacji"]


def test_a_section_that_stands_is_not_brought_back(store: Store, slug: str) -> None:
    with pytest.raises(NotFound):
        drafting.bring_back(SYSTEM, slug, key(slug, "Konsultacje"), now=store.now)


def test_a_joined_section_is_not_listed_as_removed(store: Store, slug: str) -> None:
    document_id = document_queries.get_document(slug, EVERYTHING).id
    new_id, _ = split(store, slug, "Zlecanie zadań", "Wynik naboru")
    drafting.join_sections(SYSTEM, slug, new_id, with_section_id=key(slug, "Zlecanie zadań"), now=store.now)
    drafting.remove_section(SYSTEM, slug, key(slug, "Forma konsultacji"), now=store.now)
    assert [row.heading for row in outline_queries.list_removed(document_id)] == ["Forma konsultacji"]


# Taking back


def test_an_earlier_change_is_taken_back_and_later_ones_stay(store: Store, slug: str) -> None:
    save(store, slug, "Zlecanie zadań", "siedmiu", "pięciu")
    number = last_no(slug)
    save(store, slug, "Zlecanie zadań", "dwadzieścia jeden", "trzydzieści")
    drafting.shift_section(SYSTEM, slug, key(slug, "Konsultacje"), by=-1, now=store.now)
    done = drafting.undo_change(SYSTEM, slug, number, now=store.now)
    assert isinstance(done, Recorded)
    text = section(slug, "Zlecanie zadań").source
    assert "siedmiu" in text
    assert "trzydzieści" in text
    change = queries.get_change(document_queries.get_document(slug, EVERYTHING).id, done.number)
    assert change.kind == "undo"
    assert f'"change":{number}' in change.body.replace(" ", "")
    assert isinstance(drafting.undo_change(SYSTEM, slug, number, now=store.now), Unchanged)


def test_a_change_whose_words_were_changed_again_shows_all_sides_and_records_nothing(
    store: Store, slug: str
) -> None:
    save(store, slug, "Zlecanie zadań", "siedmiu", "pięciu")
    save(store, slug, "Zlecanie zadań", "pięciu", "dziesięciu")
    disputed = drafting.undo_change(SYSTEM, slug, 2, now=store.now)
    assert isinstance(disputed, Disputed)
    assert last_no(slug) == 3
    (dispute,) = disputed.disputes
    assert dispute.why == "words"
    assert ("pięciu" in dispute.base, "dziesięciu" in dispute.theirs, "siedmiu" in dispute.yours) == (
        True,
        True,
        True,
    )
    settled = {dispute.key: Settled(dispute.text_ids, dispute.yours.replace("siedmiu", "sześciu"))}
    drafting.undo_change(SYSTEM, slug, 2, settled=settled, now=store.now)
    assert "sześciu" in section(slug, "Zlecanie zadań").source
    # what was decided looking at another text counts for nothing
    again = drafting.undo_change(SYSTEM, slug, 2, settled=settled, now=store.now)
    assert isinstance(again, Disputed)


def test_a_split_is_taken_back_with_what_was_written_in_both_parts_since(store: Store, slug: str) -> None:
    split(store, slug, "Zlecanie zadań", "Wynik naboru")
    number = last_no(slug)
    save(store, slug, "Zlecanie zadań", "dwadzieścia jeden", "trzydzieści")
    save(store, slug, "Wyniki", "siedmiu", "pięciu")
    assert isinstance(drafting.undo_change(SYSTEM, slug, number, now=store.now), Recorded)
    text = section(slug, "Zlecanie zadań").source
    assert "trzydzieści" in text
    assert "pięciu" in text
    assert "Wyniki" not in text


def test_a_join_is_taken_back_with_what_was_written_since(store: Store, slug: str) -> None:
    first, second = key(slug, "Zlecanie zadań"), key(slug, "Konsultacje")
    drafting.join_sections(SYSTEM, slug, first, with_section_id=second, now=store.now)
    number = last_no(slug)
    save(store, slug, "Zlecanie zadań", "obrady rady gminy", "obrady rady miasta")
    assert isinstance(drafting.undo_change(SYSTEM, slug, number, now=store.now), Recorded)
    assert key(slug, "Konsultacje") == second
    assert "rady miasta" in section(slug, "Konsultacje").source


def test_a_section_added_and_written_in_since_is_not_thrown_away(store: Store, slug: str) -> None:
    new_id, recorded = drafting.add_section(
        SYSTEM, slug, after_section_id=None, title="Cel", level=2, body="Po co to.", now=store.now
    )
    save(store, slug, "Cel", "Po co to.", "Po co to jest.")
    disputed = drafting.undo_change(SYSTEM, slug, recorded.number, now=store.now)
    assert isinstance(disputed, Disputed)
    (dispute,) = disputed.disputes
    assert dispute.why == "written"
    settled = {dispute.key: Settled(dispute.text_ids, "")}
    drafting.undo_change(SYSTEM, slug, recorded.number, settled=settled, now=store.now)
    assert new_id not in {row.section_id for row in sections(slug)}


def test_the_first_change_is_not_taken_back(store: Store, slug: str) -> None:
    with pytest.raises(RuleBroken):
        drafting.undo_change(SYSTEM, slug, 1, now=store.now)
    with pytest.raises(NotFound):
        drafting.undo_change(SYSTEM, slug, 99, now=store.now)


def test_a_removal_is_taken_back_after_somebody_wrote_in_its_place(store: Store, slug: str) -> None:
    drafting.remove_section(SYSTEM, slug, key(slug, "Zlecanie zadań"), now=store.now)
    number = last_no(slug)
    drafting.add_section(
        SYSTEM,
        slug,
        after_section_id=key(slug, "Konsultacje"),
        title="Nowa",
        level=2,
        now=store.now,
    )
    drafting.undo_change(SYSTEM, slug, number, now=store.now)
    assert [line[2:] for line in headings(slug)] == [
        "Zasady współpracy",
        "Zlecanie zadań",
        "Konsultacje",
        "Forma konsultacji",
        "Nowa",
    ]


# Bringing back texts and states


def test_any_state_of_the_past_is_brought_back_to_the_letter(store: Store, slug: str) -> None:
    texts = [text_at(SYSTEM, slug)]
    new_id, _ = split(store, slug, "Zlecanie zadań", "Wynik naboru")
    texts.append(text_at(SYSTEM, slug))
    drafting.demote_section(SYSTEM, slug, new_id, now=store.now)
    drafting.remove_section(SYSTEM, slug, key(slug, "Konsultacje"), with_branch=True, now=store.now)
    for number in (1, 2, 1):
        drafting.restore_state(SYSTEM, slug, change_no=number, now=store.now)
        assert text_at(SYSTEM, slug) == texts[number - 1]
    assert isinstance(drafting.restore_state(SYSTEM, slug, change_no=1, now=store.now), Unchanged)
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_comments_go_back_with_the_words_a_state_brings_back(store: Store, slug: str) -> None:
    open_consultation(store, slug)
    comment_on(store, slug, RESULT)
    split(store, slug, "Zlecanie zadań", "Wynik naboru")
    drafting.restore_state(SYSTEM, slug, change_no=1, now=store.now)
    assert places(slug) == [("Zlecanie zadań", RESULT)]


def test_an_earlier_text_of_a_section_is_brought_back_and_names_where_it_came_from(
    store: Store, slug: str
) -> None:
    first = section(slug, "Zlecanie zadań")
    save(store, slug, "Zlecanie zadań", "siedmiu", "pięciu")
    drafting.restore_text(SYSTEM, slug, first.section_id, text_id=first.text_id, now=store.now)
    assert section(slug, "Zlecanie zadań").source == first.source
    assert isinstance(
        drafting.restore_text(SYSTEM, slug, first.section_id, text_id=first.text_id, now=store.now),
        Unchanged,
    )
    drafting.remove_section(SYSTEM, slug, first.section_id, now=store.now)
    drafting.restore_text(SYSTEM, slug, first.section_id, text_id=first.text_id, now=store.now)
    assert section(slug, "Zlecanie zadań").source == first.source
    with pytest.raises(NotFound):
        drafting.restore_text(
            SYSTEM, slug, first.section_id, text_id=section(slug, "Konsultacje").text_id, now=store.now
        )


# Annexes


def test_an_annex_goes_to_the_end_with_a_number_of_its_own(store: Store, slug: str) -> None:
    drafting.make_annex(SYSTEM, slug, key(slug, "Forma konsultacji"), now=store.now)
    drafting.make_annex(SYSTEM, slug, key(slug, "Zlecanie zadań"), now=store.now)
    assert headings(slug)[1:] == [
        "2 Konsultacje",
        "2 Załącznik nr 1. Forma konsultacji",
        "2 Załącznik nr 2. Zlecanie zadań",
    ]
    drafting.shift_section(SYSTEM, slug, key(slug, "Załącznik nr 2. Zlecanie zadań"), by=-1, now=store.now)
    drafting.number_annexes(SYSTEM, slug, now=store.now)
    assert headings(slug)[2:] == ["2 Załącznik nr 1. Zlecanie zadań", "2 Załącznik nr 2. Forma konsultacji"]
    assert isinstance(drafting.number_annexes(SYSTEM, slug, now=store.now), Unchanged)
    with pytest.raises(RuleBroken):
        drafting.make_annex(SYSTEM, slug, key(slug, "Załącznik nr 1. Zlecanie zadań"), now=store.now)
    with pytest.raises(RuleBroken):
        drafting.make_annex(SYSTEM, slug, key(slug, "Zasady współpracy"), now=store.now)


# Odd circumstances


def test_a_clock_that_goes_backwards_changes_neither_order_nor_proof(store: Store, slug: str) -> None:
    before = text_at(SYSTEM, slug)
    section_id = key(slug, "Konsultacje")
    drafting.demote_section(SYSTEM, slug, section_id, now=store.now)
    drafting.remove_section(SYSTEM, slug, section_id, with_branch=True, now=store.now - timedelta(days=3))
    drafting.bring_back(SYSTEM, slug, section_id, now=store.now - timedelta(days=9))
    drafting.undo_change(SYSTEM, slug, 2, now=store.now - timedelta(days=30))
    assert text_at(SYSTEM, slug) == before
    assert verify_documents(SYSTEM, slug)[0].fault is None


def test_a_section_joined_to_a_great_one_is_refused_before_it_is_too_long(store: Store) -> None:
    great = "słowo " * (drafting.LONGEST_SOURCE // 6 - 10)
    slug = new_document(store, f"# A\n\n{great}\n\n# B\n\n{'więcej ' * 20}\n")
    first, second = (row.section_id for row in sections(slug))
    with pytest.raises(InvalidInput) as refused:
        drafting.join_sections(SYSTEM, slug, first, with_section_id=second, now=store.now)
    assert refused.value.code == "invalid.text_too_long"


def test_words_that_would_become_a_heading_where_a_part_is_taken_out_stay_words(store: Store) -> None:
    slug = new_document(store, "# A\n\nsłowa\n# B\n\nb\n\nC\n===\n\nc\n")
    drafting.remove_section(SYSTEM, slug, key(slug, "B"), now=store.now)
    assert text_at(SYSTEM, slug) == "# A\n\nsłowa\n\nC\n===\n\nc\n"
    assert [piece.heading for piece in outline.split(text_at(SYSTEM, slug))] == ["A", "C"]


def test_every_refusal_leaves_the_draft_as_it_was(store: Store, slug: str) -> None:
    number, before = last_no(slug), text_at(SYSTEM, slug)
    row = section(slug, "Konsultacje")
    for bad in ({"title": ""}, {"title": "x\ny"}, {"title": "x" * 500}, {"level": 7}, {"at": 1}):
        asked = {"at": seams.seams(row.source)[0], "title": "X", **bad}
        with pytest.raises(ConsultError):
            drafting.split_section(SYSTEM, slug, row.section_id, text_id=row.text_id, now=store.now, **asked)
    assert (last_no(slug), text_at(SYSTEM, slug)) == (number, before)
