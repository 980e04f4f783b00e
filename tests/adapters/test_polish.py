"""What the Polish analyser says of words, numbers and references."""

from __future__ import annotations

import subprocess
import sys
import threading
from itertools import combinations

import pytest

from consult.adapters import polish
from consult.adapters.polish import analyse, analyse_query, folded, prefixes, query_tokens, tokens
from consult.adapters.polish.letters import spellings
from tests.pace import within

needs_dictionary = pytest.mark.skipif(
    not polish.has_dictionary(), reason="no morfeusz2 wheel for this machine"
)


def terms(text: str, language: str = "pl") -> set[str]:
    return set().union(*analyse(text, language))


def meet(typed: str, text: str) -> bool:
    """Whether each position typed shares a term with the text."""
    return all(position & terms(text) for position in analyse_query(typed))


@needs_dictionary
class TestForms:
    @pytest.mark.parametrize(
        "forms",
        [
            "współpraca współpracy współpracą współprac",
            "uchwała uchwały uchwałę uchwałami uchwał",
            "rada radzie radą",
            "być jest są będzie byli",
            "dobry lepszy najlepszego",
            "konsultować konsultował konsultowanie konsultowany",
            "zgłosić zgłosiłem zgłosilibyśmy zgłoszono",
        ],
    )
    def test_forms_of_one_word_share_a_term(self, forms: str) -> None:
        for one, other in combinations(forms.split(), 2):
            assert terms(one) & terms(other), (one, other)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("sąd", "sad"),
            ("gmina", "gminny"),
            ("łaska", "laska"),
            ("kąt", "kat"),
            ("zasada", "osada"),
        ],
    )
    def test_different_words_do_not(self, one: str, other: str) -> None:
        assert not terms(one) & terms(other)

    def test_an_ambiguous_form_stands_under_all_its_lemmas(self) -> None:
        assert {"rada", "rad"} & terms("rad")
        assert {"stan", "stać"} & terms("stanie")

    def test_old_and_rare_readings_give_way_to_living_ones(self) -> None:
        assert "wielki" not in terms("większy")
        assert "duży" in terms("większy")

    def test_capitals_do_not_matter(self) -> None:
        assert terms("UCHWAŁA") >= terms("uchwała")
        assert meet("kraków", "w Krakowie")
        assert meet("polska", "w Polsce")

    def test_a_folded_copy_is_added_unless_it_is_another_word(self) -> None:
        assert terms("współpracy") == {"współpraca", "wspolpraca"}
        assert terms("sądu") == {"sąd"}

    def test_an_unknown_name_is_found_in_its_other_forms(self) -> None:
        assert meet("Bździągwa", "Bździągwa")
        assert meet("bzdziagwa", "Bździągwa")
        assert terms("Erdogana") & terms("Erdoganem")


@needs_dictionary
class TestWithoutPolishLetters:
    @pytest.mark.parametrize(
        ("typed", "written"),
        [
            ("wspolpracy", "współpracą"),
            ("zolw", "żółwie"),
            ("zrodlo", "źródeł"),
            ("spoleczenstwo", "społeczeństwa"),
            ("niepelnosprawnych", "niepełnosprawny"),
            ("lodz", "w Łodzi"),
            ("gdansk", "Gdańsku"),
            ("swiadczenie uslug", "świadczeniu usługi"),
            ("mlodziez", "młodzieży"),
            ("zdzblo", "źdźbła"),
        ],
    )
    def test_what_is_typed_without_them_meets_what_is_written_with_them(
        self, typed: str, written: str
    ) -> None:
        assert meet(typed, written)

    def test_what_is_typed_with_them_is_meant(self) -> None:
        assert not meet("sąd", "sad")
        assert meet("sad", "sądu")

    def test_a_text_typed_without_them_is_read_as_if_with_them(self) -> None:
        assert terms("zglaszam uwagi do wspolpracy") >= {"zgłaszać", "uwaga", "współpraca"}

    def test_respellings_obey_polish_spelling(self) -> None:
        assert "ćiocia" not in set(spellings("ciocia", 99))
        assert "śzkola" not in set(spellings("szkola", 99))
        assert "szkoła" in set(spellings("szkola", 99))

    def test_a_beginning_is_respelled_too(self) -> None:
        assert {"wspo", "wspó"} <= set(prefixes("wspo"))
        assert prefixes("współ") == ("współ",)

    def test_respelling_is_bounded(self) -> None:
        with within(1):
            for number in range(24):
                analyse_query("zanocsel" * 3 + "acz"[number % 3] * number)


class TestWholeTokens:
    @pytest.mark.parametrize(
        ("text", "term"),
        [
            ("art. 5a ust. 2", "art. 5a ust. 2"),
            ("Art. 5a. ust. 2", "art. 5a"),
            ("art.5a ust.2", "art. 5a ust. 2"),
            ("artykułu 5a ustępu 2", "art. 5a ust. 2"),
            ("w art. 5a ust. 2 pkt 3 lit. b", "art. 5a ust. 2 pkt 3 lit. b"),
            ("§ 12", "§ 12"),
            ("§12 ust. 1", "§ 12 ust. 1"),
            ("paragrafie 12", "§ 12"),
            ("rozporządzenie 2024/1491", "2024/1491"),
            ("uchwała nr XII/34/2024", "xii/34/2024"),
            ("(Dz. U. z 2024 r. poz. 1491)", "2024/1491"),
            ("Dz.U. 2024 poz. 1491", "2024/1491"),
            ("NGO", "ngo"),
            ("NGO-sów", "ngo"),
            ("NGO's", "ngo"),
            ("JST", "jst"),
            ("ZUS-em", "zus"),
            ("COVID19", "covid19"),
            ("12,5%", "12,5"),
            ("4.05.2026", "4.05.2026"),
        ],
    )
    def test_it_stays_whole(self, text: str, term: str) -> None:
        assert term in terms(text)

    def test_parts_of_a_reference_find_it_but_not_the_other_way_round(self) -> None:
        written = "zgodnie z art. 5a ust. 2 ustawy"
        for typed in ("art. 5a", "ust. 2", "art. 5a ust. 2", "5a", "artykuł 5a"):
            assert meet(typed, written), typed
        for typed in ("art. 5", "art. 2", "ust. 5a", "art. 5a ust. 3", "art. 5a ust. 2 pkt 1", "§ 5a"):
            assert not meet(typed, written), typed

    def test_a_reference_is_one_position_and_two_references_are_two(self) -> None:
        assert len(analyse("art. 5a ust. 2")) == 1
        assert len(analyse("ust. 2 art. 5a")) == 2

    def test_ordinary_words_that_look_like_units_are_words(self) -> None:
        assert analyse("punkt widzenia")[0] == {"punkt"}
        assert len(analyse("arty 5 ustach")) == 3
        assert len(analyse("i/lub")) == 2


class TestSpans:
    def test_spans_are_code_points_of_the_text_as_given(self) -> None:
        text = "🐝 Współ\u00adpraca, zgodnie z art. 5a ust. 2 oraz NGO-sów!"
        assert [text[token.start : token.end] for token in tokens(text)] == [
            "Współ\u00adpraca",
            "zgodnie",
            "z",
            "art. 5a ust. 2",
            "oraz",
            "NGO-sów",
        ]

    @needs_dictionary
    def test_invisible_characters_do_not_split_or_hide_a_word(self) -> None:
        for hidden in ("\u00ad", "\u200b", "\u200d", "\u202e", "\u2060", "\ufeff"):
            assert meet("konsultacje", f"konsul{hidden}tacje"), hidden

    def test_a_decomposed_letter_is_the_letter(self) -> None:
        assert terms("ka\u0328t") == terms("kąt")

    @pytest.mark.parametrize(
        "text",
        [
            "",
            " ",
            "\x00",
            "🐝" * 50,
            "\ud800",
            "—„”…",
            "a" * 100_000,
            "a1" * 50_000,
            "a/" * 50_000,
            "a/1" * 30_000,
            "1." * 20_000,
            "1.1" * 30_000 + "x",
            "1/" * 30_000,
            "art. " * 5_000,
            "art. 1 " * 10_000,
            "§" * 9_000,
            "a" + "\u200b" * 50_000 + "1",
            "NGO-" * 20_000,
        ],
        ids=range(18),
    )
    def test_nothing_breaks_or_stalls_it(self, text: str) -> None:
        with within(2):
            for token in tokens(text):
                assert 0 <= token.start < token.end <= len(text)
                assert token.terms
                assert token.surfaces
            query_tokens(text[:1_000])


class TestLanguages:
    def test_english_is_read_as_english(self) -> None:
        assert terms("municipalities consulted", "en") == {"municip", "consult"}

    def test_another_language_is_only_folded(self) -> None:
        assert terms("Bürger", "de") == {"bürger", "burger"}

    @needs_dictionary
    def test_a_query_in_no_language_looks_in_all(self) -> None:
        assert "municip" in set().union(*analyse_query("municipalities", None))
        assert "współpraca" in set().union(*analyse_query("wspolpracy", None))

    def test_stop_words_are_marked(self) -> None:
        assert [token.is_stop for token in tokens("zgoda na budowę")] == [False, True, False]
        assert [token.is_stop for token in query_tokens("the council")] == [True, False]


def test_folding_takes_every_polish_letter() -> None:
    assert folded("zażółć gęślą jaźń ZAŻÓŁĆ") == "zazolc gesla jazn ZAZOLC"


def test_many_threads_get_the_same_answer() -> None:
    texts = [f"Uchwała {n} rady gminy w sprawie współpracy" for n in range(50)]
    expected = [analyse(text) for text in texts]
    wrong: list[str] = []

    def work() -> None:
        wrong.extend(text for text, right in zip(texts, expected, strict=True) if analyse(text) != right)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


WITHOUT_WHEEL = """
import sys
sys.modules["morfeusz2"] = None
from consult.adapters.polish import ANALYSER_VERSION, analyse, analyse_query, has_dictionary
assert not has_dictionary()
assert ANALYSER_VERSION.endswith("plain"), ANALYSER_VERSION
assert set.union(*analyse("program")) & set.union(*analyse("programu"))
assert set.union(*analyse("współpracy")) & set.union(*analyse_query("wspolpracy"))
assert "art. 5a ust. 2" in set.union(*analyse("art. 5a ust. 2"))
"""


def test_without_the_dictionary_wheel_stems_serve_and_the_version_differs() -> None:
    run = subprocess.run([sys.executable, "-W", "error", "-c", WITHOUT_WHEEL], capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
