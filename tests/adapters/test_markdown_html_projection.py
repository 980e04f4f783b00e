"""Rendered text and its source are joined character by character, on generated Markdown and on real texts."""

from __future__ import annotations

import gzip
import json
import random
import re
from collections.abc import Callable, Iterator
from itertools import count

import pytest

from consult.adapters.markdown_html import MarkdownHtml
from consult.adapters.markdown_html.making import made
from consult.domain.text import markup, outline
from consult.domain.text.plain import plain_of
from consult.domain.text.projection import Projection, project
from tests.real_data import real_data


def words(chance: random.Random) -> str:
    """One to four words still to be filled in."""
    return " ".join("@" * chance.randint(1, 4))


INLINE: list[Callable[[str], str]] = [
    "{}".format, "**{}**".format, "*{}*".format, "@*@*@{}".format, "[{}](http://@.pl/@)".format, '[{}](http://@.pl "@ @")'.format,
    "`{}`".format, "<b>{}</b>".format, "<http://@.pl> {}".format, "{}[^@n]".format, "[{}][@l]".format, "{} &amp; @".format,
    "\\*{}\\*".format, "<!-- @ @ -->{}".format, "![{}](http://@/@.png)".format, "<@ {}> @".format, "({}).".format,
    "__{}__".format, "@_@_{}".format, "{}\n@".format, "{}  \n@".format, "[{}]".format, "* {}".format, "<@> {}".format,
]  # fmt: skip
BLOCKS: list[Callable[[str, str], str]] = [
    "- {}\n- {}\n\n    @".format, "1. {}\n4. {}\n    - @".format, "> {}\n> {}".format,
    "| {} | {} |\n|---|---|\n| @ | |\n| **@** | @ |".format, "```@\n{}\n  {}\n```".format, "    {}\n      {}".format,
    "[^@n]: {}\n    {}".format, '[@l]: http://@ "@"\n\n{} {}'.format, "### {} {} ###".format, "{} {}\n===".format,
    "<!-- {}\n\n{} -->".format, '<div title="{}">{}</div>'.format, "***\n\n{} {}".format, "---\n{} {}".format,
]  # fmt: skip


def outlines_of_text(seed: int, number: int) -> Iterator[str]:
    """Markdown with "@" for every word."""
    chance = random.Random(seed)
    for _ in range(number):
        blocks: list[str] = []
        for _ in range(chance.randint(1, 5)):
            if chance.random() < 0.5:
                blocks.append(
                    " ".join(chance.choice(INLINE)(words(chance)) for _ in range(chance.randint(1, 5)))
                )
            else:
                blocks.append(chance.choice(BLOCKS)(words(chance), words(chance)))
        yield "\n\n".join(blocks)


def filled(text: str, *, alike: bool) -> str:
    """The text with words of four letters, all different or all alike; labels are always alike."""
    text = re.sub("@(?=[nl])", "aaaa", text)
    numbers = count()

    def word(_: re.Match[str]) -> str:
        return "aaaa" if alike else "".join("abcdefghij"[int(digit)] for digit in f"{next(numbers):04}")

    return re.sub("@", word, text)


def assert_every_letter_has_its_place(projection: Projection) -> None:
    """Every character but separators is its source character, or stands for an escape or a reference."""
    reached = 0
    for position, sign in enumerate(projection.plain):
        place, length = projection.places[position], projection.lengths[position]
        assert reached <= place
        reached = place + length
        if not sign.isspace():
            where = projection.plain[max(0, position - 30) : position + 30]
            assert projection.is_exact(position) or (length > 1 and projection.source[place] in "\\&"), where


def assert_repetition_changes_nothing(text: str) -> None:
    """Words that are all alike are found in the same places as words that are all different."""
    different, alike = filled(text, alike=False), filled(text, alike=True)
    one = project(different, plain_of(made(different, "") or ""))
    two = project(alike, plain_of(made(alike, "") or ""))
    if len(one.plain) == len(two.plain):  # repeated labels may render otherwise
        letters = [position for position, sign in enumerate(one.plain) if sign.isalnum()]
        assert [one.places[at] for at in letters] == [two.places[at] for at in letters], alike


def test_repeated_words_are_told_apart():
    for text in outlines_of_text(seed=7, number=150):
        assert_repetition_changes_nothing(text)


@pytest.mark.deep
def test_repeated_words_are_told_apart_in_thousands_of_texts():
    for text in outlines_of_text(seed=8, number=20_000):
        assert_repetition_changes_nothing(text)


def test_every_letter_of_generated_markdown_has_its_place():
    for text in outlines_of_text(seed=9, number=200):
        source = filled(text, alike=True)
        assert_every_letter_has_its_place(project(source, plain_of(made(source, "") or "")))


def real_texts(name: str, number: int) -> list[str]:
    with gzip.open(real_data("revisions", f"{name}.sample.jsonl.gz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line)["new"] for line, _ in zip(lines, range(number), strict=False)]


def assert_text_has_its_places(text: str) -> None:
    renderer = MarkdownHtml(workers=1)
    pieces = outline.split(text)
    sources = [piece.source for piece in pieces]
    for source, rendered in zip(
        sources, renderer.render_many(sources, definitions=markup.definitions(sources)), strict=True
    ):
        assert not rendered.fell_back
        assert_every_letter_has_its_place(project(source, rendered.plain))
    renderer.close()


@pytest.mark.parametrize("name", ["ch", "de_bundestag", "ee", "quic"])
def test_every_letter_of_a_real_text_has_its_place(name: str):
    for text in real_texts(name, 4):
        assert_text_has_its_places(text)


@pytest.mark.deep
@pytest.mark.parametrize("name", ["ch", "de_bundestag", "ee", "quic"])
def test_every_letter_of_all_real_texts_has_its_place(name: str):
    for text in real_texts(name, 1000):
        assert_text_has_its_places(text)


def test_every_letter_of_the_constitution_has_its_place():
    articles = json.loads(real_data("polish", "konstytucja.articles.json").read_text("utf-8"))
    assert_text_has_its_places("\n\n".join(f"## Art. {one['id']}\n\n{one['text']}" for one in articles))
