"""Comments alike among 11,000 (a real consultation had 11,081), and since when words stand after 2,000 changes.

The comments are one to four real sentences (the Constitution, UD Polish PUD), so nearly every word is shared by many.
Processor time is counted, the machine being shared.
"""

from __future__ import annotations

import random
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from consult.adapters.search_whoosh import WhooshSearch
from consult.domain.policy.actors import ANONYMOUS, SYSTEM
from consult.services import appearances, comments, drafting, search, similar
from consult.services.comments import Remark
from consult.storage.queries import consultations as consultation_queries
from tests.bench.figures import Figure, percentile
from tests.bench.search import _sentences
from tests.factories.apps import Store, analyser, new_sqlite, opened
from tests.factories.records import NGO, new_document, open_consultation, section

COMMENTS, BATCH = 11_000, 100
CHANGES = 2_000
ASKED = 60


class _Quiet:
    """Nobody is woken while the store is filled."""

    def wake(self, job: str) -> None:
        del job


def figures() -> Iterable[Figure]:
    sentences, dice = _sentences(), random.Random(4)
    with tempfile.TemporaryDirectory() as folder:
        index = WhooshSearch(Path(folder) / "index", analyser())
        with opened(new_sqlite(Path(folder)), search=index) as store, store.replaced(jobs=_Quiet()):
            slug = new_document(store)
            consultation = consultation_queries.get_consultation(open_consultation(store, slug))
            for _ in range(COMMENTS // BATCH):
                remarks = [
                    Remark(text=" ".join(dice.choices(sentences, k=dice.randint(1, 4)))) for _ in range(BATCH)
                ]
                comments.submit_comments(SYSTEM, slug, remarks, NGO, now=store.now)
            search.reindex(now=store.clock.now)
            numbers = dice.sample(range(1, COMMENTS), ASKED)
            for name, what in (("first", "asked for the first time"), ("again", "their words remembered")):
                times = [
                    _time(
                        lambda n=number: similar.list_similar_comments(ANONYMOUS, consultation.register_id, n)
                    )
                    for number in numbers
                ]
                for percent in (50, 95):
                    yield _printed(
                        f"similar.{name}_p{percent}",
                        f"comments alike among 11,000, {what}, ms, {percent} of 100",
                        percentile(times, percent),
                    )
            yield from _of_words(store, new_document(store))


def _of_words(store: Store, slug: str) -> Iterable[Figure]:
    for number in range(CHANGES):
        standing = section(slug, "Konsultacje")
        drafting.save_section(
            SYSTEM,
            slug,
            standing.section_id,
            source=f"## Konsultacje\n\nProjekt poddaje się konsultacjom po raz {number}.\n",
            base_text_id=standing.text_id,
            note="",
            now=store.now,
        )
    for name, words, forms in (
        ("few", f"raz {CHANGES // 2}", False),
        ("all", "poddaje się konsultacjom", False),
        ("forms", "poddawać się konsultacji", True),
    ):
        took = min(
            _time(lambda w=words, f=forms: appearances.find_appearances(SYSTEM, slug, w, in_any_form=f))
            for _ in range(5)
        )
        what = {
            "few": "in one of 2,000 texts",
            "all": "in all of them",
            "forms": "in all, in any form",
        }[name]
        yield _printed(f"similar.words_{name}", f"since when words stand that are {what}, ms", took)


def _time(act: Callable[[], object]) -> float:
    began = time.process_time()
    act()
    return (time.process_time() - began) * 1_000


def _printed(name: str, what: str, value: float) -> Figure:
    return Figure(name=name, what=what, ours=round(value, 1), yardstick=None, ratio=None, target="", met=None)
