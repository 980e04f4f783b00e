"""Fields of public life a consultation belongs to, and what decides whether a letter is in time.

The fields gather the public tasks of art. 4 ust. 1 of the ustawa z dnia 24 kwietnia 2003 r. o działalności pożytku
publicznego i o wolontariacie into as few words as people look under. Codes are kept in tables and never change.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from consult.domain.errors import InvalidInput


class Field(StrEnum):
    """What a consultation is about, as people look for it."""

    SOCIAL = "social"
    HEALTH = "health"
    DISABILITY = "disability"
    SENIORS = "seniors"
    FAMILY = "family"
    YOUTH = "youth"
    EDUCATION = "education"
    CULTURE = "culture"
    SPORT = "sport"
    TOURISM = "tourism"
    ENVIRONMENT = "environment"
    ANIMALS = "animals"
    SPACE = "space"
    TRANSPORT = "transport"
    HOUSING = "housing"
    ECONOMY = "economy"
    SAFETY = "safety"
    RIGHTS = "rights"
    INTEGRATION = "integration"
    COOPERATION = "cooperation"
    DIGITAL = "digital"


FIELDS = tuple(Field)

MOST_FIELDS = 5
"""Fields of one consultation: whoever ticks all of them helps nobody to find it."""


class Decides(StrEnum):
    """What decides whether a letter is in time: the day it reached the host, or the day on the stamp."""

    RECEIPT = "receipt"
    POSTMARK = "postmark"


def checked_fields(codes: Iterable[str]) -> tuple[Field, ...]:
    """The fields of these codes, each once, in the order of the list.

    Raises InvalidInput("field") for one that is none, ("too_many_fields") for more than may be.
    """
    wanted = set(codes)
    if not wanted <= set(FIELDS):
        raise InvalidInput("field", field="fields")
    if len(wanted) > MOST_FIELDS:
        raise InvalidInput("too_many_fields", field="fields", limit=MOST_FIELDS)
    return tuple(code for code in FIELDS if code in wanted)
