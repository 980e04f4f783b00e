"""Pictures of a document: kept by their content, seen by whoever sees the text, never altered, and found when they are."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from sqlalchemy import text

from consult.cli.wording import PolishWording
from consult.domain.errors import InvalidInput, NotFound, NotPermitted
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.domain.text.pictures import address_of, name_of
from consult.services import comparison, documents, drafting, exports, kept_files, pictures, verification
from consult.services.kept_files import digest_of
from consult.services.pictures import Description, with_pictures
from consult.storage.database import db
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories import records
from tests.factories.apps import Store
from tests.factories.pictures import planes

ALT = Description("Trzy koła, które na siebie zachodzą", caption="Rysunek 1. Płaszczyzny")


@pytest.fixture
def slug(store: Store) -> str:
    return records.new_document(store, host_id=records.new_host(store))


def add(store: Store, slug: str, content: bytes, description: Description = ALT) -> pictures.Added:
    return pictures.add_picture(SYSTEM, slug, content, description, now=store.now)


def show(store: Store, slug: str, markdown: str, heading: str = "Zlecanie zadań") -> int:
    section = records.section(slug, heading)
    saved = drafting.save_section(
        SYSTEM,
        slug,
        section.section_id,
        source=f"{section.source.rstrip()}\n\n{markdown}\n\n",
        base_text_id=section.text_id,
        note="Obraz.",
        now=store.now,
    )
    return saved.change_no  # type: ignore[union-attr]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_is_made_anew_and_named_by_what_is_kept(store: Store, slug: str, kind: str) -> None:
    added = add(store, slug, planes(kind))
    given = pictures.give_picture(SYSTEM, slug, added.name)
    assert added.name == name_of(digest_of(given.content)) == name_of(given.digest)
    assert added.markdown == f"![{ALT.alt}]({address_of(added.name)})\n{ALT.caption}"
    assert Image.open(io.BytesIO(given.content)).format == given.kind.upper()
    assert add(store, slug, planes(kind)).name == added.name


def test_what_a_camera_wrote_into_the_file_is_gone(store: Store, slug: str) -> None:
    written = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "ulica Prywatna 5"
    Image.open(io.BytesIO(planes())).save(written, "JPEG", exif=exif, comment=b"ulica Prywatna 5")
    assert b"Prywatna" in written.getvalue()
    given = pictures.give_picture(SYSTEM, slug, add(store, slug, written.getvalue()).name)
    assert b"Prywatna" not in given.content


def bomb() -> bytes:
    """A few bytes that claim 400 million pixels."""
    written = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(written, "PNG")
    return written.getvalue()


def moving() -> bytes:
    written = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "image_missing"),
        (b"GIF89a<script>alert(1)</script>", "image_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "image_drawing"),
        (b"%PDF-1.7\n", "image_kind"),
        (b"BM" + bytes(100), "image_kind"),
        (planes()[:200], "image_damaged"),
        (b"\xff\xd8\xff" + bytes(50), "image_kind"),
        (bytes(15_000_001), "image_too_large"),
        (moving(), "image_moving"),
        (bomb(), "image_too_large"),
    ],
)
def test_whatever_is_no_still_picture_is_refused_by_what_it_is(
    store: Store, slug: str, content: bytes, code: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        add(store, slug, content)
    assert refused.value.code.endswith(code)
    assert refused.value.facts["field"] == "picture"


def test_words_or_the_word_that_there_are_none_are_obligatory(store: Store, slug: str) -> None:
    for description in (Description(), Description(" \n "), Description("x", is_decorative=True)):
        with pytest.raises(InvalidInput) as refused:
            add(store, slug, planes(), description)
        assert refused.value.facts["field"] == "alt"
    markdown = add(store, slug, planes(), Description(is_decorative=True)).markdown
    assert markdown.startswith("![](#p-")
    assert markdown.endswith("-decorative)")


def test_words_with_signs_of_markdown_stay_words(store: Store, slug: str) -> None:
    words = 'Wykres [1]: "a" < b & *c* ](http://zly.example/x.png)'
    show(store, slug, add(store, slug, planes(), Description(words)).markdown)
    html = records.section(slug, "Zlecanie zadań").html
    (shown,) = pictures.list_pictures(html)
    assert shown.alt == words
    assert "zly.example" not in html.replace(shown.alt, "").replace("zly.example/x.png)", "")


def test_a_draft_s_picture_stays_with_the_draft_until_a_version_shows_it(store: Store, slug: str) -> None:
    records.publish(store, slug)
    added = add(store, slug, planes())
    show(store, slug, added.markdown)
    with pytest.raises(NotFound):
        pictures.give_picture(ANONYMOUS, slug, added.name)
    records.publish(store, slug, "z obrazem")
    assert pictures.give_picture(ANONYMOUS, slug, added.name).is_public
    other = records.new_document(store, "# Inny\n\nTekst.\n", host_id=records.new_host(store, "Inny urząd"))
    records.publish(store, other)
    with pytest.raises(NotFound):
        pictures.give_picture(ANONYMOUS, other, added.name)
    with pytest.raises(NotPermitted):
        pictures.add_picture(ANONYMOUS, slug, planes(), ALT, now=store.now)


def test_an_old_version_shows_the_picture_it_had(store: Store, slug: str) -> None:
    first = add(store, slug, planes())
    show(store, slug, first.markdown)
    records.publish(store, slug)
    second = add(store, slug, planes(colour="#8a1b13"))
    section = records.section(slug, "Zlecanie zadań")
    drafting.save_section(
        SYSTEM,
        slug,
        section.section_id,
        source=section.source.replace(first.name, second.name),
        base_text_id=section.text_id,
        now=store.now,
    )
    records.publish(store, slug, "drugi")
    document = queries.get_document(slug, EVERYTHING)
    shown = [
        "".join(
            row.html for row in queries.list_version_sections(queries.get_version(document.id, number).id)
        )
        for number in (1, 2)
    ]
    assert first.name in shown[0]
    assert second.name not in shown[0]
    assert second.name in shown[1]
    assert pictures.give_picture(ANONYMOUS, slug, first.name).is_public


def test_another_picture_is_another_text_with_another_checksum(store: Store, slug: str) -> None:
    """The name a text calls a picture by is of its digest, so whoever has the text can tell the picture's bytes."""
    added = add(store, slug, planes())
    show(store, slug, added.markdown)
    section = records.section(slug, "Zlecanie zadań")
    given = pictures.give_picture(SYSTEM, slug, added.name)
    assert digest_of(given.content)[:32] in section.source
    other = section.source.replace(added.name, name_of(digest_of(planes(colour="#000000"))))
    assert digest_of(other.encode()) != digest_of(section.source.encode())


def test_the_database_refuses_another_picture_and_the_check_finds_one_put_there(
    store: Store, slug: str
) -> None:
    added = add(store, slug, planes())
    show(store, slug, added.markdown)
    assert verification.verify_documents(SYSTEM, slug)[0].fault is None
    for statement in (
        "UPDATE kept_file SET content = x'00'",
        "DELETE FROM kept_file",
        "UPDATE picture SET name = 'x'",
        "DELETE FROM picture",
    ):
        with pytest.raises(Exception, match="the record is not altered"):
            db.session.execute(text(statement))
        db.session.rollback()
    db.session.execute(text("DROP TRIGGER record_kept_file_update"))
    db.session.execute(text("UPDATE kept_file SET content = x'00'"))
    db.session.commit()
    fault = verification.verify_documents(SYSTEM, slug)[0].fault
    assert fault is not None
    assert (fault.record, fault.ref) == ("picture", added.name)


def test_what_the_law_wants_gone_goes_and_the_record_still_holds(store: Store, slug: str) -> None:
    added = add(store, slug, planes())
    show(store, slug, added.markdown)
    digest = pictures.give_picture(SYSTEM, slug, added.name).digest
    kept_files.erase_file(SYSTEM, digest, now=store.now)
    with pytest.raises(NotFound):
        pictures.give_picture(SYSTEM, slug, added.name)
    assert verification.verify_documents(SYSTEM, slug)[0].fault is None
    with pytest.raises(InvalidInput):
        add(store, slug, planes())
    html = exports.export_text(SYSTEM, slug, "html", PolishWording(), now=store.now).content.decode()
    assert ALT.alt in html


def test_exports_carry_the_picture_and_its_words(store: Store, slug: str) -> None:
    added = add(store, slug, planes())
    show(store, slug, added.markdown)
    written = {
        name: exports.export_text(SYSTEM, slug, name, PolishWording(), now=store.now).content
        for name in ("html", "docx", "zip")
    }
    html = written["html"].decode()
    assert "data:image/png;base64," in html
    assert f'alt="{ALT.alt}"' in html
    assert f"<figcaption>{ALT.caption}</figcaption>" in html
    taken = documents.revise_document(SYSTEM, slug, content=written["docx"], filename="x.docx", now=store.now)
    assert added.name in "".join(row.source for row in records.sections(slug))
    assert not any(remark.code == "images" for remark in taken.remarks)
    import zipfile

    with zipfile.ZipFile(io.BytesIO(written["zip"])) as bundle:
        assert f"obrazy/{added.name}.png" in bundle.namelist()
        assert f"](obrazy/{added.name}.png)" in bundle.read("tekst.md").decode()


def test_all_pictures_of_a_text_are_found_by_one_question(store: Store, slug: str) -> None:
    asked: list[str] = []
    db.session.rollback()
    from sqlalchemy import event

    event.listen(db.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    document = queries.get_document(slug, EVERYTHING)

    def questions() -> int:
        sections = queries.list_draft_sections(document.id)
        asked.clear()
        with_pictures(document, sections, lambda name: f"/{name}")
        return len(asked)

    assert questions() == 0
    show(store, slug, add(store, slug, planes()).markdown)
    one = questions()
    for colour in ("#111111", "#222222", "#333333"):
        show(store, slug, add(store, slug, planes(colour=colour)).markdown)
    assert questions() == one == 1


def test_plain_text_is_the_same_with_and_without_a_picture(store: Store, slug: str) -> None:
    before = records.section(slug, "Zlecanie zadań").plain
    show(store, slug, add(store, slug, planes(), Description("Słowa obrazu")).markdown)
    assert records.section(slug, "Zlecanie zadań").plain == before


def test_a_comparison_tells_of_a_picture_that_came_was_exchanged_or_described_anew(
    store: Store, slug: str
) -> None:
    document = queries.get_document(slug, EVERYTHING)
    first = add(store, slug, planes(), Description("Trzy koła"))
    second = add(store, slug, planes(colour="#8a1b13"), Description("Trzy czerwone koła"))
    came = show(store, slug, first.markdown)
    numbers = [1, came]
    for old, new in ((first.markdown, second.markdown), ("Trzy czerwone koła", "Koła")):
        section = records.section(slug, "Zlecanie zadań")
        saved = drafting.save_section(
            SYSTEM,
            slug,
            section.section_id,
            source=section.source.replace(old, new),
            base_text_id=section.text_id,
            now=store.now,
        )
        numbers.append(saved.change_no)  # type: ignore[union-attr]

    def told(before: int, after: int) -> list[tuple[str, str]]:
        found = comparison.compare_texts(document.id, comparison.Side(before), comparison.Side(after))
        return [(one.kind, one.picture.alt) for section in found.sections for one in section.pictures]

    assert told(*numbers[0:2]) == [("added", "Trzy koła")]
    assert told(*numbers[1:3]) == [("added", "Trzy czerwone koła"), ("removed", "Trzy koła")]
    assert told(*numbers[2:4]) == [("reworded", "Koła")]
