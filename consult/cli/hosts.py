"""The host that documents belong to when they come from the command line."""

from __future__ import annotations

from datetime import datetime

from consult.domain.errors import NotFound
from consult.domain.policy.actors import SYSTEM
from consult.services.organisations import create_organisation
from consult.storage.queries.organisations import get_host


def ensure_host(now: datetime) -> int:
    """The id of the first host; a store without any gets one called after the installation."""
    try:
        return get_host(None).id
    except NotFound:
        return create_organisation(
            SYSTEM, name="Urząd Miasta", slug="urzad-miasta", kind="office", is_host=True, now=now
        )
