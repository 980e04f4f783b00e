"""Whatever is done to an outline in whatever order, no word is lost, and the last act can be taken back to the letter."""

from __future__ import annotations

import random
import re

import pytest

from consult.domain.policy.actors import SYSTEM
from consult.services import drafting
from consult.services.changes import Recorded
from consult.services.quotations import list_placements
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from tests.factories.apps import Store
from tests.factories.records import comment_on, open_consultation
from tests.services.outline_acts import Choice, Outliner

TEXT = """\
Wstęp bez nagłówka.

# Zasady współpracy

Gmina i organizacje współpracują na równych prawach.

Zlecanie zadań
--------------

Nabór wniosków trwa co najmniej dwadzieścia jeden dni.

1. Wynik naboru ogłasza się w ciągu siedmiu dni.

2. Wynik ogłasza się na stronie.

| Termin | Dni |
|---|---|
| nabór | 21 |

## 2. Konsultacje ##

Projekt uchwały poddaje się konsultacjom.

Uwagi przyjmuje się na piśmie.

### Forma konsultacji
Uwagi przyjmuje się w `postaci` elektronicznej.

#### Spotkania

Odbywa się co najmniej jedno.

## Załącznik nr 1. Wzór

Wzór wniosku.
"""


QUOTES = (
    "Gmina i organizacje współpracują na równych prawach.",
    "Projekt uchwały poddaje się konsultacjom.",
    "Uwagi przyjmuje się na piśmie.",
    "Nabór wniosków trwa co najmniej dwadzieścia jeden dni.",
)


ADDED = re.compile(r"słowo\d+ ")
"""The words that edits at random put in."""


def chosen(seed: int, steps: int) -> list[Choice]:
    chance = random.Random(seed)
    return [(chance.randrange(1000), chance.randrange(1000), chance.randrange(1000)) for _ in range(steps)]


def check_comments(outliner: Outliner) -> None:
    """Every comment said to be on its words is on exactly those; one whose words stand once, and no edited copy of
    them beside, is on them; and none is given up while its words stand anywhere."""
    plains = [row.plain for row in outliner.rows()]
    for line in list_placements(SYSTEM, outliner.slug):
        quote = QUOTES[line.number - 1]
        copies = sum(ADDED.sub("", plain).count(quote) for plain in plains)
        standing = sum(plain.count(quote) for plain in plains)
        if line.state == "placed":
            assert line.words == quote
        if standing == copies == 1:
            assert line.words == quote
        if standing:
            assert ADDED.sub("", line.words) == quote


def act_and_take_back(store: Store, choices: list[Choice]) -> None:
    outliner = Outliner(store, TEXT)
    open_consultation(store, outliner.slug)
    for quote in QUOTES:
        comment_on(store, outliner.slug, quote)
    texts = [outliner.text]
    for at, choice in enumerate(choices):
        before = outliner.text
        if not outliner.act(choice):
            continue
        texts.append(outliner.text)
        check_comments(outliner)
        if at % 3 == 0:  # take it back, then take the taking back back
            after = outliner.text
            undone = drafting.undo_change(SYSTEM, outliner.slug, outliner.last_no, now=store.now)
            assert isinstance(undone, Recorded)
            assert outliner.text == before
            outliner.check()
            again = drafting.undo_change(SYSTEM, outliner.slug, outliner.last_no, now=store.now)
            assert isinstance(again, Recorded)
            assert outliner.text == after
            texts += [before, after]
    for number, text in enumerate(texts, start=1):
        assert text_at(SYSTEM, outliner.slug, change_no=number) == text
    assert verify_documents(SYSTEM, outliner.slug)[0].fault is None


@pytest.mark.parametrize("seed", range(2))
def test_an_outline_worked_on_at_random_loses_nothing(store: Store, seed: int) -> None:
    act_and_take_back(store, chosen(seed, 14))


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(100, 160))
def test_many_outlines_worked_on_at_random_lose_nothing(any_store: Store, seed: int) -> None:
    act_and_take_back(any_store, chosen(seed, 60))
