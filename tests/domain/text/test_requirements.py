"""Sentences that oblige, recommend, permit or forbid are found by their words, in every form."""

from __future__ import annotations

import pytest

from consult.domain.text.requirements import Strength, find_requirements


def strengths(text: str, language: str = "pl") -> list[str]:
    return [str(one.strength) for one in find_requirements(text, language)]


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("Organizacja musi odpowiedzieć.", "must"),
        ("MUSZĄ to zrobić.", "must"),
        ("Urząd ma też obowiązek odpowiedzieć.", "must"),
        ("Strony są obowiązane do spotkań.", "must"),
        ("Należy dołączyć opis.", "must"),
        ("Nikt nie może tego zmienić.", "must_not"),
        ("Nie\nmogą odmówić.", "must_not"),
        ("Nie wolno skracać terminu.", "must_not"),
        ("Zabrania się wstępu.", "must_not"),
        ("Urząd powinien odpisać.", "should"),
        ("Oferty powinny być krótkie.", "should"),
        ("Komisja nie powinna zwlekać.", "should_not"),
        ("Organizacja może zapytać.", "may"),
        ("Nie musi podawać powodu.", "may"),
        ("Każdy ma prawo do odpowiedzi.", "may"),
        ("Należy to do zadań urzędu.", "must"),
    ],
)
def test_polish_words_of_obligation(sentence: str, strength: str) -> None:
    assert strengths(sentence.replace("\n", " ")) == [strength]


@pytest.mark.parametrize(
    "sentence",
    [
        "To należy do zadań urzędu.",
        "Przez ofertę należy przez to rozumieć dokument.",
        "Być może padało.",
        "Muzyka i możejki.",
        "",
    ],
)
def test_words_that_only_look_like_obligation_are_left_out(sentence: str) -> None:
    assert strengths(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "strength"),
    [
        ("It shall reply.", "must"),
        ("It shall not reply.", "must_not"),
        ("They must not.", "must_not"),
        ("You are required to reply.", "must"),
        ("It should.", "should"),
        ("It should not.", "should_not"),
        ("They may ask.", "may"),
    ],
)
def test_english_words_of_obligation(sentence: str, strength: str) -> None:
    assert strengths(sentence, "en") == [strength]


def test_the_month_of_may_permits_nothing() -> None:
    assert strengths("On 3 May and on May 4 we met.", "en") == []


def test_a_sentence_is_cut_at_its_end_and_not_at_abbreviations_and_counts_once() -> None:
    text = "Zgodnie z art. 5 ust. 2 urząd musi odpisać i może zapytać. Pada.\nNie może zwlekać"
    found = find_requirements(text)
    assert [one.span.of(text) for one in found] == [
        "Zgodnie z art. 5 ust. 2 urząd musi odpisać i może zapytać.",
        "Nie może zwlekać",
    ]
    assert found[0].strengths == {Strength.MUST, Strength.MAY}
    assert [word.of(text) for word, _ in found[0].words] == ["musi", "może"]
