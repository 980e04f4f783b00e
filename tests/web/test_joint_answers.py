"""Pages of joint submissions: a code opens them, nobody else does, and hostile words stay words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest

from consult.domain.policy.actors import REPRESENTATIVE, Actor
from consult.services import joint_answers
from consult.storage.queries import joint_answers as queries
from tests.factories import records
from tests.factories.joint_answers import slug_of
from tests.web.places import WORDS, Place, new_place
from tests.web.test_attacks import assert_harmless, lines, printable
from tests.web.visitors import Site, Visitor, words_of


@dataclass(frozen=True, slots=True)
class Begun:
    """A joint submission just begun: where it takes place, its lead and the code for its members."""

    place: Place
    id: int
    code: str
    lead: Actor
    organisation_slug: str

    @property
    def address(self) -> str:
        return f"/joint-answers/{self.id}"

    def led(self) -> Visitor:
        return self.place.site.visitor(self.lead)

    def member(self) -> Visitor:
        """Somebody who came with the code and went on to the text."""
        visitor = self.place.site.visitor(None)
        assert visitor.send(f"/with-code/{self.code}").location == f"{self.address}/text"
        return visitor

    def composer(self) -> str:
        section, text = self.place.section_id(), self.place.text_id()
        with self.place.site.records():
            start = records.section(self.place.slug, "Zlecanie zadań").plain.index(WORDS)
        return f"{self.address}/remarks/new?section={section}&text_id={text}&start={start}&end={start + len(WORDS)}"


@pytest.fixture
def begin(site: Site) -> Callable[[], Begun]:
    def make() -> Begun:
        place = new_place(site)
        with site.records() as store:
            organisation_id = records.new_organisation(store)
            lead = records.new_person(store, (organisation_id, REPRESENTATIVE))
            answer_id = joint_answers.begin_answer(
                lead, place.consultation_id, organisation_id, now=store.now
            )
            code = joint_answers.make_code(lead, answer_id, now=store.now)
            return Begun(place, answer_id, code, lead, slug_of(organisation_id))

    return make


def test_following_the_link_of_a_code_does_nothing_until_the_button_is_pressed(
    begin: Callable[[], Begun],
) -> None:
    begun = begin()
    guest = begun.place.guest
    page = guest.get(f"/with-code/{begun.code}")
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Cache-Control"] == "no-store"
    guest.get(f"{begun.address}/text", expect=404)
    text = begun.member().get(f"{begun.address}/text")
    assert begun.code not in text.text
    assert text.headers["Cache-Control"] == "no-store"


def test_a_withdrawn_code_shows_a_kind_page_wherever_its_holder_goes(begin: Callable[[], Begun]) -> None:
    begun = begin()
    member = begun.member()
    member.send(begun.composer(), {"text": "Przed wycofaniem.", "name": "A. B."})
    with begun.place.site.records() as store:
        joint_answers.withdraw_code(begun.lead, begun.id, now=store.now)
    for address in (f"/with-code/{begun.code}", f"{begun.address}/text", f"{begun.address}/remarks/new"):
        assert "jest bezpieczne" in words_of(member.get(address, expect=410))
    assert "Przed wycofaniem." in words_of(begun.led().get(f"{begun.address}/desk"))


def test_a_refused_form_gives_back_all_that_was_typed(begin: Callable[[], Begun]) -> None:
    begun = begin()
    answer = begun.member().send(
        begun.composer(), {"text": "x" * 20_001, "proposed": "Inne słowa", "name": "A. B."}, expect=422
    )
    assert "x" * 20_001 in answer.text
    assert "Inne słowa" in answer.text


def test_a_remark_written_while_the_end_passes_is_refused_and_given_back(begin: Callable[[], Begun]) -> None:
    begun = begin()
    member = begun.member()
    before = begun.place.site.clock.at
    page = member.get(begun.composer())
    token = page.text.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]
    try:
        begun.place.site.clock.advance(days=22)
        answer = member.post(
            f"{begun.address}/remarks/new",
            {"csrf_token": token, "text": "Zdanie w ostatniej chwili.", "name": "A. B.", "kind": "general"},
            expect=422,
        )
        assert "Zdanie w ostatniej chwili." in answer.text
        assert "już wysłać" in words_of(begun.led().get(begun.address))
    finally:
        begun.place.site.clock.at = before


def test_forged_anchors_point_at_nothing(begin: Callable[[], Begun]) -> None:
    begun, other = begin(), begin()
    member = begun.member()
    foreign = other.composer().replace(other.address, begun.address)
    member.get(foreign, expect=404)
    member.get(f"{begun.address}/remarks/new?section=x&text_id=99999999999", expect=404)


def test_hostile_words_and_names_stay_words(begin: Callable[[], Begun]) -> None:
    begun = begin()
    member, lead = begun.member(), begun.led()
    attack = [printable(line) for line in lines()[:14]]
    for line in attack:
        fields = {"text": line, "proposed": line, "name": line[:200] if line.isprintable() else "A. B."}
        member.send(begun.composer(), fields, expect=(303, 422))
    for visitor, address in ((lead, "desk"), (lead, "trail"), (member, "text")):
        page = visitor.get(f"{begun.address}/{address}")
        assert_harmless(page.text)
        said = unescape(page.text)
        assert all(line.strip().split("\n")[0][:60] in said for line in attack if "://" not in line)


def test_the_host_and_the_administration_learn_of_nothing(begin: Callable[[], Begun]) -> None:
    begun = begin()
    begun.member().send(begun.composer(), {"text": "Tylko dla nas.", "name": "A. B."})
    for role in ("official", "administrator", "editor", "neighbour"):
        visitor = begun.place.visitor(role)
        for page in ("", "/desk", "/review", "/trail", "/text", "/signatures"):
            visitor.get(f"{begun.address}{page}", expect=(403, 404))
        assert "Tylko dla nas." not in visitor.get(f"{begun.place.address}/comments").text


def test_the_code_is_shown_in_the_browser_that_made_it_only(begin: Callable[[], Begun]) -> None:
    begun = begin()
    maker, other = begun.led(), begun.led()
    maker.post(f"{begun.address}/code/make", {"csrf_token": maker.token(begun.address)})
    shown = maker.get(f"{begun.address}/code")
    assert "/with-code/" in shown.text
    assert shown.headers["Referrer-Policy"] == "no-referrer"
    assert "/with-code/" not in other.get(f"{begun.address}/code").text
    with begun.place.site.records():
        found = queries.find_good_code(begun.id)
    assert found is not None


def test_a_lead_makes_a_point_of_exact_words_at_once_and_a_member_cannot(begin: Callable[[], Begun]) -> None:
    begun = begin()
    begun.led().send(begun.composer(), {"text": "Od razu punkt.", "act": "point"})
    begun.member().send(begun.composer(), {"text": "Zwykła uwaga.", "name": "A. B.", "act": "point"})
    with begun.place.site.records():
        (point,) = queries.list_points(begun.id)
        (remark,) = queries.list_remarks(begun.id)
    assert (point.text, remark.text) == ("Od razu punkt.", "Zwykła uwaga.")
    assert point.places[0].start is not None


@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_page_opens_for_the_organisation_with_manners(
    begin: Callable[[], Begun], language: str
) -> None:
    begun = begin()
    begun.member().send(begun.composer(), {"text": "Uwaga.", "name": "A. B."})
    begun.member().send(begun.composer(), {"text": "Druga.", "name": "C. D."})
    begun.led().send(begun.composer(), {"text": "Punkt.", "act": "point"})
    with begun.place.site.records():
        (point,) = queries.list_points(begun.id)
        remark, _ = queries.list_remarks(begun.id)
    lead = begun.place.site.visitor(begun.lead, language=language)
    pages = (
        "",
        "/text",
        "/desk",
        "/code",
        "/review",
        "/trail",
        "/send",
        "/settle",
        "/points/new",
        "/remarks/new",
    )
    for page in (*pages, f"/points/{point.id}", f"/remarks/{remark.id}/aside"):
        lead.get(f"{begun.address}{page}")
    lead.get("/joint-answers")
    lead.get(f"/consultations/{begun.place.consultation_id}/joint-answers/new")
    settled = {"rule": "resolution", "resolution_no": "1/2026", "resolution_on": "2026-01-02"}
    lead.post(
        f"{begun.address}/settle",
        {
            "csrf_token": lead.token(f"{begun.address}/settle"),
            "signed_by": "Prezes",
            "authority": "Statut",
            **settled,
        },
    )
    for page in ("", "/text", "/desk", "/review", "/trail", "/send"):
        lead.get(f"{begun.address}{page}")
    receipt = lead.send(f"{begun.address}/send")
    lead.get(receipt.location)
    for page in ("", "/review", "/trail"):
        lead.get(f"{begun.address}{page}")
    begun.place.visitor("official", language=language).get(f"{begun.address}/signatures")
