"""Whatever words stand in a Word file, a reader of our pages gets the same words in the same order."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consult.adapters.import_files import DocxReader
from consult.adapters.markdown_html import MarkdownHtml
from consult.domain.errors import InvalidInput
from consult.domain.text.outline import split
from tests.adapters.word_files import (
    abstract_list,
    level,
    list_of,
    numbered,
    paragraph,
    run,
    table,
    tabled,
    word_file,
)

NUMBERING = (
    abstract_list(0, *(level(depth, "decimal", f"%{depth + 1}.") for depth in range(3)))
    + abstract_list(1, *(level(depth, "bullet", "•") for depth in range(3)))
    + abstract_list(2, *(level(depth, "lowerLetter", f"%{depth + 1})") for depth in range(3)))
    + list_of(1, 0)
    + list_of(2, 1)
    + list_of(3, 2)
)
BREAK = "<w:r><w:br/></w:r>"

signs = st.text("*_#[](){}<>|\\`~-+=.!&;:^\"'0123456789 ab żÓ", max_size=12)
written = st.text(st.characters(exclude_categories=("Cc", "Cs", "Cn")), max_size=8)
words = st.one_of(
    signs,
    written,
    st.sampled_from(
        [
            "1. ",
            "- ",
            "# ",
            "    ",
            "---",
            "===",
            "> ",
            "[^1]",
            "[^1]: x",
            "<br>",
            "</p>",
            "&amp;",
            "http://a.b/_c_",
            "~~~",
            "| --- |",
            "<!--",
            "![x](y)",
        ]
    ),
)
looks = st.sampled_from(
    ["", "", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:strike/>", '<w:vertAlign w:val="superscript"/>']
)
runs = st.lists(st.one_of(st.tuples(words, looks), st.just((BREAK, ""))), min_size=1, max_size=5)
blocks = st.lists(
    st.tuples(
        st.sampled_from(["plain", "heading", "figures", "bullets", "nested", "letters", "table"]), runs
    ),
    min_size=1,
    max_size=6,
)


def spoken(content) -> str:
    """The words of some runs as a person reads them."""
    return "".join(" " if said == BREAK else said for said, _ in content)


def typeset(content) -> list[str]:
    return [BREAK if said == BREAK else run(said, look) for said, look in content]


def block(kind: str, content) -> str:
    inside = typeset(content)
    if kind == "heading":
        return paragraph(*inside, style="Heading2")
    if kind == "figures":
        return numbered(*inside, number=1)
    if kind == "bullets":
        return numbered(*inside, number=2)
    if kind == "nested":
        return numbered(*inside, number=2, level=1)
    if kind == "letters":
        return numbered(*inside, number=3, level=1)
    if kind == "table":
        return table((tabled(paragraph(*inside)), "x|y"), ("z", tabled(paragraph(*inside))))
    return paragraph(*inside)


def expected(kind: str, content) -> str:
    said = spoken(content)
    return f"{said} x|y z {said}" if kind == "table" else said


def one_spaced(said: str) -> list[str]:
    return unicodedata.normalize("NFC", said.replace("\ufeff", "")).split()


@pytest.fixture(scope="module")
def renderer():
    rendering = MarkdownHtml()
    yield rendering
    rendering.close()


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks)
def test_words_come_back(renderer, content):
    check(renderer, content)


@pytest.mark.deep
@settings(max_examples=20_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(blocks)
def test_words_come_back_however_long_one_looks(renderer, content):
    check(renderer, content)


def check(renderer, content) -> None:
    said: list[str] = []
    letters = iter("abcdefghij")
    for kind, inside in content:
        words = one_spaced(expected(kind, inside))
        if kind == "letters":
            label = f"{next(letters)})"
            words = [label, *words] if words else []
        said += words
    file = word_file("".join(block(kind, inside) for kind, inside in content), numbering=NUMBERING)
    try:
        text = DocxReader().read(file, filename="projekt.docx")
    except InvalidInput as refused:
        if refused.code == "invalid.file_empty" and not said:
            return
        raise
    shown = renderer.render(text.source).plain
    figures = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾", "0123456789+-=()")
    assert "".join(one_spaced(shown)).translate(figures) == "".join(said).translate(figures)
    # where the words are not glued together by looks that begin or end in them, spaces agree as well
    if all(look == "" for _, inside in content for _, look in inside):
        assert one_spaced(shown) == said
    headings = [kind for kind, inside in content if kind == "heading" and spoken(inside).strip()]
    assert [piece.level for piece in split(text.source) if piece.level] == [2] * len(headings)
