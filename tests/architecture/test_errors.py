"""Whatever the core refuses has a status and a sentence people understand, in both languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from consult.web.shared import errors
from tests.architecture.error_codes import FAMILIES, Raised, raised
from tests.real_data import REPOSITORY

TRANSLATIONS = REPOSITORY / "consult" / "web" / "translations" / "pl" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")

RAISED = raised()
CODES = sorted({found.code for found in RAISED})


@pytest.fixture(scope="module")
def polish() -> Catalog:
    with (TRANSLATIONS / "messages.po").open("rb") as file:
        return read_po(file, locale="pl")


def msgid(code: str) -> str:
    """The English sentence of a code, as it stands in the catalogue."""
    lazy = errors.WORDINGS[code]
    return str(lazy._args[0]) if hasattr(lazy, "_args") else str(lazy)


def test_the_codes_were_found() -> None:
    assert {"invalid.comment_empty", "not_permitted.edit_draft", "invalid.file_encrypted"} <= set(CODES)


@pytest.mark.parametrize("family", FAMILIES.values())
def test_every_family_of_errors_has_a_status(family: str) -> None:
    assert 400 <= errors.STATUSES[family] < 500


@pytest.mark.parametrize("code", CODES)
def test_every_error_has_a_sentence_in_english_and_in_polish(code: str, polish: Catalog) -> None:
    english = msgid(code)
    assert english.strip()
    message = polish.get(english)
    assert message is not None, f"not in the Polish catalogue: {english}"
    assert message.string
    assert not message.fuzzy
    assert set(PLACEHOLDER.findall(str(message.string))) <= set(PLACEHOLDER.findall(english))


def test_no_sentence_is_kept_for_an_error_nobody_raises() -> None:
    assert sorted(set(errors.WORDINGS) - set(CODES)) == []


@pytest.mark.parametrize(
    "found", [found for found in RAISED if found.facts is not None], ids=lambda f: f.place
)
def test_a_sentence_asks_only_for_facts_that_come_with_the_error(found: Raised) -> None:
    if found.code in errors.WORDINGS:
        assert set(PLACEHOLDER.findall(msgid(found.code))) <= (found.facts or set())


def test_every_sentence_of_the_pages_is_in_polish(polish: Catalog) -> None:
    missing = [
        message.id
        for message in polish
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    ]
    assert missing == []


def test_the_catalogue_holds_every_sentence_in_the_source(polish: Catalog) -> None:
    from babel.messages.extract import extract_from_dir

    method_map = [
        ("consult/**.py", "python"),
        ("templates/**.html", "jinja2"),
        ("templates/**.txt", "jinja2"),
    ]
    keywords = {
        "_": None,
        "gettext": None,
        "lazy_gettext": None,
        "N_": None,
        "ngettext": (1, 2),
        "pgettext": ((1, "c"), 2),
        "npgettext": ((1, "c"), 2, 3),
    }
    missing = [
        (f"{name}:{line}", message)
        for name, line, message, _comments, context in extract_from_dir(
            str(REPOSITORY), method_map, keywords=keywords, directory_filter=_is_ours
        )
        if polish.get(message[0] if isinstance(message, tuple) else message, context) is None
    ]
    assert missing == []


def _is_ours(folder: str) -> bool:
    return Path(folder).relative_to(REPOSITORY).parts[:1] in [(), ("consult",), ("templates",)]


def _strings(string: object) -> tuple[str, ...]:
    return tuple(map(str, string)) if isinstance(string, tuple | list) else (str(string or ""),)
