"""Forms that stood open for too long come back with every word."""

from __future__ import annotations

import pytest

from tests.web.places import Place
from tests.web.visitors import form_of, words_of


def forms(place: Place) -> dict[str, tuple[str, str, dict[str, str], int]]:
    """Every form: who sends it, where, what they typed, and the answer when it went stale."""
    section = f"{place.address}/sections/{place.section_id()}"
    place.comment()
    changed = place.source().replace("Nabór", "Otwarty nabór")
    return {
        "comment": ("guest", place.composer(), {"text": "Długo pisana uwaga."}, 422),
        "answer": (
            "official",
            f"{place.workbench}/1",
            {"outcome": "rejected", "justification": "Długie powody."},
            422,
        ),
        "edit": ("editor", section, {"source": changed, "note": "Notatka."}, 422),
        "add": ("editor", f"{place.address}/sections/new", {"title": "Nowa część", "source": "Treść."}, 422),
        "move": ("editor", f"{section}/move", {"relation": "under", "note": "Notatka."}, 422),
        "remove": ("editor", f"{section}/remove", {"note": "Notatka."}, 422),
        "publish": ("official", f"{place.address}/publish", {"label": "Etykieta."}, 422),
        "consult": ("official", f"{place.address}/consult", {"summary": "Streszczenie."}, 422),
        "new": ("editor", "/documents/new", {"title": "Nowy dokument", "source": "Treść."}, 422),
        "import": ("editor", "/documents/import", {"title": "Plik"}, 422),
        "revise": ("editor", f"{place.address}/revise", {"note": "Notatka."}, 422),
        "sign in": ("guest", "/sign-in", {"email": "ktos@example.org", "password": "x"}, 422),
    }


@pytest.mark.parametrize("stale", [None, "", "nonsense", "IjEi.Zq.x"])
def test_a_form_that_went_stale_comes_back_with_every_word_and_can_be_sent_again(
    place: Place, stale: str | None
) -> None:
    for name, (role, address, typed, status) in forms(place).items():
        visitor = place.visitor(role)
        form = form_of(visitor.get(address).text) | typed
        if stale is None:
            del form["csrf_token"]
        else:
            form["csrf_token"] = stale
        before = place.site.counts()
        page = visitor.post(address, form, expect=status)
        assert "Ta strona była otwarta zbyt długo" in words_of(page), name
        assert place.site.counts() == before, name
        again = form_of(page.text)
        for field, value in typed.items():
            if field != "password":
                assert again[field] == value, name
        if name not in ("import", "revise", "sign in", "consult"):
            visitor.post(address, again, expect=303)


def test_acts_without_a_form_of_their_own_are_refused_with_a_word_when_stale(place: Place) -> None:
    place.comment()
    place.answer(1)
    place.site.clock.advance(days=22)
    official = place.visitor("official")
    before = place.site.counts()
    answer = official.post(f"/consultations/{place.consultation_id}/publish", {})
    assert "otwarta zbyt długo" in official.follow(answer).text
    answer = official.post("/sign-out", {})
    assert "otwarta zbyt długo" in official.follow(answer).text
    assert place.site.counts() == before
