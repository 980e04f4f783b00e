"""Pictures and attached files as people meet them: sent by a form, seen in the text, taken away, kept from others."""

from __future__ import annotations

import io
import re

from tests.factories.pictures import planes
from tests.web.places import Place, new_draft

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"


def send_picture(place: Place, alt: str = "Trzy koła", content: bytes | None = None, **more: object) -> str:
    """Send a picture by the page; the line that shows it."""
    editor = place.visitor("editor")
    answer = editor.send(
        f"{place.address}/pictures/new",
        {
            "picture": (io.BytesIO(planes() if content is None else content), "x.png"),
            "alt": alt,
            "caption": "Rysunek 1.",
            **more,
        },
        expect=303,
    )
    page = editor.get(answer.headers["Location"]).text
    found = re.search(r'id="new".*?<textarea[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found
    return found[1].replace("&#34;", '"')


def put_in(place: Place, line: str) -> None:
    editor = place.visitor("editor")
    editor.send(
        f"{place.address}/sections/{place.section_id()}",
        {"source": f"{place.source().rstrip()}\n\n{line}\n", "note": "Obraz."},
        expect=303,
    )


def test_a_picture_sent_by_the_form_stands_in_the_draft_and_later_in_the_version(place: Place) -> None:
    put_in(place, send_picture(place))
    draft = place.visitor("editor").get(f"{place.address}/draft").text
    found = re.search(r'<figure><img src="([^"]+)" alt="Trzy koła" width="400" height="240"', draft)
    assert found
    assert "<figcaption>Rysunek 1.</figcaption>" in draft
    private = place.visitor("editor").get(found[1])
    assert private.headers["Cache-Control"] == "private, no-cache"
    place.guest.get(found[1], expect=404)
    place.visitor("neighbour").get(found[1], expect=404)
    assert found[1] not in place.guest.get(place.address).text
    place.publish()
    assert found[1] in place.guest.get(f"{place.address}/versions/2").text
    shown = place.guest.get(found[1])
    assert shown.headers["Content-Type"] == "image/png"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in shown.headers["Cache-Control"]
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert place.guest.get(found[1], headers={"If-None-Match": shown.headers["ETag"]}, expect=304).data == b""


def test_a_picture_without_words_comes_back_and_says_why(place: Place) -> None:
    page = place.visitor("editor").send(
        f"{place.address}/pictures/new",
        {"picture": (io.BytesIO(planes()), "x.png"), "alt": "", "caption": "Podpis wpisany"},
        expect=422,
    )
    assert 'id="alt-error"' in page.text
    assert "Podpis wpisany" in page.text


def test_the_script_hears_what_is_wrong_in_the_language_of_the_page(place: Place) -> None:
    editor = place.visitor("editor")
    address = f"{place.address}/pictures/new"
    token = editor.token(address)
    refused = editor.post(
        address,
        {"csrf_token": token, "picture": (io.BytesIO(b"<svg/>"), "x.svg"), "alt": "x"},
        headers={"Accept": "application/json"},
        expect=422,
    )
    assert "SVG" in refused.json["errors"]["picture"][0]
    taken = editor.post(
        address,
        {"csrf_token": token, "picture": (io.BytesIO(planes()), "x.png"), "alt": "Koła"},
        headers={"Accept": "application/json"},
        expect=200,
    )
    assert taken.json["markdown"].startswith("![Koła](#p-")


def test_a_picture_without_words_in_the_text_is_shown_to_those_who_draft(place: Place) -> None:
    line = re.sub(r"!\[.*?\]", "![]", send_picture(place))
    put_in(place, line)
    assert "1 miejscu" in place.visitor("editor").get(f"{place.address}/pictures").text
    assert 'alt="Obraz bez opisu"' in place.visitor("editor").get(f"{place.address}/draft").text


def test_a_text_names_only_pictures_of_its_own_document(place: Place) -> None:
    line = send_picture(place)
    slug = new_draft(place)
    other = place.visitor("editor")
    page = other.get(f"/documents/{slug}/draft").text
    section = re.search(r'data-section="([0-9a-f]+)"', page)
    assert section
    other.send(f"/documents/{slug}/sections/{section[1]}", {"source": f"# Inny\n\n{line}\n"}, expect=303)
    shown = other.get(f"/documents/{slug}/draft").text
    assert "[tego obrazu tu nie ma]" in shown
    assert "/pictures/" not in re.sub(r'href="[^"]*"', "", shown)
    for name in ("x", "0" * 32, "../" * 3):
        other.get(f"/documents/{slug}/pictures/{name}", expect=404)


def test_a_file_is_attached_listed_taken_away_and_replaced(place: Place) -> None:
    editor = place.visitor("editor")
    editor.send(
        f"{place.address}/attachments/new",
        {
            "file": (io.BytesIO(PDF), "wzór umowy\u202efdp.pdf"),
            "title": "Wzór umowy",
            "description": "Do pobrania.",
        },
        expect=303,
    )
    listed = editor.get(f"{place.address}/attachments").text
    found = re.search(r'href="([^"]+/attachments/files/\d+)"', listed)
    assert found
    assert f'Wzór umowy</span> <span class="file-kind">(PDF, {len(PDF)} B)</span>' in listed
    place.guest.get(found[1], expect=404)
    assert "Wzór umowy" not in place.guest.get(place.address).text
    place.publish()
    page = place.guest.get(f"{place.address}/versions/2").text
    assert found[1] in page
    file = place.guest.get(found[1])
    assert file.data == PDF
    assert file.headers["Content-Disposition"].startswith("attachment")
    assert "\u202e" not in file.headers["Content-Disposition"]
    edit = re.search(r'href="([^"]+/attachments/\d+/edit)"', listed)
    assert edit
    editor.send(
        edit[1], {"file": (io.BytesIO(b"tekst\n"), "b.txt"), "title": "Wzór", "reason": "Nowy."}, expect=303
    )
    history = editor.get(edit[1].replace("/edit", "/history")).text
    assert found[1] in history
    assert "Nowy." in history
    assert place.guest.get(found[1]).data == PDF
    editor.send(edit[1].replace("/edit", "/remove"), {"reason": "Zbędny."}, expect=303)
    assert "Wzór" not in editor.get(f"{place.address}/attachments").text.split("Usunięte")[0].split("<ol")[-1]


def test_a_refused_file_loses_none_of_the_words(place: Place) -> None:
    page = place.visitor("editor").send(
        f"{place.address}/attachments/new",
        {"file": (io.BytesIO(b"MZ program"), "umowa.pdf"), "title": "Tytuł wpisany", "description": ""},
        expect=422,
    )
    assert 'id="file-error"' in page.text
    assert "Tytuł wpisany" in page.text
