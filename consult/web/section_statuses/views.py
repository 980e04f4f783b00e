"""How far the parts of a draft are, who holds what against them, and the stages of the document."""

from __future__ import annotations

from collections import Counter

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.domain.policy.permissions import Permission
from consult.domain.process.section_statuses import Status
from consult.domain.process.stages import Stage
from consult.services import section_statuses as service
from consult.services import stages as stage_service
from consult.services.authority import of_document
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import listings
from consult.storage.queries import organisations as organisation_queries
from consult.storage.queries import proposals as proposal_queries
from consult.storage.queries import section_statuses as queries
from consult.storage.queries import working_notes as note_queries
from consult.storage.queries.documents import DocumentRow
from consult.storage.queries.section_statuses import StatusRow
from consult.web.section_statuses.forms import DissentForm, OwnDissent, StageForm, StatusForm
from consult.web.section_statuses.presenters import (
    OverviewPage,
    PartLine,
    PartPage,
    StageLine,
    StagePage,
    StatusLine,
    StepLine,
)
from consult.web.shared.forms import refuse
from consult.web.shared.group_work import get_drafted, part_href, part_title, standing_parts
from consult.web.shared.heads import document_head, may, now
from consult.web.shared.i18n import moment
from consult.web.shared.limits import limited
from consult.web.shared.presenters import DocumentHead, Link
from consult.web.shared.review import dissent_of, reason_of, status_of
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

COURSE = (
    Stage.DRAFTING,
    Stage.AGREED,
    Stage.CONSULTED,
    Stage.ANSWERING,
    Stage.REVISED,
    Stage.ADOPTED,
    Stage.IN_FORCE,
)
"""The stages a document goes through when nothing is left out."""


FIRST_UNSETTLED = 8
"""Parts named on the page of stages; the overview has them all."""


def overview(slug: str) -> str:
    """All parts with what is said of each."""
    document = get_drafted(slug)
    sections = standing_parts(document)
    statuses = queries.list_statuses(document.id)
    dissents = Counter(row.section_id for row in queries.list_dissents(document.id))
    proposed = Counter(part.section_id for part in proposal_queries.list_undecided_parts(document.id))
    reads_notes = may(Permission.READ_NOTES, document)
    notes = note_queries.count_open_notes(document.id) if reads_notes else {}
    counts = Counter(status_of(statuses.get(key)) for key in sections)
    page = OverviewPage(
        head=_head(document),
        parts=tuple(
            PartLine(
                title=part_title(section),
                href=url_for("section_statuses.part", slug=slug, section_id=key),
                read_href=part_href(document, key),
                depth=section.depth,
                status=status_of(statuses.get(key)),
                reason=reason_of(statuses.get(key)),
                dissent_count=dissents[key],
                proposal_count=proposed[key],
                proposals_href=url_for("proposals.list_all", slug=slug),
                note_count=notes.get(key, 0),
                notes_href=url_for("working_notes.list_all", slug=slug, section=key) if reads_notes else "",
            )
            for key, section in sections.items()
        ),
        counts=tuple((str(status), counts[str(status)]) for status in Status),
    )
    return render_template("section_statuses/overview.html", page=page)


def part(slug: str, section_id: str) -> str:
    return _part_page(get_drafted(slug), section_id)


def set_status(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.SET_STATUS)
    form = StatusForm()
    if form.is_sent():
        try:
            service.set_status(
                current_actor(),
                slug,
                section_id,
                form.status.data or "",
                note=form.note.data or "",
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The status of the part is set."))
            return redirect(_part_href(slug, section_id), code=303)
    return _part_page(document, section_id, form=form), 422


@limited("proposals")
def dissent(slug: str, section_id: str) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.DISSENT)
    form = DissentForm()
    if form.is_sent():
        try:
            service.hold_dissent(
                current_actor(),
                slug,
                section_id,
                form.text.data or "",
                is_public=bool(form.is_public.data),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("Your dissenting opinion stands beside the part."))
            return redirect(_part_href(slug, section_id), code=303)
    return _part_page(document, section_id, dissent_form=form), 422


def own_dissent(slug: str, dissent_id: int) -> ResponseReturnValue:
    """What somebody does with their own opinion: publish it, keep it in the group, withdraw it."""
    document = get_drafted(slug)
    section_id = queries.get_dissent(document.id, dissent_id).section_id
    form = OwnDissent()
    if not form.is_sent():
        say_stale()
    elif form.act.data == "withdraw":
        service.withdraw_dissent(current_actor(), slug, dissent_id, now=now())
        say("done", gettext("Your opinion is withdrawn."))
    else:
        service.publish_dissent(
            current_actor(), slug, dissent_id, is_public=form.act.data == "publish", now=now()
        )
        say("done", gettext("Saved."))
    return redirect(_part_href(slug, section_id), code=303)


def stage(slug: str) -> str:
    return _stage_page(get_drafted(slug))


def advance(slug: str) -> ResponseReturnValue:
    document = get_drafted(slug, Permission.ADVANCE_STAGE)
    form = StageForm()
    if form.is_sent():
        try:
            stage_service.advance_stage(
                current_actor(),
                slug,
                form.to.data or "",
                note=form.note.data or "",
                is_confirmed=bool(form.is_confirmed.data),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            say("done", gettext("The document is at its new stage."))
            return redirect(url_for("section_statuses.stage", slug=slug), code=303)
    return _stage_page(document, form), 422


def _head(document: DocumentRow) -> DocumentHead:
    return document_head(
        document,
        state_text=gettext("working draft after change %(number)s", number=document.last_change_no),
    )


def _part_href(slug: str, section_id: str) -> str:
    return url_for("section_statuses.part", slug=slug, section_id=section_id)


def _part_page(
    document: DocumentRow,
    section_id: str,
    *,
    form: StatusForm | None = None,
    dissent_form: DissentForm | None = None,
) -> str:
    slug = document.slug
    section = document_queries.get_section(document.id, section_id)
    labelled = standing_parts(document)[section_id]
    history = queries.list_status_history(document.id, section_id)
    last = history[0] if history else None
    steps = service.possible_statuses(current_actor(), of_document(document), Status(status_of(last)))
    dissents = may(Permission.DISSENT, document)
    organisation_id = (
        proposal_queries.find_organisation_of_seat(document.id, current_actor().id) if dissents else None
    )
    page = PartPage(
        head=_head(document),
        title=part_title(labelled),
        status=status_of(last),
        reason=reason_of(last),
        history=tuple(_status_line(document, row) for row in history),
        dissents=tuple(
            dissent_of(document, row, section.text_id, acts=True)
            for row in queries.list_dissents(document.id, section_id=section_id)
        ),
        steps=tuple(str(step) for step in steps),
        back_href=url_for("section_statuses.overview", slug=slug),
        read_href=part_href(document, section_id),
        set_href=url_for("section_statuses.set_status", slug=slug, section_id=section_id) if steps else "",
        dissent_href=url_for("section_statuses.dissent", slug=slug, section_id=section_id)
        if dissents
        else "",
        speaks_for=organisation_queries.get_organisation_by_id(organisation_id).name
        if organisation_id
        else "",
    )
    return render_template(
        "section_statuses/part.html",
        page=page,
        form=form or StatusForm(formdata=None),
        dissent=dissent_form or DissentForm(formdata=None),
    )


def _status_line(document: DocumentRow, row: StatusRow) -> StatusLine:
    return StatusLine(
        row.status,
        moment(row.at),
        row.person_name,
        row.note,
        _change(document, row.change_no) if row.change_no else None,
    )


def _change(document: DocumentRow, number: int) -> Link:
    return Link(
        gettext("change %(number)s", number=number),
        url_for("documents.change", slug=document.slug, number=number),
    )


def _stage_page(document: DocumentRow, form: StageForm | None = None) -> str:
    slug, at = document.slug, now()
    current = listings.get_stage(document.id, at)
    is_frozen = consultation_queries.find_freezing_consultation(document.id, at) is not None
    state = stage_service.readiness(document.id)
    sections = standing_parts(document)
    may_advance = may(Permission.ADVANCE_STAGE, document)

    def links(ids: tuple[str, ...]) -> tuple[Link, ...]:
        return tuple(Link(part_title(sections[key]), _part_href(slug, key)) for key in ids)

    page = StagePage(
        head=_head(document),
        stage=str(current),
        course=_course(current),
        choices=tuple(str(step) for step in stage_service.steps_by_hand(current))
        if may_advance and not is_frozen
        else (),
        unsettled=links(state.unsettled[:FIRST_UNSETTLED]),
        more_unsettled=max(0, len(state.unsettled) - FIRST_UNSETTLED),
        unexplained=links(state.unexplained),
        undecided=Link(gettext("Proposals"), url_for("proposals.list_all", slug=slug), count=state.undecided)
        if state.undecided
        else None,
        history=tuple(
            StepLine(
                row.from_stage,
                row.to_stage,
                moment(row.at),
                row.person_name,
                row.note,
                _change(document, row.change_no),
            )
            for row in queries.list_steps(document.id)
        ),
        act_href=url_for("section_statuses.advance", slug=slug),
        overview_href=url_for("section_statuses.overview", slug=slug),
        consultation_href=url_for("consultations.new", slug=slug)
        if document.last_version_no and may(Permission.OPEN_CONSULTATION, document) and not is_frozen
        else "",
        is_frozen=is_frozen,
    )
    return render_template("section_statuses/stage.html", page=page, form=form or StageForm(formdata=None))


def _course(current: Stage) -> tuple[StageLine, ...]:
    if current is Stage.REPEALED:
        return (*(StageLine(str(stage), "done") for stage in COURSE), StageLine(str(current), "now"))
    at = COURSE.index(current)
    return tuple(
        StageLine(str(stage), "done" if place < at else "now" if place == at else "next")
        for place, stage in enumerate(COURSE)
    )
