"""A process that writes until it is killed.

It says "ready" when it begins, and after every act that was answered the number it was told.
"""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

from consult.domain.policy.actors import SYSTEM
from consult.services import comments, documents
from consult.services.comments import Remark
from tests.factories.apps import opened
from tests.factories.records import NGO, TEXT


def main(says: Connection, url: str, slug: str, act: str) -> None:
    with opened(url) as store:
        says.send("ready")
        while True:
            number = time.monotonic_ns()  # no two acts write the same, whoever was killed before
            if act == "submit":
                remarks = [Remark(f"{number}a"), Remark(f"{number}b"), Remark(f"{number}c")]
                receipt = comments.submit_comments(SYSTEM, slug, remarks, NGO, now=store.now)
                says.send(receipt.numbers[-1])
            else:
                text = TEXT.replace("siedmiu", str(number)).replace("na piśmie", f"na {number} piśmie")
                revised = documents.revise_document(
                    SYSTEM, slug, content=text.encode(), filename="a.md", now=store.now
                )
                says.send(revised.change_no)
