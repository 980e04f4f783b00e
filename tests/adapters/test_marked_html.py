"""Marks and controls go into a rendered section and leave its words alone."""

from __future__ import annotations

import random
import re

import html5lib
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.adapters.markdown_html.making import made
from consult.adapters.marked_html import MarkedHtml
from consult.domain.text.plain import blocks, plain_of, read
from consult.domain.text.spans import Span
from consult.ports.rendering import BlockControl, Mark
from tests.domain.text.markdown_texts import marked_up
from tests.pace import within

decorate = MarkedHtml().decorate
HTML = (
    made(
        "# Tytuł *ważny*\n\nA **b** [c d](http://x.pl) e &amp; f\ng\n\n| h | i |\n|---|---|\n| j | k |\n\n- l\n- m\n",
        "",
    )
    or ""
)


def span_of(words: str, plain: str = "") -> Span:
    at = (plain or plain_of(HTML)).index(words)
    return Span(at, at + len(words))


def marked_words(html: str, ref: str) -> str:
    """What stands under the marks of `ref`, pieces joined by "|"."""
    pieces = re.findall(r'<mark[^>]* data-comments="([^"]*)">(.*?)</mark>', html, re.DOTALL)
    return "|".join(re.sub("<[^>]*>", "", words) for refs, words in pieces if ref in refs.split())


def test_words_are_wrapped_with_their_classes_and_refs():
    html = decorate(HTML, marks=[Mark(span_of("Tytuł"), "u1", ("mark", "mark--open"))])
    assert '<h1><mark id="slowa-u1" class="mark mark--open" data-comments="u1">Tytuł</mark> <em>' in html


def test_a_mark_goes_across_emphasis_links_cells_and_blocks_in_pieces():
    html = decorate(HTML, marks=[Mark(Span(0, len(plain_of(HTML))), "u1")])
    assert marked_words(html, "u1") == "Tytuł |ważny|A |b| |c d| e &amp; f\ng|h|i|j|k|l|m"
    assert html.count('id="slowa-u1"') == 1


def test_overlapping_marks_are_cut_and_carry_both_refs():
    html = decorate("<p>abcdef</p>", marks=[Mark(Span(0, 4), "u1", ("x",)), Mark(Span(2, 6), "u2", ("y",))])
    assert html == (
        '<p><mark id="slowa-u1" class="x" data-comments="u1">ab</mark>'
        '<mark id="slowa-u2" class="x y" data-comments="u1 u2">cd</mark>'
        '<mark class="y" data-comments="u2">ef</mark></p>'
    )


def test_every_ref_is_a_target_even_where_several_begin_together():
    html = decorate("<p>ab</p>", marks=[Mark(Span(0, 2), "u1 u2"), Mark(Span(0, 1), "u3")])
    assert sorted(re.findall(r'id="slowa-(\w+)"', html)) == ["u1", "u2", "u3"]


def test_a_link_follows_the_last_words_and_never_stands_in_a_link():
    marks = [
        Mark(span_of("b c"), "u1", href="/uwagi/1", label="Uwaga 1"),
        Mark(span_of("A b"), "u2", href="/uwagi/2", label="Uwaga 2"),
    ]
    html = decorate(HTML, marks=marks)
    assert ' d</a><a class="mark-link" data-generated="" href="/uwagi/1" aria-label="Uwaga 1"></a> e' in html
    assert '<a class="mark-link" data-generated="" href="/uwagi/2" aria-label="Uwaga 2"></a></strong>' in html


def test_controls_head_the_blocks():
    count = len(blocks(HTML))
    html = decorate(
        HTML, controls=[BlockControl(n, f"/akapit/{n}", "+", f"Skomentuj akapit {n}") for n in range(count)]
    )
    heads = re.findall(
        r'<(\w+)><a class="pn" data-generated="" href="/akapit/(\d)" aria-label="Skomentuj akapit \d">\+</a>',
        html,
    )
    assert heads == [("h1", "0"), ("p", "1"), ("th", "2"), ("td", "3"), ("li", "4"), ("li", "5")]


def test_what_is_put_in_is_escaped():
    html = decorate(
        "<p>a</p>",
        marks=[Mark(Span(0, 1), 'u"<', ('x"<',), '/"<', '"<')],
        controls=[BlockControl(0, '/"<', "<", '"<')],
    )
    assert plain_of(html) == "a"
    assert html.count("<") == len(re.findall(r'<(/?)(p|a|mark)( [\w-]+="[^"<]*")*>', html))


@pytest.mark.parametrize("span", [Span(3, 3), Span(900, 950)])
def test_what_marks_no_words_marks_nothing(span: Span):
    assert decorate(HTML, marks=[Mark(span, "u1", href="/x")]) == HTML


def test_a_mark_is_cut_round_what_was_generated_between_its_words():
    html = '<p>ab<sup data-generated=""><a href="#note-1">1</a></sup>cd</p>'
    decorated = decorate(html, marks=[Mark(Span(1, 3), "u1")])
    assert marked_words(decorated, "u1") == "b|c"


def test_a_mark_beyond_the_end_goes_to_the_end():
    assert decorate("<p>ab</p>", marks=[Mark(Span(1, 99), "u1")]).endswith("b</mark></p>")


def test_an_ordinal_beyond_the_last_block_is_left_out():
    assert decorate(HTML, controls=[BlockControl(99, "/", "+", "x")]) == HTML


spans = st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), max_size=6)


@given(marked_up, spans)
@settings(max_examples=200, deadline=None)
def test_plain_text_and_blocks_stay_and_tags_nest(source: str, places: list[tuple[int, int]]):
    html = made(source, "") or ""
    plain = plain_of(html)
    marks = [
        Mark(Span(at, at + size), f"u{n}", ("m",), f"/{n}", f"{n}") for n, (at, size) in enumerate(places)
    ]
    controls = [BlockControl(n, f"/{n}", "+", f"{n}") for n in range(len(blocks(html)))]
    decorated = decorate(html, marks=marks, controls=controls)
    assert plain_of(decorated) == plain
    assert blocks(decorated) == blocks(html)
    assert_nests(decorated)
    for n, mark in enumerate(marks):
        expected = re.sub(r"\s", "", mark.span.of(plain))
        assert re.sub(r"[\s|]", "", plain_of(marked_words(decorated, f"u{n}"))) == re.sub(
            r"[\s|]", "", expected
        )


def assert_nests(html: str) -> None:
    open_tags: list[str] = []
    for closes, name in re.findall(r"<(/?)([a-z][a-z0-9]*)(?:[^<>\"]|\"[^\"]*\")*>", html):
        if closes:
            assert open_tags.pop() == name
        elif name not in ("br", "hr"):
            assert not (name == "a" and "a" in open_tags)
            open_tags.append(name)
    assert not open_tags


def test_a_browser_reads_the_same_structure():
    html = decorate(HTML, marks=[Mark(Span(2, 30), "u1", href="/x", label="x"), Mark(Span(8, 16), "u2")])
    tree = html5lib.parseFragment(html, namespaceHTMLElements=False)
    assert len(tree.findall(".//mark")) == html.count("<mark")
    assert len(tree.findall(".//a")) == html.count("<a ")


def test_runs_are_found_quickly_in_a_large_text():
    html = made("słowo &amp; *słowo*\n\n" * 1500, "") or ""
    length = len(read(html).plain)
    chance = random.Random(1)
    marks = [
        Mark(Span(at, at + 40), f"u{n}", ("m",), "/x", "x")
        for n in range(1000)
        for at in [chance.randrange(length)]
    ]
    with within(1):
        decorated = decorate(html, marks=marks)
    assert plain_of(decorated) == plain_of(html)


def test_what_belongs_on_one_line_is_kept_together_under_marks_too() -> None:
    html = decorate("<p>zgodnie z art. 5 i w domu</p>", marks=[Mark(Span(0, 16), "u1")])
    assert '<mark id="slowa-u1" data-comments="u1">zgodnie <span class="nb">z art. 5</span></mark>' in html
    assert ' <span class="nb">i w domu</span></p>' in html


@pytest.mark.parametrize(
    "html",
    ["<pre><code>w domu</code></pre>", '<p title="w > w domu">x</p>', '<p><a href="/w domu">w domu</a></p>'],
)
def test_code_links_and_attributes_are_left_as_they_are(html: str) -> None:
    assert decorate(html) == html


@given(marked_up)
def test_keeping_words_together_changes_no_plain_text(source: str) -> None:
    html = made(source, "") or ""
    assert plain_of(decorate(html)) == plain_of(html)
