"""The page of a consultation tells everything, its forms lose nothing, and its officials see what the law asks."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest

from consult.domain.errors import RuleBroken
from consult.domain.policy.actors import SYSTEM
from consult.services import consultations, dispositions
from consult.services.consultations import Details
from consult.storage.queries import consultations as queries
from tests.factories.records import new_document, publish
from tests.web.places import Place, people_of
from tests.web.visitors import Site, Visitor, form_of, words_of

LONG = "Konsultacje zasad " + "bardzo długich " * 18


def a_draft(place: Place) -> str:
    """The name of a document of the office with one version, not consulted yet."""
    with place.site.records() as store:
        slug = new_document(store, host_id=place.people.host_id)
        publish(store, slug)
    return slug


def opening_form(official: Visitor, slug: str, basis: str = "resolution") -> dict[str, str]:
    return form_of(official.get(f"/documents/{slug}/consult?basis={basis}").text)


def published(official: Visitor, announcement: str) -> None:
    """Publish the announcement as it stands, with the host's own word where less is given than the law asks."""
    form = form_of(official.get(announcement).text)
    departure = {"departure_reason": "Umowa.", "departure_confirmed": "y"}
    official.post(announcement, form | departure | {"then": "publish"}, expect=303)


def opened(site: Site, details: Details, *, title: str = "Konsultacje zasad", days: int = 21) -> int:
    with site.records() as store:
        slug = new_document(store, host_id=people_of(site).host_id)
        publish(store, slug)
        return consultations.open_consultation(
            SYSTEM,
            slug,
            version_no=1,
            title=title,
            legal_basis="resolution",
            summary="W dwóch zdaniach.",
            details=details,
            opens_at=store.now,
            closes_at=store.now + timedelta(days=days),
            now=store.now,
        )


# --- the page ------------------------------------------------------------------------------------------------------


def test_the_page_tells_a_guest_everything_one_needs_to_take_part(place: Place) -> None:
    found = opened(
        place.site,
        Details(
            purpose="Chcemy poznać zdanie mieszkańców.",
            addressees="mieszkańcy gminy",
            fields=("culture",),
            area="sołectwo Dolne",
            local_rule="uchwała nr 5",
            decides="postmark",
            forms=("written", "meeting"),
            channels={"paper": "ul. 3 Maja 4", "email": "uwagi@example.org", "phone": "22 555 01 23"},
            reading_place="pokój 12",
            contact="Referat Kultury",
            easy_href="https://example.org/latwy",
            sign_href="https://example.org/pjm",
        ),
    )
    page = place.guest.get(f"/consultations/{found}").text
    for words in (
        "W dwóch zdaniach.",
        "Chcemy poznać zdanie mieszkańców.",
        "mieszkańcy gminy",
        "Kultura",
        "sołectwo Dolne",
        "uchwała nr 5",
        "stemplem",
        "ul. 3 Maja 4",
        'href="mailto:uwagi@example.org"',
        'href="tel:225550123"',
        "pokój 12",
        "Referat Kultury",
        "https://example.org/latwy",
        "https://example.org/pjm",
        "art. 5a ustawy z dnia 8 marca 1990",
    ):
        assert words in page
    assert "csrf_token" not in page


def test_markup_in_what_a_host_typed_is_words(place: Place) -> None:
    found = opened(
        place.site,
        Details(contact="<script>alert(1)</script>", channels={"paper": "<b>ul.</b> *Nowa*"}),
        title="<i>Tytuł</i> & „inne”",
    )
    official = place.visitor("official")
    form = form_of(official.get(f"/consultations/{found}/announcement").text)
    official.post(f"/consultations/{found}/announcement", form | {"then": "publish"}, expect=303)
    for address in (f"/consultations/{found}", f"/consultations/{found}/announcements/1"):
        page = place.guest.get(address).text
        assert "<script>alert" not in page
        assert "<i>Tytuł" not in page
        assert "<b>ul." not in page
        assert "*Nowa*" in re.sub(r"&#(\d+);", lambda found: chr(int(found[1])), page)


def test_an_unknown_consultation_or_announcement_is_not_found(place: Place) -> None:
    place.guest.get("/consultations/999999", expect=404)
    place.guest.get(f"/consultations/{place.consultation_id}/announcements/77", expect=404)
    place.guest.get(f"/consultations/{place.consultation_id}/announcements/77.docx", expect=404)


def test_officials_see_the_term_and_what_is_due_and_others_do_not(place: Place) -> None:
    address = f"/consultations/{place.consultation_id}"
    for role in ("guest", "neighbour", "member", "editor"):
        page = place.visitor(role).get(address).text
        assert "Dla osób prowadzących" not in page
        assert f"{address}/extend" not in page
    page = place.visitor("official").get(address).text
    assert "Dla osób prowadzących" in page
    assert f"{address}/extend" in page


def test_officials_of_another_host_change_nothing(place: Place) -> None:
    neighbour = place.visitor("neighbour")
    before = place.site.counts()
    for name in ("announcement", "extend", "correct", "cancel", "protocol", "effects"):
        address = f"/consultations/{place.consultation_id}/{name}"
        neighbour.get(address, expect=403)
        neighbour.post(address, {"reason": "x"}, expect=(403, 422))
    assert place.site.counts() == before


# --- opening -------------------------------------------------------------------------------------------------------


def test_a_preset_fills_in_the_lawful_end_the_addressees_and_the_forms(place: Place) -> None:
    page = place.visitor("official").get(f"/documents/{a_draft(place)}/consult?basis=strategy")
    form = form_of(page.text)
    assert "sąsiednie gminy i ich związki" in form["addressees"]
    assert "art. 6 ust. 3–6 ustawy z dnia 6 grudnia 2006" in page.text
    days = datetime.fromisoformat(form["closes_on"]) - datetime.fromisoformat(form["opens_on"])
    assert days >= timedelta(days=35)
    assert "Wystarczy" in words_of(page)


def test_the_button_that_counts_the_term_says_so_and_saves_nothing(place: Place) -> None:
    slug = a_draft(place)
    official = place.visitor("official")
    form = opening_form(official, slug, "strategy")
    early = (datetime.fromisoformat(form["opens_on"]) + timedelta(days=14)).date().isoformat()
    before = place.site.counts()
    page = official.post(
        f"/documents/{slug}/consult",
        form | {"closes_on": early, "summary": "Zostaje.", "then": "check"},
        expect=200,
    )
    said = words_of(page)
    assert "Ten termin jest za krótki." in said
    assert "14 dni" in said
    assert "najwcześniejszy koniec to" in said
    assert form_of(page.text)["summary"] == "Zostaje."
    assert place.site.counts() == before


def test_a_short_term_is_opened_only_with_a_reason_and_a_confirmation(place: Place) -> None:
    slug = a_draft(place)
    official = place.visitor("official")
    form = opening_form(official, slug, "strategy")
    early = (datetime.fromisoformat(form["opens_on"]) + timedelta(days=14)).date().isoformat()
    sent = form | {"closes_on": early, "then": "open"}
    page = official.post(f"/documents/{slug}/consult", sent, expect=422)
    assert "Termin jest za krótki" in words_of(page)
    page = official.post(f"/documents/{slug}/consult", sent | {"departure_reason": "Umowa."}, expect=422)
    assert form_of(page.text)["departure_reason"] == "Umowa."
    answer = official.post(
        f"/documents/{slug}/consult",
        sent | {"departure_reason": "Umowa.", "departure_confirmed": "y"},
        expect=303,
    )
    shown = official.get(answer.headers["Location"].replace("/announcement", "")).text
    assert "Umowa." in shown
    published(official, answer.headers["Location"])
    guest = place.guest.get(answer.headers["Location"].replace("/announcement", "")).text
    assert "Umowa." not in guest


def test_an_hour_the_clocks_skip_is_refused_and_one_they_show_twice_is_explained(place: Place) -> None:
    slug = a_draft(place)
    official = place.visitor("official")
    form = opening_form(official, slug)
    skipped = form | {"closes_on": "2026-03-29", "closes_time": "02:30", "then": "open"}
    page = official.post(f"/documents/{slug}/consult", skipped, expect=422)
    assert "tej godziny" in words_of(page) or "nie ma" in words_of(page)
    twice = form | {"closes_on": "2026-10-25", "closes_time": "02:30", "then": "check"}
    page = official.post(f"/documents/{slug}/consult", twice, expect=200)
    assert "wypada dwa razy" in words_of(page)


def test_the_end_named_as_the_last_minute_of_the_night_clocks_change_is_the_end_of_that_day(
    place: Place,
) -> None:
    slug = a_draft(place)
    official = place.visitor("official")
    form = opening_form(official, slug) | {"closes_on": "2026-03-28", "closes_time": "23:59", "then": "open"}
    answer = official.post(f"/documents/{slug}/consult", form, expect=303)
    published(official, answer.headers["Location"])
    page = place.guest.get(answer.headers["Location"].replace("/announcement", ""))
    assert "28 marca 2026, godz. 23.59" in words_of(page)


def test_an_end_before_the_beginning_and_a_day_that_is_none_keep_what_was_typed(place: Place) -> None:
    slug = a_draft(place)
    official = place.visitor("official")
    form = opening_form(official, slug) | {"purpose": "Długi cel.", "then": "open"}
    for closes_on in ("2020-01-01", "not a day", ""):
        page = official.post(f"/documents/{slug}/consult", form | {"closes_on": closes_on}, expect=422)
        assert form_of(page.text)["purpose"] == "Długi cel."


# --- changes -------------------------------------------------------------------------------------------------------


def test_an_extension_is_seen_by_everybody_with_its_reason(place: Place) -> None:
    official = place.visitor("official")
    address = f"/consultations/{place.consultation_id}"
    form = form_of(official.get(f"{address}/extend").text) | {"reason": "Prośba trzech sołectw."}
    official.post(f"{address}/extend", form, expect=303)
    page = words_of(place.guest.get(address))
    assert "Przedłużenie terminu" in page
    assert "Prośba trzech sołectw." in page
    assert "Przedłużenie" in words_of(
        place.guest.get(f"{address}/announcements/1")
    ) or "przedłuż" in words_of(place.guest.get(f"{address}/announcements/1"))


def test_the_same_extension_sent_twice_extends_once(place: Place) -> None:
    official = place.visitor("official")
    address = f"/consultations/{place.consultation_id}"
    form = form_of(official.get(f"{address}/extend").text) | {"reason": "Prośba."}
    official.post(f"{address}/extend", form, expect=303)
    official.post(f"{address}/extend", form, expect=303)
    with place.site.records():
        assert len(queries.list_changes(place.consultation_id)) == 1


def test_an_earlier_end_is_refused_beside_its_field_and_the_reason_is_kept(place: Place) -> None:
    official = place.visitor("official")
    address = f"/consultations/{place.consultation_id}/extend"
    form = form_of(official.get(address).text) | {"reason": "Długi powód.", "closes_on": "2026-03-03"}
    page = official.post(address, form, expect=422)
    assert form_of(page.text)["reason"] == "Długi powód."
    assert 'id="closes_on-error"' in page.text


def test_what_has_ended_says_why_it_cannot_be_extended_and_leads_to_a_new_consultation(place: Place) -> None:
    place.site.clock.advance(days=22)
    official = place.visitor("official")
    page = official.get(f"/consultations/{place.consultation_id}/extend")
    assert "nie można ich przedłużyć" in words_of(page)
    assert f"{place.address}/consult" in page.text
    answer = official.post(
        f"/consultations/{place.consultation_id}/cancel", {"reason": "x", "csrf_token": token(official, place)},
        expect=422,
    )  # fmt: skip
    assert "nie można ich już odwołać" in words_of(answer)


def token(visitor: Visitor, place: Place) -> str:
    page = visitor.get(f"/consultations/{place.consultation_id}/correct")
    return form_of(page.text)["csrf_token"]


def test_a_cancelled_consultation_says_so_everywhere_and_takes_no_comment(place: Place) -> None:
    number = place.comment()
    official = place.visitor("official")
    address = f"/consultations/{place.consultation_id}"
    form = form_of(official.get(f"{address}/cancel").text) | {"reason": "Projekt wymaga zmian."}
    official.post(f"{address}/cancel", form, expect=303)
    page = words_of(place.guest.get(address))
    assert "Konsultacje odwołano" in page
    assert "Projekt wymaga zmian." in page
    assert "Odwołane" in words_of(place.guest.get(place.address))
    place.guest.get(place.composer(), expect=409)
    assert "Dlaczego tak?" in place.guest.get(f"/comments/{place.register_id}/{number}").text
    again = official.post(f"{address}/cancel", form | {"token": ""}, expect=422)
    assert "już odwołane" in words_of(again)


def test_a_correction_shows_what_was_and_what_is(place: Place) -> None:
    found = opened(place.site, Details(contact="pokój 1"))
    official = place.visitor("official")
    form = form_of(official.get(f"/consultations/{found}/correct").text)
    assert form["contact"] == "pokój 1"
    sent = form | {"contact": "pokój 2", "reason": "Przeprowadzka."}
    official.post(f"/consultations/{found}/correct", sent, expect=303)
    page = words_of(place.guest.get(f"/consultations/{found}"))
    for words in ("pokój 1", "pokój 2", "Przeprowadzka."):
        assert words in page


# --- announcements and the protocol ---------------------------------------------------------------------------------


def test_an_announcement_is_looked_at_first_and_stands_as_published(place: Place) -> None:
    official = place.visitor("official")
    address = f"/consultations/{place.consultation_id}"
    form = form_of(official.get(f"{address}/announcement").text)
    look = form | {"introduction": "Zapraszamy do rozmowy.", "body": "Wójt Gminy", "then": "look"}
    page = official.post(f"{address}/announcement", look, expect=200)
    assert "Zapraszamy do rozmowy." in words_of(page)
    place.guest.get(f"{address}/announcements/1", expect=404)
    official.post(f"{address}/announcement", look | {"then": "publish"}, expect=303)
    before = place.guest.get(f"{address}/announcements/1").text
    assert "Wójt Gminy" in before
    assert f"https://konsultacje.example.org{address}" in before
    extend = form_of(official.get(f"{address}/extend").text) | {"reason": "Prośba."}
    official.post(f"{address}/extend", extend, expect=303)
    after = place.guest.get(f"{address}/announcements/1").text
    article = re.compile(r'<div class="rendered">.*?</article>', re.DOTALL)
    assert article.findall(after) == article.findall(before)
    file = place.guest.get(f"{address}/announcements/1.docx")
    assert file.data.startswith(b"PK")
    assert "attachment" in file.headers["Content-Disposition"]


def test_where_nobody_commented_a_protocol_ends_the_consultation(place: Place) -> None:
    official = place.visitor("official")
    address = f"/consultations/{place.consultation_id}"
    assert "po zakończeniu" in words_of(official.get(f"{address}/protocol"))
    place.site.clock.advance(days=22)
    assert f"{address}/protocol" in official.get(address).text
    form = form_of(official.get(f"{address}/protocol").text) | {"closing": "Projekt trafi pod obrady."}
    official.post(f"{address}/protocol", form | {"then": "publish"}, expect=303)
    official.post(f"{address}/protocol", form | {"then": "publish"}, expect=303)
    page = words_of(place.guest.get(f"{address}/announcements/1"))
    assert "nie wpłynęła żadna uwaga" in page
    assert "Projekt trafi pod obrady." in page
    assert "Przeczytaj protokół" in words_of(place.guest.get(address))
    with place.site.records() as store:
        row = queries.get_consultation(place.consultation_id)
        assert row.report_kind == "protocol"
        assert str(row.state(store.now)) == "reported"
    form = form_of(official.get(f"{address}/effects").text) | {"effects": "Rada przyjęła uchwałę."}
    official.post(f"{address}/effects", form, expect=303)
    assert "Rada przyjęła uchwałę." in words_of(place.guest.get(address))


def test_a_protocol_is_not_for_where_somebody_commented(place: Place) -> None:
    place.comment()
    place.site.clock.advance(days=22)
    official = place.visitor("official")
    page = official.get(f"/consultations/{place.consultation_id}/protocol")
    assert "Uwagi trzeba rozpatrzyć" in words_of(page)


# --- while it is open ----------------------------------------------------------------------------------------------


def test_while_it_is_open_no_outcome_is_shown_and_none_can_be_published(place: Place) -> None:
    number = place.comment()
    place.answer(number, outcome="rejected", justification="TAJNE-UZASADNIENIE")
    addresses = (
        f"/consultations/{place.consultation_id}",
        place.address,
        f"{place.address}/comments",
        f"/comments/{place.register_id}/{number}",
    )
    for address in addresses:
        for visitor in (place.guest, place.visitor("neighbour")):
            assert "TAJNE-UZASADNIENIE" not in visitor.get(address).text
    with place.site.records() as store, pytest.raises(RuleBroken) as refused:
        dispositions.publish_dispositions(SYSTEM, place.consultation_id, now=store.now)
    assert refused.value.code == "rule.still_open"


def test_a_version_published_meanwhile_does_not_replace_the_text_consulted(place: Place) -> None:
    editor = place.visitor("editor")
    changed = place.source().replace("dwadzieścia jeden dni", "siedem dni")
    editor.send(f"{place.address}/sections/{place.section_id()}", {"source": changed, "note": ""})
    assert place.publish("w trakcie") == 2
    page = place.guest.get(place.address).text
    assert "dwadzieścia jeden dni" in page
    assert "siedem dni" not in page
    number = place.comment("dwadzieścia jeden dni")
    shown = words_of(place.guest.get(f"/comments/{place.register_id}/{number}"))
    assert "Na miejscu" in shown
    place.site.clock.advance(days=22)
    assert "siedem dni" in place.guest.get(place.address).text


def test_what_is_announced_ahead_is_read_as_it_will_be_consulted_and_takes_no_comment_yet(
    place: Place,
) -> None:
    slug = a_draft(place)
    official = place.visitor("official")
    form = opening_form(official, slug)
    begins = datetime.fromisoformat(form["opens_on"]) + timedelta(days=3)
    sent = form | {"opens_on": begins.date().isoformat(), "then": "open"}
    answer = official.post(f"/documents/{slug}/consult", sent, expect=303)
    published(official, answer.headers["Location"])
    page = words_of(place.guest.get(answer.headers["Location"].replace("/announcement", "")))
    assert "Zapowiedziane" in page
    with place.site.records() as store:
        publish(store, slug, "druga")
    assert "projekt, wersja 1" in words_of(place.guest.get(f"/documents/{slug}"))
    place.guest.get(f"/documents/{slug}/comments/new", expect=409)
    place.site.clock.advance(days=4)
    place.guest.get(f"/documents/{slug}/comments/new")


def test_a_title_of_three_hundred_characters_is_taken_and_shown(place: Place) -> None:
    found = opened(place.site, Details(), title=LONG[:300].strip())
    assert LONG[:60].strip() in words_of(place.guest.get(f"/consultations/{found}"))
