"""Sections are quoted by the numbers their headings print, else by numbers counted for them."""

from __future__ import annotations

import pytest

from consult.domain.text.numbering import labels, own_label, title_without_label


@pytest.mark.parametrize(
    ("heading", "label", "rest"),
    [
        ("Art. 5", "Art. 5", ""),
        ("Art. 5a. Zasady", "Art. 5a", "Zasady"),
        ("Art. 22¹ Kodeks", "Art. 22¹", "Kodeks"),
        ("§ 12.", "§ 12", ""),
        ("§ 1. Przepisy ogólne", "§ 1", "Przepisy ogólne"),
        ("Rozdział I", "Rozdział I", ""),
        ("ROZDZIAŁ II – Wolności", "ROZDZIAŁ II", "Wolności"),
        ("Rozdział 3. Źródła prawa", "Rozdział 3", "Źródła prawa"),
        ("Załącznik nr 2 do uchwały", "Załącznik nr 2", "do uchwały"),
        ("Cel 1: Silne organizacje", "Cel 1", "Silne organizacje"),
        ("2.1 Zakres", "2.1", "Zakres"),
        ("2.1. Zakres", "2.1", "Zakres"),
        ("1. Wstęp", "1", "Wstęp"),
        ("IV. Monitoring", "IV", "Monitoring"),
        ("4) Monitoring", "4", "Monitoring"),
        ("5 filarów współpracy", "", "5 filarów współpracy"),
        ("Artystyczne działania", "", "Artystyczne działania"),
        ("Działanie na rzecz osób", "", "Działanie na rzecz osób"),
        ("Inicjatywa lokalna", "", "Inicjatywa lokalna"),
        ("2024", "", "2024"),
        ("Cel i zakres", "", "Cel i zakres"),
        ("", "", ""),
    ],
)
def test_a_heading_keeps_the_number_it_prints(heading: str, label: str, rest: str):
    assert own_label(heading) == label
    assert title_without_label(heading, label) == rest


def test_sections_without_numbers_are_counted_by_nesting():
    assert labels(["A", "B", "C", "D", "E"], [1, 2, 3, 2, 1]) == ("1", "1.1", "1.1.1", "1.2", "2")


def test_skipped_levels_add_no_components():
    assert labels(["A", "B", "C"], [1, 4, 1]) == ("1", "1.1", "2")


def test_the_title_above_all_others_has_no_number_and_adds_none():
    assert labels(["", "Standard", "A", "B", "C"], [0, 1, 2, 3, 2]) == ("", "", "1", "1.1", "2")
    assert labels(["Standard"], [1]) == ("",)
    assert labels(["A", "B"], [2, 1]) == ("1", "2")


def test_law_keeps_its_own_numbers():
    headings = [
        "Konstytucja",
        "Preambuła",
        "Rozdział I",
        "Art. 1",
        "Art. 3",
        "Rozdział II",
        "Art. 4",
        "Słowniczek",
    ]
    assert labels(headings, [1, 2, 2, 3, 3, 2, 3, 4]) == (
        "", "", "Rozdział I", "Art. 1", "Art. 3", "Rozdział II", "Art. 4", "1",
    )  # fmt: skip


def test_counting_goes_on_below_a_printed_decimal_number():
    assert labels(["2. Cele", "Cel główny", "3. Zadania"], [1, 2, 1]) == ("2", "2.1", "3")


def test_a_label_that_was_counted_is_not_cut_from_the_heading():
    assert title_without_label("1 maja", "1") == "1 maja"


def test_no_sections_have_no_labels():
    assert labels([], []) == ()
