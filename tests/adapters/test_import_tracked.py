"""Tracked changes and comments in the margin are read with their authors, from a file's own markup."""

from __future__ import annotations

from datetime import UTC, datetime

from consult.adapters.import_files import DocxReader, OdtReader
from consult.ports.imports import ImportedText
from tests.adapters.odt_files import changed, odt
from tests.adapters.word_files import paragraph, run, word_file

FIRST, SECOND = "Fundacja A", "Urząd Miasta"


def word(body: str, **parts: str) -> ImportedText:
    return DocxReader().read(word_file(body, **parts), filename="projekt.docx")


def inserted(words: str, author: str = FIRST, at: str = "2026-09-01T10:00:00Z") -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="{at}">{run(words)}</w:ins>'


def deleted(words: str, author: str = FIRST, at: str = "2026-09-01T10:00:00Z") -> str:
    gone = run(words).replace("w:t>", "w:delText>").replace("<w:t ", "<w:delText ")
    return f'<w:del w:id="2" w:author="{author}" w:date="{at}">{gone}</w:del>'


def mark(kind: str, author: str = FIRST) -> str:
    return f'<w:rPr><w:{kind} w:id="3" w:author="{author}"/></w:rPr>'


def suggestions(text: ImportedText) -> dict[str, str]:
    return {each.author: each.source for each in text.suggestions}


def test_a_file_without_tracked_changes_has_no_original() -> None:
    text = word(paragraph("Zwykły tekst"))
    assert (text.original, text.suggestions, text.margin) == ("", (), ())


def test_every_author_has_their_own_changes_alone() -> None:
    text = word(
        paragraph(
            run("Termin wynosi "),
            deleted("14"),
            inserted("30"),
            run(" dni"),
            inserted(" roboczych", SECOND),
            run("."),
        )
    )
    assert text.source == "Termin wynosi 30 dni roboczych.\n"
    assert text.original == "Termin wynosi 14 dni.\n"
    assert suggestions(text) == {
        FIRST: "Termin wynosi 30 dni.\n",
        SECOND: "Termin wynosi 14 dni roboczych.\n",
    }


def test_paragraphs_joined_and_parted_come_back() -> None:
    joined = word(
        paragraph(run("Pierwszy."), properties=mark("del"))
        + paragraph(run(" Drugi."))
        + paragraph(run("Trzeci."))
    )
    assert joined.source == "Pierwszy. Drugi.\n\nTrzeci.\n"
    assert joined.original == "Pierwszy.\n\nDrugi.\n\nTrzeci.\n"
    parted = word(paragraph(run("Pierwszy."), properties=mark("ins")) + paragraph(run(" Drugi.")))
    assert parted.source == "Pierwszy.\n\nDrugi.\n"
    assert parted.original == "Pierwszy. Drugi.\n"


def test_a_moved_passage_stood_where_it_was() -> None:
    moved = run("ruchome").replace("<w:r>", "<w:r>")
    body = paragraph(run("a "), f'<w:moveFrom w:id="1" w:author="{FIRST}">{moved}</w:moveFrom>') + paragraph(
        run("b "), f'<w:moveTo w:id="2" w:author="{FIRST}">{moved}</w:moveTo>'
    )
    text = word(body)
    assert text.source == "a\n\nb ruchome\n"
    assert text.original == "a ruchome\n\nb\n"


def test_the_moment_of_a_suggestion_is_its_last_change() -> None:
    text = word(
        paragraph(
            inserted("x", at="2026-09-03T08:00:00Z"), run(" y "), inserted("z", at="2026-09-01T08:00:00Z")
        )
    )
    assert text.suggestions[0].at == datetime(2026, 9, 3, 8, tzinfo=UTC)


def test_a_comment_in_the_margin_keeps_its_author_moment_and_words() -> None:
    comments = (
        f'<w:comment w:id="5" w:author="{SECOND}" w:date="2026-09-01T10:00:00Z">{paragraph("Za krótko?")}'
        f"{paragraph('Proponuję dłużej.')}</w:comment>"
    )
    body = paragraph(
        run("Nabór trwa "),
        '<w:commentRangeStart w:id="5"/>',
        run("siedem "),
        run("dni", "<w:b/>"),
        '<w:commentRangeEnd w:id="5"/>',
        '<w:r><w:commentReference w:id="5"/></w:r>',
        run(" od ogłoszenia."),
    )
    text = word(paragraph(inserted("Wstęp.")) + body, comments=comments)
    assert text.source == "Wstęp.\n\nNabór trwa siedem **dni** od ogłoszenia.\n"
    (comment,) = text.margin
    assert (comment.author, comment.at, comment.text) == (
        SECOND,
        datetime(2026, 9, 1, 10, tzinfo=UTC),
        "Za krótko?\n\nProponuję dłużej.",
    )
    assert comment.span is not None
    assert comment.span.of(text.source).replace("*", "") == "siedem dni"


def test_a_comment_may_reach_over_paragraphs_or_have_no_words() -> None:
    comments = "".join(
        f'<w:comment w:id="{number}" w:author="{FIRST}">{paragraph(words)}</w:comment>'
        for number, words in ((1, "Oba"), (2, "Żadne"))
    )
    body = (
        '<w:commentRangeStart w:id="1"/>'
        + paragraph("Pierwszy.")
        + paragraph("Drugi.", '<w:commentRangeEnd w:id="1"/>')
    )
    both, none = word(body, comments=comments).margin
    assert both.span is not None
    assert both.span.of("Pierwszy.\n\nDrugi.\n") == "Pierwszy.\n\nDrugi."
    assert none.span is None


def opendocument(body: str) -> ImportedText:
    return OdtReader().read(odt(body), filename="projekt.odt")


def test_an_opendocument_text_says_the_same() -> None:
    regions = (
        "<text:tracked-changes>"
        + changed("c1", FIRST, deleted="<text:p>14</text:p>")
        + changed("c2", FIRST)
        + changed("c3", SECOND)
        + "</text:tracked-changes>"
    )
    text = opendocument(
        regions
        + '<text:p>Termin wynosi <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>30'
        '<text:change-end text:change-id="c2"/> dni<text:change-start text:change-id="c3"/> roboczych'
        '<text:change-end text:change-id="c3"/>.</text:p>'
    )
    assert text.source == "Termin wynosi 30 dni roboczych.\n"
    assert text.original == "Termin wynosi 14 dni.\n"
    assert suggestions(text)[SECOND] == "Termin wynosi 14 dni roboczych.\n"


def test_an_opendocument_insertion_may_run_over_paragraphs_and_a_deletion_hold_them() -> None:
    regions = (
        "<text:tracked-changes>"
        + changed("c1", FIRST)
        + changed("c2", FIRST, deleted="<text:p>. Drugi</text:p><text:p>Trzeci</text:p>")
        + "</text:tracked-changes>"
    )
    text = opendocument(
        regions + '<text:p>Raz<text:change-start text:change-id="c1"/> dwa</text:p><text:p>trzy'
        '<text:change-end text:change-id="c1"/> cztery</text:p><text:p>Pierwszy<text:change text:change-id="c2"/>!</text:p>'
    )
    assert text.source == "Raz dwa\n\ntrzy cztery\n\nPierwszy!\n"
    assert text.original == "Raz cztery\n\nPierwszy. Drugi\n\nTrzeci!\n"


def test_an_opendocument_comment_keeps_its_words() -> None:
    note = (
        '<office:annotation office:name="n1"><dc:creator>Fundacja A</dc:creator><dc:date>2026-09-01T12:00:00</dc:date>'
        "<text:p>Skąd to?</text:p></office:annotation>"
    )
    text = opendocument(
        f'<text:p>Nabór trwa {note}siedem dni<office:annotation-end office:name="n1"/>.</text:p>'
    )
    assert text.source == "Nabór trwa siedem dni.\n"
    (comment,) = text.margin
    assert comment.author == FIRST
    assert comment.at == datetime(2026, 9, 1, 10, tzinfo=UTC), "Warsaw's noon"
    assert comment.span is not None
    assert comment.span.of(text.source) == "siedem dni"
