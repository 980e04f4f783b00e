"""A proposal discussed, brought up to date and withdrawn by its author."""

from __future__ import annotations

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotPermitted
from consult.domain.policy.permissions import Permission
from consult.domain.process.proposals import PartKind
from consult.services import proposals as service
from consult.services.proposals import Renewal
from consult.storage.queries import proposals as queries
from consult.web.proposals.forms import (
    ReplyForm,
    WithdrawForm,
    renew_form,
)
from consult.web.proposals.presenters import RenewPage, RenewPart
from consult.web.proposals.views.reading import shown
from consult.web.proposals.views.shared import bases_of, head_of, proposal_href
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted, part_title, standing_parts
from consult.web.shared.heads import now
from consult.web.shared.limits import limited
from consult.web.shared.redlines import redline
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


@limited("proposals")
def reply(slug: str, number: int) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.PROPOSE_CHANGE)
    form = ReplyForm()
    if form.is_sent():
        try:
            reply_id = service.discuss_proposal(
                current_actor(), slug, number, form.text.data or "", now=now()
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("Your reply stands in the discussion."))
            return redirect(proposal_href(document, number, anchor=f"odpowiedz-{reply_id}"), code=303)
    return shown(document, number, reply=form), 422


def withdraw(slug: str, number: int) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.PROPOSE_CHANGE)
    form = WithdrawForm()
    if form.is_sent():
        try:
            service.withdraw_proposal(current_actor(), slug, number, reason=form.reason.data or "", now=now())
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The proposal is withdrawn; it stays on record."))
            return redirect(proposal_href(document, number), code=303)
    return shown(document, number, withdrawal=form), 422


def renew(slug: str, number: int) -> ResponseReturnValue:
    """The author brings the wording up to date with the draft."""
    document = get_drafted(slug, Permission.PROPOSE_CHANGE)
    row = queries.get_proposal(document.id, number)
    if row.person_id is None or row.person_id != current_actor().id:
        raise NotPermitted("change_proposal", because="is_author")
    sections = standing_parts(document)
    parts = [
        part
        for part in queries.list_parts([row.id])
        if part.kind == PartKind.REWORD and part.section_id in sections
    ]
    form = renew_form(tuple(part.id for part in parts))
    if not form.is_submitted():
        for part in parts:
            form[f"source_{part.id}"].data = part.source.rstrip()
            form[f"base_{part.id}"].data = str(sections[part.section_id or ""].text_id)
    elif form.is_sent():
        try:
            service.renew_proposal(
                current_actor(),
                slug,
                number,
                [
                    Renewal(
                        part.id,
                        form[f"source_{part.id}"].data or "",
                        whole_number(form[f"base_{part.id}"].data) or 0,
                    )
                    for part in parts
                ],
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The proposal is up to date."))
            return redirect(proposal_href(document, number), code=303)
    bases = bases_of(parts)
    page = RenewPage(
        head=head_of(document),
        title=row.title,
        back_href=proposal_href(document, number),
        parts=tuple(
            RenewPart(
                id=part.id,
                title=part_title(sections[part.section_id or ""]),
                yours=redline(bases[part.base_text_id or 0].strip(), part.source.strip()),
                theirs=redline(
                    bases[part.base_text_id or 0].strip(), sections[part.section_id or ""].source.strip()
                ),
            )
            for part in parts
        ),
    )
    answer = render_template("proposals/renew.html", page=page, form=form)
    return (answer, 422) if form.errors else answer
