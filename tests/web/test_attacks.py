"""Hostile texts, files and names: they are shown as the words they are, and nothing more happens."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache

import openpyxl
import pytest
from werkzeug.datastructures import FileStorage
from werkzeug.test import stream_encode_multipart

from consult.services.comments import Sender
from tests.real_data import real_data_folder
from tests.web.manners import parsed
from tests.web.places import WORDS, Place, new_place
from tests.web.visitors import Site, words_of

OWN_LINES = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus=alert(1) x='",
    "javascript:alert(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "--><svg onload=alert(1)>",
    "{{ config }} {% raw %} {{ 7 * 7 }}",
    "%(number)s %s %d {0} ${x}",
    'https://x.example/"onmouseover="alert(1)',
    "http://x.example/?a=<b>&c=d javascript://%0aalert(1) data:text/html,<script>alert(1)</script>",
    "[a](javascript:alert(1)) <https://x.example>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u2028\u2029<svg/onload=alert(1)>",
)


@cache
def lines() -> tuple[str, ...]:
    """Ours and, where they are at hand, lines people collect to try sites with."""
    collected = real_data_folder() / "attack" / "xss.txt"
    if not collected.exists():
        return OWN_LINES
    found = [line for line in collected.read_text("utf-8", "replace").splitlines() if "<" in line]
    return (*OWN_LINES, *(line.removeprefix("Exploit String: ")[:400] for line in found[::400]))


HOSTILE_ADDRESS = re.compile(r"^\s*(?:javascript|vbscript|data):", re.IGNORECASE)


def assert_harmless(page: str) -> None:
    """No element or attribute of the page can run anything; `Visitor` has looked for handlers and inline scripts."""
    for element in parsed(page).iter():
        assert element.tag not in ("iframe", "object", "embed", "base", "applet", "meta-refresh")
        if element.tag == "script":
            assert (element.get("src") or "").startswith("/static/")
        for name in ("href", "src", "action", "formaction", "data", "poster"):
            assert not HOSTILE_ADDRESS.match(element.get(name) or ""), element.attrib


def printable(line: str) -> str:
    return re.sub("[\x00-\x08\x0b\x0e-\x1f\x7f]", "", line)


def test_no_field_of_any_form_gets_markup_onto_any_page(site: Site) -> None:
    """Every user field holds hostile lines, and every page that shows it is read."""
    attack = [printable(line) for line in lines()]
    place = new_place(site)
    official, editor, guest = place.visitor("official"), place.visitor("editor"), place.guest
    everything = "\n\n".join(attack)
    made = official.send(
        "/documents/new",
        {
            "title": attack[0],
            "kind": "other",
            "source": f"# {attack[1]}\n\n{everything}\n\n## {attack[2]}\n\nTreść do uwag.\n",
        },
    )
    draft = made.location
    address = draft.removesuffix("/draft")
    official.send(f"{address}/publish", {"label": attack[4][:200]})
    prepared = official.send(f"{address}/consult", {"summary": everything[:1900]})
    official.send(prepared.location, {"introduction": everything[:1900]})  # the announcement makes it public
    slug = address.rsplit("/", 1)[-1]
    sent = []
    for at, line in enumerate(attack):
        form = {
            "text": line,
            "proposed": line,
            "name": line[:200],
            "organisation": line[:200] or "x",
            "capacity": "ngo",
            "kind": "substantive",
        }
        with site.records():
            from tests.factories.records import sections

            section = sections(slug)[at % len(sections(slug))]
        where = f"{address}/comments/new?section={section.section_id}&text_id={section.text_id}&start=0&end={max(1, len(section.plain) // 2)}"
        sent.append(guest.send(where, form).location)
    for location in sent[:6]:
        assert_harmless(guest.get(location).text)
    section_page = f"{address}/sections/{section.section_id}"
    editor.send(section_page, {"source": section.source + "\n\nDopisano.\n", "note": attack[1][:2000]})
    with site.records():
        from consult.storage.queries import consultations as queries
        from consult.storage.queries import documents
        from consult.storage.queries.viewers import EVERYTHING

        (consultation,) = queries.list_consultations(document_id=documents.get_document(slug, EVERYTHING).id)
    answers = f"/consultations/{consultation.id}/answers"
    for number in range(1, len(attack) + 1):
        official.send(f"{answers}/{number}", {"outcome": "rejected", "justification": everything[:3000]})
    official.send(f"{address}/publish", {"label": "druga"})
    for visitor in (guest, official):
        for page in (
            "/",
            "/documents",
            address,
            draft,
            f"{address}/comments",
            f"{address}/history",
            f"{address}/changes/2",
            f"{address}/compare?from=v1&to=v2",
            f"{address}/downloads",
            f"{address}/versions/1",
            f"/comments/{consultation.register_id}/1",
            f"/comments/{consultation.register_id}/3",
            f"{answers}/1",
            f"{answers}/5?show=all",
            f"{section_page}",
            f"{section_page}/move",
            f"{section_page}/remove",
            f"{section_page}/history",
            f"{address}/sections/new",
            f"{address}/consult",
            "/search?q=alert",
        ):
            answer = visitor.get(page, expect=(200, 303, 403))
            if answer.status_code == 200:
                assert_harmless(answer.text)


@pytest.mark.parametrize("line", OWN_LINES)
def test_what_a_query_says_is_shown_as_words(site: Site, line: str) -> None:
    guest = site.visitor()
    place_less = ("/search", "/sign-in")
    for address in place_less:
        for name in ("q", "next", "scope", "as_of", "lang", "from"):
            page = guest.get(address, query_string={name: line})
            assert_harmless(page.text)


@pytest.mark.parametrize("line", OWN_LINES)
def test_an_error_page_repeats_what_was_typed_as_words(place: Place, line: str) -> None:
    page = place.guest.post(
        place.composer(),
        {"text": line, "capacity": "resident", "section": line, "text_id": "1"},
        expect=(404, 422),
    )
    assert_harmless(page.text)
    assert_harmless(place.guest.get(f"/{line.replace('/', '')}", expect=404).text)


# Files


def word_file(document: bytes = b"", **parts: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        if document:
            archive.writestr("word/document.xml", document)
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


XXE = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>"""
FILES = {
    "program.exe": b"MZ\x90\x00" + bytes(500),
    "empty.md": b"",
    "blank.md": b" \n\t\n",
    "empty.docx": b"",
    "not-a-zip.docx": b"PK\x03\x04 but no more",
    "words.docx": "Zwykłe słowa".encode(),
    "bomb.docx": word_file(b"<w:document>" + b" " * 60_000_000 + b"</w:document>"),
    "xxe.docx": word_file(XXE),
    "no-document.docx": word_file(),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "locked.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "no-ending": b"# Tekst\n",
    "latin2.md": "# Zażółć gęślą\n".encode("iso8859-2"),
    "nul.md": b"# Tekst\n\nz\x00nakiem\n",
    "picture.md": b"\x89PNG\r\n\x1a\n" + bytes(100),
    "../../evil.sh": b"# x\n",
    "x" * 5000 + ".exe": b"# x\n",
    "zażółć\r\nX: y.pdf": b"%PDF-1.4",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_cannot_be_read_is_refused_with_a_reason(place: Place, name: str) -> None:
    official = place.visitor("official")
    before = place.site.counts()
    for address in ("/documents/import", f"{place.address}/revise"):
        page = official.send(
            address,
            {"file": (io.BytesIO(FILES[name]), name), "title": "Mój tytuł", "note": "Moja notatka"},
            expect=422,
            content_type="multipart/form-data",
        )
        assert 'id="file-error"' in page.text
        assert "Mój tytuł" in page.text or "Moja notatka" in page.text
        assert "root:" not in page.text
    assert place.site.counts() == before


def test_no_file_at_all_is_asked_for(place: Place) -> None:
    page = place.visitor("editor").send("/documents/import", {"title": "Mój tytuł"}, expect=422)
    assert "Wybierz plik" in words_of(page)


@pytest.mark.parametrize("language", ["pl", "en"])
def test_a_file_beyond_the_limit_gets_a_page_that_says_so(place: Place, language: str) -> None:
    editor = place.visitor("editor", language=language)
    before = place.site.counts()
    token = editor.token("/documents/import")
    body, length, boundary = stream_encode_multipart(
        {"csrf_token": token, "file": FileStorage(io.BytesIO(bytes(21_000_000)), "big.md")},
        use_tempfile=False,
    )
    page = editor.post(
        "/documents/import",
        expect=413,
        input_stream=body,
        content_length=length,
        content_type=f'multipart/form-data; boundary="{boundary}"',
    )
    assert ("za duży" in words_of(page).lower()) is (language == "pl")
    assert place.site.counts() == before


def test_a_form_of_a_million_letters_is_taken_or_refused_but_never_breaks(place: Place) -> None:
    text = "## Zlecanie zadań\n\n" + "Słowo. " * 130_000
    where = f"{place.address}/sections/{place.section_id()}"
    answer = place.visitor("editor").send(where, {"source": text}, expect=(303, 422))
    assert answer.status_code == 303 or "Słowo." in answer.text


def test_a_form_of_more_than_twenty_million_bytes_is_refused(place: Place) -> None:
    place.guest.send(place.composer(), {"text": "a" * 20_100_000}, expect=413)


@pytest.mark.parametrize("name", ['a"; filename="evil.exe', "a\r\nX-Evil: 1", "ż" * 300, "../x"])
def test_the_name_of_a_file_taken_away_is_made_of_letters_of_the_address(place: Place, name: str) -> None:
    official = place.visitor("official")
    title = " ".join(name.split())
    made = official.send("/documents/new", {"title": title, "kind": "other", "source": "# A\n\nTekst.\n"})
    for extension in ("md", "html", "docx", "xlsx"):
        answer = official.get(f"{made.location.removesuffix('/draft')}/text.{extension}")
        assert re.fullmatch(
            r'attachment; filename="[a-z0-9-]+\.[a-z]+"', answer.headers["Content-Disposition"]
        )
        assert "X-Evil" not in answer.headers


@pytest.mark.parametrize("extension", ["exe", "MD", "md.html", "..", "xlsx%00", "pdf"])
def test_a_format_there_is_not_is_refused(place: Place, extension: str) -> None:
    place.guest.get(f"{place.address}/text.{extension}?version=1", expect=(404, 422))


FORMULAS = ("=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1", '=HYPERLINK("http://x")')


def test_no_cell_of_the_table_is_a_formula_or_a_link(place: Place) -> None:
    for formula in FORMULAS:
        place.comment(
            WORDS,
            text=formula,
            proposed=formula,
            sender=Sender(capacity="ngo", organisation_name=formula, name=formula),
        )
    for role in ("guest", "official"):
        content = place.visitor(role).get(f"{place.address}/text.xlsx").data
        sheet = openpyxl.load_workbook(io.BytesIO(content)).active
        texts = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
        assert all(cell.data_type == "s" for cell in texts)
        assert all(cell.hyperlink is None for cell in texts)
        assert {formula.strip() for formula in FORMULAS} <= {cell.value.strip().lstrip("'") for cell in texts}
        parts = zipfile.ZipFile(io.BytesIO(content))
        sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not any(b"<f>" in part or b"<f " in part for part in sheets)
