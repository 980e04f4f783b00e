"""Whatever is written, the page gets no script, no handler, no style and no address that runs code."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import html5lib
import pytest

from consult.adapters.markdown_html.making import as_written, made
from tests.real_data import real_data

TAG_NAMES = """
    a abbr b blockquote br caption cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i ins kbd li ol p pre q
    s small span strong sub sup table tbody td tfoot th thead tr u ul var
"""
TAGS = frozenset(TAG_NAMES.split())
ATTRIBUTES = frozenset(
    ["href", "title", "rel", "start", "value", "align", "colspan", "rowspan", "class", "id", "data-generated"]
)
ADDRESS = re.compile(r"(https?://|mailto:|#)", re.IGNORECASE)
FORMS = (
    "{}", "słowa {} słowa", "[x]({})", '<a href="{}">x</a>', "<b {}>x</b>", "![{}]({})", "> {}", "- {}", "`{}`",
    "<div>\n{}\n</div>", "[x]: {}\n\n[x]", "<{}>", "# {}", "[^1]: {}", "| {} |\n|---|\n| {} |",
)  # fmt: skip


def lines_of_attack() -> list[str]:
    known = real_data("attack", "xss.txt").read_text("utf-8", "replace").splitlines()
    cases = json.loads(real_data("attack", "dompurify.json").read_text())
    return [*known, *(case["payload"] for case in cases)]


def assert_harmless(html: str, source: str) -> None:
    for element in html5lib.parseFragment(html, namespaceHTMLElements=False).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        assert element.tag in TAGS, (element.tag, source)
        for name, value in element.attrib.items():
            assert name in ATTRIBUTES, (name, source)
            if name == "href":
                assert ADDRESS.match(value), (value, source)
            if name == "id":
                assert value.startswith("note-"), (value, source)


def written(line: str, form: str) -> str:
    return form.replace("{}", line)


def outcomes(lines: list[str], forms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for line in lines:
        for form in forms:
            source = written(line, form)
            yield made(source, "") or as_written(source), source


def test_a_sample_of_known_attacks_does_nothing():
    lines = lines_of_attack()
    sample = [line for number, line in enumerate(lines) if number % 61 == 0 or len(line) < 12]
    for html, source in outcomes(sample, FORMS[:6]):
        assert_harmless(html, source)


@pytest.mark.deep
@pytest.mark.parametrize("form", FORMS)
def test_no_known_attack_does_anything(form: str):
    for html, source in outcomes(lines_of_attack(), (form,)):
        assert_harmless(html, source)


@pytest.mark.deep
def test_naughty_strings_are_shown():
    for line in json.loads(real_data("attack", "blns.json").read_text()):
        html = made(line, "")
        assert html is not None
        assert_harmless(html, line)


def test_text_shown_as_typed_does_nothing_either():
    for line in lines_of_attack()[::200]:
        assert_harmless(as_written(f"# {line}\n\n{line}"), line)
