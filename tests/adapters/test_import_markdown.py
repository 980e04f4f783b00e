"""A Markdown file comes in exactly as it is, with remarks on what will look different than meant."""

from __future__ import annotations

import pytest

from consult.adapters.import_markdown import MarkdownReader
from consult.domain.errors import InvalidInput
from consult.domain.text.normalise import normalise
from consult.ports.imports import ImportedText, Remark
from tests.pace import within


def read(text: str | bytes, **options) -> ImportedText:
    content = text.encode() if isinstance(text, str) else text
    return MarkdownReader(**options).read(content, filename="projekt.md")


def code_of(content: bytes, **options) -> str:
    with pytest.raises(InvalidInput) as refused:
        read(content, **options)
    assert refused.value.facts["field"] == "file"
    return refused.value.code


def remarks(text: str) -> dict[str, int]:
    return {each.code: each.count for each in read(text).remarks}


class TestText:
    @pytest.mark.parametrize(
        "text",
        [
            "# Cele\n\nSłowa  \n\n\n",
            "\ufeff# Cele\r\nSłowa\rdalej",
            "---\ntitle: x\n---\n\nz\u0301 שלום \u202e\u200b👩‍👩‍👧\n",
            "bez końca wiersza",
            "\ufeff\ufeffdwa znaczniki",
            "tab\ti \x0cstrona",
        ],
    )
    def test_equals_the_normalised_file(self, text):
        assert read(text).source == normalise(text)

    def test_in_utf_16_is_read(self):
        assert read("# Cele\n".encode("utf-16")).source == "# Cele\n"

    def test_is_titled_by_its_first_heading_with_words(self):
        assert read("wstęp\n\n#\n\nCele *gminy*\n====\n\n# Dalej\n").title == "Cele gminy"
        assert read("bez nagłówka").title == ""


class TestRefusals:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "invalid.file_empty"),
            (b"\xef\xbb\xbf \n\n", "invalid.file_empty"),
            ("zażółć".encode("cp1250"), "invalid.file_encoding"),
            (b"a\x00b", "invalid.control_characters"),
            (b"PK\x03\x04...", "invalid.file_not_text"),
            (b"%PDF-1.7", "invalid.file_not_text"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "invalid.file_not_text"),
        ],
    )
    def test_name_what_is_wrong(self, content, code):
        assert code_of(content) == code

    def test_name_the_limit_of_a_large_file(self):
        assert code_of(b"x" * 101, largest=100) == "invalid.file_too_large"


class TestRemarks:
    def test_say_nothing_of_plain_text(self):
        assert (
            remarks(
                "# Cele\n\n## Zdrowie\n\n- a < b i c > d\n- <https://example.org> <a@b.pl>\n\n1\\. \\<b>\n"
            )
            == {}
        )

    def test_count_raw_html_outside_code(self):
        text = "<div>\nx</div>\n\nSłowo <b>grube</b> `<i>` <!-- uwaga -->\n\n```\n<p>\n```\n\n    <kod>\n"
        assert read(text).remarks == (Remark("raw_html", 5, "<div>"),)

    def test_count_images(self):
        found = read("![mapa](https://x.pl/m.png) ![a][b] <img src=x> `![kod](y)`\n").remarks
        assert found == (Remark("remote_images", 3, "![mapa](https://x.pl/m.png)"),)

    def test_count_skipped_levels_and_empty_headings(self):
        text = "## Pierwszy może być głęboki\n\n#### Skok\n\n# Wstecz\n\n##\n\n##### Skok drugi\n"
        assert remarks(text) == {"skipped_levels": 2, "empty_headings": 1}

    @pytest.mark.parametrize("sign", ["`", "<", "<a ", "![", "![a](", "<!--", "` a", "`` `"])
    def test_cost_no_more_than_the_length_of_hostile_text(self, sign):
        with within(5):
            read(sign * (400_000 // len(sign)))
