"""The fields of public life in the reader's words."""

from __future__ import annotations

from flask_babel import lazy_gettext

from consult.domain.process.fields import FIELDS

_ = lazy_gettext

FIELD_WORDS = {
    "social": _("Social assistance and services"),
    "health": _("Health"),
    "disability": _("People with disabilities"),
    "seniors": _("Older people"),
    "family": _("Family and children"),
    "youth": _("Young people"),
    "education": _("Education and science"),
    "culture": _("Culture and heritage"),
    "sport": _("Sport and recreation"),
    "tourism": _("Tourism"),
    "environment": _("Environment and climate"),
    "animals": _("Animals"),
    "space": _("Space and revitalisation"),
    "transport": _("Transport and roads"),
    "housing": _("Housing"),
    "economy": _("Economy and work"),
    "safety": _("Safety"),
    "rights": _("Human rights and equality"),
    "integration": _("Integration of foreigners"),
    "cooperation": _("Cooperation with organisations"),
    "digital": _("Digital services"),
}


def field_word(code: str) -> str:
    """What a field is called; the code itself where it is none of ours."""
    return str(FIELD_WORDS.get(code, code))


def field_choices() -> list[tuple[str, str]]:
    """(code, words) of every field, in the order of the list."""
    return [(str(code), field_word(code)) for code in FIELDS]
