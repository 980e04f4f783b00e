"""A process that writes until it is killed: ``python -m tests.storage.writer URL SLUG ACT``.

It says "ready" when it begins, and after every act that was answered prints what it was told.
"""

from __future__ import annotations

import sys
import time

from consult.domain.policy.actors import SYSTEM
from consult.services import comments, documents
from consult.services.comments import Remark
from tests.factories.apps import opened
from tests.factories.records import NGO, TEXT


def main(url: str, slug: str, act: str) -> None:
    with opened(url) as store:
        print("ready", flush=True)
        while True:
            number = time.monotonic_ns()  # no two acts write the same, whoever was killed before
            if act == "submit":
                remarks = [Remark(f"{number}a"), Remark(f"{number}b"), Remark(f"{number}c")]
                receipt = comments.submit_comments(SYSTEM, slug, remarks, NGO, now=store.now)
                print(receipt.numbers[-1], flush=True)
            else:
                text = TEXT.replace("siedmiu", str(number)).replace("na piśmie", f"na {number} piśmie")
                revised = documents.revise_document(
                    SYSTEM, slug, content=text.encode(), filename="a.md", now=store.now
                )
                print(revised.change_no, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
