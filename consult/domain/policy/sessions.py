"""How long a browser stays signed in.

Who works for a host sees names and addresses of people, often on a computer of an office: that browser is signed out
after half a day without use. Everybody else comes back a few times in a consultation, which lasts three weeks or more.
However often it is used, a browser has to sign in anew in the end.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from consult.domain.policy.actors import EDITOR, OFFICIAL, Actor

STAFF_IDLE = timedelta(hours=12)
STAFF_LONGEST = timedelta(days=7)
OTHERS_IDLE = timedelta(days=30)
OTHERS_LONGEST = timedelta(days=180)

CODE_AWAITED = timedelta(minutes=10)
"""How long after the password the code of the second factor may be given."""

NOTED_EVERY = timedelta(minutes=10)
"""How exactly it is kept when a browser was last heard of."""


def is_staff(actor: Actor) -> bool:
    """Whether somebody looks after an installation or works for a host in it."""
    return actor.is_administrator or any(role in (OFFICIAL, EDITOR) for _, role in actor.memberships)


def is_over(made_at: datetime, last_seen_at: datetime, *, staff: bool, now: datetime) -> bool:
    """Whether a browser that signed in and was last heard of then has to sign in anew."""
    idle, longest = (STAFF_IDLE, STAFF_LONGEST) if staff else (OTHERS_IDLE, OTHERS_LONGEST)
    return now - last_seen_at >= idle or now - made_at >= longest
