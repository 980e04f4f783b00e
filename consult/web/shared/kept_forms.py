"""Forms beside the editor whose words are kept while somebody writes: replies, notes, opinions, reasons.

A form takes part by the attribute ``data-unsaved`` in its template, empty or with its name where several are sent to one
address. The script (``static/js/kept_forms.js``) gives it the fields below, posts it to `unsaved_texts.keep_form` a moment
after one stops typing, and brings back what was left when the page is opened again. A form is forgotten when its act is
said to be done (`site.say`), and kept when it is sent after the sign-in ran out (`signed_out`).
"""

from __future__ import annotations

import json
from contextlib import suppress

from flask import request

from consult.domain.errors import ConsultError
from consult.domain.policy.actors import Actor
from consult.services import unsaved_texts as service
from consult.services.unsaved_texts import Form, Kept
from consult.web.shared.heads import now
from consult.web.shared.viewers import current_actor

WINDOW = "kept_window"
TAKEN = "kept_taken"
NAME = "kept_name"
PAGE = "kept_page"
TITLE = "kept_title"
OURS = frozenset(
    {WINDOW, TAKEN, NAME, PAGE, TITLE, "kept_at", "csrf_token", "still", "leaving", "kind", "section"}
    | {"window", "taken", "yours"}
)
"""Fields that are no part of what was typed, or kept as an editor's text already."""

MOST_SHOWN = 4_000


def keep(actor: Actor, address: str) -> Kept:
    """Keep the form of this request, which is sent to `address`. Raises InvalidInput, NotPermitted."""
    name = request.form.get(NAME, "")
    form = Form(
        address=f"{address}#{name}" if name else address,
        page=request.form.get(PAGE, ""),
        title=request.form.get(TITLE, ""),
    )
    fields = {field: value for field, value in request.form.items() if field not in OURS and len(field) <= 60}
    return service.keep_form(
        actor,
        form,
        fields,
        window=request.form.get(WINDOW, ""),
        taken=service.Taken.read(request.form.get(TAKEN)),
        now=now(),
    )


def keep_sent(actor: Actor) -> str:
    """Keep a form that was sent by somebody whose sign-in ran out; the page on which they find it again, or ""."""
    if WINDOW not in request.form:
        return ""
    with suppress(ConsultError):
        keep(actor, request.path)
        return request.form.get(PAGE, "")
    return ""


def settle_sent() -> None:
    """Forget what was kept of the form of this request: what it asks for is done."""
    if request.method == "POST" and WINDOW in request.form:
        service.settle_unsaved(
            current_actor(), request.form[WINDOW], service.Taken.read(request.form.get(TAKEN))
        )


def typed_words(further: str) -> tuple[str, ...]:
    """What was typed into the fields of a kept form, without choices and signs of the page itself."""
    texts = [str(value).strip() for value in json.loads(further or "{}").values()]
    return tuple(text[:MOST_SHOWN] for text in texts if len(text) > 20 or " " in text)
