"""Through the pages: nothing typed is lost, whatever becomes of the page, and the way without a script."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from consult.domain.policy.sessions import STAFF_IDLE
from consult.services import drafting
from consult.storage.database import db
from consult.storage.models import UnsavedText
from consult.storage.queries.documents import get_document
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.records import section
from tests.web.places import Place
from tests.web.test_questions_to_the_database import counted
from tests.web.visitors import Visitor, form_of, words_of

MINE = "Mój niezapisany akapit."


def edit_page(place: Place) -> str:
    return f"{place.address}/sections/{place.section_id()}"


def left(place: Place) -> int:
    """How many texts are kept beside the document."""
    with place.site.records():
        document = get_document(place.slug, EVERYTHING)
        condition = UnsavedText.document_id == document.id
        return db.session.scalar(select(func.count()).select_from(UnsavedText).where(condition)) or 0


def kept(place: Place, visitor: Visitor, words: str = MINE, **fields: str) -> dict[str, str]:
    """The form of the editor with words the script has kept on the server; what the server answered goes in."""
    form = form_of(visitor.get(edit_page(place)).text)
    form |= {"source": f"{form['source']}\n{words}\n", **fields}
    answer = visitor.post(
        f"{place.address}/unsaved", form | {"kind": "edit", "section": place.section_id()}, expect=200
    )
    assert answer.json is not None
    return form | {"taken": answer.json["taken"]}


def test_a_text_kept_while_typing_is_there_again_on_every_device(place: Place) -> None:
    editor = place.visitor("editor")
    form = kept(place, editor, note="Dopisuję")
    elsewhere = place.visitor("editor")
    page = elsewhere.get(edit_page(place))
    again = form_of(page.text)
    assert MINE in again["source"]
    assert again["note"] == "Dopisuję"
    assert again["base"] == form["base"]
    assert "niezapisany tekst" in words_of(page)
    assert MINE not in place.visitor("official").get(edit_page(place)).text
    elsewhere.post(edit_page(place), again)
    assert MINE in place.source()
    assert "niezapisany tekst" not in words_of(editor.get(edit_page(place)))
    assert left(place) == 0


def test_a_text_written_against_an_older_one_is_joined_when_it_is_saved(place: Place) -> None:
    editor = place.visitor("editor")
    kept(place, editor)
    place.visitor("official").send(edit_page(place), {"source": place.source().replace("siedmiu", "pięciu")})
    page = editor.get(edit_page(place))
    assert "ktoś zapisał tę część" in words_of(page)
    editor.post(edit_page(place), form_of(page.text))
    assert MINE in place.source()
    assert "pięciu dni" in place.source()


def test_an_unsaved_text_can_be_thrown_away(place: Place) -> None:
    editor = place.visitor("editor")
    kept(place, editor)
    page = editor.get(edit_page(place))
    discard = page.text.split('formaction="/unsaved/')[1].split('"')[0]
    back = editor.follow(editor.post(f"/unsaved/{discard}", form_of(page.text)))
    assert MINE not in back.text
    assert "odrzucony" in back.text


def test_others_see_quietly_who_is_writing_and_that_somebody_saved(place: Place) -> None:
    editor, official = place.visitor("editor"), place.visitor("official")
    kept(place, editor)
    name = place.people.editor.name
    asked = form_of(official.get(edit_page(place)).text) | {"kind": "edit", "section": place.section_id()}
    said = official.post(f"{place.address}/unsaved", asked | {"still": "1"}, expect=200).json
    assert said == {"writers": f"Edytuje też: {name} (Urząd Miasta)", "news": ""}
    assert f"Edytuje też: {name}" in words_of(official.get(f"{place.address}/draft"))
    assert name not in words_of(place.guest.get(place.address))
    editor.post(edit_page(place), form_of(editor.get(edit_page(place)).text))
    said = official.post(f"{place.address}/unsaved", asked | {"still": "1"}, expect=200).json
    assert said is not None
    assert said["writers"] == ""
    assert "Ktoś w międzyczasie zapisał" in said["news"]


@pytest.mark.parametrize("button", ["save", "preview"])
def test_a_form_sent_after_the_sign_in_ran_out_is_there_after_signing_in_again(
    place: Place, button: str
) -> None:
    editor = place.visitor("editor")
    address = edit_page(place)
    form = form_of(editor.get(address).text)
    form["source"] += f"\n{MINE}\n"
    before = place.source()
    place.site.clock.at += STAFF_IDLE
    to = address if button == "save" else f"{address}/preview"
    answer = editor.client.post(to, data=form)
    assert answer.status_code == 303
    assert answer.location == f"/sign-in?next={address}"
    assert place.source() == before
    again = editor.get(address)  # signs in anew
    assert MINE in form_of(again.text)["source"]
    assert MINE not in place.visitor("official").get(address).text


def test_a_form_sent_by_nobody_we_know_comes_back_whole_and_can_be_sent_after_signing_in(
    place: Place,
) -> None:
    editor = place.visitor("editor")
    address = edit_page(place)
    form = form_of(editor.get(address).text)
    form["source"] += f"\n{MINE}\n"
    guest = place.guest
    page = guest.post(address, form, expect=403)
    assert MINE in words_of(page)
    held = form_of(page.text)
    assert held["source"].splitlines() == form["source"].splitlines()
    stale = editor.post(address, held, expect=422)
    editor.post(address, form_of(stale.text))
    assert MINE in place.source()


def test_a_session_that_was_ended_on_purpose_keeps_nothing(place: Place) -> None:
    editor = place.visitor("editor")
    form = form_of(editor.get(edit_page(place)).text)
    form["source"] += f"\n{MINE}\n"
    cookie = editor.client.get_cookie("session")
    assert cookie is not None
    editor.post("/sign-out", {"csrf_token": editor.token("/account")})
    editor.client.set_cookie("session", cookie.value)
    page = editor.client.post(edit_page(place), data=form)
    assert page.status_code == 403
    assert MINE in page.text
    assert MINE not in place.visitor("editor").get(edit_page(place)).text


def test_words_for_a_part_that_was_removed_become_a_part_of_their_own(place: Place) -> None:
    editor = place.visitor("editor")
    address = edit_page(place)
    form = kept(place, editor)
    place.visitor("official").send(f"{address}/remove", {})
    for page in (editor.post(address, form, expect=404), editor.get(address, expect=404)):
        new = form_of(page.text)
        assert new["title"] == "Zlecanie zadań"
        assert MINE in new["source"]
    editor.post(f"{place.address}/sections/new", new)
    assert MINE in place.source()
    assert left(place) == 0


def test_a_part_is_added_again_when_the_place_for_it_was_removed_meanwhile(place: Place) -> None:
    editor = place.visitor("editor")
    new = form_of(editor.get(f"{place.address}/sections/new?after={place.section_id()}").text)
    new |= {"title": "Nowa część", "source": MINE}
    place.visitor("official").send(f"{edit_page(place)}/remove", {})
    page = editor.post(f"{place.address}/sections/new", new, expect=422)
    again = form_of(page.text)
    assert (again["title"], again["source"]) == ("Nowa część", MINE)
    editor.post(f"{place.address}/sections/new", again)
    assert MINE in place.source("Nowa część")


def test_without_a_script_a_button_puts_quotation_marks_and_dashes_right(place: Place) -> None:
    editor = place.visitor("editor")
    typed = '## Zlecanie zadań\n\n"Program" - cel `"kod"`'
    for address, to in (
        (edit_page(place), f"{edit_page(place)}/preview"),
        (f"{place.address}/sections/new", f"{place.address}/sections/new"),
    ):
        form = form_of(editor.get(address).text) | {"source": typed, "show": "put-right"}
        page = editor.post(to, form, expect=200)
        assert form_of(page.text)["source"].endswith('„Program” – cel `"kod"`')


# What it costs


@pytest.mark.parametrize("few_and_many", [(3, 12), pytest.param((10, 200), marks=pytest.mark.deep)])
def test_editor_and_saving_ask_as_often_after_many_changes_as_after_few(
    place: Place, few_and_many: tuple[int, int]
) -> None:
    editor = place.visitor("editor")
    numbers = []
    for changes in few_and_many:
        with place.site.records() as store:
            while True:
                standing = section(place.slug, "Zlecanie zadań")
                saved = drafting.save_section(
                    place.people.editor,
                    place.slug,
                    standing.section_id,
                    source=standing.source.replace("roboczych.", "roboczych. A.")
                    if "A." not in standing.source
                    else standing.source.replace(" A.", ""),
                    base_text_id=standing.text_id,
                    now=store.now,
                )
                assert isinstance(saved, drafting.Saved)
                if saved.change_no >= changes:
                    break
        with counted() as opening:
            form = form_of(editor.get(edit_page(place)).text)
        with counted() as keeping:
            editor.post(
                f"{place.address}/unsaved",
                form | {"kind": "edit", "section": place.section_id(), "source": f"{form['source']} B"},
                expect=200,
            )
        with counted() as saving:
            editor.post(edit_page(place), form | {"source": f"{form['source']}\nZdanie {changes}.\n"})
        numbers.append((len(opening), len(keeping), len(saving)))
    assert numbers[0] == numbers[1]


# Proposals


def proposing(place: Place, visitor: Visitor) -> tuple[str, dict[str, str]]:
    """The address of a proposal of other words for the part, and its form with words of one's own."""
    address = f"{place.address}/proposals/new?section={place.section_id()}"
    form = form_of(visitor.get(address).text)
    return address, form | {"source": f"{form['source']}\n{MINE}\n", "rationale": "Tak będzie jaśniej."}


def test_a_proposal_left_unsent_is_there_again_with_all_its_parts_and_goes_when_it_is_sent(
    place: Place,
) -> None:
    editor = place.visitor("editor")
    address, form = proposing(place, editor)
    grown = {"act": "more", "more_kind": "add", "more_section": place.section_id("Konsultacje")}
    more = form_of(editor.post(address, form | grown, expect=200).text)
    second = more | {"source": "Nowe słowa.", "title_1": "Nowa część"}
    editor.post(
        f"{place.address}/unsaved",
        second | {"kind": "propose", "section": place.section_id()},
        expect=200,
    )
    (listed,) = [line for line in editor.get("/unsaved").text.splitlines() if "/proposals/new?" in line]
    assert "Zlecanie zadań" in listed
    again = form_of(editor.get(address).text)
    assert again["source"].strip() == "Nowe słowa."
    assert MINE in again["source_0"]
    assert again["title_1"] == "Nowa część"
    assert again["rationale"] == "Tak będzie jaśniej."
    first = form_of(editor.post(address, again | {"act": "open-0"}, expect=200).text)
    assert MINE in first["source"]
    sent = editor.post(address, first | {"act": "send", "title": "Dwie części"})
    shown = words_of(editor.get(sent.location))
    assert MINE in shown
    assert "Nowe słowa." in shown
    assert left(place) == 0


def test_a_proposal_sent_after_the_sign_in_ran_out_is_there_after_signing_in_again(place: Place) -> None:
    editor = place.visitor("editor")
    address, form = proposing(place, editor)
    place.site.clock.at += STAFF_IDLE
    answer = editor.client.post(address, data=form | {"act": "send", "title": "Jaśniej"})
    assert answer.status_code == 303
    assert MINE in form_of(editor.get(address).text)["source"]


def test_enter_in_a_field_saves_and_does_not_throw_the_unsaved_text_away(place: Place) -> None:
    editor = place.visitor("editor")
    kept(place, editor)
    page = editor.get(edit_page(place)).text
    form = page[page.index('<form class="desk"') :]
    first = form[form.index('type="submit"') :]  # what Enter presses
    assert "formaction" not in first[: first.index("</button>")]
