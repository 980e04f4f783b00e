"""The button that follows something, for the pages of what can be followed.

A view calls ``follow_state("document", document.id)`` and puts the value in its page; the template shows it with
``{{ follow_button(page.follow) }}`` of ``templates/notifications/_follow.html``. Guests get a link that leads through
the sign-in page and back, so a page kept for guests holds no form.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask_wtf.csrf import generate_csrf

from consult.storage.queries import following as queries
from consult.web.shared.addresses import this_address
from consult.web.shared.viewers import current_person


@dataclass(frozen=True, slots=True)
class FollowState:
    """What the button needs: `href` is where its form is sent, `sign_in_href` leads guests to an account and back.

    `kind` is document, consultation, host, group, field or area; `ref` what of that kind.
    """

    kind: str
    ref: str
    is_followed: bool
    href: str
    csrf_token: str
    sign_in_href: str


def follow_state(kind: str, ref: str | int) -> FollowState:
    """Whether the reader follows something, and how they may; one query for people with an account, none for guests."""
    person = current_person()
    return _state(
        kind, str(ref), is_followed=person is not None and queries.is_followed(person.id, kind, str(ref))
    )


def follow_states(things: Sequence[tuple[str, str]]) -> tuple[FollowState, ...]:
    """The same of several things by (kind, ref), in one query for all of them."""
    person = current_person()
    followed = (
        {(row.kind, row.ref) for row in queries.list_followed(person.id)} if person and things else set()
    )
    return tuple(_state(kind, ref, is_followed=(kind, ref) in followed) for kind, ref in things)


def _state(kind: str, name: str, *, is_followed: bool) -> FollowState:
    person = current_person()
    back = this_address() if request.method in ("GET", "HEAD") else None
    return FollowState(
        kind=kind,
        ref=name,
        is_followed=is_followed,
        href=url_for("notifications.follow") if person else "",
        csrf_token=generate_csrf() if person else "",
        sign_in_href="" if person else url_for("accounts.sign_in", next=back),
    )
