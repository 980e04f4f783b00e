"""Markdown becomes the HTML readers get: our own rules on top of Markdown's."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given, settings

from consult.adapters.markdown_html import MarkdownHtml
from consult.domain.text import outline, plain
from tests.domain.text.markdown_texts import marked_up

REL = ' rel="nofollow noopener"'


@pytest.fixture(scope="module")
def renderer() -> Iterator[MarkdownHtml]:
    renderer = MarkdownHtml(workers=1)
    yield renderer
    renderer.close()


def html(renderer: MarkdownHtml, source: str, definitions: str = "") -> str:
    rendered = renderer.render(source, definitions=definitions)
    assert not rendered.fell_back
    assert rendered.plain == plain.plain_of(rendered.html)
    return rendered.html.replace("\n", "").replace(REL, "")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("", ""),
        ("Zażółć *gęślą* **jaźń**", "<p>Zażółć <em>gęślą</em> <strong>jaźń</strong></p>"),
        ("# A\ntext", "<h1>A</h1><p>text</p>"),
        ("#nie\n\n\\# nie", "<p>#nie</p><p># nie</p>"),
        ("A\n===\nb\nc\n---", "<h1>A</h1><p>bc</p><hr>"),
        ("> # A", "<blockquote><p><strong>A</strong></p></blockquote>"),
        ("a  \nb\\\nc", "<p>a<br>b<br>c</p>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("3. a\n4. b\n7. c", '<ol start="3"><li>a</li><li>b</li><li value="7">c</li></ol>'),
        ("2. a\n\nb\n\n5. c", '<ol start="2"><li>a</li></ol><p>b</p><ol start="5"><li>c</li></ol>'),
        ("1. a\n    - b\n    - c", "<ol><li>a<ul><li>b</li><li>c</li></ul></li></ol>"),
        ("| a | b |\n|---|--:|\n| c | d |", '<table><thead><tr><th>a</th><th align="right">b</th></tr></thead><tbody><tr><td>c</td><td align="right">d</td></tr></tbody></table>'),
        ("```js\n<b> # x\n```", "<pre><code>&lt;b&gt; # x</code></pre>"),
        ("```\n# x", "<p>```</p><h1>x</h1>"),
        ("---\ntitle: A\n---\nb", "<pre><code>---title: A---</code></pre><p>b</p>"),
        ("a<!-- b -->c\n\n<!--\n\n# d\n-->", "<p>ac</p>"),
        ("[a](http://x.pl) [b](mailto:a@b.pl) [c](#d)", '<p><a href="http://x.pl">a</a> <a href="mailto:a@b.pl">b</a> <a href="#d">c</a></p>'),
        ("[a](javascript:alert(1)) [b](//x.pl) [c](x.html) [d](data:text/html,x)", "<p><a>a</a> <a>b</a> <a>c</a> <a>d</a></p>"),
        ("[1](w brzmieniu z 2024 r.)", "<p>[1](w brzmieniu z 2024 r.)</p>"),
        ("<https://x.pl> <a@b.pl>", '<p><a href="https://x.pl">https://x.pl</a> <a href="mailto:a@b.pl">a@b.pl</a></p>'),
        ("![opis](http://x.pl/a.png)", '<p><a href="http://x.pl/a.png">opis</a></p>'),
        ("<img src=http://x.pl/a.png alt=opis onerror=alert(1)>", '<p><a href="http://x.pl/a.png">opis</a></p>'),
        ("m<sup>2</sup> <b onclick='x' id=y style='z'>b</b>", "<p>m<sup>2</sup> <b>b</b></p>"),
        ("<connection ID> <script>alert(1)</script>", "<p>&lt;connection ID&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<h2>a</h2>\n\nb <h3>c</h3>", "<p>a</p><p>b </p><p>c</p>"),
        ("AT&T &copy; &lt;", "<p>AT&amp;T © &lt;</p>"),
        ("a\x01b\x02c", "<p>a\ufffdb\ufffdc</p>"),
    ],
)  # fmt: skip
def test_markdown(renderer: MarkdownHtml, source: str, expected: str):
    assert html(renderer, source) == expected


def test_links_are_marked_as_not_vouched_for(renderer: MarkdownHtml):
    for source in (
        "[a](http://x.pl)",
        "<https://x.pl>",
        '<a href="http://x.pl" rel="opener">a</a>',
        "![a](http://x.pl)",
    ):
        assert 'rel="nofollow noopener"' in renderer.render(source).html


def test_a_footnote_mark_links_to_its_definition_and_is_no_part_of_the_text(renderer: MarkdownHtml):
    rendered = renderer.render("Słowo[^a.1], dalej[^b].", definitions="[^a.1]:\n")
    assert '<sup class="note-mark" data-generated=""><a href="#note-a.1"' in rendered.html
    assert rendered.plain == "Słowo, dalej[^b]."


def test_a_footnote_is_shown_where_it_was_written_with_its_label(renderer: MarkdownHtml):
    rendered = renderer.render("[^1]: Słowa\n    dalej\n\n    drugi akapit\n[^2]: Inny\n\nkoniec")
    assert '<div class="note" id="note-1">' in rendered.html
    assert '<span class="note-label" data-generated="">1. </span>Słowa' in rendered.html
    assert rendered.plain == "Słowa dalej\ndrugi akapit\nInny\nkoniec"


def test_links_find_their_definitions_in_the_document(renderer: MarkdownHtml):
    definitions = "[ustawa]: http://isap.pl 'Dziennik Ustaw'\n"
    assert html(renderer, "[Ustawa] i [tekst][ustawa]", definitions) == (
        '<p><a href="http://isap.pl" title="Dziennik Ustaw">Ustawa</a> i '
        '<a href="http://isap.pl" title="Dziennik Ustaw">tekst</a></p>'
    )
    assert html(renderer, "[Ustawa]") == "<p>[Ustawa]</p>"


def test_words_in_brackets_before_a_link_stay_words(renderer: MarkdownHtml):
    assert html(renderer, "[1] [tekst][u] [2] [u]", "[u]: http://x.pl\n") == (
        '<p>[1] <a href="http://x.pl">tekst</a> [2] <a href="http://x.pl">u</a></p>'
    )


def test_many_are_rendered_as_each_alone(renderer: MarkdownHtml):
    sources = ["# A\n\n[x]", "[^1]: b", "<script>"]
    definitions = "[x]: http://x.pl\n[^1]:\n"
    alone = [renderer.render(source, definitions=definitions) for source in sources]
    assert renderer.render_many(sources, definitions=definitions) == alone


def test_nothing_of_one_section_leaks_into_the_next(renderer: MarkdownHtml):
    renderer.render("[x]: http://x.pl\n\n[^1]: a\n\n<div>")
    assert html(renderer, "[x] [^1]") == "<p>[x] [^1]</p>"


@given(marked_up)
@settings(max_examples=150, deadline=None)
def test_a_heading_is_shown_exactly_where_a_section_begins(source: str):
    rendered = MarkdownHtml().render(source)
    shown = [int(part[0]) for part in rendered.html.split("<h")[1:] if part[0].isdigit()]
    assert shown == [piece.level for piece in outline.split(source) if piece.level]


@given(marked_up)
@settings(max_examples=100, deadline=None)
def test_sanitising_leaves_nothing_to_sanitise(source: str):
    from consult.adapters.markdown_html.sanitising import sanitised

    rendered = MarkdownHtml().render(source).html
    assert plain.plain_of(sanitised(rendered)) == plain.plain_of(rendered)


@pytest.mark.parametrize("ending", ["", "\n", "\n\n"])
@pytest.mark.parametrize("table", ["| a | b |\n|---|---|\n| 1 | 2 |", "| a |\n|---|\n| 1 |"])
def test_a_table_that_ends_the_source_has_the_rows_it_shows(table: str, ending: str) -> None:
    html = MarkdownHtml().render(table + ending).html
    assert html.count("<tr>") == 2
    assert html.count("<td>") == html.count("<th>")


def test_preformatted_blocks_come_from_fences_only_so_nothing_is_swallowed() -> None:
    html = MarkdownHtml().render("<pre>Organizacja\n\n> Cytat\n").html
    assert "<pre" not in html
    assert "&lt;pre&gt;Organizacja" in html
    assert "<blockquote>" in html
