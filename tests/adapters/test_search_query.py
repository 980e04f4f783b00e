"""How what people type is read, and where a text is marked for it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.adapters.polish import PolishAnalyser
from consult.domain.text.spans import Span
from consult.ports.search import (
    Highlighted,
    Passage,
    Phrase,
    Prefix,
    SearchQuery,
    Word,
    highlighted,
    read_query,
    understand,
)
from consult.ports.search.marks import SNIPPET_LENGTH
from consult.ports.search.query import LONGEST_QUERY, MOST_WORDS

ANALYSER = PolishAnalyser()


def codes(words: str) -> set[str]:
    return {note.code for note in understand(SearchQuery(words), ANALYSER).notes}


def mark(words: str, body: str, title: str = "", language: str = "pl") -> Highlighted:
    return highlighted(Passage(body, title, language), understand(SearchQuery(words), ANALYSER), ANALYSER)


def marked(words: str, body: str) -> list[str]:
    return [hit.of(body) for hit in mark(words, body).hits]


class TestReading:
    def test_the_parts_of_a_query_are_told_apart(self) -> None:
        typed = read_query('zieleń "rada gminy" konsult* -hałas -"z dnia" -autob* autor:"Anna Lis" od:2026')
        assert [run.strip() for run in typed.plain] == ["zieleń"]
        assert typed.phrases == ("rada gminy",)
        assert typed.prefixes == ("konsult",)
        assert [run.strip() for run in typed.excluded_plain] == ["hałas"]
        assert typed.excluded_phrases == ("z dnia",)
        assert typed.excluded_prefixes == ("autob",)
        assert typed.fields == (("author", "Anna Lis"),)
        assert typed.since == datetime(2025, 12, 31, 23, tzinfo=UTC)

    def test_any_quotation_marks_quote(self) -> None:
        for typed in ('"rada gminy"', "„rada gminy”", "«rada gminy»", "“rada gminy”"):
            assert read_query(typed).phrases == ("rada gminy",), typed

    def test_a_quotation_mark_without_a_partner_quotes_nothing(self) -> None:
        typed = read_query('"rada gminy" i "urząd miasta')
        assert typed.phrases == ("rada gminy",)
        assert " ".join(typed.plain).split() == ["i", "urząd", "miasta"]

    def test_neighbouring_words_are_analysed_together(self) -> None:
        asked = understand(SearchQuery("zmiana art. 5a ust. 2 ustawy"), ANALYSER)
        assert Word(frozenset({"art. 5a ust. 2"})) in asked.wanted
        assert len(asked.wanted) == 3

    def test_a_hyphen_inside_a_word_is_no_minus(self) -> None:
        typed = read_query("społeczno-gospodarczy PIT-11 -hałas – 5")
        assert [run.strip() for run in typed.excluded_plain] == ["hałas"]

    def test_a_day_that_ends_a_range_is_included(self) -> None:
        assert read_query("do:2026-05-04").before == datetime(2026, 5, 4, 22, tzinfo=UTC)
        assert read_query("do:2026-12").before == datetime(2026, 12, 31, 23, tzinfo=UTC)
        assert read_query("do:9999").before is None

    @pytest.mark.parametrize(
        ("typed", "code"),
        [
            ("", "empty_query"),
            ("   ", "empty_query"),
            ("- \x00", "empty_query"),
            ("-hałas", "only_excluded"),
            ("a*", "prefix_too_short"),
            ("zie*leń", "wildcard_ignored"),
            ("?*?*", "wildcard_ignored"),
            ('"rada gminy', "quote_unbalanced"),
            ("zieleń OR cisza", "operator_ignored"),
            ("foo:bar", "unknown_field"),
            ("zieleń rodzaj:ptak", "unknown_kind"),
            ("zieleń od:2026-02-30", "no_such_date"),
            ("x" * (LONGEST_QUERY + 1), "query_cut"),
            (" ".join(f"s{n}" for n in range(MOST_WORDS + 1)), "too_many_words"),
        ],
    )
    def test_what_cannot_be_taken_as_typed_is_said(self, typed: str, code: str) -> None:
        assert code in codes(typed)

    def test_an_ordinary_query_needs_no_notes(self) -> None:
        assert codes('program współpracy "rada gminy" konsult* -hałas autor:nowak od:2026-05-04 co?') == set()

    def test_an_unknown_field_is_still_searched_as_words(self) -> None:
        asked = understand(SearchQuery("uwaga:parking"), ANALYSER)
        assert {"parking"} <= set().union(*(word.terms for word in asked.wanted if isinstance(word, Word)))

    def test_stop_words_are_not_essential_beside_others(self) -> None:
        asked = understand(SearchQuery("zgoda na budowę"), ANALYSER)
        assert (len(asked.wanted), len(asked.essential)) == (3, 2)
        assert len(understand(SearchQuery("na"), ANALYSER).essential) == 1

    def test_clauses_are_of_three_kinds(self) -> None:
        asked = understand(SearchQuery('zieleń "rada gminy" konsult*'), ANALYSER)
        assert {type(clause) for clause in asked.wanted} == {Word, Phrase, Prefix}

    @given(st.text(max_size=200))
    def test_anything_at_all_can_be_typed(self, typed: str) -> None:
        asked = understand(SearchQuery(typed), ANALYSER)
        assert len(asked.wanted) + len(asked.excluded) <= MOST_WORDS


class TestMarking:
    def test_forms_are_marked_as_they_stand(self) -> None:
        assert marked("wspolpraca gmina", "O współpracy gmin i współpracowników.") == ["współpracy", "gmin"]

    def test_a_phrase_is_marked_as_a_whole_and_only_there(self) -> None:
        assert marked('"rada gminy"', "Rady gminy, rada gminy, rada i gminy") == ["rada gminy"]

    def test_a_prefix_marks_whole_words(self) -> None:
        assert marked("konsult*", "Konsultant od konsultacji") == ["Konsultant", "konsultacji"]

    def test_stop_words_are_not_marked_beside_others(self) -> None:
        assert marked("zgoda na budowę", "Na budowie nie ma zgody na nic") == ["budowie", "zgody"]

    def test_excluded_words_are_not_marked(self) -> None:
        assert marked("zieleń -hałas", "hałas i zieleń") == ["zieleń"]

    def test_a_short_text_is_shown_whole(self) -> None:
        shown = mark("nic", "Krótki tekst.")
        assert (shown.start, shown.end, shown.hits) == (0, len("Krótki tekst."), ())

    def test_a_long_text_is_shown_where_most_words_are(self) -> None:
        filler = "Inne słowa stoją tutaj obok siebie. " * 30
        body = f"{filler}Zieleń. {filler}Zieleń oraz cisza. {filler}"
        shown = mark("zieleń cisza", body)
        words = "".join(piece.text for piece in shown.snippet)
        assert "Zieleń oraz cisza" in words
        assert body[shown.start - 1].isspace()
        assert words == words.strip()

    def test_pieces_are_text_never_markup(self) -> None:
        shown = mark("zieleń", "<script>alert('zieleń')</script> & zieleń")
        assert [piece.text for piece in shown.snippet if piece.is_hit] == ["zieleń", "zieleń"]
        assert "".join(piece.text for piece in shown.snippet) == "<script>alert('zieleń')</script> & zieleń"

    @given(
        st.lists(
            st.sampled_from(["zieleń", "cisza", "rada", "\n", "gminy ", "x" * 400, "art. 5 ", "🐝", "é"]),
            max_size=80,
        ),
        st.sampled_from(["zieleń", "zieleń cisza", '"rada gminy"', "zie*", "art. 5", ""]),
    )
    def test_pieces_join_to_the_text_they_were_cut_from(self, parts: list[str], words: str) -> None:
        body = " ".join(parts)
        shown = mark(words, body, title=body[:40])
        assert "".join(piece.text for piece in shown.snippet) == body[shown.start : shown.end]
        assert "".join(piece.text for piece in shown.title) == body[:40]
        assert shown.end - shown.start <= SNIPPET_LENGTH
        assert all(one.end < other.start for one, other in zip(shown.hits, shown.hits[1:], strict=False))
        if shown.hits:
            assert any(piece.is_hit for piece in shown.snippet)
            assert all(not hit.is_empty and Span(0, len(body)).contains(hit) for hit in shown.hits)
