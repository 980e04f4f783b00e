"""Whether the installation works, in two facts."""

from __future__ import annotations

from dataclasses import dataclass

from consult.services.search import lag
from consult.storage.unit_of_work import is_database_ready


@dataclass(frozen=True, slots=True)
class Health:
    """`index_lag` is how many events the index has not heard of; None when the database does not answer."""

    database: bool
    index_lag: int | None


def check_health() -> Health:
    is_ready = is_database_ready()
    return Health(is_ready, lag() if is_ready else None)
