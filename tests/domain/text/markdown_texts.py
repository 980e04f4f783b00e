"""Hypothesis strategies for Markdown as people and attackers write it."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st

sampled = settings(max_examples=40, deadline=None)  # the room of pure tests stays quick

WORDS = [
    "Organizacja",
    "gmina",
    "środki",
    "§ 5",
    "art. 12",
    "1000 zł",
    "ust. 3",
    "żółć",
    "a",
    "𝔘",
    "e\u0301",
    "zł.",
]
SIGNS = [
    "*",
    "**",
    "_",
    "`",
    "``",
    "[",
    "]",
    "](x)",
    "![",
    "<",
    ">",
    "&amp;",
    "&",
    "\\",
    "\\*",
    "|",
    "[^1]",
    "<b>",
]
LINE_STARTS = [
    "", "", "", "# ", "## ", "###", "#", "> ", "- ", "* ", "1. ", "2. ", "10) ", "    ", "  ", "\t", "```", "~~~~",
    "===", "---", "<div>", "</div>", "<!--", "-->", "<pre>", "</pre>", "| a | b |", "|---|---|", "[^1]: ", "[a]: http://x",
]  # fmt: skip

words = st.lists(st.sampled_from([*WORDS, *WORDS, *SIGNS]), max_size=6).map(" ".join)
lines = st.tuples(st.sampled_from(LINE_STARTS), words).map("".join)
marked_up = st.lists(lines, max_size=12).map("\n".join)
anything = st.one_of(marked_up, st.text(max_size=60))
