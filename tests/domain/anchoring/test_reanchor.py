"""A comment follows its words: through edits around it and within it, through moves, and into oblivion."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.anchoring.reanchor import Placement, State, reanchor
from consult.domain.text.spans import Span

few = settings(max_examples=30, deadline=None)

PARAGRAPHS = [
    "Rada gminy uchwala roczny program współpracy z organizacjami pozarządowymi do końca listopada.",
    "Wójt ogłasza otwarty konkurs ofert na realizację zadań publicznych w dziedzinie kultury i sportu.",
    "Organizacja składa ofertę w terminie dwudziestu jeden dni od ukazania się ostatniego ogłoszenia.",
    "Komisja konkursowa opiniuje oferty, a jej skład zapewnia udział osób wskazanych przez organizacje.",
    "Umowę o wykonanie zadania zawiera się na czas określony, nie dłuższy niż pięć lat budżetowych.",
    "Sprawozdanie z wykonania zadania sporządza się według wzoru w ciągu trzydziestu dni od jego końca.",
    "😀 Tłumaczenie na język migowy zapewnia organizator: שלום לכולם, مرحبا بالعالم, e\u0301tude żółta.",
]
TEXT = "\n".join(PARAGRAPHS)


def span_of(quote: str, text: str = TEXT) -> Span:
    assert text.count(quote) == 1
    start = text.index(quote)
    return Span(start, start + len(quote))


def follow(quote: str, new: str, old: str = TEXT) -> Placement:
    (placement,) = reanchor(old, new, [span_of(quote, old)])
    return placement


def words_under(placement: Placement, text: str) -> str:
    assert placement.span is not None
    return placement.span.of(text)


words_of_the_text = st.integers(0, len(PARAGRAPHS) - 1).flatmap(
    lambda index: st.tuples(st.just(index), st.integers(0, 9), st.integers(3, 12))
)


def phrase(choice: tuple[int, int, int]) -> str:
    index, first, count = choice
    cut = PARAGRAPHS[index].split()
    first = min(first, len(cut) - 3)
    return " ".join(cut[first : first + count])


@given(words_of_the_text)
@few
def test_in_an_unchanged_text_everything_stays_in_place(choice: tuple[int, int, int]) -> None:
    span = span_of(phrase(choice))
    assert reanchor(TEXT, TEXT, [span]) == [Placement(State.PLACED, span, 1.0)]


@given(words_of_the_text, st.integers(0, len(PARAGRAPHS)), st.text("abcąż 12.,§\n😀", max_size=300))
@few
def test_a_paragraph_added_elsewhere_neither_moves_nor_loses_a_passage(
    choice: tuple[int, int, int], place: int, added: str
) -> None:
    new = "\n".join([*PARAGRAPHS[:place], added, *PARAGRAPHS[place:]])
    placement = follow(phrase(choice), new)
    assert (placement.state, placement.similarity) == (State.PLACED, 1.0)
    assert words_under(placement, new) == phrase(choice)


@given(words_of_the_text)
@few
def test_a_passage_whose_paragraph_was_deleted_is_orphaned(choice: tuple[int, int, int]) -> None:
    new = "\n".join(paragraph for paragraph in PARAGRAPHS if phrase(choice) not in paragraph)
    assert follow(phrase(choice), new) == Placement(State.ORPHANED, None, 0.0)


@given(words_of_the_text, st.integers(0, len(PARAGRAPHS) - 2))
@few
def test_a_passage_whose_paragraph_was_cut_and_pasted_elsewhere_is_moved(
    choice: tuple[int, int, int], place: int
) -> None:
    index = choice[0]
    rest = PARAGRAPHS[:index] + PARAGRAPHS[index + 1 :]
    if abs(place - index) < 2:  # a swap of two neighbours: either may be said to have moved
        return
    new = "\n".join([*rest[:place], PARAGRAPHS[index], *rest[place:]])
    placement = follow(phrase(choice), new)
    assert placement.state is State.MOVED
    assert words_under(placement, new) == phrase(choice)


@given(st.permutations(PARAGRAPHS))
@few
def test_however_paragraphs_are_ordered_no_comment_is_lost(order: list[str]) -> None:
    new = "\n".join(order)
    placements = reanchor(TEXT, new, [span_of(paragraph) for paragraph in PARAGRAPHS])
    assert [words_under(placement, new) for placement in placements] == PARAGRAPHS
    assert {placement.state for placement in placements} <= {State.PLACED, State.MOVED}
    assert all(placement.state is State.PLACED for placement in placements) == (order == PARAGRAPHS)


@given(st.lists(words_of_the_text, min_size=2, max_size=6), st.permutations(PARAGRAPHS), st.integers(2, 7))
@few
def test_a_place_does_not_depend_on_which_passages_are_asked_about_together(
    choices: list[tuple[int, int, int]], order: list[str], kept: int
) -> None:
    new = "\n".join(order[:kept]).replace("organizacj", "fundacj")
    spans = [span_of(phrase(choice)) for choice in choices]
    assert reanchor(TEXT, new, spans) == [reanchor(TEXT, new, [span])[0] for span in spans]


@given(st.text(max_size=40), st.text(max_size=40), st.data())
@few
def test_any_texts_give_a_state_and_a_span_unless_orphaned(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    span = Span(start, data.draw(st.integers(start, len(old))))
    (placement,) = reanchor(old, new, [span])
    assert (placement.span is None) == (placement.state is State.ORPHANED)
    assert 0 <= placement.similarity <= 1
    if placement.span is not None:
        assert placement.span.end <= len(new)


def test_a_changed_word_within_a_passage_changes_it() -> None:
    new = TEXT.replace("do końca listopada", "do końca grudnia")
    placement = follow(
        "uchwala roczny program współpracy z organizacjami pozarządowymi do końca listopada", new
    )
    assert placement.state is State.CHANGED
    assert 0.8 < placement.similarity < 1
    assert words_under(placement, new).endswith("do końca grudnia")
    assert words_under(placement, new).startswith("uchwala")


def test_words_that_only_changed_their_endings_are_changed_not_lost() -> None:
    new = TEXT.replace("otwarty konkurs", "otwarte konkursy")
    placement = follow("otwarty konkurs", new)
    assert (placement.state, words_under(placement, new)) == (State.CHANGED, "otwarte konkursy")


def test_words_replaced_by_quite_other_words_are_lost() -> None:
    new = TEXT.replace("otwarty konkurs ofert", "nabór wniosków")
    assert follow("otwarty konkurs ofert", new).state is State.ORPHANED


def test_words_added_at_the_edge_of_a_phrase_stay_outside_it() -> None:
    new = TEXT.replace("Wójt ogłasza otwarty konkurs", "Wójt niezwłocznie ogłasza otwarty i jawny konkurs")
    placement = follow("ogłasza otwarty", new)
    assert (placement.state, words_under(placement, new)) == (State.PLACED, "ogłasza otwarty")


def test_words_added_at_the_edge_of_a_whole_paragraph_belong_to_it() -> None:
    new = TEXT.replace("pięć lat budżetowych.", "pięć lat budżetowych, chyba że ustawa stanowi inaczej.")
    placement = follow(PARAGRAPHS[4], new)
    assert placement.state is State.CHANGED
    assert words_under(placement, new).endswith("chyba że ustawa stanowi inaczej.")


def test_a_look_alike_that_was_there_before_does_not_inherit_the_comment() -> None:
    old = "(1) Gmina prowadzi rejestr umów.\n(2) Gmina prowadzi rejestr skarg.\n(3) Gmina prowadzi rejestr petycji."
    new = "(1) Gmina prowadzi rejestr umów.\n(3) Gmina prowadzi rejestr petycji."
    assert follow("(2) Gmina prowadzi rejestr skarg.", new, old).state is State.ORPHANED
    assert follow("prowadzi rejestr skarg", new, old).state is State.ORPHANED
    assert words_under(follow("(3) Gmina prowadzi rejestr petycji.", new, old), new).startswith("(3)")


def test_a_sentence_cast_in_the_same_mould_elsewhere_does_not_inherit_the_comment() -> None:
    old = (
        f"{TEXT}\nMinister właściwy do spraw rodziny określi, w drodze rozporządzenia, wzór wniosku.\nKoniec."
    )
    new = (
        f"Minister właściwy do spraw pracy określi, w drodze rozporządzenia, tryb kontroli.\n{TEXT}\nKoniec."
    )
    placement = follow(
        "Minister właściwy do spraw rodziny określi, w drodze rozporządzenia, wzór wniosku.", new, old
    )
    assert placement.state in (State.ORPHANED, State.UNCERTAIN)


def test_a_look_alike_that_was_edited_itself_does_not_inherit_the_comment() -> None:
    twin = PARAGRAPHS[1].replace("Wójt", "Zarząd powiatu")
    old = "\n".join([*PARAGRAPHS, "Przepisy o powiecie.", twin])
    edited = twin.replace("kultury i sportu", "kultury i turystyki")
    new = "\n".join([PARAGRAPHS[0], *PARAGRAPHS[2:], "Przepisy o powiecie.", edited])
    (placement,) = reanchor(old, new, [Span(old.index("Wójt"), old.index("Wójt") + len(PARAGRAPHS[1]))])
    assert placement.state is State.ORPHANED


def test_a_passage_in_whose_place_something_else_now_stands_is_orphaned() -> None:
    new = TEXT.replace(PARAGRAPHS[3], "Odwołanie wnosi się na piśmie.")
    assert follow("Komisja konkursowa opiniuje oferty", new).state is State.ORPHANED
    assert follow(PARAGRAPHS[3], new).state is State.ORPHANED


def test_a_few_words_much_like_those_of_another_sentence_are_not_taken_for_them() -> None:
    new = TEXT.replace(
        PARAGRAPHS[1], "Kto nie wnosi opłaty w terminie z § 4 ust. 28 zdanie drugie, płaci odsetki."
    )
    old = TEXT.replace(
        PARAGRAPHS[1], "Opłatę, o której mowa w § 4 ust. 22 zdanie pierwsze, wnosi się z góry rocznie."
    )
    assert follow("§ 4 ust. 22 zdanie", new, old).state in (State.UNCERTAIN, State.ORPHANED)


def test_a_moved_passage_with_a_copy_that_stayed_is_for_a_person_to_check() -> None:
    form = "Do postępowania w sprawach dotacji stosuje się przepisy ustawy o finansach publicznych."
    old = f"{form}\nPrzepis pierwszy o innych sprawach gminy.\n{TEXT}\nPrzepis drugi.\n{form}\nKoniec."
    new = f"{TEXT}\nPrzepis drugi.\n{form}\nKoniec.\nDodatek o wszystkim innym.\n{form}"
    (placement,) = reanchor(old, new, [Span(0, len(form))])
    assert placement.state is State.UNCERTAIN


def test_copies_of_a_passage_are_told_apart_by_their_neighbours() -> None:
    fine = "podlega karze grzywny do 5000 złotych."
    old = (
        f"Kto nie składa sprawozdania,\n{fine}\nKto składa je po terminie,\n{fine}\nKto je fałszuje,\n{fine}"
    )
    new = f"Kto nie składa sprawozdania,\n{fine}\nKto je fałszuje,\n{fine}"
    starts = [at for at in range(len(old)) if old.startswith(fine, at)]
    first, second, third = reanchor(old, new, [Span(at, at + len(fine)) for at in starts])
    assert (first.state, first.span) == (State.PLACED, Span(new.index(fine), new.index(fine) + len(fine)))
    assert second.state in (State.ORPHANED, State.UNCERTAIN)
    assert third.state in (State.PLACED, State.UNCERTAIN)
    assert third.span == Span(new.rindex(fine), new.rindex(fine) + len(fine))


def test_a_passage_copied_beside_itself_is_for_a_person_to_check() -> None:
    old = "Przepis wstępny.\nGmina ogłasza wykaz dotacji.\nPrzepis końcowy."
    new = "Przepis wstępny.\nGmina ogłasza wykaz dotacji.\nGmina ogłasza wykaz dotacji.\nPrzepis końcowy."
    assert follow("Gmina ogłasza wykaz dotacji.", new, old).state is State.UNCERTAIN


def test_a_paragraph_that_moves_and_is_edited_is_still_found() -> None:
    moved = PARAGRAPHS[1].replace("kultury i sportu", "kultury, nauki i sportu")
    new = "\n".join([PARAGRAPHS[0], *PARAGRAPHS[2:], moved])
    placement = follow("ogłasza otwarty konkurs ofert na realizację zadań publicznych", new)
    assert placement.state is State.MOVED
    assert words_under(placement, new) == "ogłasza otwarty konkurs ofert na realizację zadań publicznych"


def test_a_caret_stays_between_its_words() -> None:
    at = TEXT.index("Wójt")
    new = "Nowy przepis.\n" + TEXT
    assert reanchor(TEXT, new, [Span(at, at)]) == [
        Placement(State.PLACED, Span(at + len("Nowy przepis.\n"), at + len("Nowy przepis.\n")), 1.0)
    ]


def test_passages_come_back_in_the_order_given() -> None:
    spans = [span_of("Komisja konkursowa"), span_of("Rada gminy"), span_of("Wójt ogłasza")]
    new = "Wstęp.\n" + TEXT
    assert [words_under(placement, new) for placement in reanchor(TEXT, new, spans)] == [
        "Komisja konkursowa",
        "Rada gminy",
        "Wójt ogłasza",
    ]


def test_a_span_outside_the_text_is_refused() -> None:
    with pytest.raises(ValueError, match="outside"):
        reanchor("abc", "abc", [Span(2, 4)])
