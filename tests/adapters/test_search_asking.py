"""A question and the form that writes it; words spelled nearly alike; what only exact letters may show."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from consult.adapters.polish import PolishAnalyser
from consult.adapters.search_memory import MemorySearch
from consult.adapters.search_whoosh import WhooshSearch
from consult.ports.search import (
    FIELD_NAMES,
    KIND_NAMES,
    OUTCOME_NAMES,
    Asking,
    SearchIndex,
    SearchQuery,
    SearchRecord,
    read_query,
    taken_apart,
    written,
)
from consult.ports.search.nearness import is_within_two, one_slip
from consult.ports.search.records import KINDS
from consult.services.search.suggesting import suggest

WORDS = some.lists(some.sampled_from(["zieleń", "termin", "gmina", "art. 5"]), max_size=3).map(" ".join)
WORD = some.sampled_from(["", "zieleń", "Fundacja A", "Urząd Miasta"])
DAY = some.sampled_from(["", "2026-01-01", "2026-12-31"])
ASKINGS = some.builds(
    Asking,
    words=WORDS,
    phrase=WORDS,
    without=some.sampled_from(["", "parking", "parking hałas"]),
    author=WORD,
    organisation=WORD,
    section=WORD,
    kind=some.sampled_from(["", *KINDS]),
    outcome=some.sampled_from(["", *OUTCOME_NAMES]),
    since=DAY,
    until=DAY,
)


@given(ASKINGS, some.sampled_from(["pl", "en"]))
def test_what_the_form_writes_it_reads_back(asking: Asking, language: str) -> None:
    assert taken_apart(written(asking, language)) == asking


@given(some.text(max_size=200))
def test_whatever_was_typed_can_be_taken_apart_and_written(typed: str) -> None:
    again = written(taken_apart(typed), "pl")
    assert taken_apart(again) == taken_apart(written(taken_apart(again), "pl"))


def test_every_kind_and_outcome_has_a_word_that_is_understood_in_both_languages() -> None:
    for language in ("pl", "en"):
        assert set(KIND_NAMES[language]) == set(KINDS)
        for kind in KINDS:
            assert read_query(written(Asking(kind=kind), language)).kinds == (kind,)
        for outcome in OUTCOME_NAMES:
            assert read_query(written(Asking(outcome=outcome), language)).fields == (("outcome", outcome),)
    assert set(FIELD_NAMES["pl"]) == set(FIELD_NAMES["en"])


def test_english_field_words_mean_the_same() -> None:
    polish = read_query(
        "zieleń autor:a organizacja:b sekcja:c rodzaj:uwaga stanowisko:rejected od:2026 do:2026"
    )
    english = read_query(
        "zieleń author:a organisation:b section:c kind:comment outcome:rejected from:2026 to:2026"
    )
    assert polish == english


def test_one_slip_is_a_letter_or_a_sound() -> None:
    for slip, meant in (
        ("konsultcja", "konsultacja"),
        ("konsulltacja", "konsultacja"),
        ("konsultacha", "konsultacja"),
        ("kosnultacja", "konsultacja"),
        ("wspułpraca", "współpraca"),
        ("rzycie", "życie"),
        ("herbata", "cherbata"),
    ):
        assert meant in set(one_slip(slip)), slip
    assert is_within_two("rozporzondzenie", "rozporządzenie")
    assert not is_within_two("gmina", "powiat")


@pytest.fixture(params=["memory", "whoosh"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> SearchIndex:
    if request.param == "memory":
        return MemorySearch(PolishAnalyser())
    whoosh = WhooshSearch(tmp_path / "index", PolishAnalyser())
    whoosh.clear()
    return whoosh


def comment(ref: str, body: str, *fields: tuple[str, str], **more: str) -> SearchRecord:
    return SearchRecord(ref=ref, kind="comment", body=body, fields=fields, **more)  # type: ignore[arg-type]


def everybody(hits: object) -> dict[str, tuple[()]]:
    return {hit.ref: () for hit in hits}  # type: ignore[attr-defined]


class TestEngines:
    def test_facets_narrow_by_any_value_of_a_name_and_by_every_name(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("a", "Zieleń", ("capacity", "ngo"), ("year", "2025")),
                comment("b", "Zieleń", ("capacity", "resident"), ("year", "2026")),
                comment("c", "Zieleń", ("capacity", "ngo"), ("year", "2026")),
            ],
            watermark=1,
        )

        def found(*facets: tuple[str, str]) -> set[str]:
            return {hit.ref for hit in index.find(SearchQuery("zieleń", facets=facets)).hits}

        assert found(("capacity", "ngo")) == {"a", "c"}
        assert found(("capacity", "ngo"), ("capacity", "resident")) == {"a", "b", "c"}
        assert found(("capacity", "ngo"), ("year", "2026")) == {"c"}
        assert found(("capacity", "king")) == set()

    def test_a_hit_carries_the_stamp_it_was_written_with(self, index: SearchIndex) -> None:
        index.write([comment("a", "Zieleń", stamp="first")], watermark=1)
        index.write([comment("a", "Zieleń", stamp="second")], watermark=2)
        assert [hit.stamp for hit in index.find(SearchQuery("zieleń")).hits] == ["second"]

    def test_a_literal_phrase_is_not_tried_with_other_letters(self, index: SearchIndex) -> None:
        index.write([comment("a", "Sąd orzekł."), comment("b", "Sad zakwitł.")], watermark=1)
        for is_literal, expected in ((False, {"a", "b"}), (True, {"b"})):
            query = SearchQuery('"sad"', is_literal=is_literal)
            assert {hit.ref for hit in index.find(query).hits} == expected

    def test_words_spelled_nearly_alike_are_proposed_the_nearest_first(self, index: SearchIndex) -> None:
        index.write([comment("a", "Konsultacje i konsultanci w konstytucji.")], watermark=1)
        assert index.near("konsultacie", most=5)[0] == (1, "konsultacje")
        assert index.near("konsultnaci", most=5) == [(1, "konsultanci")]
        assert index.near("konztytucjii", most=5) == [(2, "konstytucji")]
        for nothing in ("", "ab", "a" * 40, "12345", "zzzzzzzz", "kon sultacje"):
            assert index.near(nothing, most=5) == []

    def test_a_suggestion_mends_each_misspelled_word_and_leaves_the_rest(self, index: SearchIndex) -> None:
        index.write([comment("a", "Współpraca urzędu z mieszkańcami.")], watermark=1)

        def meant(words: str) -> str:
            return suggest(index, PolishAnalyser(), SearchQuery(words), everybody)

        assert meant("wspułpraca urzendu -parking") == "współpraca urzędu -parking"
        assert meant("Wspułpraca rodzaj:uwaga") == "współpraca rodzaj:uwaga"
        assert meant('"wspułpraca"') == ""
        assert meant("współpraca") == ""
        assert meant("zupełnie inne") == ""
        assert meant("") == ""
