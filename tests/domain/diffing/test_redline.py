"""A redline reads like a marked-up page: whole words, whole sentences where sentences were rewritten."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.diffing.edits import Kind
from consult.domain.diffing.redline import redline

texts = st.one_of(
    st.text(max_size=50),
    st.lists(st.sampled_from(["rada", "gminy", "w", "i", ",", "\n", "😀", "żółć"]), max_size=25).map(
        " ".join
    ),
)


def shown(old: str, new: str) -> str:
    marks = {Kind.EQUAL: "{}", Kind.DELETE: "[-{}-]", Kind.INSERT: "[+{}+]"}
    return "".join(marks[run.kind].format(run.text) for run in redline(old, new))


@given(texts, texts)
@settings(max_examples=40, deadline=None)
def test_what_is_not_inserted_is_the_old_text_and_what_is_not_deleted_the_new(old: str, new: str) -> None:
    runs = redline(old, new)
    assert "".join(run.text for run in runs if run.kind is not Kind.INSERT) == old
    assert "".join(run.text for run in runs if run.kind is not Kind.DELETE) == new
    assert all(run.kind is Kind.INSERT or run.old.of(old) == run.text for run in runs)
    assert all(run.kind is Kind.DELETE or run.new.of(new) == run.text for run in runs)


def test_a_changed_word_is_struck_out_whole() -> None:
    assert shown("Wójt wykonuje uchwały rady.", "Wójt wykonuje uchwałę rady.") == (
        "Wójt wykonuje [-uchwały-][+uchwałę+] rady."
    )


def test_an_added_sentence_is_put_in_whole() -> None:
    assert shown("Rada obraduje. Rada głosuje.", "Rada obraduje. Rada słucha. Rada głosuje.") == (
        "Rada obraduje. [+Rada słucha. +]Rada głosuje."
    )


def test_a_rewritten_sentence_is_not_shredded_by_words_that_match_by_chance() -> None:
    old = "Organizacje składają oferty w terminie i na formularzu określonym w ogłoszeniu."
    new = "Wójt w zarządzeniu wskazuje termin, a także sposób i miejsce w urzędzie przyjmowania wniosków."
    runs = redline(old, new)
    assert [run.kind for run in runs] == [Kind.DELETE, Kind.INSERT, Kind.EQUAL]
    assert runs[-1].text == "."


def test_two_rewritten_paragraphs_keep_apart() -> None:
    old = "Oferty składa się do końca marca w urzędzie.\nWójt ogłasza wyniki konkursu na tablicy."
    new = "Wnioski przyjmuje sekretariat w urzędzie.\nWójt powiadamia o rozstrzygnięciu każdego."
    assert any(run.kind is Kind.EQUAL and "\n" in run.text for run in redline(old, new))


def test_an_unchanged_text_is_one_run() -> None:
    (run,) = redline("Bez zmian.", "Bez zmian.")
    assert (run.kind, run.text) == (Kind.EQUAL, "Bez zmian.")
    assert redline("", "") == []


def test_a_line_broken_elsewhere_is_told_from_changed_words() -> None:
    runs = redline("Rada gminy uchwala program.", "Rada gminy\nuchwala program.")
    assert [run.is_space for run in runs if run.kind is not Kind.EQUAL] == [True, True]
