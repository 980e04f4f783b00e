"""A worker that feeds the index until it is killed: ``python -m tests.services.indexer URL FOLDER SEED``.

It says "ready" when it begins, then delivers without a pause, now and then building everything anew.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from consult.adapters.search_whoosh import WhooshSearch
from consult.services import search
from consult.storage.unit_of_work import end_reading
from tests.factories.apps import analyser, opened


class NoWorker:
    """A queue whose worker never comes: this process is the worker."""

    def wake(self, job: str) -> None:
        del job

    def work(self, actions: object) -> None:
        del actions


def main(url: str, folder: str, seed: str) -> None:
    dice = random.Random(seed)
    with opened(url, search=WhooshSearch(Path(folder), analyser()), jobs=NoWorker()) as store:
        print("ready", flush=True)
        while True:
            if dice.random() < 0.1:
                search.reindex(now=store.clock.now)
            search.deliver_pending(now=store.clock.now)
            end_reading()


if __name__ == "__main__":
    main(*sys.argv[1:])
