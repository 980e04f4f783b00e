"""Workers that feed the index until they are killed: ``python -m tests.services.indexer URL FOLDER``.

For every seed on its standard input a worker is born, says its process number when it begins, then delivers without a
pause, now and then building everything anew. The next one is born when it has died. They are forked, because starting
Python anew takes longer than all the rest.
"""

from __future__ import annotations

import os
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


def main(url: str, folder: str) -> None:
    analyser().tokens("gmina", "pl")  # the dictionary is read once for all of them
    for seed in sys.stdin:
        born = os.fork()
        if born == 0:
            deliver_until_killed(url, folder, seed.strip())
        os.waitpid(born, 0)


def deliver_until_killed(url: str, folder: str, seed: str) -> None:
    dice = random.Random(seed)
    with opened(url, search=WhooshSearch(Path(folder), analyser()), jobs=NoWorker()) as store:
        print(os.getpid(), flush=True)
        while True:
            if dice.random() < 0.1:
                search.reindex(now=store.clock.now)
            search.deliver_pending(now=store.clock.now)
            end_reading()


if __name__ == "__main__":
    main(*sys.argv[1:])
