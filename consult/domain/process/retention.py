"""How long contact data of senders are kept: the storage limitation of Regulation (EU) 2016/679, art. 5 (1) (e)."""

from __future__ import annotations

import calendar
from datetime import datetime

DEFAULT_MONTHS = 12
"""For a host that has not said how long."""

SHORTEST_MONTHS, LONGEST_MONTHS = 1, 120


def kept_until(ended_at: datetime, months: int) -> datetime:
    """The moment contact data are erased: so many months after `ended_at`, on the same day of the month or its last."""
    year, month = divmod(ended_at.year * 12 + ended_at.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return ended_at.replace(year=year, month=month + 1, day=min(ended_at.day, last))
