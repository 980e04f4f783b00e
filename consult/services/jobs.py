"""What the worker does, by name of job: each looks for itself what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from consult.services.letters.sending import send_pending
from consult.services.search import deliver_pending, reindex
from consult.storage.unit_of_work import DELIVER_JOB, MAIL_JOB, REBUILD_JOB

Now = Callable[[], datetime]


def _deliver(now: Now) -> object:
    return deliver_pending(now=now)


def _send(now: Now) -> object:
    return send_pending(now=now)


def _rebuild(now: Now) -> object:
    return reindex(now=now)


ACTIONS: Mapping[str, Callable[[Now], object]] = {
    DELIVER_JOB: _deliver,
    MAIL_JOB: _send,
    REBUILD_JOB: _rebuild,
}
