"""Through the pages: a conflict is settled place by place, and what was chosen for its places is not lost either."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest
from werkzeug.test import TestResponse

from consult.domain.policy.sessions import STAFF_IDLE
from consult.services.unsaved_texts import new_window
from tests.web.places import WORDS, Place
from tests.web.test_unsaved_texts import edit_page, left
from tests.web.visitors import Visitor, form_of, words_of


def conflict(place: Place) -> tuple[Visitor, dict[str, str]]:
    """Somebody's edit that met another one in two places, as the page shows it."""
    one, two = place.visitor("editor"), place.visitor("official")
    mine = form_of(two.get(edit_page(place)).text)
    one.send(
        edit_page(place),
        {
            "source": place.source()
            .replace(WORDS, "przez trzydzieści dni")
            .replace("siedmiu dni", "pięciu dni")
        },
    )
    mine["source"] = (
        mine["source"].replace(WORDS, "w ciągu miesiąca").replace("siedmiu dni", "dziesięciu dni")
    )
    page = two.post(edit_page(place), mine, expect=409)
    assert "2 sporne miejsca" in words_of(page)
    return two, form_of(page.text)


def test_every_disputed_place_is_decided_by_a_choice(place: Place) -> None:
    two, form = conflict(place)
    chosen = {"settle": "choices", "choice-0": "theirs", "choice-1": "own", "own-1": "ośmiu"}
    two.post(edit_page(place), form | chosen)
    assert "przez trzydzieści dni" in place.source()
    assert "w ciągu ośmiu dni roboczych" in place.source()
    assert left(place) == 0


@pytest.mark.parametrize(
    "chosen",
    [
        {"choice-0": "ours"},
        {"choice-0": "ours", "choice-1": "nonsense"},
        {"choice-0": "ours", "choice-1": "proposed"},
        {"choice-0": "ours", "choice-1": "theirs", "source": "## Zlecanie zadań\n\nCałkiem inaczej."},
    ],
    ids=str,
)
def test_an_undecided_place_or_two_ways_at_once_save_nothing_and_lose_nothing(
    place: Place, chosen: dict[str, str]
) -> None:
    two, form = conflict(place)
    before = place.source()
    page = two.post(
        edit_page(place), form | {"settle": "choices", "own-0": "własne słowa"} | chosen, expect=422
    )
    again = form_of(page.text)
    assert place.source() == before
    assert again["choice-0"] == "ours"
    assert again["own-0"] == "własne słowa"
    assert again["source"].strip() == (chosen.get("source") or form["source"]).strip()
    two.post(
        edit_page(place),
        again | {"settle": "choices", "choice-1": "both", "source": form["source"]},
    )
    assert "w ciągu miesiąca" in place.source()
    assert "dziesięciu pięciu dni" in place.source()


def test_a_conflict_left_for_later_is_there_again_with_your_own_words(place: Place) -> None:
    two, _ = conflict(place)
    again = two.get(edit_page(place))
    assert "w ciągu miesiąca" in form_of(again.text)["source"]
    assert "2 sporne miejsca" in words_of(two.post(edit_page(place), form_of(again.text), expect=409))


def kept_choices(form: dict[str, str], page: TestResponse) -> dict[str, str]:
    """The form with what the script adds to it, once words for the first place were written."""
    name = re.findall(r'data-unsaved="(conflict-[0-9a-f]+)"', page.text)
    return form | {
        "settle": "choices",
        "choice-0": "own",
        "own-0": "przez dwa miesiące",
        "choice-1": "theirs",
        "kept_window": new_window(),
        "kept_taken": "",
        "kept_name": name[0],
        "kept_page": page.request.path,
        "kept_title": "Dwie osoby zmieniły tę część",
    }


def conflicts_left(place: Place, form: dict[str, str]) -> list[dict[str, Any]]:
    address = quote(f"{edit_page(place)}#{form['kept_name']}")
    found: list[dict[str, Any]] = place.visitor("official").get(f"/unsaved/forms?at={address}").json["forms"]
    return found


def test_words_written_for_a_place_are_kept_for_this_conflict_and_go_with_it(place: Place) -> None:
    two, form = conflict(place)
    page = two.post(edit_page(place), form_of(two.get(edit_page(place)).text), expect=409)
    form = kept_choices(form_of(page.text), page)
    two.post("/unsaved/forms", form | {"kept_at": edit_page(place)}, expect=200)
    (kept_form,) = conflicts_left(place, form)
    assert kept_form["values"]["own-0"] == "przez dwa miesiące"
    assert kept_form["values"]["choice-0"] == "own"
    assert "yours" not in kept_form["values"]
    assert "przez dwa miesiące" in words_of(two.get("/unsaved"))
    again = two.post(edit_page(place), form_of(two.get(edit_page(place)).text), expect=409)
    assert f'data-unsaved="{form["kept_name"]}"' in again.text
    two.post(edit_page(place), form)
    assert "trwa przez dwa miesiące" in place.source()
    assert conflicts_left(place, form) == []
    assert left(place) == 0


def test_words_chosen_after_the_sign_in_ran_out_undo_nobodys_edit(place: Place) -> None:
    two, _ = conflict(place)
    page = two.post(edit_page(place), form_of(two.get(edit_page(place)).text), expect=409)
    form = kept_choices(form_of(page.text), page)
    began = place.site.clock.at
    place.site.clock.advance(seconds=STAFF_IDLE.total_seconds())
    answer = two.client.post(edit_page(place), data=form, buffered=True)
    assert answer.status_code == 303, "to the sign-in"
    place.site.clock.at = began
    again = place.visitor("official")
    mine = form_of(again.get(edit_page(place)).text)
    assert mine["base"] == form["was"]
    assert "w ciągu miesiąca" in mine["source"]
    assert "2 sporne miejsca" in words_of(again.post(edit_page(place), mine, expect=409))
    assert "przez trzydzieści dni" in place.source()
    (kept_form,) = conflicts_left(place, form)
    assert kept_form["values"]["own-0"] == "przez dwa miesiące"


@pytest.mark.parametrize("field", ["was", "base"])
def test_a_conflict_that_names_texts_of_another_section_is_refused(place: Place, field: str) -> None:
    two, form = conflict(place)
    before = place.source()
    form |= {
        "settle": "choices",
        "choice-0": "ours",
        "choice-1": "ours",
        field: str(place.text_id("Konsultacje")),
    }
    two.post(edit_page(place), form, expect=404)
    assert place.source() == before
