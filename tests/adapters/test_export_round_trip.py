"""Out as a Word file and back in: the same sections with the same words."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.adapters.export_docx import DocxWriter
from consult.adapters.import_files import DocxReader
from consult.domain.text.normalise import normalise
from consult.domain.text.outline import split
from tests.adapters.exported_texts import exported, plain_of_sections
from tests.real_data import real_data


def there_and_back(markdown: str) -> str:
    return DocxReader().read(DocxWriter().write(exported(markdown)), filename="x.docx").source


def words_of(markdown: str) -> list[list[str]]:
    return [plain.split() for plain in plain_of_sections(markdown)]


def outline_of(markdown: str) -> list[tuple[int, str]]:
    return [(piece.level, piece.heading) for piece in split(markdown)]


def constitution() -> str:
    articles = json.loads(real_data("polish", "konstytucja.articles.json").read_text())
    written: list[str] = []
    chapter = None
    for article in articles:
        if article["chapter"] != chapter:
            chapter = article["chapter"]
            written.append(f"# Rozdział {chapter['id']}. {chapter['title']}")
        paragraphs = article["text"].replace("\n", "\n\n")
        written.append(f"## Art. {article['id']}.\n\n{paragraphs}")
    return "\n\n".join(written) + "\n"


def test_the_constitution_comes_back_word_for_word():
    markdown = constitution()
    back = there_and_back(markdown)
    assert len(split(back)) > 250
    assert outline_of(back) == outline_of(markdown)
    assert words_of(back) == words_of(markdown)


def test_what_comes_back_stays_the_same_from_then_on():
    once = there_and_back(constitution())
    assert there_and_back(once) == once


def test_footnotes_come_back_as_footnotes():
    markdown = "# Cele\n\nRaz[^1] i dwa[^2].\n\n[^1]: Pierwszy.\n\n[^2]: Drugi.\n\n    Dalej.\n\n## Środki\n\nTrzy[^3].\n\n[^3]: Trzeci.\n"
    assert there_and_back(markdown) == markdown


WORDS = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Gmina",
                "zażółć",
                "ust. 3",
                "art. 15¹",
                "„cytat”",
                "a_b",
                "2*3",
                "<x>",
                "[y]",
                "&amp;",
                "#1",
                "1.",
                "-",
                "שלום",
                "👩‍👩‍👧",
                "R&D",
                "50%",
                "\\",
            ]
        ),
        st.text(st.characters(categories=("L", "N", "P", "S", "M")), min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=6,
).map(" ".join)


def escaped(words: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\`*_{}[]()<>#+-.!|&~=:" else sign for sign in words)


EMPHASISED = st.tuples(WORDS, st.sampled_from(["", "", "*", "**", "***"])).map(
    lambda each: f"{each[1]}{escaped(each[0])}{each[1]}"
)
INLINE = st.lists(
    st.one_of(EMPHASISED, WORDS.map(lambda words: f"[{escaped(words)}](https://example.org/a)")),
    min_size=1,
    max_size=3,
).map(" ".join)
BLOCK = st.one_of(
    INLINE,
    st.tuples(st.integers(1, 6), WORDS).map(lambda each: f"{'#' * each[0]} {escaped(each[1])}"),
    st.lists(INLINE, min_size=1, max_size=4).map(
        lambda entries: "\n".join(f"- {entry}" for entry in entries)
    ),
    st.tuples(st.integers(1, 40), st.lists(INLINE, min_size=1, max_size=4)).map(
        lambda each: "\n".join(f"{number}. {entry}" for number, entry in enumerate(each[1], start=each[0]))
    ),
    st.lists(INLINE, min_size=2, max_size=4).map(
        lambda entries: f"1. {entries[0]}\n" + "\n".join(f"    - {entry}" for entry in entries[1:])
    ),
    st.lists(st.tuples(INLINE, INLINE), min_size=2, max_size=3).map(
        lambda rows: "\n".join(
            [f"| {rows[0][0]} | {rows[0][1]} |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows[1:])]
        )
    ),
    INLINE.map(lambda words: f"> {words}"),
)
TEXTS = st.lists(BLOCK, min_size=1, max_size=6).map(lambda blocks: normalise("\n\n".join(blocks) + "\n"))


def check(markdown: str) -> None:
    back = there_and_back(markdown)
    assert words_of(back) == words_of(markdown)
    assert [level for level, _ in outline_of(back)] == [level for level, _ in outline_of(markdown)]


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
@given(TEXTS)
def test_any_text_comes_back_with_the_same_words(markdown):
    check(markdown)


@pytest.mark.deep
@settings(
    max_examples=3_000,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(TEXTS)
def test_any_text_comes_back_with_the_same_words_however_long_one_looks(markdown):
    check(markdown)
