"""What is typed is put right where it is prose, and nowhere else; the editor's script is held to the same table."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.domain.text.typography import put_right, typeset

CASES = json.loads((Path(__file__).parent / "typing_cases.json").read_text())

PIECES = st.sampled_from(
    [
        '"',
        " ",
        "-",
        "--",
        "słowo",
        "\n",
        "`",
        "```",
        "~~~",
        "    ",
        "1. ",
        "- ",
        "> ",
        "|",
        "(",
        ")",
        "[",
        "]",
        ":",
        "](",
        "<a ",
        ">",
        "https://",
        "**",
        "_",
        "„",
        "”",
        "«",
        "»",
        "\\",
        "15",
        "#",
    ]
)
TEXTS = st.lists(PIECES, max_size=40).map("".join)


def typed_by_hand(text: str, language: str) -> str:
    """Sign by sign, each time with everything that stands before it."""
    done = ""
    for sign in text:
        found = put_right(done, sign, language)
        done = done + sign if found is None else done[: len(done) - found[0]] + found[1]
    return done


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["typed"][:30])
def test_what_is_typed_reads_as_it_should(case: dict[str, str]) -> None:
    language = case.get("language", "pl")
    assert typed_by_hand(case["typed"], language) == case["reads"]
    assert typeset(case["typed"], language) == case["reads"]


@given(TEXTS)
def test_a_text_at_once_is_the_text_sign_by_sign(text: str) -> None:
    assert typeset(text) == typed_by_hand(text, "pl")


@given(TEXTS)
def test_only_marks_and_hyphens_change_and_nothing_else(text: str) -> None:
    def bare(words: str) -> str:
        return re.sub('[„”«»"]', '"', re.sub("(?<= )(?:---|--|-|—|–)(?= )", "-", words))

    assert bare(typeset(text)) == bare(text)


@given(TEXTS)
def test_code_stays_as_it_was_typed(text: str) -> None:
    code = text.replace("`", "").replace("~", "")
    fenced = f"````\n{code}\n````"
    assert typeset(fenced) == fenced
