"""Changed passages can be taken one by one; where several wanted texts meet is told by paragraph."""

from __future__ import annotations

import random

import pytest

from consult.domain.merging.passages import meetings, paragraphs, passages, take
from consult.domain.merging.threeway import merge

WORDS = ["gmina", "rada", "urząd", "organizacja", "termin", "uwagi", "dni", "nabór", "wynik", "projekt"]


def some_text(chance: random.Random) -> str:
    def sentence() -> str:
        return " ".join(chance.choice(WORDS) for _ in range(chance.randint(3, 8))) + "."

    blocks = [
        chance.choice(("", "1. ", "- ")) + " ".join(sentence() for _ in range(chance.randint(1, 4)))
        for _ in range(chance.randint(1, 5))
    ]
    return chance.choice(("\n\n", "\n")).join(blocks) + "\n"


def edited(chance: random.Random, text: str) -> str:
    words = text.split(" ")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(words))
        kind = chance.random()
        if kind < 0.4:
            words[at] = chance.choice(WORDS)
        elif kind < 0.7 or len(words) == 1:
            words.insert(at, chance.choice(WORDS))
        else:
            del words[at]
    more = "\nnowy akapit.\n" if chance.random() < 0.3 else ""
    return " ".join(words) + more


@pytest.mark.parametrize("seed", range(5))
def test_taking_all_gives_the_wanted_text_and_taking_none_the_one_that_stands(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        base = some_text(chance)
        wanted = edited(chance, base)
        found = passages(base, wanted)
        assert take(base, found, range(len(found))) == wanted
        assert take(base, found, ()) == base


@pytest.mark.parametrize("seed", range(5))
def test_paragraphs_hold_the_text_and_no_conflict_is_missed_where_wordings_meet(seed: int) -> None:
    chance = random.Random(seed)
    for _ in range(60):
        base = some_text(chance)
        wanted = {1: edited(chance, base), 2: edited(chance, base)}
        assert "".join(span.of(base) for span in paragraphs(base)) == base
        met = meetings(base, wanted)
        for key, text in wanted.items():
            made = base
            for each in reversed(met):
                if key in each.wordings:
                    made = made[: each.span.start] + each.wordings[key] + made[each.span.end :]
            assert made == text
        if merge(base, wanted[1], wanted[2]).conflicts:
            assert any(each.clashes for each in met)


def test_each_sentence_is_a_passage_and_each_list_entry_a_paragraph() -> None:
    base = "1. Pierwsze zdanie mówi o terminie. Drugie zdanie mówi o miejscu.\n2. Trzecie mówi o osobach.\n"
    wanted = base.replace("terminie", "czasie").replace("miejscu", "sali").replace("osobach", "ludziach")
    assert len(passages(base, wanted)) == 3
    assert len(paragraphs(base)) == 2
