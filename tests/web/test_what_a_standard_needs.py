"""Notes beside parts, the register of requirements, the glossary and references, as people meet them."""

from __future__ import annotations

from tests.web.places import Place


def test_notes_are_written_on_their_page_and_read_with_the_next_version(place: Place) -> None:
    editor = place.visitor("editor")
    address = f"{place.address}/sections/{place.section_id()}/beside"
    editor.get(address)
    editor.send(address, {"summary": "Krótko o zlecaniu.", "explanation": ""})
    assert "Krótko o zlecaniu." in editor.get(f"{place.address}/draft").text
    assert "Krótko o zlecaniu." not in place.guest.get(place.address).text
    assert "Krótko o zlecaniu." in editor.get(address).text
    place.publish()
    shown = place.guest.get(f"{place.address}/versions/2").text
    assert "Krótko o zlecaniu." in shown
    assert "nie jest częścią tekstu" in shown


def test_notes_too_long_come_back_beside_their_field_and_nothing_is_kept(place: Place) -> None:
    editor = place.visitor("editor")
    address = f"{place.address}/sections/{place.section_id()}/beside"
    page = editor.send(address, {"summary": "Dobrze.", "explanation": "a" * 5_001}, expect=422)
    assert "Dobrze." in page.text
    assert 'id="explanation-error"' in page.text
    assert "Dobrze." not in editor.get(f"{place.address}/draft").text


def test_readers_find_the_register_from_the_text_and_take_it_as_a_table(place: Place) -> None:
    assert f"{place.address}/requirements?version=1" in place.guest.get(place.address).text
    page = place.guest.get(f"{place.address}/requirements")
    assert "Wymagania" in page.text
    place.guest.get(f"{place.address}/requirements?strength=nonsense&version=1")
    for version in ("99", "x", "-1"):
        place.guest.get(f"{place.address}/requirements?version={version}", expect=404)
    table = place.guest.get(f"{place.address}/requirements.csv")
    assert table.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in table.headers["Content-Disposition"]
    place.guest.get(f"{place.address}/requirements?version=draft", expect=403)


def test_the_list_of_the_editor_gives_references_that_keep_their_numbers(place: Place) -> None:
    offered = place.visitor("editor").get(f"{place.address}/insertions").json["sections"]
    assert any(one["insert"].endswith(f"(#s-{place.section_id()[:12]})") for one in offered)
