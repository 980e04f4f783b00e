"""The Polish of the catalogue is whole and of one voice, and no template says anything outside of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from consult.cli import wording as wording_of_commands
from consult.ports.exports import captions_for
from consult.web.shared import wording as wording_of_pages
from tests.real_data import REPOSITORY

CATALOGUE = REPOSITORY / "consult" / "web" / "translations" / "pl" / "LC_MESSAGES" / "messages.po"
TEMPLATES = REPOSITORY / "templates"

SAME_IN_BOTH = {
    "%(number)s, %(title)s",
    "E-mail",
    "Excel",
    "e-mail",
    "ePUAP",
    "e-Doręczenia",
    "Link",
    "Model",
    "NGO",
    "PDF",
    "Status",
    "System",
    "Word",
}
"""What Polish and English write alike."""

POLISH_IN_ENGLISH = {
    "As it is cited, for example: uchwała nr XII/34/2025 Rady Gminy z dnia 3 marca 2025 r.",
    "Notice (ogłoszenie)",
    "Order (zarządzenie)",
    "The office, not a name: “Wójt Gminy”, “Zarząd Powiatu”. Without it the host is named.",
    "Through e-Doręczenia",
    "You may complain to the President of the Personal Data Protection Office (Prezes Urzędu Ochrony Danych Osobowych, "
    "uodo.gov.pl) or turn to a court (art. 77 and 79 of the GDPR).",
    "e-Doręczenia",
}
"""English sentences that quote Polish law or Polish names."""

ONE_FORM_FOR_ALL_NUMBERS = {
    "%(num)d of them apart: late or not in order",
    "%(num)d consultation",
    "%(num)d from comments",
    "%(num)d from meetings",
    "%(num)d from proposals",
    "%(num)d letter could not be sent",
    "%(num)d with a reason",
    "%(num)d without a cause given",
    "and %(num)d more",
}
"""Polish has one form here: a word without a singular, a genitive that is the same in both numbers, and numbers of
something that is named elsewhere."""

OTHER_ENDING = {
    "Asked for in",
    "Changed on",
    "Comment no.",
    "Corrected by its author on",
    "For the account",
    "Remarks are needed before",
    "Row",
    "The oldest waiting letter was due on",
    "Version %(number)s, in force since",
    "Withdrawn on",
    "due",
    "joined",
    "moved",
    "removed",
    "split off",
    "unit of",
    "was due",
}
"""Where Polish needs a colon before what follows, or shortens a word with a full stop."""

AVOIDED = {
    r"(?i)\bgospodarz": "organizator",
    r"(?i)\bodnośnik": "link",
    r"(?i)\b(prosimy|proszę) (\w+ )?\w+ć\b": "the imperative: „Wybierz”",
    r"\b(Pan(i|a|ią|u|em)?|Państw(o|a|u|em))\b": "the second person: „Twój”",
    r"\b(twój|twoja|twoje|twoją|twojego|twojej|twoim|twoich|twoimi|ciebie|tobie|tobą)\b": "a capital: „Twój”",
    r"(?i)\b(dedykowan|zaadresowa|adresowa[ćn]|aplik(uj|ow)|implement|posiada|powyższ)": "plain Polish",
    r"(?i)\b(w oparciu o|dokona\w* wyboru|w przypadku gdy|celem \w+nia)\b": "plain Polish",
    r"\b\d\d?:\d\d\b": "an hour as in „godz. 23.59”",
}
"""Turns of phrase the interface does not use, and what stands in their place."""

TRANSLATING = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
READ_ALOUD = {"placeholder", "aria-label", "aria-description", "aria-roledescription", "title", "alt"}
NAMES = {".json", ".py", "Consult", "KRS", "REGON", "NIP", "Ctrl", "Control", "Enter"}
"""Words templates hold as they are, since they are the same in every language."""

CODES = {"nofollow noopener", "nofollow ugc noopener", "one-code long"}
"""Values of attributes written inside expressions."""

KEYS = re.compile(r"Ctrl(\+Shift)?\+\w")

ATTRIBUTE = re.compile(r'\b[a-z]+(-[a-z]+)*="x0"|\bdata-[a-z-]+')
"""An attribute a macro writes into a tag of whoever calls it."""

WORD = re.compile(r"[^\W\d_]{2,}")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
POLISH_LETTER = re.compile(r"[ąćęłńóśźżĄĆĘŁŃÓŚŹŻ„]")


@cache
def polish() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="pl")


def messages() -> list[Message]:
    return [message for message in polish() if message.id]


def forms(words: object) -> tuple[str, ...]:
    return tuple(map(str, words)) if isinstance(words, tuple | list) else (str(words or ""),)


def pairs() -> Iterator[tuple[str, str]]:
    """Every English sentence with each of its Polish forms."""
    for message in messages():
        for said in forms(message.string):
            yield forms(message.id)[0], said


# --- the catalogue -----------------------------------------------------------------------------------------------


def test_no_polish_sentence_repeats_the_english_one() -> None:
    same = {english for english, said in pairs() if english == said}
    assert sorted(same ^ SAME_IN_BOTH) == []


def test_no_english_sentence_is_polish() -> None:
    found = {one for message in messages() for one in forms(message.id) if POLISH_LETTER.search(one)}
    assert sorted(found ^ POLISH_IN_ENGLISH) == []


def test_what_is_counted_has_its_three_polish_forms() -> None:
    counted = [message for message in messages() if isinstance(message.id, tuple)]
    assert len(counted) > 40
    for message in counted:
        said = forms(message.string)
        assert len(said) == 3, message.id
        assert all(said), message.id
        one_form = message.id[0] in ONE_FORM_FOR_ALL_NUMBERS
        assert (said[0] == said[1] == said[2]) == one_form, said
        assert one_form or said[0] != said[2], said


def test_the_same_facts_are_named_in_both_languages() -> None:
    for message in messages():
        facts = [set(PLACEHOLDER.findall(one)) for one in forms(message.id)]
        for number, said in enumerate(forms(message.string)):
            named = set(PLACEHOLDER.findall(said))
            # for one, a language may say the word instead of the number
            assert named == facts[-1] or (number == 0 and named == facts[0]), (message.id, said)


def test_polish_is_set_as_polish_is_set() -> None:
    for english, said in pairs():
        assert not re.search(r"  |\.\.\.|[\"“'’‘—]|\s-\s(?!to\b)|„[^”]*$|\s[,.;:!?](?![a-z]|\s\d)", said), (
            said
        )
        assert said == said.strip(), english


def test_polish_ends_like_english() -> None:
    """A button has no full stop, a sentence has one."""
    other = {english for english, said in pairs() if (english[-1] in ".:;?!") != (said[-1] in ".:;?!")}
    assert sorted(other ^ OTHER_ENDING) == []


@pytest.mark.parametrize("avoided", AVOIDED)
def test_the_interface_speaks_with_one_voice(avoided: str) -> None:
    found = [said for _, said in pairs() if re.search(avoided, said)]
    assert found == [], f"say {AVOIDED[avoided]} instead"


# --- files -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["COLUMNS", "CHANNELS", "CAPACITIES", "OUTCOMES"])
def test_tables_are_worded_alike_by_pages_and_by_commands(words: str) -> None:
    by_pages = {
        code: forms(polish()[str(lazy._args[0])].string)[0].casefold()
        for code, lazy in getattr(wording_of_pages, words).items()
    }
    by_commands = {code: said.casefold() for code, said in getattr(wording_of_commands, words).items()}
    assert by_commands == by_pages


def test_files_name_a_moment_as_poles_write_it() -> None:
    at = datetime(2026, 9, 5, 7, 5, tzinfo=UTC)
    assert captions_for("pl").moment_of(at) == "5 września 2026 r., godz. 9.05"


def test_files_speak_with_the_voice_of_the_pages() -> None:
    printed = " ".join(map(str, astuple(captions_for("pl"))))
    assert [one for one in AVOIDED if re.search(one, printed)] == []


# --- the templates -----------------------------------------------------------------------------------------------

ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"])
PAGES = sorted(
    path
    for path in [*TEMPLATES.rglob("*.html"), *TEMPLATES.rglob("*.txt")]
    if "starters" not in path.parts  # Polish texts offices adopt
)


class Bare(HTMLParser):
    """Collects the words a template shows or has read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style", "code")
        self.found += [value for name, value in attrs if name in READ_ALOUD and value]
        if tag == "input" and dict(attrs).get("type") in ("submit", "button"):
            self.found.append(dict(attrs).get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("script", "style", "code")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data)


def literal(source: str) -> str:
    """The template without what is computed: an expression leaves a sign that is no word, a statement a space."""
    written: list[str] = []
    is_inside = False
    for _, kind, value in ENVIRONMENT.lex(source):
        if kind.endswith("_begin"):
            is_inside = True
        elif kind.endswith("_end"):
            is_inside = False
            written.append({"variable_end": "x0", "block_end": " "}.get(kind, ""))
        elif kind == "data" and not is_inside:
            written.append(value)
    return "".join(written)


def is_name(word: str) -> bool:
    return word in NAMES or KEYS.fullmatch(word) is not None


def bare_words(source: str) -> list[str]:
    parser = Bare()
    parser.feed(literal(source))
    parser.close()
    shown = [
        re.sub(r"\bt-[a-z]+\b|-(hint|error)\b", "", ATTRIBUTE.sub("", text)) for text in parser.found
    ]  # names of classes and ids
    return [
        " ".join(text.split())
        for text in shown
        if any(not is_name(word) for word in text.split() if WORD.search(word))
    ]


def bare_values(node: nodes.Node) -> list[str]:
    """Texts inside expressions that look like words for people and are not translated."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATING:
        inside = [child for child in node.args if not isinstance(child, nodes.Const)]
        return [text for child in [*inside, *node.kwargs] for text in bare_values(child)]
    found = []
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        looks_said = re.search(r"[^\W\d_]{2,} [^\W\d_]", node.value) or re.match(
            r"[^\W\d_a-z][^\W\d_]", node.value
        )
        if looks_said and node.value not in CODES and not is_name(node.value):
            found.append(node.value)
    return found + [text for child in node.iter_child_nodes() for text in bare_values(child)]


def said_bare(source: str) -> list[str]:
    return bare_words(source) + bare_values(ENVIRONMENT.parse(source))


def test_no_template_says_anything_outside_of_the_catalogue() -> None:
    assert len(PAGES) > 150
    found = {str(path.relative_to(TEMPLATES)): said_bare(path.read_text(encoding="utf-8")) for path in PAGES}
    assert {name: said for name, said in found.items() if said} == {}


@pytest.mark.parametrize(
    "source",
    [
        "<p>Zapisz</p>",
        '<input name="q" placeholder="Szukaj">',
        '<a href="/" aria-label="Strona główna">{{ icon("home") }}</a>',
        '<input type="submit" value="Wyślij">',
        "{{ field(form.name, 'Your name') }}",
        "{% set title = 'Konsultacje' %}{{ title }}",
        "{{ _('Save') }} now",
    ],
)
def test_words_outside_of_the_catalogue_are_found(source: str) -> None:
    assert said_bare(source) != []


def test_translated_words_and_names_are_not_taken_for_bare_ones() -> None:
    source = '<h2 class="card wide" title="{{ _(\'Save\') }}">{{ _("Save it now") }} – Consult <code>a b</code></h2>'
    assert said_bare(source) == []
