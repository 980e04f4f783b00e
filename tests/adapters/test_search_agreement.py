"""Both engines, fed and changed alike, find the same; and what they find is what a plain reading of the texts finds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from consult.adapters.polish import PolishAnalyser, analyse
from consult.adapters.search_memory import MemorySearch
from consult.adapters.search_whoosh import WhooshSearch
from consult.ports.search import SearchIndex, SearchQuery, SearchRecord

WORDS = "gmina gminy zieleń zieleni rada rady park parku woda wód szkoła szkole las lasy droga dróg".split()  # noqa: SIM905 - a line of words reads better than a list
LEMMA = dict(zip(WORDS, (word for word in WORDS[::2] for _ in range(2)), strict=True))
KINDS = ("comment", "section_text")
ANALYSER = PolishAnalyser()


def random_record(dice: random.Random, number: int) -> SearchRecord:
    return SearchRecord(
        ref=f"r{number}",
        kind=dice.choice(KINDS),
        title=" ".join(dice.choices(WORDS, k=dice.randrange(3))),
        body=" ".join(dice.choices(WORDS, k=dice.randrange(12))),
        document_id=f"d{dice.randrange(3)}",
    )


def read_plainly(
    records: dict[str, SearchRecord], wanted: list[str], unwanted: list[str], phrase: str
) -> set[str]:
    """The refs a reader who knows the lemmas would point at."""
    found = set()
    for record in records.values():
        parts = (record.title, record.body)
        lemmas = {LEMMA[word] for part in parts for word in part.split()}
        if not {LEMMA[word] for word in wanted} <= lemmas or lemmas & {LEMMA[word] for word in unwanted}:
            continue
        if phrase and not any(f" {phrase} " in f" {part} " for part in parts):
            continue
        found.add(record.ref)
    return found


def found(index: SearchIndex, words: str, **filters: object) -> set[str]:
    return {hit.ref for hit in index.find(SearchQuery(words, **filters), count=10_000).hits}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "seed", [1, 2, pytest.param(3, marks=pytest.mark.deep), pytest.param(4, marks=pytest.mark.deep)]
)
def test_after_any_changes_both_find_what_a_plain_reading_finds(seed: int, tmp_path: Path) -> None:
    for one, other in zip(WORDS[::2], WORDS[1::2], strict=True):
        assert set().union(*analyse(one)) & set().union(*analyse(other))
    dice = random.Random(seed)
    engines: list[SearchIndex] = [MemorySearch(ANALYSER), WhooshSearch(tmp_path / "index", ANALYSER)]
    standing: dict[str, SearchRecord] = {}
    for engine in engines:
        engine.clear()
    for round_ in range(12):
        written = [random_record(dice, dice.randrange(120)) for _ in range(dice.randrange(25))]
        removed = [f"r{dice.randrange(120)}" for _ in range(dice.randrange(6))]
        for ref in removed:
            standing.pop(ref, None)
        standing.update({record.ref: record for record in written})
        for engine in engines:
            engine.write(written, removed, watermark=round_)
            assert engine.count() == len(standing)
        for _ in range(20):
            wanted = dice.choices(WORDS, k=dice.randrange(3))
            unwanted = [
                word for word in dice.choices(WORDS, k=dice.randrange(2)) if LEMMA[word] not in wanted
            ]
            phrase = " ".join(dice.choices(WORDS, k=2)) if dice.random() < 0.4 or not wanted else ""
            words = " ".join([*wanted, *(f"-{word}" for word in unwanted), f'"{phrase}"' if phrase else ""])
            expected = read_plainly(standing, wanted, unwanted, phrase)
            kind, document = dice.choice(KINDS), f"d{dice.randrange(3)}"
            for engine in engines:
                assert found(engine, words) == expected, words
                assert found(engine, words, kinds=(kind,), document_id=document) == {
                    ref
                    for ref in expected
                    if (standing[ref].kind, standing[ref].document_id) == (kind, document)
                }
