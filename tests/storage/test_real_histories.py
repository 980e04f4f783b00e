"""Real statutes and specifications revised again and again as one document: nothing is lost, misplaced or misattributed."""

from __future__ import annotations

import gzip
import json
from collections import defaultdict
from random import Random

import pytest

from consult.domain.diffing.tokens import words
from consult.domain.policy.actors import SYSTEM
from consult.domain.text.normalise import normalise
from consult.services import documents
from consult.services.provenance.keeping import rebuild_provenance, runs_of
from consult.services.quotations import list_placements
from consult.services.texts import text_at
from consult.services.verification import verify_documents
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import EVERYTHING
from tests.factories.apps import Store
from tests.factories.records import comment_on, new_document, open_consultation, sections
from tests.real_data import real_data
from tests.storage.surviving import Survivors

SETS = ("ee", "ch", "de_bundestag", "quic")

MISPLACED = 0.002
"""Words said to come from a change whose text did not hold them: put together of letters that stood."""


def longest_histories(name: str, count: int, longest: int) -> list[list[str]]:
    """The texts of the documents revised most often, in order; texts of up to `longest` characters."""
    chains: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    with gzip.open(real_data("revisions", f"{name}.sample.jsonl.gz"), "rt", encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            if max(len(line["old"]), len(line["new"])) <= longest:
                chains[line["doc"]].append((line["date"], line["old"], line["new"]))
    ordered = sorted(chains.values(), key=len, reverse=True)[:count]
    return [[normalise(text) for _, *pair in sorted(chain) for text in pair] for chain in ordered]


def quotes(slug: str, chance: Random) -> list[str]:
    """Some runs of eight words that stand once in the document."""
    plains = [row.plain for row in sections(slug)]
    whole = "\n".join(plains)
    found = []
    for plain in chance.sample(plains, min(len(plains), 20)):
        for line in plain.split("\n"):
            said = " ".join(line.split(" ")[:8])
            if len(said) > 30 and whole.count(said) == 1:
                found.append(said)
                break
    return found[:8]


def replay(store: Store, texts: list[str], chance: Random) -> None:
    slug = new_document(store, texts[0])
    open_consultation(store, slug)
    quoted = quotes(slug, chance)
    for quote in quoted:
        comment_on(store, slug, quote)
    survivors, held = Survivors(), [texts[0]]
    for text in texts[1:]:
        before = sections(slug)
        done = documents.revise_document(
            SYSTEM, slug, content=text.encode(), filename="a.md", note="", now=store.clock.advance(hours=1)
        )
        if done.change_no is not None:
            held.append(text)
        assert text_at(SYSTEM, slug) == text
        survivors.compare(before, sections(slug))
        for line in list_placements(SYSTEM, slug):
            assert line.state != "placed" or line.words == quoted[line.number - 1]
    for number, text in enumerate(held, start=1):
        assert text_at(SYSTEM, slug, change_no=number) == text
    assert survivors.lost == []
    assert (len(survivors.went_on) + len(survivors.took_over)) * 200 <= survivors.headings
    check_origins(slug, held)
    rebuilt = rebuild_provenance(SYSTEM, slug, now=store.now)
    assert (rebuilt.missing, rebuilt.differing) == (0, 0)
    assert verify_documents(SYSTEM, slug)[0].fault is None


def check_origins(slug: str, held: list[str]) -> None:
    """Every word that came whole with one change stood in the text that change left."""
    known = [set(words(text).keys) for text in held]
    document = queries.get_document(slug, EVERYTHING)
    standing = sections(slug)
    runs = runs_of(
        document.id, {row.text_id: len(row.source) for row in standing}, until=document.last_change_no
    )
    count = strange = 0
    for row in standing:
        origins = [run.origin for run in runs[row.text_id] for _ in range(run.length)]
        found = words(row.source)
        for word, start, end in zip(found.keys, found.starts, found.ends, strict=True):
            brought = set(origins[start:end])
            if len(brought) == 1:
                count += 1
                strange += word not in known[brought.pop() - 1]
    assert count
    assert strange <= MISPLACED * count


@pytest.mark.parametrize("name", SETS)
def test_the_beginning_of_a_long_real_history_is_replayed_without_loss(store: Store, name: str) -> None:
    (texts,) = longest_histories(name, 1, 12_000 if name != "quic" else 40_000)
    replay(store, texts[:3], Random(name))


@pytest.mark.deep
@pytest.mark.parametrize("name", SETS)
def test_the_longest_real_histories_are_replayed_without_loss(store: Store, name: str) -> None:
    for texts in longest_histories(name, 5, 200_000):
        replay(store, texts, Random(name))
