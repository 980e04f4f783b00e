"""A proposal decided: what is ticked is taken; where two wordings cannot both be had, the page that joins them."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.services import proposals as service
from consult.services.proposals import Pick, Taken, Unjoined
from consult.storage.queries import proposals as queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.proposals import PartRow
from consult.web.proposals.forms import DecisionForm, decision_form
from consult.web.proposals.presenters import Dispute, MergePage, MergePart
from consult.web.proposals.views.reading import shown
from consult.web.proposals.views.shared import head_of, proposal_href
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted
from consult.web.shared.heads import now
from consult.web.shared.redlines import redline
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor


def decide(slug: str, number: int) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.EDIT_DRAFT)
    row = queries.get_proposal(document.id, number)
    parts = queries.list_parts([row.id])
    form = decision_form(tuple(part.id for part in parts if f"source_{part.id}" in request.form))
    if not form.is_sent():
        return shown(document, number, decision=form), 422
    try:
        if form.act.data == "take":
            return _take(document, number, parts, form)
        if form.act.data == "reopen":
            service.reopen_proposal(current_actor(), slug, number, now=now())
            say("done", gettext("The proposal waits for a decision again."))
        else:
            service.decline_proposal(current_actor(), slug, number, reason=form.reason.data or "", now=now())
            say("done", gettext("The proposal is declined; its author gets a letter with the reasons."))
    except ConsultError as error:
        refuse(form, error)
        return shown(document, number, decision=form), 422
    return redirect(proposal_href(document, number), code=303)


def _take(
    document: DocumentRow, number: int, parts: list[PartRow], form: DecisionForm
) -> ResponseReturnValue:
    taken = service.take_proposal(
        current_actor(),
        document.slug,
        number,
        [_pick(part, form) for part in parts],
        note=form.note.data or "",
        now=now(),
    )
    if isinstance(taken, Unjoined):
        return _merge_page(document, number, parts, form, taken), 409
    say("done", _said(taken))
    return redirect(proposal_href(document, number), code=303)


def _said(taken: Taken) -> str:
    if taken.state == "partly":
        return gettext("What was ticked is in the draft as change %(number)s.", number=taken.change_no)
    return gettext("The proposal is in the draft as change %(number)s.", number=taken.change_no)


def _pick(part: PartRow, form: DecisionForm) -> Pick:
    """What was ticked of a part, or the text that joins it by hand."""
    ticked = [value.partition(":") for value in request.form.getlist("pick")]
    passages = {whole_number(at) for part_id, _, at in ticked if part_id == str(part.id)}
    base = whole_number(request.form.get(f"base_{part.id}", ""))
    if f"source_{part.id}" in form:
        return Pick(part.id, base_text_id=base, source=form[f"source_{part.id}"].data or "")
    return Pick(part.id, {at for at in passages if at is not None}, base)


def _merge_page(
    document: DocumentRow, number: int, parts: list[PartRow], form: DecisionForm, unjoined: Unjoined
) -> str:
    ids = tuple(part.part_id for part in unjoined.parts)
    joining = decision_form(ids)
    joining.note.data, joining.act.data = form.note.data, "take"
    for each in unjoined.parts:
        joining[f"source_{each.part_id}"].data = each.merged.text
        joining[f"base_{each.part_id}"].data = str(each.theirs_text_id)
    page = MergePage(
        head=head_of(document),
        title=queries.get_proposal(document.id, number).title,
        back_href=proposal_href(document, number),
        act_href=url_for("proposals.decide", slug=document.slug, number=number),
        parts=tuple(
            MergePart(
                id=each.part_id,
                title=each.heading,
                disputes=tuple(
                    Dispute(conflict.base, conflict.theirs, conflict.ours)
                    for conflict in each.merged.conflicts
                ),
                theirs=redline(each.base.strip(), each.theirs.strip()),
                yours=redline(each.base.strip(), each.yours.strip()),
            )
            for each in unjoined.parts
        ),
        picks=tuple(request.form.getlist("pick")),
        bases=tuple(
            (f"base_{part.id}", request.form.get(f"base_{part.id}", ""))
            for part in parts
            if part.id not in ids
        ),
    )
    return render_template("proposals/merge.html", page=page, form=joining)
