"""A file is taken in as its author meant it, whole or not at all: headings, tracked changes, comments in the margin."""

from __future__ import annotations

from datetime import datetime

import pytest

from consult.domain.errors import InvalidInput, NotPermitted
from consult.services.imports import (
    Choices,
    Said,
    TakenIn,
    may_take_over_margin,
    preview_import,
    take_in_file,
)
from consult.services.revised_files import TakenBack, preview_revision, take_in_revision
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import comments as comment_queries
from consult.storage.queries import documents as queries
from consult.storage.queries import proposals as proposal_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.adapters.word_files import paragraph, run, word_file
from tests.factories.apps import Store
from tests.factories.records import People, new_people, open_consultation, publish, sections

FIRST, SECOND = "Fundacja A", "Mieszkanka"


class InPolish:
    def suggestion_title(self, author: str, filename: str) -> str:
        return f"Zmiany z pliku {filename}: {author}"

    def suggestion_rationale(self, author: str, filename: str, at: datetime | None) -> str:
        return f"Zmiany śledzone w pliku {filename}, autor: {author}, {at:%d.%m.%Y}."


def tracked(kind: str, words: str, author: str) -> str:
    inside = run(words) if kind == "ins" else run(words).replace("w:t", "w:delText")
    return f'<w:{kind} w:id="1" w:author="{author}" w:date="2026-09-01T10:00:00Z">{inside}</w:{kind}>'


def margin(number: int, author: str, words: str) -> str:
    return f'<w:comment w:id="{number}" w:author="{author}" w:date="2026-09-01T10:00:00Z">{paragraph(words)}</w:comment>'


FILE = word_file(
    paragraph("Zasady współpracy", style="Heading1")
    + paragraph(run("Rozdział 1. Nabór", "<w:b/>"))
    + paragraph(
        run("Nabór trwa "),
        '<w:commentRangeStart w:id="1"/>',
        tracked("del", "siedem", FIRST),
        tracked("ins", "czternaście", FIRST),
        run(" dni"),
        '<w:commentRangeEnd w:id="1"/>',
        run("."),
    )
    + paragraph(run("Rozdział 2. Ocena", "<w:b/>"))
    + paragraph(run("Oceny dokonuje komisja"), tracked("ins", " jawnie", SECOND), run(".")),
    comments=margin(1, SECOND, "Za krótko.") + margin(2, FIRST, "Do całości."),
    styles='<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>',
)


FILE_AGAIN = word_file(
    paragraph("Zasady współpracy", style="Heading1")
    + paragraph(run("Rozdział 1. Nabór", "<w:b/>"))
    + paragraph(
        run("Nabór trwa "),
        '<w:commentRangeStart w:id="1"/>',
        tracked("del", "siedem", FIRST),
        tracked("ins", "czternaście", FIRST),
        run(" dni"),
        '<w:commentRangeEnd w:id="1"/>',
        run("."),
    )
    + paragraph(run("Rozdział 2. Ocena", "<w:b/>"))
    + paragraph(
        run("Oceny dokonuje komisja"),
        tracked("ins", " jawnie", SECOND),
        run(". "),
        '<w:commentRangeStart w:id="3"/>',
        run("Zespół oceniający"),
        '<w:commentRangeEnd w:id="3"/>',
        run(" obraduje"),
        tracked("ins", " publicznie", FIRST),
        run("."),
    ),
    comments=margin(1, SECOND, "Za krótko.")
    + margin(2, FIRST, "Do całości.")
    + margin(3, FIRST, "Kto w niej zasiada?"),
    styles='<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>',
)
"""The same file after somebody wrote a sentence more in it, commented on it and changed it with changes tracked."""


def twice(*words: str) -> bytes:
    """A file in which one author said the same of several words."""
    return word_file(
        "".join(
            paragraph(
                run("Punkt "),
                f'<w:commentRangeStart w:id="{at}"/>',
                run(word),
                f'<w:commentRangeEnd w:id="{at}"/>',
                run(" programu współpracy."),
            )
            for at, word in enumerate(words)
        ),
        comments="".join(margin(at, SECOND, "Niejasne.") for at in range(len(words))),
    )


@pytest.fixture
def people(any_store: Store) -> People:
    return new_people(any_store)


def chosen(**choices: object) -> Choices:
    """The choices of somebody who makes the two bold lines headings."""
    preview = preview_import(
        FILE, "projekt.docx", Choices({}, keeps_proposals=bool(choices.get("keeps_proposals")))
    )
    levels = {heading.line: 2 for heading in preview.headings if not heading.level}
    assert len(levels) == 2
    return Choices(levels, **choices)  # type: ignore[arg-type]


def take_in(store: Store, people: People, choices: Choices) -> TakenIn:
    return take_in_file(
        people.official,
        content=FILE,
        filename="projekt.docx",
        title="",
        kind="standard",
        host_id=people.host_id,
        choices=choices,
        wording=InPolish(),
        now=store.clock.now(),
    )


SAID = {FIRST: Said("ngo", "Fundacja A"), SECOND: Said("resident")}


def test_a_preview_keeps_nothing_and_proposes_headings(any_store: Store) -> None:
    preview = preview_import(FILE, "projekt.docx")
    assert [(heading.words, heading.level, heading.likely) for heading in preview.headings] == [
        ("Zasady współpracy", 1, 1),
        ("Rozdział 1. Nabór", 0, 2),
        ("Rozdział 2. Ocena", 0, 2),
    ]
    assert preview.sections == 1
    assert queries.count_documents() == 0


def test_headings_are_arranged_as_a_person_says(any_store: Store, people: People) -> None:
    made = take_in(any_store, people, chosen())
    assert [row.heading for row in sections(made.imported.slug)] == [
        "Zasady współpracy",
        "Rozdział 1. Nabór",
        "Rozdział 2. Ocena",
    ]
    assert "czternaście dni" in text_at(people.official, made.imported.slug)
    assert (made.proposals, made.comments) == ((), ())


def test_tracked_changes_become_proposals_over_the_text_before_them(any_store: Store, people: People) -> None:
    made = take_in(any_store, people, chosen(keeps_proposals=True))
    text = text_at(people.official, made.imported.slug)
    assert "siedem dni" in text
    assert "jawnie" not in text
    document = queries.get_document(made.imported.slug, EVERYTHING)
    proposals = [proposal_queries.get_proposal(document.id, number) for number in made.proposals]
    assert [proposal.title for proposal in proposals] == [
        "Zmiany z pliku projekt.docx: Fundacja A",
        "Zmiany z pliku projekt.docx: Mieszkanka",
    ]
    parts = proposal_queries.list_parts([proposal.id for proposal in proposals])
    assert ["czternaście" in part.source for part in parts] == [True, False]
    assert ["jawnie" in part.source for part in parts] == [False, True]


@pytest.mark.parametrize("keeps_proposals", [False, True])
def test_comments_in_the_margin_stand_on_their_words_with_their_authors(
    any_store: Store, people: People, keeps_proposals: bool
) -> None:
    made = take_in(any_store, people, chosen(said=SAID, keeps_proposals=keeps_proposals))
    assert len(made.comments) == 2
    document = queries.get_document(made.imported.slug, EVERYTHING)
    (passage,) = comment_queries.list_placed_in_draft(document.id)
    assert passage.exact == ("siedem dni" if keeps_proposals else "czternaście dni")
    said = {
        row.id: row for row in comment_queries.list_comments_by_id([passage.comment_id], with_drafts=True)
    }
    assert said[passage.comment_id].text == "Za krótko."
    assert all(verified.fault is None for verified in verify_documents(people.official))


def test_comments_of_authors_nobody_speaks_for_stay_in_the_file(any_store: Store, people: People) -> None:
    assert len(take_in(any_store, people, chosen(said={SECOND: Said("resident")})).comments) == 1


def test_nothing_is_kept_when_one_part_of_it_cannot_be(any_store: Store, people: People) -> None:
    with pytest.raises(InvalidInput, match="organisation_missing"):
        take_in(
            any_store,
            people,
            chosen(said={SECOND: Said("resident"), FIRST: Said("ngo")}, keeps_proposals=True),
        )
    assert queries.count_documents() == 0


def test_an_editor_may_not_enter_what_others_wrote(any_store: Store, people: People) -> None:
    assert may_take_over_margin(people.official, people.host_id)
    assert not may_take_over_margin(people.editor, people.host_id)
    with pytest.raises(NotPermitted):
        take_in_file(
            people.editor,
            content=FILE,
            filename="projekt.docx",
            title="",
            kind="standard",
            host_id=people.host_id,
            choices=chosen(said=SAID),
            wording=InPolish(),
            now=any_store.clock.now(),
        )


def revise(store: Store, people: People, slug: str, choices: Choices, content: bytes = FILE) -> TakenBack:
    return take_in_revision(
        people.official,
        slug,
        content=content,
        filename="projekt.docx",
        choices=choices,
        wording=InPolish(),
        now=store.clock.now(),
    )


ALL = Choices({}, keeps_proposals=True, said=SAID)


def test_the_same_file_a_second_time_brings_nothing_twice_and_keeps_the_headings_a_person_made(
    any_store: Store, people: People
) -> None:
    made = take_in(any_store, people, chosen(said=SAID, keeps_proposals=True))
    slug = made.imported.slug
    found = preview_revision(people.official, slug, FILE, "projekt.docx", ALL)
    assert (found.margin, found.known_comments, found.suggestions, found.known_proposals) == ((), 2, (), 2)
    for _ in range(2):
        again = revise(any_store, people, slug, ALL)
        assert (again.revised.change_no, again.proposals, again.comments) == (None, (), ())
    assert len(sections(slug)) == 3
    assert all(verified.fault is None for verified in verify_documents(people.official))


def test_a_revised_file_brings_what_is_new_in_its_margin_and_its_tracked_changes(
    any_store: Store, people: People
) -> None:
    made = take_in(any_store, people, chosen(said=SAID, keeps_proposals=True))
    slug = made.imported.slug
    again = FILE_AGAIN
    found = preview_revision(people.official, slug, again, "projekt.docx", ALL)
    assert [(one.author, one.text) for one in found.margin] == [(FIRST, "Kto w niej zasiada?")]
    assert (found.known_comments, found.known_proposals) == (2, 1)
    assert [suggestion.author for suggestion, _ in found.suggestions] == [FIRST]
    taken = revise(any_store, people, slug, ALL, again)
    assert taken.revised.change_no == 2
    assert (len(taken.proposals), len(taken.comments)) == (1, 1)
    document = queries.get_document(slug, EVERYTHING)
    (new,) = [
        row for row in comment_queries.list_placed_in_draft(document.id) if row.exact == "Zespół oceniający"
    ]
    assert new.state == "placed"
    assert comment_queries.list_authors([new.comment_id])[new.comment_id][0] == FIRST
    number = taken.proposals[0]
    parts = proposal_queries.list_parts([proposal_queries.get_proposal(document.id, number).id])
    assert ["publicznie" in part.source for part in parts] == [True]
    assert "publicznie" not in text_at(people.official, slug)
    none = revise(any_store, people, slug, ALL, again)
    assert (none.revised.change_no, none.proposals, none.comments) == (None, (), ())


def test_like_comments_of_one_author_are_told_apart_by_their_words_and_counted(
    any_store: Store, people: People
) -> None:
    slug = take_in_file(
        people.official,
        content=twice("jeden", "dwa"),
        filename="a.docx",
        title="Uwagi dwa razy",
        kind="standard",
        host_id=people.host_id,
        choices=Choices({}, said=SAID),
        wording=InPolish(),
        now=any_store.clock.now(),
    ).imported.slug
    edited = twice("jeden", "dwa", "trzy")  # one more, with the same words
    assert len(revise(any_store, people, slug, Choices({}, said=SAID), edited).comments) == 1
    document = queries.get_document(slug, EVERYTHING)
    assert sorted(row.exact for row in comment_queries.list_placed_in_draft(document.id)) == [
        "dwa",
        "jeden",
        "trzy",
    ]
    renamed = twice("jeden", "dwa i pół", "trzy")  # the words under one were edited
    assert revise(any_store, people, slug, Choices({}, said=SAID), renamed).comments == ()


def test_a_revised_file_enters_nobodys_comments_without_the_right_to_and_then_keeps_nothing(
    any_store: Store, people: People
) -> None:
    slug = take_in(any_store, people, chosen()).imported.slug
    before = text_at(people.editor, slug)
    with pytest.raises(NotPermitted):
        take_in_revision(
            people.editor,
            slug,
            content=FILE_AGAIN,
            filename="projekt.docx",
            choices=ALL,
            wording=InPolish(),
            now=any_store.clock.now(),
        )
    assert text_at(people.editor, slug) == before
    assert queries.get_document(slug, EVERYTHING).last_change_no == 1


def test_comments_on_a_revised_draft_belong_to_no_open_consultation(any_store: Store, people: People) -> None:
    slug = take_in(any_store, people, chosen()).imported.slug
    publish(any_store, slug)
    open_consultation(any_store, slug)
    taken = revise(any_store, people, slug, ALL, FILE_AGAIN)
    assert len(taken.comments) == 3
    document = queries.get_document(slug, EVERYTHING)
    rows = comment_queries.list_document_comments(document.id, with_drafts=True)
    assert {row.consultation_id for row in rows} == {None}
