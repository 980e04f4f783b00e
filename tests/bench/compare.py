"""Comparing texts: how fast when everything was rewritten, how true, and always the same answer.

Whole rewriting is played by unrelated stretches of real texts in one language. The yardstick is diff-match-patch
alone, with its own clock of one second. An alignment is true when it keeps as many words as the longest common
subsequence of all words does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from random import Random
from time import perf_counter

from diff_match_patch import diff_match_patch
from rapidfuzz.distance import LCSseq

from consult.domain.diffing.compare import compare
from consult.domain.diffing.edits import EditScript
from consult.domain.diffing.redline import redline
from consult.services.comparison import Side, compare_texts
from consult.storage.queries.documents import get_document, list_sections_at
from consult.storage.queries.viewers import EVERYTHING
from consult.storage.unit_of_work import end_reading
from tests.bench.dokuwiki import comparing_times, find_dokuwiki, wiki_of, wiki_served
from tests.bench.drafts import SLUG, store_with_history
from tests.bench.figures import Figure, cpu_seconds, percentile
from tests.bench.own_site import site_served
from tests.bench.revisions import SETS, revisions, section_changes

_WORD = re.compile(r"\w+")

FEW = 11
"""Changes of the document that is compared, ten of them edits of one section each."""

PAGE_ROUNDS = 40

DOKUWIKI_SECTION_MS = 2.4
DOKUWIKI_VERSION_MS = 8.3
"""What DokuWiki took to show the changed lines, on another day and machine: for where it is not at hand."""


def figures() -> Iterable[Figure]:
    yield _rewritten("2kb", 2_000, pairs=400, slow_pairs=40, target=1)
    yield _rewritten("100kb", 100_000, pairs=12, slow_pairs=3, target=150)
    yield from _true()
    yield from _hostile()
    yield from _versions()
    yield _documents()
    yield from _pages()


def _rewritten(name: str, size: int, *, pairs: int, slow_pairs: int, target: float) -> Figure:
    texts = list(_unrelated(size, pairs))
    ours = [cpu_seconds(lambda one=one: compare(*one), rounds=3) for one in texts]
    theirs = [cpu_seconds(lambda one=one: diff_match_patch().diff_main(*one)) for one in texts[:slow_pairs]]
    mine, yours = 1000 * percentile(ours, 95), 1000 * percentile(theirs, 95)
    return Figure(
        name=f"compare.{name}_p95",
        what=f"ms to compare two texts of {size // 1000} KB, wholly rewritten, 95th of {pairs}; diff-match-patch",
        ours=round(mine, 2),
        yardstick=round(yours, 1),
        ratio=round(yours / mine, 1),
        target=f"≤ {target:g} ms",
        met=mine <= target,
    )


def _unrelated(size: int, pairs: int) -> Iterator[tuple[str, str]]:
    """Pairs of stretches of different texts of one set."""
    random = Random(5)
    for index in range(pairs):
        texts = [text.old for text in revisions(SETS[index % len(SETS)]) if len(text.old) >= size]
        one, other = random.sample(texts, 2)
        yield _stretch(random, one, size), _stretch(random, other, size)


def _stretch(random: Random, text: str, size: int) -> str:
    start = random.randrange(len(text) - size + 1)
    return text[start : start + size]


def _true() -> Iterator[Figure]:
    """How many of the words that could be kept are kept, on rewritten and on really revised texts."""
    rewritten = list(_unrelated(20_000, 12))
    revised = [(text.old, text.new) for name in SETS for text in revisions(name)[:40]]
    for name, what, texts in (
        ("rewritten", "unrelated texts of 20 KB", rewritten),
        ("revised", f"{len(revised)} real revisions", revised),
    ):
        kept = sum(_kept_words(compare(*pair, letters=False)) for pair in texts)
        most = sum(_most_words(*pair) for pair in texts)
        share = 100 * kept / most
        yield Figure(
            name=f"compare.true_{name}",
            what=f"% of the words a longest common subsequence keeps, {what}",
            ours=round(share, 2),
            yardstick=100,
            ratio=None,
            target="≥ 98 %",
            met=share >= 98,
        )


def _kept_words(script: EditScript) -> int:
    return sum(len(_WORD.findall(hunk.old.of(script.old))) for hunk in script.hunks if hunk.is_equal)


def _most_words(old: str, new: str) -> int:
    before, after = _WORD.findall(old), _WORD.findall(new)
    ids = {word: number for number, word in enumerate({*before, *after})}
    return int(LCSseq.similarity([ids[word] for word in before], [ids[word] for word in after]))


def _hostile() -> Iterator[Figure]:
    random = Random(9)
    cases = {
        "one word over and over": ("tak " * 100_000, "nie " + "tak " * 50_000 + "nie " + "tak " * 40_000),
        "random letters and spaces": (_random(random, "ab ", 400_000), _random(random, "ab ", 400_000)),
        "random letters": (_random(random, "abcdef", 400_000), _random(random, "abcdef", 400_000)),
        "lines of one letter": (_random(random, "a\n", 400_000), _random(random, "a\n", 400_000)),
        "lines in another order": _shuffled(random, 10_000),
    }
    times = {name: cpu_seconds(lambda pair=pair: compare(*pair)) for name, pair in cases.items()}
    worst = max(times, key=lambda name: times[name])
    yield Figure(
        name="compare.hostile_400kb",
        what=f"s for 400 KB made to be slow, the worst of {len(cases)}: {worst}",
        ours=round(times[worst], 2),
        yardstick=None,
        ratio=None,
        target="≤ 3 s",
        met=times[worst] <= 3,
    )


def _random(random: Random, letters: str, size: int) -> str:
    return "".join(random.choices(letters, k=size))


def _shuffled(random: Random, count: int) -> tuple[str, str]:
    rows = [f"wiersz numer {number} tego długiego tekstu" for number in range(count)]
    return "\n".join(rows), "\n".join(random.sample(rows, count))


def _versions() -> Iterator[Figure]:
    """What stands behind the page that compares: the domain's part, uncached, at the level of words."""
    changes = [change for text in revisions("ee") for change in section_changes(text)][:400]
    one = [cpu_seconds(lambda c=c: redline(c.old, c.new), rounds=3) for c in changes]
    section = 1000 * percentile(one, 50)
    yield Figure(
        name="compare.section",
        what=f"ms to redline a changed section, the middle of {len(changes)}; DokuWiki's page, changed lines only",
        ours=round(section, 3),
        yardstick=DOKUWIKI_SECTION_MS,
        ratio=round(DOKUWIKI_SECTION_MS / section, 1),
        target=f"≤ {DOKUWIKI_SECTION_MS / 1.5:.1f} ms",
        met=section <= DOKUWIKI_SECTION_MS / 1.5,
    )
    root = find_dokuwiki()
    if root is not None:
        slowest = 1000 * max(one)
        theirs = comparing_times(root, [(c.old, c.new) for c in changes], rounds=3)
        yield Figure(
            name="compare.engine",
            what=f"the same beside DokuWiki's engine in the same run, which writes a table of the changed lines; the "
            f"slowest of the {len(changes)} took {slowest:.2g} and {max(theirs):.2g} ms",
            ours=round(section, 3),
            yardstick=round(percentile(theirs, 50), 3),
            ratio=round(percentile(theirs, 50) / section, 2),
            target="",
            met=None,
        )
    version = 1000 * cpu_seconds(lambda: [redline(c.old, c.new) for c in changes[:10]], rounds=5)
    yield Figure(
        name="compare.version",
        what="ms to redline the ten changed of 100 sections; DokuWiki's page, changed lines only",
        ours=round(version, 2),
        yardstick=DOKUWIKI_VERSION_MS,
        ratio=round(DOKUWIKI_VERSION_MS / version, 1),
        target="≤ 8 ms",
        met=version <= 8,
    )


def _documents() -> Figure:
    """Everything between a request and its page: outlines, alignment, words, and the change behind each difference."""
    with store_with_history(FEW):
        last = get_document(SLUG, EVERYTHING).last_change_no
        found = compare_texts(1, Side(1), Side(last))

        def compared() -> None:
            end_reading()
            compare_texts(1, Side(1), Side(last))

        ours = 1000 * cpu_seconds(compared, rounds=40)
    return Figure(
        name="compare.documents",
        what=f"ms to compare a document of 100 sections, {len(found.sections)} changed, stored texts to words and the "
        "changes behind them, uncached, processor time; DokuWiki's page, changed lines only",
        ours=round(ours, 2),
        yardstick=DOKUWIKI_VERSION_MS,
        ratio=round(DOKUWIKI_VERSION_MS / ours, 1),
        target="≤ 8 ms",
        met=ours <= 8,
    )


def _pages() -> Iterator[Figure]:
    """Whole pages over HTTP, ours and DokuWiki's by turns, neither kept from an earlier asking."""
    root = find_dokuwiki()
    if root is None:
        return
    with store_with_history(FEW) as store, site_served(store, host_id=1) as site, wiki_served(root) as wiki:
        last = get_document(SLUG, EVERYTHING).last_change_no
        before, after = (
            [wiki_of(section.source) for section in list_sections_at(1, number)][1:] for number in (1, last)
        )
        at = next(at for at, pair in enumerate(zip(before, after, strict=True)) if pair[0] != pair[1])
        end_reading()
        asked = {
            "section": (f"from=c{last - 1}&to=c{last}", wiki.revised("part:p", before[at], after[at])),
            "document": (f"from=c1&to=c{last}", wiki.revised("whole:w", "".join(before), "".join(after))),
        }
        took: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in asked}
        for number in range(PAGE_ROUNDS + 5):
            for name, (ours, theirs) in asked.items():
                pages = (
                    (site, f"/documents/{SLUG}/compare?{ours}", "<ins"),
                    (wiki.browser, theirs, "diff-addedline"),
                )
                for times, (browser, path, mark) in zip(took[name], pages, strict=True):
                    began = perf_counter()
                    answer = browser.get(path)
                    if number >= 5:
                        times.append(1000 * (perf_counter() - began))
                    assert mark in answer.text, answer.text[:2000]
    for name, what in (("section", "one of 100 sections"), ("document", "ten of 100 sections")):
        ours, theirs = (percentile(times, 50) for times in took[name])
        yield Figure(
            name=f"compare.page_{name}",
            what=f"ms over HTTP for the page that compares two texts of 100 sections, {what} changed, signed in; "
            f"DokuWiki's for a page of {'that section alone' if name == 'section' else 'all hundred'}, median",
            ours=round(ours, 2),
            yardstick=round(theirs, 2),
            ratio=round(theirs / ours, 2),
            target="≥ 1.5 ×" if name == "section" else "",
            met=theirs >= 1.5 * ours if name == "section" else None,
        )
