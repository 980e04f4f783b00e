"""A text as Markdown is the text."""

from __future__ import annotations

import pytest

from consult.adapters.export_markdown import MarkdownWriter
from tests.adapters.exported_texts import exported


@pytest.mark.parametrize(
    "markdown", ["", "# Cele\n\n\nSłowa  \n---\n\n## \n", "bez końca", "---\na: b\n---\n\n\n# x\n\tkod\n"]
)
def test_the_file_is_the_text_to_the_last_sign(markdown):
    assert MarkdownWriter().write(exported(markdown)).decode() == markdown
