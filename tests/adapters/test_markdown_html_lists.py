"""Lists nest as their writers indented them."""

from __future__ import annotations

import pytest

from consult.adapters.markdown_html.making import made


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("- a\n  - b\n    - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("- a\n    - b\n        - c\n- d", "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li><li>d</li></ul>"),
        ("1. a\n   - b\n   - c\n2. d", "<ol><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ol>"),
        ("10. a\n    - b\n11. c", '<ol start="10"><li>a<ul><li>b</li></ul></li><li>c</li></ol>'),
        ("1. a\n\n   b\n2. c", "<ol><li><p>a</p><p>b</p></li><li><p>c</p></li></ol>"),
        ("1. a\n\n   - b\n\n     c\n2. d", "<ol><li><p>a</p><ul><li><p>b</p><p>c</p></li></ul></li><li><p>d</p></li></ol>"),
        ("9.  a\n\n    a)  b\n\n    c\n\n10.  d", '<ol start="9"><li><p>a</p><p>a)  b</p><p>c</p></li><li><p>d</p></li></ol>'),
        ("- a\nb\n   c\n- d", "<ul><li>abc</li><li>d</li></ul>"),
        ("- a\n\n      b\n        c\n", "<ul><li>a<pre><code>b  c</code></pre></li></ul>"),
        ("* a\n\n\n* b\n\nc", "<ul><li><p>a</p></li><li><p>b</p></li></ul><p>c</p>"),
        ("- a\n\n  > b\n\n- c", "<ul><li><p>a</p><blockquote><p>b</p></blockquote></li><li><p>c</p></li></ul>"),
        ("- a\n\n  # b\n", "<ul><li><p>a</p><p><strong>b</strong></p></li></ul>"),
        ("1. a\n\n2. b\n\n    - c\n\n3. d", "<ol><li><p>a</p></li><li><p>b</p><ul><li>c</li></ul></li><li><p>d</p></li></ol>"),
        ("- a\n# b\n- c", "<ul><li>a</li></ul><h1>b</h1><ul><li>c</li></ul>"),
    ],
)  # fmt: skip
def test_a_list(source: str, expected: str):
    assert (made(source, "") or "").replace("\n", "") == expected
