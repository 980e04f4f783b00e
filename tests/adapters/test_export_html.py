"""A text as one page that works by itself: well-formed, accessible, safe, fit to print."""

from __future__ import annotations

import re
from itertools import pairwise

import html5lib
import pytest

from consult.adapters.export_html import HtmlWriter
from consult.domain.text.plain import plain_of
from tests.adapters.exported_texts import exported, plain_of_sections

MARKDOWN = (
    "Wstęp.\n\n# Cele\n\nSłowa[^1].\n\n#### Głęboko\n\n## Środki <dotacja> & „inne”\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    "# Art. 7\n\nDalej.\n\n[^1]: Przypis.\n"
)


def page(markdown: str, **changes) -> str:
    return HtmlWriter().write(exported(markdown, **changes)).decode()


def tree(markdown: str, **changes):
    """The page as a browser reads it; any parse error fails."""
    parser = html5lib.HTMLParser(strict=False, namespaceHTMLElements=False)
    document = parser.parse(page(markdown, **changes))
    assert [error for error in parser.errors if error[1] != "unexpected-end-tag-implies-table-voodoo"] == []
    return document


def words(element) -> str:
    return "".join(element.itertext()).strip()


def headings(document) -> list[tuple[str, str]]:
    return [(each.tag, words(each)) for each in document.iter() if re.fullmatch("h[1-6]", str(each.tag))]


class TestPage:
    def test_is_well_formed_and_says_its_language_and_title(self):
        document = tree(MARKDOWN)
        assert document.get("lang") == "pl"
        assert words(document.find("head/title")) == "Standard dostępności"
        assert headings(document)[0] == ("h1", "Standard dostępności")

    def test_has_one_first_heading_and_skips_no_level_whatever_the_text_does(self):
        levels = [int(name[1]) for name, _ in headings(tree(MARKDOWN))]
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_says_where_headings_stand_that_html_has_no_name_for(self):
        deep = "\n\n".join(f"{'#' * level} Poziom {level}" for level in range(1, 7))
        last = list(tree(deep).iter("h6"))[-1]
        assert last.get("aria-level") == "7"

    def test_shows_what_it_is_at_the_top_and_the_bottom(self):
        document = tree(MARKDOWN)
        top, bottom = words(document.find("body/header")), words(document.find("body/footer"))
        for said in (
            "Gmina Przykładowa",
            "Wersja 2",
            "4 maja 2026 r., godz. 14.30",
            "sha256:0123abcd",
            "https://konsultacje.example.org",
        ):
            assert said in top
        for said in ("sha256:0123abcd", "4 maja 2026 r., godz. 14.30"):
            assert said in bottom

    def test_lists_its_sections_as_an_outline_of_links(self):
        document = tree(MARKDOWN)
        contents = document.find("body/nav")
        links = [(words(each), each.get("href").removeprefix("#")) for each in contents.iter("a")]
        assert [said for said, _ in links] == ["Cele", "1 Głęboko", "2 Środki <dotacja> & „inne”", "Art. 7"]
        known = {each.get("id") for each in document.iter()}
        assert {target for _, target in links} <= known
        assert [words(each) for each in contents.find("ol").findall("li/a")] == ["Cele", "Art. 7"]

    def test_says_every_word_of_the_text_once_and_in_order(self):
        body = page(MARKDOWN).split('<main id="text">')[1].split("</main>")[0]
        assert plain_of(body).split() == " ".join(plain_of_sections(MARKDOWN)).split()

    def test_uses_no_identifier_twice(self):
        twice = "# A\n\nx[^1]\n\n[^1]: a\n\n# B\n\n[^1]: b\n"
        identifiers = re.findall(r' id="([^"]+)"', page(twice))
        assert len(identifiers) == len(set(identifiers))

    def test_leads_from_notes_to_their_definitions(self):
        document = tree(MARKDOWN)
        targets = {
            each.get("href").removeprefix("#")
            for each in document.iter("a")
            if each.get("href").startswith("#note-")
        }
        assert targets
        assert targets <= {each.get("id") for each in document.iter()}

    def test_is_the_same_every_time(self):
        assert page(MARKDOWN) == page(MARKDOWN)

    def test_speaks_the_language_of_the_text(self):
        english = page("# A\n\n# B\n", language="en")
        assert '<html lang="en">' in english
        assert "Contents" in english
        assert "Spis treści" not in english


class TestSafety:
    def test_needs_nothing_from_elsewhere(self):
        found = page(MARKDOWN + "\n![obraz](https://x.pl/m.png) <img src=https://x.pl/y.png>\n")
        assert "<script" not in found
        for element in tree(MARKDOWN).iter():
            assert str(element.tag) not in {"script", "link", "img", "iframe", "object"}
            assert not {"src", "srcset", "style", "onload", "onclick"} & set(element.attrib)
        assert "url(" not in found
        assert "@import" not in found
        assert "default-src 'none'" in found

    @pytest.mark.parametrize("field", ["title", "host", "state", "checksum", "address", "language"])
    def test_shows_what_looks_like_markup_as_words(self, field):
        found = page("# A\n\n# B\n", **{field: '"><script>alert(1)</script>'})
        assert "<script>" not in found
        assert "&lt;script&gt;" in found

    def test_links_only_to_web_addresses(self):
        assert 'href="javascript' not in page("# A\n", address="javascript:alert(1)")

    def test_survives_a_text_without_headings_or_words(self):
        assert words(tree("").find("body/header/h1")) == "Standard dostępności"
        assert tree("Same słowa.\n").find("body/nav") is None
        assert all(said for _, said in headings(tree("#\n\n##\n\n# Cele\n")))
