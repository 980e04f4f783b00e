"""Letters asked for inside an act's transaction: saved with it, or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.storage.models.letters import OutgoingLetter
from consult.storage.unit_of_work import MAIL_JOB, Work


def post(
    work: Work,
    letter: str,
    *,
    person_id: int | None = None,
    submission_id: int | None = None,
    ref: Mapping[str, Any] | None = None,
    at: datetime,
    due_at: datetime | None = None,
) -> None:
    """Ask for a letter in the transaction of the act it tells of; the worker sends it after the commit.

    `letter` is the name of a folder of templates/mail ("accounts/confirm"). It goes to an account (`person_id`), to
    the sender of a submission (`submission_id`), or to neither, when its gatherer says the address. `ref` holds ids
    only, never personal data or secrets; a "language" in it ("pl", "en") is that of a recipient who never chose one.
    Before `due_at` it does not leave.
    """
    work.add(
        OutgoingLetter(
            letter=letter,
            person_id=person_id,
            submission_id=submission_id,
            ref=json.dumps(dict(ref or {}), sort_keys=True),
            made_at=at,
            due_at=due_at or at,
            next_at=due_at or at,
            sent_at=None,
            dropped_at=None,
        )
    )
    work.wake(MAIL_JOB)
