"""Which lines of a file are headings is proposed and set right by a person; the words never change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.errors import InvalidInput
from consult.domain.text import markup
from consult.domain.text.headings import arrange, find_headings
from consult.domain.text.normalise import normalise
from consult.domain.text.outline import split
from tests.pace import within

FILE = """# Strategia współpracy

**Rozdział 1. Cele**

Celem jest współpraca.

ROZDZIAŁ 2. ŚRODKI

1. pierwszy
2. drugi

§ 3.

**To zdanie wyróżniono, lecz kończy się kropką.**

1.2 Zasady

## Załączniki
"""


def seen(text: str) -> list[tuple[str, int, int]]:
    return [(heading.words, heading.level, heading.likely) for heading in find_headings(text)]


def test_headings_and_what_looks_like_them_are_found_in_order() -> None:
    assert seen(FILE) == [
        ("Strategia współpracy", 1, 1),
        ("Rozdział 1. Cele", 0, 2),
        ("ROZDZIAŁ 2. ŚRODKI", 0, 2),
        ("§ 3.", 0, 4),
        ("1.2 Zasady", 0, 2),
        ("Załączniki", 2, 2),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Art. 5. Organizacja składa sprawozdanie w terminie trzydziestu dni od zakończenia zadania.",
        "Zwykły akapit bez kropki",
        "**ważne** słowo",
        "- **Rozdział 1**",
        "    **Rozdział 1**",
        "> **Rozdział 1**",
        "| **Rozdział 1** |",
        "**Rozdział 1** " + "bardzo długi " * 20,
        "Rozdział 1 mówi, że:",
    ],
)
def test_a_paragraph_is_not_taken_for_a_heading(line: str) -> None:
    assert find_headings(f"Przed.\n\n{line}\n\nPo.\n") == ()


def test_a_line_becomes_a_heading_without_its_bold() -> None:
    assert arrange("**Rozdział 1. Cele**\n\nTreść\n", {0: 2}) == "## Rozdział 1. Cele\n\nTreść\n"


def test_a_heading_goes_to_another_level_and_back_to_a_paragraph() -> None:
    assert arrange("# Tytuł\nTreść\n", {0: 3}) == "### Tytuł\nTreść\n"
    assert arrange("# Tytuł #\nTreść\n", {0: 0}) == "Tytuł\n\nTreść\n"
    assert arrange("Tytuł\n=====\n\nTreść\n", {0: 0}) == "Tytuł\n\nTreść\n"
    assert arrange("Tytuł\n=====\n\nTreść\n", {0: 2}) == "Tytuł\n-----\n\nTreść\n"


@pytest.mark.parametrize(
    "words", ["1. Cele", "- myślnik", "> znak", "| kreska", "+ plus", "=== równe", "~~~ fala"]
)
def test_words_of_a_former_heading_do_not_become_markup(words: str) -> None:
    made = arrange(f"# {words}\n", {0: 0})
    assert split(made)[0].level == 0
    assert markup.words(made).strip() == markup.words(f"{words}").strip() or "\\" in made


def test_a_level_there_is_none_of_is_refused() -> None:
    with pytest.raises(InvalidInput, match="level_out_of_range"):
        arrange("# x\n", {0: 7})


def test_lines_that_are_no_headings_stay_as_they_are() -> None:
    assert arrange(FILE, {4: 1, 999: 2, 8: 3}) == FILE


blocks = st.lists(
    st.sampled_from(
        [
            "# Tytuł",
            "## Część druga ##",
            "Podkreślony\n---",
            "**Rozdział 1**",
            "ROZDZIAŁ II",
            "§ 5",
            "akapit",
            "- lista\n- druga",
            "> cytat",
            "```\n# kod\n```",
            "| a | b |\n| --- | --- |",
            "[^1]: przypis",
            "1. raz",
            "# 1. numer",
        ]
    ),
    max_size=8,
)


@given(blocks, st.data())
def test_whatever_is_arranged_becomes_what_was_wanted_and_nothing_else(
    parts: list[str], data: st.DataObject
) -> None:
    text = normalise("\n\n".join(parts) + "\n")
    headings = find_headings(text)
    wanted = {heading.line: data.draw(st.integers(0, 6)) for heading in headings}
    made = arrange(text, wanted)
    assert [(piece.level, piece.heading) for piece in split(made) if piece.level] == [
        (wanted[heading.line], heading.words) for heading in headings if wanted[heading.line]
    ]
    assert arrange(text, {}) == text


def test_time_grows_with_the_length_only() -> None:
    with within(3):
        for hostile in (
            "**a** " * 20_000,
            "**a**\n\n" * 5_000,
            "§ 1\n\n" * 10_000,
            "*" * 100_000,
            "A" * 100_000,
        ):
            arrange(hostile, {heading.line: 2 for heading in find_headings(hostile)})
