"""A proposal written, discussed, brought up to date and withdrawn by its author."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, NotFound, NotPermitted
from consult.domain.policy.permissions import Permission
from consult.domain.process.proposals import PartKind
from consult.services import proposals as service
from consult.services.proposals import PartDraft, Renewal
from consult.services.proposals.making import MOST_PARTS
from consult.storage.queries import documents as document_queries
from consult.storage.queries import proposals as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.proposals.forms import (
    ProposalForm,
    ReplyForm,
    WithdrawForm,
    proposal_form,
    renew_form,
)
from consult.web.proposals.presenters import NewPage, PartForm, RenewPage, RenewPart
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
def new(slug: str) -> ResponseReturnValue:
    """A proposal written: one part after another is added to the page, nothing typed is lost, then it is sent."""
    document = get_drafted(slug, Permission.PROPOSE_CHANGE)
    sections = standing_parts(document)
    if request.method == "GET":
        form = proposal_form(0)
        section = sections.get(request.args.get("section", ""))
        if section is not None:
            form = _grown(form, PartKind.REWORD, section)
        return _new_page(document, sections, form)
    form = proposal_form()
    if not form.is_sent():
        return _new_page(document, sections, form), 422
    if form.act.data == "more":
        return _more(document, sections, form)
    if form.act.data == "show":
        return _new_page(document, sections, form, is_shown=True)
    try:
        number = service.propose_changes(
            current_actor(),
            slug,
            title=form.title.data or "",
            rationale=form.rationale.data or "",
            parts=_drafts(form),
            now=now(),
        )
    except ConsultError as error:
        refuse(form, _about_field(error, form))
        return _new_page(document, sections, form), 422
    say("done", gettext("Proposal %(number)s is made. The editors of the draft decide on it.", number=number))
    return redirect(proposal_href(document, number), code=303)


def _kept(form: ProposalForm) -> list[int]:
    """Places in the form of the parts that are not to be left out."""
    return [at for at in range(int(form.count.data or 0)) if not form[f"drop_{at}"].data]


def _about_field(error: ConsultError, form: ProposalForm) -> ConsultError:
    """The error, about the field of the form: parts left out were not counted when it was made."""
    name, _, at = str(error.facts.get("field") or "").rpartition("_")
    kept = _kept(form)
    if name and at.isdigit() and int(at) < len(kept):
        error.facts["field"] = f"{name}_{kept[int(at)]}"
    return error


def _drafts(form: ProposalForm) -> list[PartDraft]:
    """The parts as they were sent, without those left out."""
    drafts = []
    for at in _kept(form):
        kind = form[f"kind_{at}"].data or ""
        section_id = form[f"section_{at}"].data or None
        drafts.append(
            PartDraft(
                kind,
                section_id,
                form[f"source_{at}"].data or "",
                whole_number(form[f"base_{at}"].data),
                form[f"title_{at}"].data or "",
            )
        )
    return drafts


def _more(document: DocumentRow, sections: dict[str, SectionRow], form: ProposalForm) -> ResponseReturnValue:
    section = sections.get(form.more_section.data or "")
    kind = form.more_kind.data or ""
    if section is None and kind != PartKind.ADD:
        raise NotFound("section")
    if int(form.count.data or 0) < MOST_PARTS:
        form = _grown(form, kind, section)
    return _new_page(document, sections, form)


def _grown(form: ProposalForm, kind: str, section: SectionRow | None) -> ProposalForm:
    """The same form with one part more."""
    at = int(form.count.data or 0)
    grown = proposal_form(at + 1)
    for field in form:
        if field.name not in ("csrf_token", "count"):
            grown[field.name].data = field.data
    grown[f"kind_{at}"].data = kind if kind in list(PartKind) else str(PartKind.REWORD)
    grown[f"section_{at}"].data = section.section_id if section else ""
    is_new = kind == PartKind.ADD
    grown[f"base_{at}"].data = "" if is_new or section is None else str(section.text_id)
    grown[f"source_{at}"].data = section.source.rstrip() if section and kind == PartKind.REWORD else ""
    grown[f"title_{at}"].data = ""
    grown[f"drop_{at}"].data = False
    return grown


def _new_page(
    document: DocumentRow, sections: dict[str, SectionRow], form: ProposalForm, *, is_shown: bool = False
) -> str:
    page = NewPage(
        head=head_of(document),
        back_href=url_for("proposals.list_all", slug=document.slug),
        parts=tuple(
            _part_form(sections, form, at, is_shown=is_shown) for at in range(int(form.count.data or 0))
        ),
        sections=tuple((section.section_id, part_title(section)) for section in sections.values()),
        is_shown=is_shown,
    )
    return render_template("proposals/new.html", page=page, form=form)


def _part_form(sections: dict[str, SectionRow], form: ProposalForm, at: int, *, is_shown: bool) -> PartForm:
    kind = form[f"kind_{at}"].data or ""
    section = sections.get(form[f"section_{at}"].data or "")
    title = part_title(section) if section else gettext("the beginning")
    before = ""
    if kind != PartKind.ADD and section is not None:
        base = whole_number(form[f"base_{at}"].data)
        before = section.source
        if base is not None and base != section.text_id:
            text = document_queries.get_text(base)
            before = text.source if text.section_id == section.section_id else section.source
    wanted = "" if kind == PartKind.REMOVE else (form[f"source_{at}"].data or "")
    shows = is_shown or kind == PartKind.REMOVE
    return PartForm(
        at=at,
        kind=kind,
        title=title,
        before=before.rstrip() if kind == PartKind.REWORD else "",
        redline=redline(before.strip(), wanted.replace("\r\n", "\n").strip()) if shows else (),
    )


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
