"""The page about words tells when they appeared and when they went, to everybody as much as they may know."""

from __future__ import annotations

from urllib.parse import quote

import pytest

from tests.web.places import Place
from tests.web.test_questions_to_the_database import counted

NEW, GONE = "co najmniej trzydzieści dni", "co najmniej dwadzieścia jeden dni"
DRAFTED = "bez zbędnej zwłoki"


def asking(place: Place, words: str, **more: str) -> str:
    rest = "".join(f"&{name}={quote(value)}" for name, value in more.items())
    return f"{place.address}/words?q={quote(words)}{rest}"


def edit(place: Place, old: str, new: str, note: str = "Poprawka redakcyjna") -> None:
    where = f"{place.address}/sections/{place.section_id()}"
    place.visitor("editor").send(where, {"source": place.source().replace(old, new), "note": note})


@pytest.fixture
def changed(place: Place) -> Place:
    """A document whose second version has other words than the first, and whose draft has others again."""
    place.site.clock.advance(days=22)
    edit(place, GONE, NEW)
    place.publish()
    edit(place, "od ogłoszenia", DRAFTED, note="Tajna notatka")
    return place


def test_guests_read_in_which_versions_words_stood_and_by_which_change(changed: Place) -> None:
    new = changed.guest.get(asking(changed, NEW)).text
    assert "Te słowa są w tekście od wersji 2." in new
    assert f'href="{changed.address}/changes/2"' in new
    assert "<ins>" in new
    gone = changed.guest.get(asking(changed, GONE)).text
    assert "Tych słów nie ma w tekście od wersji 2." in gone
    assert "Poprawka redakcyjna" not in new + gone, "notes are the team's"


def test_links_lead_to_the_exact_words(changed: Place) -> None:
    page = changed.guest.get(asking(changed, NEW.upper())).text
    fragment = f"{changed.address}/versions/2#s-{changed.section_id()[:12]}:~:text={quote(NEW)}"
    assert f'href="{fragment}"' in page


@pytest.mark.parametrize("role", ["guest", "neighbour"])
def test_words_of_the_draft_have_no_history_for_outsiders(changed: Place, role: str) -> None:
    visitor = changed.visitor(role)
    page = visitor.get(asking(changed, DRAFTED)).text
    assert "Tych słów nie ma w żadnej opublikowanej wersji tego dokumentu." in page
    kept = visitor.get(asking(changed, "od ogłoszenia")).text
    assert "Te słowa są w tekście od wersji 1." in kept, "that the draft dropped them is not public"
    for text in (page, kept, visitor.get(asking(changed, "siedzibie urzędu", forms="1")).text):
        assert "Tajna notatka" not in text
        assert "/changes/3" not in text


def test_the_team_is_told_by_changes_with_notes(changed: Place) -> None:
    page = changed.visitor("member").get(asking(changed, DRAFTED)).text
    assert "Te słowa są w tekście od zmiany 3." in page
    assert "Tajna notatka" in page
    assert f"{changed.address}/draft#s-" in page


def test_the_comment_that_caused_it_is_named_with_its_answer_once_published(place: Place) -> None:
    number = place.comment("siedmiu dni roboczych", proposed="pięciu dni roboczych")
    official = place.visitor("official")
    place.site.clock.advance(days=22)
    case = f"{place.workbench}/{number}"
    official.send(
        case, {"outcome": "accepted", "justification": "Słuszny termin.", "take_wording": "y", "act": "save"}
    )
    place.publish()
    page = place.guest.get(asking(place, "pięciu dni roboczych")).text
    assert f'href="/comments/{place.register_id}/{number}"' in page
    assert "Słuszny termin." not in page, "an answer is public once it is published"
    place.publish_answers()
    assert "Słuszny termin." in place.guest.get(asking(place, "pięciu dni roboczych")).text


def test_any_form_of_words_is_found_when_asked_for(changed: Place) -> None:
    assert "nie ma w żadnej" in changed.guest.get(asking(changed, "siedem dzień")).text
    assert "od wersji 1" in changed.guest.get(asking(changed, "siedem dzień", forms="1")).text


@pytest.mark.parametrize(
    "words", ["", "  ", "„”", "%", "x" * 600, "\u202eabc", "a\x00b", "(.*)+", "<script>"]
)
def test_whatever_is_typed_gets_a_page(place: Place, words: str) -> None:
    page = place.guest.get(asking(place, words)).text
    assert "<script>alert" not in page
    place.guest.get(asking(place, words, forms="1"))


def test_the_box_stands_on_the_page_of_history(place: Place) -> None:
    page = place.guest.get(f"{place.address}/history").text
    assert f'action="{place.address}/words"' in page


# On the lines of results


def found(place: Place, words: str, role: str = "guest") -> str:
    return place.visitor(role).get(f"{place.address}/search?q={quote(words)}").text


def test_a_line_of_results_says_since_which_version_its_words_stand(changed: Place) -> None:
    page = found(changed, f'"{NEW}"')
    assert "od wersji 2" in page
    assert f'href="{changed.address}/words?q={quote(NEW).replace("%20", "+")}"' in page


def test_a_line_of_former_words_says_by_which_change_and_because_of_which_comment(place: Place) -> None:
    number = place.comment("siedmiu dni roboczych", proposed="pięciu dni roboczych")
    official = place.visitor("official")
    place.site.clock.advance(days=22)
    official.send(
        f"{place.workbench}/{number}",
        {"outcome": "accepted", "justification": "Słuszny termin.", "take_wording": "y", "act": "save"},
    )
    cause = f'href="/comments/{place.register_id}/{number}"'
    assert "zmieniono" not in found(place, '"siedmiu dni roboczych"'), (
        "no version without them is published yet"
    )
    assert cause in found(place, '"siedmiu dni roboczych"', "member")
    place.publish()
    page = found(place, '"siedmiu dni roboczych"')
    assert cause in page
    assert "zmieniono" in page


def test_the_causes_of_a_page_of_results_are_read_at_once(changed: Place) -> None:
    for words in (f'"{NEW}"', "rodzaj:tekst uwagi projekt gminy"):
        with counted() as sent:
            assert "/words?q=" in found(changed, words)
        assert len([statement for statement in sent if "occupancy AS" in statement]) == 1
