"""References that keep their numbers, requirements listed, notes that stand beside the text and bind nobody."""

from __future__ import annotations

import io
import zipfile

import pytest

from consult.cli.wording import PolishWording
from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.domain.text.cross_references import marker
from consult.domain.text.plain import plain_of
from consult.domain.text.requirements import Strength
from consult.services import (
    definitions,
    drafting,
    exports,
    previewing,
    requirements,
    section_notes,
    texts,
    verification,
)
from consult.services.cross_references import list_draft_references, with_present_numbers
from consult.storage.queries import documents as queries
from consult.storage.queries import section_notes as note_queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store

pytestmark = pytest.mark.usefixtures("any_store")

TEXT = """# Standard

## § 1. Nabór

Organizacja musi złożyć ofertę. Powinna dołączyć opis.

## § 2. Ocena

Komisja może wezwać do poprawek. Ocenia się oferty.

## § 3. Wynik

Nikt nie może oceniać własnej oferty.
"""


@pytest.fixture
def slug(any_store: Store) -> str:
    return records.new_document(any_store, TEXT, host_id=records.new_host(any_store))


def section_id(slug: str, heading: str) -> str:
    return records.section(slug, heading).section_id


def write(store: Store, slug: str, heading: str, words: str) -> None:
    found = records.section(slug, heading)
    drafting.save_section(
        SYSTEM,
        slug,
        found.section_id,
        source=f"## {found.heading}\n\n{words}\n\n",
        base_text_id=found.text_id,
        now=store.now,
    )


def shown(slug: str, heading: str) -> str:
    document = queries.get_document(slug, EVERYTHING)
    sections = with_present_numbers(document, exports.labelled(queries.list_draft_sections(document.id)))
    html = next(row.html for row in sections if row.heading == heading)
    return plain_of(html.replace(' data-generated=""', ""))


def refer(store: Store, slug: str) -> None:
    """Let the third paragraph refer to the second."""
    write(
        store,
        slug,
        "§ 3. Wynik",
        f"Zgodnie z {marker(section_id(slug, '§ 2. Ocena'), '§ 2', 'Ocena')} ust. 1.",
    )


def test_a_reference_bears_the_number_its_section_has_now_and_its_text_never_changes(
    any_store: Store, slug: str
) -> None:
    refer(any_store, slug)
    before = records.section(slug, "§ 3. Wynik")
    assert "Zgodnie z § 2 ust. 1." in shown(slug, "§ 3. Wynik")
    found = records.section(slug, "§ 2. Ocena")
    drafting.save_section(
        SYSTEM,
        slug,
        found.section_id,
        source=found.source.replace("§ 2. Ocena", "§ 7. Ocena"),
        base_text_id=found.text_id,
        now=any_store.now,
    )
    assert "Zgodnie z § 7 ust. 1." in shown(slug, "§ 3. Wynik")
    assert records.section(slug, "§ 3. Wynik") == before
    assert before.plain.endswith("Zgodnie z § ust. 1.")


def test_a_reference_to_a_removed_part_is_shown_and_listed_and_comes_right_when_the_part_is_back(
    any_store: Store, slug: str
) -> None:
    refer(any_store, slug)
    gone = section_id(slug, "§ 2. Ocena")
    drafting.remove_section(SYSTEM, slug, gone, now=any_store.now)
    document = queries.get_document(slug, EVERYTHING)
    lost = list_draft_references(document).dangling
    assert [(one.words, one.was) for one in lost] == [("§ 2", "§ 2. Ocena")]
    assert "§ 2 [tej części już nie ma] ust. 1" in shown(slug, "§ 3. Wynik")
    drafting.bring_back(SYSTEM, slug, gone, now=any_store.now)
    found = list_draft_references(document)
    assert not found.dangling
    assert [one.to_section for one in found.standing] == [gone]


def test_a_reference_follows_a_part_joined_to_another(any_store: Store, slug: str) -> None:
    refer(any_store, slug)
    first = section_id(slug, "§ 1. Nabór")
    drafting.join_sections(
        SYSTEM, slug, first, with_section_id=section_id(slug, "§ 2. Ocena"), now=any_store.now
    )
    assert "Zgodnie z § 1 ust. 1." in shown(slug, "§ 3. Wynik")
    assert not list_draft_references(queries.get_document(slug, EVERYTHING)).dangling


def test_files_bear_the_present_number_and_markdown_the_lasting_sign(any_store: Store, slug: str) -> None:
    refer(any_store, slug)
    target = section_id(slug, "§ 2. Ocena")
    files = {
        name: exports.export_text(SYSTEM, slug, name, PolishWording(), now=any_store.now).content
        for name in ("md", "html", "docx")
    }
    assert f"[§ 2](#s-{target[:12]}) ust. 1.".encode() in files["md"]
    assert files["md"].decode().endswith(texts.text_at(SYSTEM, slug)[-80:])
    html = files["html"].decode()
    assert f'href="#s-{target[:12]}"' in html
    assert f'<section id="s-{target[:12]}">' in html
    document = zipfile.ZipFile(io.BytesIO(files["docx"])).read("word/document.xml").decode()
    assert ">2<" in document.split("Zgodnie z", 1)[1][:400]


def test_a_preview_shows_the_present_number(any_store: Store, slug: str) -> None:
    words = f"Patrz {marker(section_id(slug, '§ 2. Ocena'), '§ 9', '')}."
    assert ">2</span>" in previewing.preview_words(SYSTEM, slug, source=words).html


def test_the_register_lists_sentences_by_their_words_and_writes_them_into_tables(
    any_store: Store, slug: str
) -> None:
    document = queries.get_document(slug, EVERYTHING)
    _, found = requirements.list_requirements(SYSTEM, document, None)
    assert [(one.sentence, str(one.requirement.strength)) for one in found] == [
        ("Organizacja musi złożyć ofertę.", "must"),
        ("Powinna dołączyć opis.", "should"),
        ("Komisja może wezwać do poprawek.", "may"),
        ("Nikt nie może oceniać własnej oferty.", "must_not"),
    ]
    assert requirements.count_strengths(found)[Strength.MUST] == 1
    assert [one.number for one in requirements.narrowed(found, strength="may")] == [3]
    with pytest.raises(NotPermitted):
        requirements.list_requirements(ANONYMOUS, document, None)

    class Words:
        def title(self) -> str:
            return "Wymagania"

        def column(self, code: str) -> str:
            return code

        def strength(self, code: str) -> str:
            return code

    rows = requirements.export_requirements(SYSTEM, slug, "csv", Words()).content.decode("utf-8-sig")
    assert rows.splitlines()[0] == "number,place,strength,word,sentence"
    assert rows.splitlines()[4] == "4,§ 3 Wynik,must_not,nie może,Nikt nie może oceniać własnej oferty."
    assert requirements.export_requirements(SYSTEM, slug, "xlsx", Words()).content[:2] == b"PK"
    with pytest.raises(InvalidInput):
        requirements.export_requirements(SYSTEM, slug, "exe", Words())


def note(store: Store, slug: str, kind: str, text: str) -> int | None:
    return section_notes.write_section_note(
        SYSTEM, slug, section_id(slug, "§ 1. Nabór"), kind, text, now=store.now
    )


def test_notes_are_frozen_with_a_version_and_are_no_part_of_it(any_store: Store, slug: str) -> None:
    plain = records.publish(any_store, slug)
    assert note(any_store, slug, "summary", "Trzeba złożyć ofertę.\n\nNa piśmie.")
    published = records.publish(any_store, slug)
    assert published.checksum == plain.checksum
    note(any_store, slug, "summary", "Trzeba złożyć ofertę na czas.")
    note(any_store, slug, "explanation", "Tak wymaga ustawa.")
    document = queries.get_document(slug, EVERYTHING)
    here = section_id(slug, "§ 1. Nabór")
    beside = {
        number: [row.text for row in section_notes.notes_beside(document, version).get(here, ())]
        for number, version in [
            (1, queries.get_version(document.id, 1)),
            (2, queries.get_version(document.id, 2)),
            (0, None),
        ]
    }
    assert beside == {
        1: [],
        2: ["Trzeba złożyć ofertę.\n\nNa piśmie."],
        0: ["Trzeba złożyć ofertę na czas.", "Tak wymaga ustawa."],
    }
    assert len(note_queries.list_wordings(document.id, here)) == 3
    assert verification.verify_documents(SYSTEM, slug)[0].fault is None


def test_a_note_is_taken_away_with_no_words_and_the_same_words_are_kept_once(
    any_store: Store, slug: str
) -> None:
    assert note(any_store, slug, "summary", "Krótko.")
    assert note(any_store, slug, "summary", "  Krótko. ") is None
    assert note(any_store, slug, "summary", "")
    assert note(any_store, slug, "summary", "") is None
    document = queries.get_document(slug, EVERYTHING)
    assert not section_notes.notes_beside(document, None)


def test_notes_go_into_files_set_off_and_named_as_binding_nobody(any_store: Store, slug: str) -> None:
    note(any_store, slug, "explanation", "Tak wymaga <ustawa>.")
    html = exports.export_text(SYSTEM, slug, "html", PolishWording(), now=any_store.now).content.decode()
    assert "nie jest częścią tekstu" in html
    assert "Tak wymaga &lt;ustawa&gt;." in html
    source = exports.export_text(SYSTEM, slug, "md", PolishWording(), now=any_store.now).content.decode()
    assert "Tak wymaga" not in source


def test_only_those_who_edit_write_notes_and_only_beside_what_stands(any_store: Store, slug: str) -> None:
    with pytest.raises(NotFound):
        section_notes.write_section_note(ANONYMOUS, slug, "x", "summary", "Słowa", now=any_store.now)
    with pytest.raises(NotFound):
        section_notes.write_section_note(SYSTEM, slug, "f" * 32, "summary", "Słowa", now=any_store.now)
    with pytest.raises(InvalidInput):
        note(any_store, slug, "secret", "Słowa")
    with pytest.raises(InvalidInput):
        note(any_store, slug, "summary", "a" * (section_notes.LONGEST_NOTE + 1))


DEFINING = """# Standard

## Słownik

- **organizacja** – fundacja albo stowarzyszenie;
- **Miasto** – gmina.

## Zasady

Urząd odpowiada organizacjom. W mieście działa wiele organizacji. Miasta nie ma bez nich.

## Bez pojęć

Nic tu nie ma.
"""


def test_terms_are_found_in_their_forms_once_in_a_part_and_names_by_their_capital(any_store: Store) -> None:
    slug = records.new_document(any_store, DEFINING, host_id=records.new_host(any_store))
    document = queries.get_document(slug, EVERYTHING)
    sections = queries.list_draft_sections(document.id)
    found = definitions.find_terms(document, sections)
    assert [term.definition.term for term in found.terms] == ["Miasto", "organizacja"]
    [(part, uses)] = found.uses.items()
    rules = records.section(slug, "Zasady")
    assert part == rules.section_id
    assert [use.span.of(rules.plain) for use in uses] == ["organizacjom", "Miasta"]
    linked = definitions.with_terms_linked(document, sections, glossary_href="/g")
    for before, after in zip(sections, linked, strict=True):
        assert plain_of(after.html) == before.plain
    assert sum(section.html.count('class="term"') for section in linked) == 2


def test_terms_of_one_list_of_texts_are_looked_for_once(
    any_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    slug = records.new_document(any_store, DEFINING, host_id=records.new_host(any_store))
    document = queries.get_document(slug, EVERYTHING)
    sections = queries.list_draft_sections(document.id)
    first = definitions.find_terms(document, sections)
    monkeypatch.setattr(definitions, "_found", None)
    assert definitions.find_terms(document, sections) is first


REFERRING = """# Standard

Zob. [rozdziale 2](#s-{second}), [Nabór](#s-{first}) i [§ 9](#s-{none}).

## Rozdział 1. Nabór

Treść naboru.

## Rozdział 2. Ocena

Treść oceny.
"""


def test_references_of_a_text_written_here_lead_to_the_parts_of_the_new_document(any_store: Store) -> None:
    first = records.new_document(any_store, REFERRING.format(second="0" * 12, first="1" * 12, none="2" * 12))
    own = records.sections(first)
    text = REFERRING.format(
        second=own[2].section_id[:12], first=own[1].section_id[:12], none="f" * 12
    ).replace("[Nabór]", "[tam]")
    made = records.import_text(any_store, text)
    document = queries.get_document(made.slug, EVERYTHING)
    assert texts.text_at(SYSTEM, made.slug) == text
    found = list_draft_references(document)
    titles = {row.section_id: row.heading for row in records.sections(made.slug)}
    assert [titles[one.to_section] for one in found.standing] == ["Rozdział 2. Ocena", "Rozdział 1. Nabór"]
    assert [one.words for one in found.dangling] == ["§ 9"]
    (remark,) = [remark for remark in made.remarks if remark.code == "lost_references"]
    assert (remark.count, remark.example) == (1, "§ 9")
    again = records.import_text(any_store, text)
    assert {row.section_id for row in records.sections(again.slug)}.isdisjoint(titles)
    assert len(list_draft_references(queries.get_document(again.slug, EVERYTHING)).standing) == 2


def test_references_from_elsewhere_go_by_their_words_in_any_case(any_store: Store) -> None:
    text = REFERRING.format(second="a" * 12, first="b" * 12, none="c" * 12)
    made = records.import_text(any_store, text, host_id=records.new_host(any_store))
    found = list_draft_references(queries.get_document(made.slug, EVERYTHING))
    titles = {row.section_id: row.heading for row in records.sections(made.slug)}
    assert [titles[one.to_section] for one in found.standing] == ["Rozdział 2. Ocena"]
    assert [one.words for one in found.dangling] == ["Nabór", "§ 9"]
