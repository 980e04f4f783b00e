"""What an office announces says what the record says, in the words and the order offices use."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from consult.domain.process.announcing import (
    Act,
    Facts,
    MeetingFact,
    Signature,
    compose_change,
    compose_opening,
    compose_protocol,
    end_words,
    literal,
    moment_words,
)
from consult.domain.process.windows import closing

FACTS = Facts(
    title="Konsultacje strategii",
    document_title="Strategia rozwoju gminy",
    version_no=2,
    host="Urząd Gminy",
    source="art. 6 ust. 3–6 ustawy z dnia 6 grudnia 2006 r. o zasadach prowadzenia polityki rozwoju",
    opens_at=datetime(2026, 3, 2, 7, 0, tzinfo=UTC),
    closes_at=closing(date(2026, 4, 7)),
    announced_on=date(2026, 3, 2),
    decides="receipt",
    counted_from="announcement",
    given_days=36,
    report_title="sprawozdanie z przebiegu i wyników konsultacji",
    local_rule="uchwała nr 5",
    summary="Gmina pyta o cele.",
    addressees=("mieszkańcy gminy", "sąsiednie gminy i ich związki"),
    forms=("written", "meeting"),
    channels=(("paper", "ul. 3 Maja 4"), ("email", "uwagi_2026@gmina.example.org")),
    meetings=(
        MeetingFact(
            "Spotkanie w szkole",
            datetime(2026, 3, 12, 16, 0, tzinfo=UTC),
            datetime(2026, 3, 12, 18, 0, tzinfo=UTC),
            "ul. Szkolna 1, sala 2",
        ),
    ),
    reading_place="pokój 12",
    contact="Referat Strategii",
    address="https://konsultacje.example.org/consultations/7",
    clause_address="https://konsultacje.example.org/hosts/gmina/clause",
    report_due=date(2026, 5, 7),
)


def test_an_announcement_holds_all_the_law_wants_in_it() -> None:
    said = compose_opening(FACTS, introduction="Zapraszamy.", signature=Signature("Wójt Gminy")).source
    for words in (
        "Zapraszamy.",
        "Na podstawie art. 6 ust. 3–6 ustawy z dnia 6 grudnia 2006 r.",
        "uchwała nr 5",
        "Wójt Gminy ogłasza konsultacje",
        "„Strategia rozwoju gminy” (wersja 2)",
        "mieszkańcy gminy",
        "od 2 marca 2026 r., godz. 8.00, do 7 kwietnia 2026 r., godz. 23.59",
        "Od dnia ogłoszenia (2 marca 2026 r.), którego się nie wlicza, termin liczy 36 dni.",
        "dzień, w którym uwaga do nas wpłynęła",
        "ul. 3 Maja 4",
        "12 marca 2026 r., godz. 17.00–19.00: Spotkanie w szkole; ul. Szkolna 1, sala 2",
        "<https://konsultacje.example.org/consultations/7>",
        "na papierze: pokój 12",
        "Referat Strategii",
        "<https://konsultacje.example.org/hosts/gmina/clause>",
        "Sprawozdanie z przebiegu i wyników konsultacji ukaże się na stronie konsultacji w terminie do 7 maja 2026 r.",
    ):
        assert words in said
    assert "r.." not in said
    assert said.rstrip().endswith("**Wójt Gminy**")


def test_an_order_is_made_of_numbered_paragraphs() -> None:
    composed = compose_opening(FACTS, act=Act.ORDER, signature=Signature("Wójt Gminy", "12/2026"))
    assert composed.title == "Zarządzenie nr 12/2026 w sprawie konsultacji: Konsultacje strategii"
    assert "zarządza się, co następuje:" in composed.source
    assert "## § 1. Przedmiot i cel" in composed.source
    assert "## § 2. Do kogo są skierowane" in composed.source


def test_a_postmark_and_a_term_counted_from_the_beginning_are_said() -> None:
    said = compose_opening(replace(FACTS, decides="postmark", counted_from="opening")).source
    assert "data stempla pocztowego" in said
    assert "Od dnia rozpoczęcia konsultacji" in said


def test_what_nobody_said_leaves_no_empty_heading() -> None:
    bare = replace(
        FACTS, summary="", addressees=(), forms=(), channels=(), meetings=(), reading_place="", contact="",
        address="", clause_address="", local_rule="", report_due=None,
    )  # fmt: skip
    said = compose_opening(bare).source
    headings = [line for line in said.splitlines() if line.startswith("## ")]
    assert headings == ["## Termin", "## Co dalej"]


def test_a_cancelled_meeting_is_announced_as_cancelled() -> None:
    off = replace(FACTS, meetings=(replace(FACTS.meetings[0], is_cancelled=True),))
    assert "(odwołane)" in compose_opening(off).source


def test_an_extension_names_the_new_end_and_the_old_one() -> None:
    before = closing(date(2026, 3, 31)).isoformat()
    said = compose_change(
        FACTS,
        "extended",
        reason="Prośba sołectw.",
        details=[("closes_at", before, FACTS.closes_at.isoformat())],
    ).source
    assert "**do 7 kwietnia 2026 r., godz. 23.59**" in said
    assert "Poprzedni termin upływał 31 marca 2026 r., godz. 23.59." in said
    assert "Prośba sołectw." in said


def test_a_protocol_says_that_nobody_commented_how_it_was_held_and_who_came() -> None:
    counted = replace(FACTS, meetings=(replace(FACTS.meetings[0], came=14),))
    said = compose_protocol(counted, closing="Projekt trafi pod obrady.").source
    for words in (
        "nie wpłynęła żadna uwaga",
        "(liczba osób: 14)",
        "ul. 3 Maja 4",
        "Projekt trafi pod obrady.",
    ):
        assert words in said


@pytest.mark.parametrize(
    "words", ["3. Maja", "- kreska", "*ważne* _a_b_", "<b>x</b>", "[łącze](javascript:x)", "a | b # c & d"]
)
def test_no_sign_a_person_typed_means_anything_in_an_announcement(words: str) -> None:
    for sign in "*_<>[]|#":
        assert sign not in literal(words).replace("&#", "")
    assert not literal(words).startswith(("3. ", "- "))


def test_hours_are_those_of_the_clocks_in_poland_on_either_side_of_a_change() -> None:
    assert moment_words(datetime(2026, 3, 28, 22, 59, tzinfo=UTC)) == "28 marca 2026 r., godz. 23.59"
    assert end_words(closing(date(2026, 10, 25))) == "25 października 2026 r., godz. 23.59"
    assert end_words(closing(date(2026, 3, 29))) == "29 marca 2026 r., godz. 23.59"
