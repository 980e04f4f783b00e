"""Aligning real revisions of statutes and specifications there and back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from itertools import islice

import pytest

from consult.domain.diffing.alignment import OldSection, align
from consult.domain.text.normalise import normalise
from consult.domain.text.outline import Piece, split
from tests.real_data import real_data


def revisions(name: str, count: int | None) -> Iterator[tuple[tuple[Piece, ...], tuple[Piece, ...]]]:
    with gzip.open(real_data("revisions", f"{name}.sample.jsonl.gz"), "rt", encoding="utf-8") as rows:
        for row in islice(rows, count):
            pair = json.loads(row)
            yield split(normalise(pair["old"])), split(normalise(pair["new"]))


def numbered(pieces: tuple[Piece, ...]) -> list[OldSection[int]]:
    return [OldSection(at, piece.heading, piece.level, piece.source) for at, piece in enumerate(pieces)]


def there_and_back(name: str, count: int | None) -> tuple[int, int]:
    """How many sections came through to the new text, and how many of them found back to themselves."""
    came, returned = 0, 0
    for old, new in revisions(name, count):
        there = [piece.old_id for piece in align(numbered(old), new).pieces]
        back = [piece.old_id for piece in align(numbered(new), old).pieces]
        assert len({at for at in there if at is not None}) == len(there) - there.count(None)
        came += len(there) - there.count(None)
        returned += sum(old_at is not None and back[old_at] == at for at, old_at in enumerate(there))
    return came, returned


@pytest.mark.parametrize("name", ["ch", "de_bundestag", "ee", "quic"])
def test_revising_there_and_back_gives_sections_their_identities_again(name: str) -> None:
    came, returned = there_and_back(name, 6)

    assert returned >= 0.995 * came


@pytest.mark.deep
@pytest.mark.parametrize("name", ["ch", "de_bundestag", "ee", "quic"])
def test_revising_every_real_pair_there_and_back(name: str) -> None:
    came, returned = there_and_back(name, None)

    assert returned >= 0.999 * came
