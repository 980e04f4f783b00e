"""A proposal being written: part after part, one of them in the editor, everything kept until it is sent."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import ConsultError, InvalidInput, NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.process.proposals import PartKind
from consult.services import previewing
from consult.services import proposals as service
from consult.services.proposals import PartDraft
from consult.services.proposals.making import MOST_PARTS
from consult.services.proposals.shared import get_discussed
from consult.services.together import all_or_nothing
from consult.services.unsaved_texts import Place
from consult.storage.queries import documents as document_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.proposals.forms import ProposalForm, proposal_form
from consult.web.proposals.presenters import NewPage, PartForm
from consult.web.proposals.views.shared import head_of, proposal_href
from consult.web.shared import editing
from consult.web.shared.addresses import whole_number
from consult.web.shared.editing import NOTHING, Begun, begin_writing, editor_of
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted, part_title, standing_parts
from consult.web.shared.heads import now
from consult.web.shared.limits import limited
from consult.web.shared.pictures import words_with_pictures
from consult.web.shared.redlines import redline, shortened
from consult.web.shared.signed_out import keeps_when_signed_out
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor

Sections = dict[str, SectionRow]


@limited("proposals")
def new(slug: str) -> ResponseReturnValue:
    """A proposal written: one part after another is added to the page, nothing typed is lost, then it is sent."""
    document = get_drafted(slug, Permission.PROPOSE_CHANGE)
    sections = standing_parts(document)
    if request.method == "GET":
        return _begun(document, sections)
    form = proposal_form()
    _gather(form)
    if not form.is_sent():
        return _new_page(document, sections, form), 422
    act = form.act.data or ""
    if act == "send":
        return _sent(document, sections, form)
    words, fell_back = None, False
    if act == "more":
        form = _more(sections, form)
    elif act.startswith("open-"):
        _open(form, whole_number(act.removeprefix("open-")))
    elif act == "put-right":
        editing.put_right(document, form)
        _gather(form)
    editing.keep(form, document, _place(form))
    if act in ("show", "put-right") and opened_in(form) is not None:
        try:
            rendered = previewing.preview_words(current_actor(), slug, source=form.source.data or "")
        except InvalidInput as error:
            refuse(form, error)
            return _new_page(document, sections, form), 422
        words, fell_back = words_with_pictures(document, rendered.html), rendered.fell_back
    return _new_page(document, sections, form, words=words, fell_back=fell_back)


def _begun(document: DocumentRow, sections: Sections) -> ResponseReturnValue:
    """The form as it is opened: empty, with the part asked for, or with what was left unsaved."""
    section = sections.get(request.args.get("section", ""))
    place = Place("propose", request.args.get("section", "") if section is not None else "")
    count = whole_number(editing.unsaved_fields(document, place).get("count"))
    form = proposal_form(count or 0)
    if not count and section is not None:
        form = _grown(form, PartKind.REWORD, section)
    source, base = form.source.data or "", whole_number(form.base.data)
    begun = begin_writing(form, document, place, source=source, base_text_id=base)
    _gather(form)
    return _new_page(document, sections, form, begun)


def _sent(document: DocumentRow, sections: Sections, form: ProposalForm) -> ResponseReturnValue:
    try:
        with all_or_nothing():
            number = service.propose_changes(
                current_actor(),
                document.slug,
                title=form.title.data or "",
                rationale=form.rationale.data or "",
                parts=_drafts(form),
                now=now(),
            )
            editing.settle(form)
    except ConsultError as error:
        refuse(form, _about_field(error, form))
        editing.keep(form, document, _place(form))
        return _new_page(document, sections, form), 422
    say("done", gettext("Proposal %(number)s is made. The editors of the draft decide on it.", number=number))
    return redirect(proposal_href(document, number), code=303)


# The part in the editor


def opened_in(form: ProposalForm) -> int | None:
    """The part that stands in the editor."""
    at = whole_number(form.opened.data)
    return at if at is not None and at < _count(form) and _is_written(form, at) else None


def _is_written(form: ProposalForm, at: int) -> bool:
    return bool(form[f"kind_{at}"].data != PartKind.REMOVE)


def _gather(form: ProposalForm) -> None:
    """Put the words of the editor where the part has its own."""
    at = opened_in(form)
    if at is not None:
        form[f"source_{at}"].data = form.source.data


def _open(form: ProposalForm, at: int | None) -> None:
    """Put a part into the editor."""
    if at is not None and at < _count(form) and _is_written(form, at):
        form.opened.data, form.source.data = str(at), form[f"source_{at}"].data


def _place(form: ProposalForm) -> Place:
    """Where it is kept while it is written: with the part it began with."""
    return Place("propose", (form["section_0"].data or "") if _count(form) else "")


# What was sent


def _count(form: ProposalForm) -> int:
    return whole_number(form.count.data) or 0


def _kept(form: ProposalForm) -> list[int]:
    """Places in the form of the parts that are not to be left out."""
    return [at for at in range(_count(form)) if not form[f"drop_{at}"].data]


def _about_field(error: ConsultError, form: ProposalForm) -> ConsultError:
    """The error, about the field of the form, whose part comes into the editor. Parts left out were not counted when it
    was made."""
    name, _, at = str(error.facts.get("field") or "").rpartition("_")
    kept = _kept(form)
    if name and at.isdigit() and int(at) < len(kept):
        here = kept[int(at)]
        _open(form, here)
        error.facts["field"] = "source" if name == "source" and _is_written(form, here) else f"{name}_{here}"
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


def _more(sections: Sections, form: ProposalForm) -> ProposalForm:
    section = sections.get(form.more_section.data or "")
    kind = form.more_kind.data or ""
    if section is None and kind != PartKind.ADD:
        raise NotFound("section")
    return _grown(form, kind, section) if _count(form) < MOST_PARTS else form


def _grown(form: ProposalForm, kind: str, section: SectionRow | None) -> ProposalForm:
    """The same form with one part more, in the editor."""
    at = _count(form)
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
    grown.more_section.data = section.section_id if section else ""
    if at == 0:
        grown.base.data = grown["base_0"].data
    _open(grown, at)
    return grown


# What is shown


def _new_page(
    document: DocumentRow,
    sections: Sections,
    form: ProposalForm,
    begun: Begun = NOTHING,
    *,
    words: Markup | None = None,
    fell_back: bool = False,
) -> str:
    parts = tuple(_part_form(sections, form, at) for at in range(_count(form)))
    at = opened_in(form)
    editor = editor_of(document, _place(form), begun, preview=words, fell_back=fell_back)
    # what this browser kept of a page with other parts must not come back into this one
    shape = ",".join(f"{part.kind}{form[f'section_{part.at}'].data}" for part in parts)
    page = NewPage(
        head=head_of(document),
        back_href=url_for("proposals.list_all", slug=document.slug),
        parts=parts,
        sections=tuple((section.section_id, part_title(section)) for section in sections.values()),
        editor=replace(editor, key=f"{editor.key}/{at}:{shape}"),
        opened=parts[at] if at is not None else None,
    )
    return render_template("proposals/new.html", page=page, form=form)


def _part_form(sections: Sections, form: ProposalForm, at: int) -> PartForm:
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
    old, new_words = before.strip(), wanted.replace("\r\n", "\n").strip()
    return PartForm(
        at=at,
        kind=kind,
        title=title,
        before=before.rstrip() if kind == PartKind.REWORD else "",
        redline=shortened(redline(old, new_words)) if old != new_words else (),
        new_title=(form[f"title_{at}"].data or "") if kind == PartKind.ADD else "",
    )


# Signed out while writing


def keep_proposal(actor: Actor, slug: str) -> str:
    """Keep what somebody sent whose sign-in ran out meanwhile; where they find it again, or "" if it was not kept."""
    form = proposal_form()
    _gather(form)
    if not form.is_sent():
        return ""
    with suppress(ConsultError):
        document = get_discussed(actor, slug, Permission.PROPOSE_CHANGE)
        place = _place(form)
        if editing.keep(form, document, place, actor=actor) is not None:
            where: dict[str, Any] = {"section": place.section_id} if place.section_id else {}
            return url_for("proposals.new", slug=slug, **where)
    return ""


keeps_when_signed_out("proposals.new", keep_proposal)
