"""Through the pages: what is typed into forms beside the editor is kept, comes back, and goes once its act is done."""

from __future__ import annotations

import re

import pytest

from consult.domain.policy.sessions import STAFF_IDLE
from consult.services.unsaved_texts import new_window
from tests.real_data import REPOSITORY
from tests.web.places import Place
from tests.web.visitors import Visitor, form_of, words_of

TEMPLATES = REPOSITORY / "templates"
MINE = "Moja jeszcze niewysłana odpowiedź."

KEPT_ELSEWHERE = {
    "documents/edit.html": "the editor",
    "documents/add.html": "the editor",
    "proposals/new.html": "the editor",
    "dispositions/workbench.html": "kept in the browser",
}
DRAFTING = (
    "documents",
    "proposals",
    "working_notes",
    "section_notes",
    "section_statuses",
    "collections",
    "groups",
)
FURTHER = ("meetings", "meeting_decisions", "dispositions")


def notes(place: Place) -> str:
    return f"{place.address}/notes"


def kept(place: Place, visitor: Visitor, words: str = MINE, **fields: str) -> dict[str, str]:
    """A working note being written, which the script has kept."""
    token = visitor.token(notes(place))
    form = {
        "csrf_token": token,
        "section": place.section_id(),
        "text": words,
        "kept_window": new_window(),
        "kept_taken": "",
        "kept_name": "",
        "kept_page": notes(place),
        "kept_title": "Notatki robocze",
    } | fields
    answer = visitor.post("/unsaved/forms", form | {"kept_at": f"{notes(place)}/new"}, expect=200)
    return form | {"kept_taken": answer.json["taken"]}


def left(place: Place, visitor: Visitor) -> list[dict[str, object]]:
    found: list[dict[str, object]] = visitor.get(f"/unsaved/forms?at={notes(place)}/new").json["forms"]
    return found


@pytest.mark.parametrize(
    "template",
    sorted(
        str(path.relative_to(TEMPLATES))
        for room in (*DRAFTING, *FURTHER)
        for path in (TEMPLATES / room).glob("*.html")
        if re.search(r"rows=|<textarea", path.read_text())
    ),
)
def test_every_long_field_of_drafting_is_kept_while_it_is_written(template: str) -> None:
    text = (TEMPLATES / template).read_text()
    if template in KEPT_ELSEWHERE:
        return
    for form in re.findall(r"<form.*?</form>", text, re.DOTALL):
        if re.search(r"rows=|<textarea", form):
            assert re.match(r"<form[^>]* data-unsaved", form), form[:120]


def test_words_of_a_form_are_there_on_every_device_for_their_writer_alone(place: Place) -> None:
    editor = place.visitor("editor")
    kept(place, editor)
    (one,) = left(place, place.visitor("editor"))
    assert one["values"]["text"] == MINE  # type: ignore[index]
    assert left(place, place.visitor("official")) == []
    page = editor.get("/unsaved")
    assert MINE in words_of(page)
    assert f'href="{notes(place)}"' in page.text
    assert MINE not in words_of(place.visitor("official").get("/unsaved"))


def test_a_form_is_forgotten_once_its_act_is_done_and_not_before(place: Place) -> None:
    editor = place.visitor("editor")
    form = kept(place, editor)
    editor.post(f"{notes(place)}/new", form | {"text": ""}, expect=422)
    assert len(left(place, editor)) == 1
    editor.post(f"{notes(place)}/new", form | {"csrf_token": "stara"}, expect=422)
    assert len(left(place, editor)) == 1
    editor.post(f"{notes(place)}/new", form, expect=303)
    assert left(place, editor) == []
    assert MINE in words_of(editor.get(notes(place)))


def test_two_pages_of_one_person_never_overwrite_one_another(place: Place) -> None:
    editor = place.visitor("editor")
    kept(place, editor, "Pierwsza strona pisze to.")
    kept(place, editor, "Druga strona pisze tamto.", kept_window=new_window())
    words = words_of(editor.get("/unsaved"))
    assert "Pierwsza strona" in words
    assert "Druga strona" in words


def test_a_form_sent_after_the_sign_in_ran_out_is_kept_and_leads_back(place: Place) -> None:
    editor = place.visitor("editor")
    form = kept(place, editor)
    place.site.clock.at += STAFF_IDLE
    later = "Dopisane, gdy logowanie już wygasło."
    answer = editor.client.post(f"{notes(place)}/new", data=form | {"text": later})
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next={notes(place)}"
    (one,) = left(place, place.visitor("editor"))
    assert one["values"]["text"] == later  # type: ignore[index]
    assert later not in words_of(place.visitor("official").get(notes(place)))


@pytest.mark.parametrize("field", ["text", "answer", "reason", "rationale", "explanation"])
def test_without_a_script_nothing_sent_by_somebody_signed_out_is_lost_whatever_the_field(
    place: Place, field: str
) -> None:
    page = place.guest.post(f"{notes(place)}/new", {field: MINE, "section": "x"}, expect=403)
    assert MINE in words_of(page)
    assert form_of(page.text)[field] == MINE


@pytest.mark.parametrize(
    "field",
    [
        {"kept_page": "//example.org/zła"},
        {"kept_page": "https://example.org"},
        {"kept_page": "/\\example.org"},
        {"kept_page": "javascript:alert(1)"},
        {"kept_window": "krótkie"},
        {"kept_page": "/" + "a" * 600},
        {"text": "a" * 500_000},
    ],
)
def test_a_form_that_names_no_page_of_ours_is_refused(place: Place, field: dict[str, str]) -> None:
    editor = place.visitor("editor")
    form = {
        "csrf_token": editor.token(notes(place)),
        "text": MINE,
        "kept_window": new_window(),
        "kept_page": notes(place),
        "kept_at": f"{notes(place)}/new",
    }
    answer = editor.post("/unsaved/forms", form | field, expect=422)
    assert answer.json["error"]


def test_only_those_who_are_signed_in_keep_forms(place: Place) -> None:
    guest = place.guest
    guest.get("/unsaved/forms?at=/x", expect=303)
    assert guest.client.post("/unsaved/forms", data={"text": "x"}).status_code in (303, 403)
