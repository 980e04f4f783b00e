"""What the worker does, by name of job: each looks for itself what there is to do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from consult.services.letters.sending import send_pending
from consult.services.search import deliver_pending
from consult.services.upkeep import beat, run_due
from consult.storage.unit_of_work import DELIVER_JOB, HEARTBEAT_JOB, MAIL_JOB, UPKEEP_JOB

Now = Callable[[], datetime]


def _deliver(now: Now) -> object:
    return deliver_pending(now=now)


def _send(now: Now) -> object:
    return send_pending(now=now)


def _keep_up(now: Now) -> object:
    return run_due(now=now)


def _beat(now: Now) -> None:
    beat(now=now)


ACTIONS: Mapping[str, Callable[[Now], object]] = {
    DELIVER_JOB: _deliver,
    MAIL_JOB: _send,
    UPKEEP_JOB: _keep_up,
    HEARTBEAT_JOB: _beat,
}
"""Each is run when it is asked for, and every minute besides; none twice at the same time."""
