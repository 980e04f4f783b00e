"""The Polish analyser beside Snowball alone and no analysis, with its speed and memory."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import snowballstemmer

from consult.adapters.polish import analyse, analyse_query, folded
from tests.bench.figures import Figure
from tests.bench.pud import CONTENT, Meeting, TermsOf, forms_meeting, lemmas_by_form, typed_meeting
from tests.real_data import real_data

RECALL, PRECISION, TYPED = 0.97, 0.90, 0.95

SIMPLEMMA_MB = 400
"""Memory of the lemmatiser not taken, measured once when choosing."""


def ours(form: str) -> set[str]:
    return set().union(*analyse(form))


def ours_asked(form: str) -> set[str]:
    return set().union(*analyse_query(form))


def figures() -> Iterable[Figure]:
    path = real_data("polish", "pud.conllu")
    stemmer = snowballstemmer.stemmer("polish")

    def stem(form: str) -> set[str]:
        return {stemmer.stemWord(form)}

    def nothing(form: str) -> set[str]:
        return {form}

    for suffix, kind, only in (
        ("", "all words", frozenset()),
        ("_content", "nouns, adjectives, verbs", CONTENT),
    ):
        lemmas = lemmas_by_form(path, only=only)
        mine, snowball, bare = (forms_meeting(lemmas, terms) for terms in (ours, stem, nothing))
        yield _figure(
            f"polish.recall{suffix}",
            f"forms of a word share a term, {kind}",
            "recall",
            RECALL,
            mine,
            snowball,
            bare,
        )
        yield _figure(
            f"polish.precision{suffix}",
            f"forms sharing a term are of one word, {kind}",
            "precision",
            PRECISION,
            mine,
            snowball,
            bare,
        )
        typed_mine, typed_snowball, typed_bare = (
            typed_meeting(lemmas, folded, asked, terms) for asked, terms in _typed_ways(stem, nothing)
        )
        yield _figure(
            f"polish.typed{suffix}",
            f"typed without Polish letters, {kind}",
            "recall",
            TYPED,
            typed_mine,
            typed_snowball,
            typed_bare,
        )
        yield Figure(
            name=f"polish.typed_precision{suffix}",
            what=f"the same, precision, {kind}",
            ours=round(typed_mine.precision, 4),
            yardstick=round(typed_snowball.precision, 4),
            ratio=round(typed_mine.precision / typed_snowball.precision, 2),
            target="",
            met=None,
        )
    yield from _cost(path)


def _typed_ways(stem: TermsOf, nothing: TermsOf) -> tuple[tuple[TermsOf, TermsOf], ...]:
    return ((ours_asked, ours), (stem, stem), (nothing, nothing))


def _figure(
    name: str, what: str, share: str, target: float, mine: Meeting, snowball: Meeting, bare: Meeting
) -> Figure:
    reached = getattr(mine, share)
    theirs = getattr(snowball, share)
    return Figure(
        name=name,
        what=f"{what} (yardstick Snowball alone; without analysis {getattr(bare, share):.3f})",
        ours=round(reached, 4),
        yardstick=round(theirs, 4),
        ratio=round(reached / theirs, 2) if theirs else None,
        target=f"≥ {target}",
        met=reached >= target,
    )


MEASURED_APART = """
import json, sys, time
def resident():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * 4096 / 1e6
from consult.adapters.polish import tokens
sentences = open(sys.argv[1], encoding="utf-8").read().splitlines()
before = resident()
began = time.perf_counter()
tokens("pierwsze słowo")
loaded = time.perf_counter() - began
began = time.perf_counter()
count = sum(len(tokens(sentence)) for sentence in sentences)
cold = time.perf_counter() - began
began = time.perf_counter()
for sentence in sentences:
    tokens(sentence)
warm = time.perf_counter() - began
print(json.dumps([loaded * 1000, count / cold, count / warm, resident() - before]))
"""


def _cost(path: Path) -> Iterable[Figure]:
    """Speed and memory, in a process of its own so that nothing is loaded or remembered yet."""
    sentences = [
        line[9:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("# text = ")
    ]
    articles = json.loads(real_data("polish", "konstytucja.articles.json").read_text(encoding="utf-8"))
    sentences += [article["text"] for article in articles]
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as prose:
        prose.write("\n".join(sentences))
        prose.flush()
        run = subprocess.run(
            [sys.executable, "-c", MEASURED_APART, prose.name], capture_output=True, text=True, check=True
        )
    loading, cold, warm, memory = json.loads(run.stdout)
    stemmer = snowballstemmer.stemmer("polish")
    words = " ".join(sentences).lower().split()
    began = time.perf_counter()
    stemmer.stemWords(words)
    snowball = len(words) / (time.perf_counter() - began)
    for name, what, value, yardstick in (
        ("polish.loading", "the dictionary loaded, ms, once per process", loading, None),
        ("polish.speed_new", "tokens a second, words never seen (yardstick Snowball alone)", cold, snowball),
        ("polish.speed", "tokens a second, words seen before (yardstick Snowball alone)", warm, snowball),
        (
            "polish.memory",
            "megabytes for dictionary and remembered words (yardstick simplemma)",
            memory,
            SIMPLEMMA_MB,
        ),
    ):
        yield Figure(
            name=name,
            what=what,
            ours=round(value),
            yardstick=None if yardstick is None else round(yardstick),
            ratio=None,
            target="",
            met=None,
        )
