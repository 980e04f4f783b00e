"""What every search engine promises, whichever is plugged in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from consult.adapters.polish import PolishAnalyser
from consult.adapters.search_memory import MemorySearch
from consult.adapters.search_whoosh import WhooshSearch
from consult.ports.search import Passage, Reach, SearchIndex, SearchQuery, SearchRecord, Stand
from tests.pace import within

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


def day(number: int) -> datetime:
    return START + timedelta(days=number)


def comment(ref: str, body: str, **more: object) -> SearchRecord:
    return SearchRecord(ref=ref, kind="comment", body=body, **more)  # type: ignore[arg-type]


def text(ref: str, body: str, *stands: tuple[int, int | None], **more: object) -> SearchRecord:
    """A section's text that stood between the given changes, one change a day."""
    return SearchRecord(
        ref=ref,
        kind="section_text",
        body=body,
        stands=tuple(
            Stand(first, until, day(first), day(until) if until is not None else None)
            for first, until in stands
        ),
        **more,  # type: ignore[arg-type]
    )


@pytest.fixture(params=["memory", "whoosh"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> SearchIndex:
    if request.param == "memory":
        return MemorySearch(PolishAnalyser())
    whoosh = WhooshSearch(tmp_path / "index", PolishAnalyser())
    whoosh.clear()
    return whoosh


def refs(index: SearchIndex, words: str, mode: str = "all", **filters: object) -> list[str]:
    found = index.find(SearchQuery(words, **filters), mode=mode)  # type: ignore[arg-type]
    return [hit.ref for hit in found.hits]


class TestWriting:
    def test_what_is_written_is_found(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Więcej zieleni przy szkole.")], watermark=1)
        assert refs(index, "zieleń") == ["c1"]

    def test_a_ref_written_again_replaces_what_it_was(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Więcej zieleni.")], watermark=1)
        index.write([comment("c1", "Mniej hałasu.")], watermark=2)
        assert refs(index, "zieleń") == []
        assert refs(index, "hałas") == ["c1"]
        assert index.count() == 1

    def test_a_ref_twice_in_one_batch_counts_as_given_last(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Pierwsza."), comment("c1", "Druga.")], watermark=1)
        assert refs(index, "pierwsza") == []
        assert refs(index, "druga") == ["c1"]
        assert index.count() == 1

    def test_a_removed_ref_is_gone_and_removing_the_absent_is_harmless(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Więcej zieleni."), comment("c2", "Zieleń i cisza.")], watermark=1)
        index.write([], removed=["c1", "never-was"], watermark=2)
        assert refs(index, "zieleń") == ["c2"]
        assert index.count() == 1

    def test_a_ref_removed_and_written_in_one_batch_is_there(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Stare słowa.")], watermark=1)
        index.write([comment("c1", "Nowe słowa.")], removed=["c1"], watermark=2)
        assert refs(index, "słowa") == ["c1"]
        assert refs(index, "stare") == []

    def test_the_watermark_is_the_one_last_written(self, index: SearchIndex) -> None:
        assert index.watermark() == 0
        index.write([comment("c1", "a")], watermark=7)
        assert index.watermark() == 7
        index.write([], watermark=9)
        assert index.watermark() == 9

    def test_the_watermark_is_not_a_record(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Zieleń.")], watermark=7)
        assert index.count() == 1
        assert refs(index, "7") == []

    def test_clearing_leaves_nothing(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Zieleń.")], watermark=7)
        index.clear()
        assert (refs(index, "zieleń"), index.count(), index.watermark()) == ([], 0, 0)

    def test_a_rebuild_replaces_everything_and_reports_progress(self, index: SearchIndex) -> None:
        index.write([comment("old", "Zieleń.")], watermark=7)
        seen: list[int] = []
        batches = [[comment("c1", "Zieleń."), comment("c2", "Cisza.")], [comment("c3", "Zieleń.")]]
        index.rebuild(iter(batches), watermark=11, progress=seen.append)
        assert sorted(refs(index, "zieleń")) == ["c1", "c3"]
        assert (seen, index.watermark(), index.count()) == ([2, 3], 11, 3)

    def test_a_rebuild_that_fails_leaves_the_old_state(self, index: SearchIndex) -> None:
        index.write([comment("old", "Zieleń.")], watermark=7)

        def broken() -> object:
            yield [comment("c1", "Zieleń.")]
            raise RuntimeError("the database went away")

        with pytest.raises(RuntimeError):
            index.rebuild(broken(), watermark=11)  # type: ignore[arg-type]
        assert (refs(index, "zieleń"), index.watermark()) == (["old"], 7)

    def test_the_analyser_version_is_the_analysers(self, index: SearchIndex) -> None:
        assert index.analyser_version() == PolishAnalyser.version

    def test_empty_texts_and_strange_characters_are_written_without_complaint(
        self, index: SearchIndex
    ) -> None:
        strange = ["", " \n\t", "\x00\x01", "\u202e\u200b", "🐝🐝", "a" * 5_000, "\ud800 surrogate", "ﬁ ǅ İ"]
        index.write([comment(f"c{n}", body) for n, body in enumerate(strange)], watermark=1)
        assert index.count() == len(strange)
        assert refs(index, "surrogate") == ["c6"]


class TestWords:
    def test_forms_of_a_word_meet(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Program współpracy z organizacjami.")], watermark=1)
        for typed in ("współpraca", "współpracą", "wspolpracy", "WSPÓŁPRACA", "organizacja wspolpraca"):
            assert refs(index, typed) == ["c1"], typed

    def test_a_text_typed_without_polish_letters_is_found_with_them(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Wspolpracy z urzedem nie bylo.")], watermark=1)
        assert refs(index, "współpraca") == ["c1"]
        assert refs(index, "urząd") == ["c1"]

    def test_a_word_typed_with_polish_letters_means_them(self, index: SearchIndex) -> None:
        index.write([comment("court", "Sąd orzekł."), comment("orchard", "Sad zakwitł.")], watermark=1)
        assert refs(index, "sąd") == ["court"]
        assert sorted(refs(index, "sad")) == ["court", "orchard"]

    def test_all_words_must_be_there(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Zieleń i cisza."), comment("c2", "Zieleń i hałas.")], watermark=1)
        assert refs(index, "zieleń cisza") == ["c1"]
        assert refs(index, "zieleń cisza hałas") == []

    def test_loosely_the_record_with_most_words_comes_first(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("one", "Hałas hałas hałas hałas."),
                comment("two", "Zieleń oraz cisza, a prócz tego wiele innych spraw tej dzielnicy."),
                comment("none", "Parkingi."),
            ],
            watermark=1,
        )
        assert refs(index, "zieleń cisza hałas", mode="any") == ["two", "one"]
        assert refs(index, "zieleń", mode="any") == []

    def test_stop_words_do_not_narrow_but_can_be_asked_alone(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Zieleń miejska."), comment("c2", "Ławki oraz cień.")], watermark=1)
        assert refs(index, "oraz zieleń") == ["c1"]
        assert refs(index, "oraz") == ["c2"]

    def test_a_minus_takes_out(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Zieleń i cisza."), comment("c2", "Zieleń i hałas.")], watermark=1)
        assert refs(index, "zieleń -hałasem") == ["c1"]
        assert refs(index, 'zieleń -"i cisza"') == ["c2"]
        assert refs(index, "zieleń -hał*") == ["c1"]

    def test_a_legal_reference_is_one_thing(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("whole", "Zgodnie z art. 5a ust. 2 ustawy."),
                comment("apart", "Art. 2 mówi co innego niż ust. 5a."),
                comment("words", "Zobacz artykuł 5a, ustęp 2."),
            ],
            watermark=1,
        )
        assert sorted(refs(index, "art. 5a ust. 2")) == ["whole", "words"]
        assert sorted(refs(index, "art. 5a")) == ["whole", "words"]
        assert sorted(refs(index, "5a")) == ["apart", "whole", "words"]

    def test_file_numbers_and_abbreviations_stay_whole(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("c1", "Uchwała nr XII/34/2024 oraz rozporządzenie 2024/1491 dla NGO-sów."),
                comment("c2", "W 2024 roku 1491 NGO i 34 JST."),
            ],
            watermark=1,
        )
        assert refs(index, "2024/1491") == ["c1"]
        assert refs(index, "XII/34/2024") == ["c1"]
        assert sorted(refs(index, "ngo")) == ["c1", "c2"]
        assert refs(index, "JST") == ["c2"]

    def test_english_texts_are_read_as_english(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Municipalities were consulted.", language="en")], watermark=1)
        assert refs(index, "municipality consulting") == ["c1"]
        assert refs(index, "municipality", language="en") == ["c1"]

    def test_a_title_weighs_more_than_a_body(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("body", "W treści jest zieleń i parę innych słów.", title="Coś innego"),
                comment("title", "W treści nie ma tego, o co pytamy, lecz inne słowa.", title="Zieleń"),
            ],
            watermark=1,
        )
        assert refs(index, "zieleń") == ["title", "body"]

    def test_a_rare_word_weighs_more_than_a_common_one(self, index: SearchIndex) -> None:
        fillers = [comment(f"f{n}", "Zieleń miejska w dzielnicy.") for n in range(20)]
        index.write([*fillers, comment("rare", "Retencja wody w dzielnicy.")], watermark=1)
        assert refs(index, "retencja zieleń", mode="any")[0] == "rare"


class TestPhrases:
    def test_a_phrase_is_exact_and_in_order(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("exact", "Termin 30 dni od ogłoszenia."),
                comment("inflected", "Terminy 30 dni od ogłoszeń."),
                comment("order", "Dni 30, termin od ogłoszenia."),
                comment("apart", "Termin wynosi 30 pełnych dni."),
            ],
            watermark=1,
        )
        assert refs(index, '"termin 30 dni"') == ["exact"]
        assert refs(index, "„Termin 30 dni”") == ["exact"]

    def test_a_phrase_counts_stop_words(self, index: SearchIndex) -> None:
        index.write([comment("c1", "zgoda na budowę"), comment("c2", "zgoda budowę")], watermark=1)
        assert refs(index, '"zgoda na budowę"') == ["c1"]

    def test_a_phrase_may_be_typed_without_polish_letters(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Roczny program współpracy gminy.")], watermark=1)
        assert refs(index, '"program wspolpracy"') == ["c1"]

    def test_a_phrase_does_not_run_from_title_into_body(self, index: SearchIndex) -> None:
        index.write([comment("c1", "miejska w mieście", title="Zieleń")], watermark=1)
        assert refs(index, '"zieleń miejska"') == []
        assert refs(index, '"miejska w mieście"') == ["c1"]

    def test_a_prefix_finds_every_continuation(self, index: SearchIndex) -> None:
        index.write(
            [comment("c1", "Konsultacje."), comment("c2", "Konsultant."), comment("c3", "Kontrola.")],
            watermark=1,
        )
        assert sorted(refs(index, "konsult*")) == ["c1", "c2"]

    def test_a_prefix_may_be_typed_without_polish_letters(self, index: SearchIndex) -> None:
        index.write([comment("c1", "Współpraca."), comment("c2", "Współdziałanie.")], watermark=1)
        assert sorted(refs(index, "wspol*")) == ["c1", "c2"]


class TestFilters:
    def test_kinds_and_document(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("c1", "Zieleń.", document_id="d1"),
                comment("c2", "Zieleń.", document_id="d2"),
                text("t1", "Zieleń.", (1, None), document_id="d1"),
            ],
            watermark=1,
        )
        assert sorted(refs(index, "zieleń", kinds=("comment",))) == ["c1", "c2"]
        assert sorted(refs(index, "zieleń", document_id="d1")) == ["c1", "t1"]
        assert refs(index, "zieleń rodzaj:tekst") == ["t1"]
        assert sorted(refs(index, "zieleń rodzaj:uwaga")) == ["c1", "c2"]

    def test_current_means_standing_now(self, index: SearchIndex) -> None:
        index.write(
            [
                text("gone", "Zieleń.", (1, 4)),
                text("here", "Zieleń.", (4, None)),
                text("back", "Zieleń.", (1, 2), (5, None)),
            ],
            watermark=1,
        )
        assert sorted(refs(index, "zieleń", state="current")) == ["back", "here"]
        assert sorted(refs(index, "zieleń")) == ["back", "gone", "here"]

    def test_as_of_a_moment_takes_what_stood_then(self, index: SearchIndex) -> None:
        index.write(
            [
                text("gone", "Zieleń.", (1, 4)),
                text("here", "Zieleń.", (4, None)),
                text("back", "Zieleń.", (1, 2), (5, None)),
                comment("later", "Zieleń.", at=day(3)),
            ],
            watermark=1,
        )
        expected = {0: [], 1: ["back", "gone"], 2: ["gone"], 3: ["gone", "later"], 4: ["here", "later"]}
        for number, standing in expected.items():
            assert sorted(refs(index, "zieleń", as_of=day(number))) == standing, number
        assert sorted(refs(index, "zieleń", as_of=day(9))) == ["back", "here", "later"]

    def test_field_words_narrow(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("c1", "Zieleń.", fields=(("author", "Anna Lis"), ("outcome", "accepted"))),
                comment("c2", "Zieleń, pisze Anna Lis.", fields=(("author", "Jan Kos"),)),
            ],
            watermark=1,
        )
        assert refs(index, "zieleń autor:lis") == ["c1"]
        assert refs(index, 'autor:"Anna Lis"') == ["c1"]
        assert refs(index, "stanowisko:accepted") == ["c1"]
        assert refs(index, "stanowisko:Uwzględniona") == ["c1"]
        assert refs(index, "stanowisko:nieuwzględniona") == []
        assert refs(index, "autor:nikt zieleń") == []

    def test_dates_narrow_by_the_polish_day(self, index: SearchIndex) -> None:
        before_midnight = datetime(2026, 5, 4, 21, 59, tzinfo=UTC)
        index.write(
            [
                comment("fourth", "Zieleń.", at=before_midnight),
                comment("fifth", "Zieleń.", at=before_midnight + timedelta(minutes=1)),
                comment("undated", "Zieleń."),
            ],
            watermark=1,
        )
        assert refs(index, "zieleń do:2026-05-04") == ["fourth"]
        assert refs(index, "zieleń od:5.05.2026") == ["fifth"]
        assert sorted(refs(index, "zieleń od:2026-05 do:2026")) == ["fifth", "fourth"]

    def test_sorting_by_date_and_place(self, index: SearchIndex) -> None:
        index.write(
            [
                comment("b", "Zieleń zieleń.", at=day(2), place=1),
                comment("a", "Zieleń.", at=day(1), place=3),
                comment("c", "Zieleń w mieście i poza nim.", at=day(3), place=2),
            ],
            watermark=1,
        )
        assert refs(index, "zieleń", sort="newest") == ["c", "b", "a"]
        assert refs(index, "zieleń", sort="oldest") == ["a", "b", "c"]
        assert refs(index, "zieleń", sort="place") == ["b", "c", "a"]

    def test_a_hit_carries_what_was_written_of_it(self, index: SearchIndex) -> None:
        record = text("t1", "Zieleń.", (1, 4), (6, None), document_id="d1", at=day(1), place=12)
        index.write([record], watermark=1)
        hit = index.find(SearchQuery("zieleń")).hits[0]
        assert (hit.ref, hit.kind, hit.document_id, hit.at, hit.place, hit.stands) == (
            record.ref,
            record.kind,
            record.document_id,
            record.at,
            record.place,
            record.stands,
        )
        assert hit.score > 0


class TestPaging:
    def test_stretches_of_the_ranking_join_without_gap_or_repeat(self, index: SearchIndex) -> None:
        for first in range(0, 30, 10):  # several writes, so that an engine with segments has several
            index.write(
                [comment(f"c{n:02}", "zieleń " * (n % 7 + 1)) for n in range(first, first + 10)],
                watermark=first,
            )
        whole = refs(index, "zieleń")
        parts: list[str] = []
        for start in range(0, 35, 7):
            found = index.find(SearchQuery("zieleń"), start=start, count=7)
            parts += [hit.ref for hit in found.hits]
            assert found.more == (start + 7 < 30)
        assert parts == whole
        assert len(set(whole)) == 30


class TestHighlighting:
    def test_hits_are_marked_in_title_and_body(self, index: SearchIndex) -> None:
        marked = index.highlight(
            SearchQuery("współpraca z gminą"),
            [Passage("O współpracę dbają gminy <b>i</b> my.", "Współpraca")],
        )[0]
        assert [(piece.text, piece.is_hit) for piece in marked.title] == [("Współpraca", True)]
        assert [piece.text for piece in marked.snippet if piece.is_hit] == ["współpracę", "gminy"]
        assert "".join(piece.text for piece in marked.snippet) == "O współpracę dbają gminy <b>i</b> my."


BOMBS: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "spaces": lambda: " \t\n ",
    "one letter": lambda: "z",
    "only stop words": lambda: "i w z na do",
    "only minus": lambda: "-",
    "only excluded": lambda: "-zieleń -cisza",
    "unbalanced quote": lambda: '"zieleń miejska',
    "quotes only": lambda: '"""""',
    "prefix soup": lambda: "a* OR b* OR c* OR " * 50,
    "wildcards": lambda: "?*?*" * 100,
    "stars": lambda: "*" * 1_000,
    "ten thousand clauses": lambda: " ".join(f"słowo{n}" for n in range(10_000)),
    "ten thousand words to respell": lambda: " ".join(
        ["niekonwencjonalnezzzz" + "abcz"[n % 4] for n in range(10_000)]
    ),
    "ten kilobytes of one word": lambda: "z" * 10_240,
    "ten kilobytes of prefix": lambda: "z" * 10_239 + "*",
    "phrase of letters": lambda: '"' + "z a " * 2_000 + '"',
    "controls": lambda: "\x00zie\x07leń\x1b[31m\u202e\u2066",
    "regular expression": lambda: "(a+)+$ [zieleń|.*]{1,9} ^\\w",
    "fields that do not exist": lambda: "foo:bar nic:zieleń :: a: :b",
    "dates that do not exist": lambda: "zieleń od:2026-02-30 do:99999-99-99 od:x do:0000",
    "emoji and surrogates": lambda: "🐝 \ud800 zieleń",
    "many fields": lambda: "autor:a " * 2_000,
    "parentheses": lambda: "(" * 5_000 + "zieleń" + ")" * 5_000,
}


class TestBadQueries:
    @pytest.mark.parametrize("name", BOMBS)
    def test_no_query_fails_or_takes_a_second(self, index: SearchIndex, name: str) -> None:
        index.write([comment(f"c{n}", f"Zieleń miejska słowo{n} zebra abc") for n in range(50)], watermark=1)
        query = SearchQuery(BOMBS[name]())
        with within(1):
            for mode in ("all", "any"):
                index.find(query, mode=mode)
            index.highlight(query, [Passage("Zieleń miejska.", "Zieleń")])


class TestReach:
    """Hidden records out of reach are as if they were not there, in the order of an answer as well."""

    HIDDEN = (
        text(
            "h1",
            "Fontanna fontanna na rynku.",
            (1, None),
            document_id="7",
            is_hidden=True,
            fields=(("host", "3"),),
        ),
        text("h2", "Fontanna w parku.", (1, None), document_id="8", is_hidden=True, fields=(("host", "4"),)),
    )

    def test_only_those_of_the_hosts_and_documents_reached_are_candidates(self, index: SearchIndex) -> None:
        index.write([*self.HIDDEN, comment("c1", "Fontanna i ławki.")], watermark=1)
        assert set(refs(index, "fontanna")) == {"h1", "h2", "c1"}
        assert refs(index, "fontanna", reach=Reach()) == ["c1"]
        assert set(refs(index, "fontanna", reach=Reach(hosts=("3",)))) == {"h1", "c1"}
        assert set(refs(index, "fontanna", reach=Reach(documents=("8",)))) == {"h2", "c1"}
        assert refs(index, "rodzaj:tekst", reach=Reach()) == []
        assert refs(index, '"fontanna w parku"', reach=Reach()) == refs(index, "park*", reach=Reach()) == []
        assert refs(index, "fontanna parku", mode="any", reach=Reach()) == ["c1"]

    def test_what_is_shown_to_everybody_later_is_reached_by_everybody(self, index: SearchIndex) -> None:
        index.write(self.HIDDEN, watermark=1)
        index.write([replace(self.HIDDEN[1], is_hidden=False)], watermark=2)
        assert refs(index, "fontanna", reach=Reach()) == ["h2"]

    def test_hidden_words_do_not_make_a_word_frequent(self, index: SearchIndex) -> None:
        said = [
            comment("c1", "Fontanna."),
            comment("c2", "Ławka."),
            comment("c3", "Drzewo."),
            comment("c4", "Ławka."),
        ]
        query = "fontanna ławka"
        index.write(said, watermark=1)
        alone = [(hit.ref, hit.score) for hit in index.find(SearchQuery(query), mode="any").hits]
        many = [
            text(f"h{number}", "Fontanna.", (1, None), is_hidden=True, fields=(("host", "3"),))
            for number in range(40)
        ]
        index.write(many, watermark=2)
        found = index.find(SearchQuery(query, reach=Reach()), mode="any").hits
        assert [hit.ref for hit in found] == [ref for ref, _ in alone]
        assert [hit.score for hit in found] == pytest.approx([score for _, score in alone], rel=0.02)
        seen = index.find(SearchQuery(query), mode="any").hits
        assert {hit.ref for hit in seen} > {hit.ref for hit in found}
