"""What a text says its words mean is found where it says so, and linking words changes no text."""

from __future__ import annotations

import pytest

from consult.domain.text.definitions import find_definitions, with_links
from consult.domain.text.plain import plain_of
from consult.domain.text.spans import Span


def terms(plain: str, heading: str = "Słownik") -> list[tuple[str, str]]:
    return [(one.term, one.meaning) for one in find_definitions(plain, heading)]


def test_definitions_are_lines_of_a_list_of_words() -> None:
    plain = "Słownik\nSłowa znaczą:\n1) Miasto – gmina;\n„organizacja” – fundacja lub stowarzyszenie.\nZdanie bez definicji."
    assert terms(plain) == [("Miasto", "gmina"), ("organizacja", "fundacja lub stowarzyszenie.")]


@pytest.mark.parametrize(
    "heading", ["2. Definicje", "Słowniczek pojęć", "Objaśnienia pojęć", "Terms and definitions"]
)
def test_lists_of_words_go_by_several_names(heading: str) -> None:
    assert terms("Oferta – dokument", heading) == [("Oferta", "dokument")]


def test_elsewhere_only_the_formula_defines() -> None:
    plain = "Miasto – jak każdy wie – rośnie.\n2) ustawie – należy przez to rozumieć ustawę z 2003 r.;"
    assert terms(plain, "Zasady") == [("ustawie", "należy przez to rozumieć ustawę z 2003 r.")]


def test_a_definition_knows_where_it_stands_and_counts_once() -> None:
    plain = "a) „Oferta” – dokument\nOferta – coś innego"
    [found] = find_definitions(plain, "Definicje")
    assert found.span.of(plain) == "Oferta"
    assert found.line.of(plain) == "a) „Oferta” – dokument"


def test_sentences_with_a_dash_are_no_definitions() -> None:
    long = "Kto nie dostał odpowiedzi w terminie, który wynika z przepisów ustawy albo z tych standardów"
    assert terms(f"{long} – pyta ponownie.\n12 – liczba") == []


HTML = '<p>Organizacja i <strong>Rada</strong> Pożytku &amp; <a href="#s-1a2b3c4d5e6f">organizacja</a></p>'


def test_words_become_links_and_the_text_stays_the_same() -> None:
    plain = plain_of(HTML)
    linked = with_links(HTML, [(Span(0, 11), "/t?a=1&b#p-1")])
    assert linked.startswith('<p><a class="term" href="/t?a=1&amp;b#p-1">Organizacja</a> i ')
    assert plain_of(linked) == plain


def test_words_through_which_a_tag_runs_and_words_of_links_stay_as_they_are() -> None:
    plain = plain_of(HTML)
    broken = Span(plain.index("Rada"), plain.index(" &"))
    in_link = Span(plain.rindex("organizacja"), len(plain))
    assert with_links(HTML, [(broken, "/t"), (in_link, "/t")]) == HTML
    inside = Span(plain.index("Rada"), plain.index("Rada") + 4)
    assert '<strong><a class="term" href="/t">Rada</a></strong>' in with_links(HTML, [(inside, "/t")])
