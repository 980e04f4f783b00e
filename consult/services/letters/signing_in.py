"""Letters about signing in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.services.letters.recipients import Gatherer, Recipient
from consult.storage.queries import accounts, sessions

SESSIONS_PATH = "/account/sessions"
PASSWORD_PATH = "/account/password"  # noqa: S105 (an address)
SECOND_FACTOR_PATH = "/account/second-factor"


def gather_new_sign_in(
    recipient: Recipient, ref: Mapping[str, Any], _now: datetime
) -> Mapping[str, Any] | None:
    """Somebody signed in with a kind of browser the person had not used; not sent once that session was ended."""
    session_id, person_id = ref.get("session_id"), recipient.person_id
    found = sessions.find_session_of(int(session_id), person_id) if session_id and person_id else None
    if found is None:
        return None
    return {
        "signed_in_at": found.last_seen_at,
        "device": ", ".join(name for name in (found.browser, found.system) if name),
        "sessions_path": SESSIONS_PATH,
        "password_path": PASSWORD_PATH,
    }


def gather_second_factor_removed(
    recipient: Recipient, ref: Mapping[str, Any], now: datetime
) -> Mapping[str, Any] | None:
    person = accounts.find_person(recipient.person_id) if recipient.person_id else None
    if person is None:
        return None
    at = ref.get("at")
    return {
        "removed_at": datetime.fromisoformat(str(at)) if at else now,
        "second_factor_path": SECOND_FACTOR_PATH,
        "password_path": PASSWORD_PATH,
    }


GATHERERS: dict[str, Gatherer] = {
    "accounts/new_sign_in": gather_new_sign_in,
    "accounts/second_factor_removed": gather_second_factor_removed,
}
