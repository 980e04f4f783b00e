"""Plain text is what a reader selects: one line feed between blocks, one tab between cells, nothing generated."""

from __future__ import annotations

import pytest

from consult.domain.text.plain import blocks, plain_of, read


@pytest.mark.parametrize(
    ("html", "plain"),
    [
        ("", ""),
        ("<p>a</p>\n<p>b</p>", "a\nb"),
        ("<h2>a</h2><div><p>b</p></div>", "a\nb"),
        ("<p> a\n  soft\tbreak </p>", "a soft break"),
        ("<p>a <em> b</em> <strong>c</strong></p>", "a b c"),
        ("<p>w<em>or</em>d</p>", "word"),
        ("<p>a<br>\nb<br><br>c</p>", "a\nb\nc"),
        ("<p>a<br></p><p>b</p>", "a\nb"),
        ("<p>a &amp; b &lt;c&gt; &quot;d&quot; &amp;lt;</p>", 'a & b <c> "d" &lt;'),
        ("<p>a&nbsp;b\u00a0 c</p>", "a\u00a0b\u00a0 c"),
        ("<ul>\n<li>a</li>\n<li><p>b</p>\n<ul>\n<li>c</li>\n</ul>d</li></ul>", "a\nb\nc\nd"),
        ("<table><thead><tr>\n<th>a</th>\n<th>b</th></tr></thead><tbody><tr><td>c</td><td>d</td></tr></tbody></table>", "a\tb\nc\td"),
        ("<table><tr><td>a</td><td></td><td>b</td></tr><tr><td></td><td>c</td></tr></table>", "a\tb\nc"),
        ("<table><tr><td><p>a</p><p>b</p></td><td><p>c</p></td></tr></table>", "a\nb\tc"),
        ("<pre><code>\n\n  a\n\n    b  c\n</code></pre>\n<p>d</p>", "  a\n\n    b  c\nd"),
        ("<pre>  <b>a</b>\n  b &amp;\n\n</pre>c", "  a\n  b &\nc"),
        ("<pre> \n </pre><p>a</p>", "a"),
        ('<p><span data-generated="">1. </span>a<sup class="x" data-generated=""><a href="#n">1</a><br></sup>, b</p>', "a, b"),
        ('<p title="data-generated">a</p>', "a"),
        ('<p><a href="x>y" title="&quot;">a</a></p>', "a"),
        ("<p>a</p><hr><p></p><p>b</p>", "a\nb"),
        ("text <p>p</p> tail", "text\np\ntail"),
    ],
)  # fmt: skip
def test_what_is_read(html: str, plain: str):
    assert plain_of(html) == plain


def test_blocks_cover_the_text_but_for_its_separators():
    html = "<h1>a b</h1><p>c<br>d</p><table><tr><td>e</td><td>f</td></tr></table><pre>g\nh</pre>"
    plain = plain_of(html)
    assert [span.of(plain) for span in blocks(html)] == ["a b", "c\nd", "e\tf", "g\nh"]


def test_nothing_has_no_blocks():
    assert blocks("<p> </p>") == ()


def test_every_block_begins_behind_its_innermost_boundary():
    html = "<ul><li>a<p>b</p>c</li></ul><table><tr><td></td><td><p><em>d</em></p></td></tr></table>"
    assert [html[place:][:6] for place in read(html).block_starts] == ["a<p>b<", "b</p>c", "c</li>", "<em>d<"]


def test_runs_say_where_every_letter_stands():
    html = "<p>a  &amp;\nb <em>c</em> d</p>\n<p>e</p>"
    reading = read(html)
    found = {}
    for run in reading.runs:
        stretch = html[run.html_start : run.html_end]
        plain = reading.plain[run.plain_start : run.plain_end]
        assert len(stretch) == len(plain) or len(plain) == 1
        found.update(dict.fromkeys(range(run.plain_start, run.plain_end), stretch))
    assert [place for place in range(len(reading.plain)) if place not in found] == [reading.plain.index("\n")]
