"""Definitions belong to the document; a change of one touches the sections that use it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.text import markup
from tests.domain.text.markdown_texts import sampled

SECTIONS = [
    "# A\n\n[Umowa]: http://a.pl 'Tytuł'\n\nSłowa[^1] i [umowa] oraz [tu][Mapa  celów].\n",
    "# B\n\n[^1]: Przypis\n    dalej\n\n```\n[kod]: http://nie.pl\n```\n[umowa]: http://b.pl\n[mapa celów]: <http://c.pl>\n",
]


def test_definitions_are_one_line_for_each_label_the_first_winning():
    assert markup.definitions(SECTIONS) == (
        "[Umowa]: http://a.pl 'Tytuł'\n[^1]:\n[mapa celów]: <http://c.pl>\n"
    )


def test_definitions_read_back():
    definitions = markup.definitions(SECTIONS)
    assert markup.definitions([definitions]) == definitions
    assert markup.link_definitions(definitions) == {
        "umowa": ("http://a.pl", "Tytuł"),
        "mapa celów": ("http://c.pl", ""),
    }
    assert markup.note_labels(definitions) == {"1"}


def test_words_of_a_footnote_are_no_part_of_the_definitions():
    changed = [SECTIONS[0], SECTIONS[1].replace("Przypis", "Inny przypis")]
    assert markup.definitions(changed) == markup.definitions(SECTIONS)


def test_labels_defined_and_used():
    assert markup.defined_labels(SECTIONS[1]) == {"^1", "umowa", "mapa celów"}
    assert {"^1", "umowa", "mapa celów"} <= markup.used_labels(SECTIONS[0])


def test_changed_labels_tell_which_sections_to_render_again():
    old = markup.definitions(SECTIONS)
    new = markup.definitions([SECTIONS[0].replace("a.pl", "d.pl"), SECTIONS[1].replace("[^1]", "[^2]")])
    assert markup.changed_labels(old, new) == {"umowa", "^1", "^2"}
    assert markup.changed_labels(old, old) == frozenset()


@pytest.mark.parametrize(
    "text",
    [
        "[Uwaga]: to jest zdanie",
        "    [a]: http://x",
        "a\n[b]: http://x",
        "- [a]: b",
        "[]: x",
        "a\n[^1]: b",
        "- a\n[^1]: b",
        "[a] : x",
    ],
)
def test_what_only_looks_like_a_definition_stays_words(text: str):
    assert markup.definitions([text]) == ""


@sampled
@given(st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=20))
def test_escaped_words_read_back(plain: str):
    assert markup.words(markup.escaped(plain)) == plain
