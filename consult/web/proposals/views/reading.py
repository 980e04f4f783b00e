"""Proposals as they are read: the list, one with its parts, and those that meet shown together."""

from __future__ import annotations

from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext, ngettext

from consult.domain.merging.passages import Passage, paragraphs, passages, take
from consult.domain.policy.permissions import Permission
from consult.domain.process.proposals import UNDECIDED, PartKind, PartState, ProposalState, fit
from consult.domain.text.spans import Span
from consult.storage.queries import proposals as queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.storage.queries.proposals import PartRow, ProposalRow, TurnRow
from consult.web.proposals.forms import DecisionForm, ReplyForm, WithdrawForm, decision_form
from consult.web.proposals.presenters import (
    Paragraph,
    PartView,
    PassageChoice,
    ProposalLine,
    ProposalList,
    ProposalPage,
    Reply,
    SectionTogether,
    TogetherPage,
    TurnLine,
    Wanted,
    met_in,
)
from consult.web.proposals.views.shared import (
    bases_of,
    collisions,
    head_of,
    links_to,
    name_of,
    proposal_href,
)
from consult.web.shared.group_work import get_drafted, part_href, part_title, standing_parts
from consult.web.shared.heads import may
from consult.web.shared.i18n import moment
from consult.web.shared.presenters import Link, Piece
from consult.web.shared.redlines import redline, shortened
from consult.web.shared.viewers import current_actor


def list_all(slug: str) -> str:
    document = get_drafted(slug)
    rows = queries.list_proposals(document.id)
    by_id = {row.id: row for row in rows}
    parts: dict[int, list[PartRow]] = {}
    for part in queries.list_parts([row.id for row in rows]):
        parts.setdefault(part.proposal_id, []).append(part)
    clashes = collisions(document, standing_parts(document))
    lines = {
        row.id: ProposalLine(
            number=row.number,
            title=row.title,
            href=proposal_href(document, row.number),
            state=row.state,
            by=name_of(row.person_name),
            organisation=row.organisation_name,
            made=moment(row.created_at),
            detail=ngettext("%(num)d part", "%(num)d parts", len(parts.get(row.id, ()))),
            collides=links_to(document, by_id, clashes.get(row.id, ())),
        )
        for row in rows
    }
    page = ProposalList(
        head=head_of(document),
        undecided=tuple(lines[row.id] for row in rows if row.state in UNDECIDED),
        decided=tuple(lines[row.id] for row in rows if row.state not in UNDECIDED),
        new_href=url_for("proposals.new", slug=slug) if may(Permission.PROPOSE_CHANGE, document) else "",
        together_href=url_for("proposals.together", slug=slug),
        collision_count=len(clashes),
    )
    return render_template("proposals/list.html", page=page)


def show(slug: str, number: int) -> str:
    return shown(get_drafted(slug), number)


def shown(
    document: DocumentRow,
    number: int,
    *,
    decision: DecisionForm | None = None,
    reply: ReplyForm | None = None,
    withdrawal: WithdrawForm | None = None,
) -> str:
    """The page of a proposal, with the forms as they were filled in."""
    row = queries.get_proposal(document.id, number)
    sections = standing_parts(document)
    parts = queries.list_parts([row.id])
    bases = bases_of(parts)
    clashes = collisions(document, sections).get(row.id, set())
    slug = document.slug
    is_waiting = row.state in UNDECIDED
    may_decide = may(Permission.EDIT_DRAFT, document)
    may_speak = may(Permission.PROPOSE_CHANGE, document)
    is_own = row.person_id is not None and row.person_id == current_actor().id
    address: dict[str, Any] = {"slug": slug, "number": number}
    page = ProposalPage(
        head=head_of(document),
        number=number,
        title=row.title,
        state=row.state,
        by=name_of(row.person_name),
        organisation=row.organisation_name,
        made=moment(row.created_at),
        rationale=_paragraphs(row.rationale),
        parts=tuple(_part(document, part, sections, bases, is_waiting=is_waiting) for part in parts),
        turns=tuple(_turn(document, turn) for turn in queries.list_turns(row.id)),
        replies=tuple(
            Reply(f"odpowiedz-{each.id}", name_of(each.person_name), moment(each.at), _paragraphs(each.text))
            for each in queries.list_replies(row.id)
        ),
        collides=links_to(document, queries.list_proposals_by_id(clashes), clashes),
        together_href=url_for("proposals.together", slug=slug),
        list_href=url_for("proposals.list_all", slug=slug),
        decide_href=url_for("proposals.decide", **address) if may_decide and is_waiting else "",
        reopen_href=url_for("proposals.decide", **address)
        if may_decide and row.state == ProposalState.DECLINED
        else "",
        reply_href=url_for("proposals.reply", **address) if may_speak else "",
        withdraw_href=url_for("proposals.withdraw", **address) if is_own and is_waiting else "",
        renew_href=url_for("proposals.renew", **address)
        if is_own and is_waiting and any(part.kind == PartKind.REWORD for part in parts)
        else "",
    )
    return render_template(
        "proposals/show.html",
        page=page,
        decision=decision or decision_form(),
        reply=reply or ReplyForm(formdata=None),
        withdrawal=withdrawal or WithdrawForm(formdata=None),
    )


def together(slug: str) -> str:
    """Paragraph by paragraph, what several proposals want of the same words."""
    document = get_drafted(slug)
    sections = standing_parts(document)
    parts = queries.list_undecided_parts(document.id)
    met = met_in(parts, sections, bases_of(parts))
    rows = queries.list_proposals_by_id({part.proposal_id for part in parts})
    page = TogetherPage(
        head=head_of(document),
        list_href=url_for("proposals.list_all", slug=slug),
        sections=tuple(
            SectionTogether(
                title=part_title(sections[section_id]),
                href=part_href(document, section_id),
                paragraphs=tuple(
                    Paragraph(
                        now=each.span.of(sections[section_id].source).strip(),
                        wanted=tuple(
                            _wanted(document, rows[key], each.span.of(sections[section_id].source), words)
                            for key, words in each.wordings.items()
                        ),
                        clashes=each.clashes,
                    )
                    for each in found
                ),
            )
            for section_id, found in met.items()
        ),
    )
    return render_template("proposals/together.html", page=page)


def _wanted(document: DocumentRow, row: ProposalRow, now: str, words: str) -> Wanted:
    return Wanted(
        number=row.number,
        title=row.title,
        href=proposal_href(document, row.number),
        by=row.organisation_name or name_of(row.person_name),
        redline=redline(now.strip(), words.strip()),
    )


def _part(
    document: DocumentRow,
    part: PartRow,
    sections: dict[str, SectionRow],
    bases: dict[int, str],
    *,
    is_waiting: bool,
) -> PartView:
    section = sections.get(part.section_id or "")
    return PartView(
        id=part.id,
        kind=part.kind,
        state=part.state,
        title=_title(part, section),
        href=part_href(document, section.section_id) if section else "",
        text_id=str(section.text_id) if section and part.kind != PartKind.ADD else "",
        passages=_choices(part, section, bases) if is_waiting else (_as_sent(part, bases),),
        first=_first_wording(part, bases),
    )


def _first_wording(part: PartRow, bases: dict[int, str]) -> tuple[Piece, ...]:
    """What the author sent first, where they wrote it anew since."""
    if part.kind == PartKind.REMOVE or part.first_source.strip() == part.source.strip():
        return ()
    first = bases.get(part.first_text_id or 0, "")
    return shortened(redline(first.strip(), part.first_source.strip()))


def _title(part: PartRow, section: SectionRow | None) -> str:
    if part.kind == PartKind.ADD:
        heading = part.source.lstrip("#").partition("\n")[0].strip()
        after = part_title(section) if section else gettext("the beginning")
        return gettext("%(heading)s, after: %(part)s", heading=heading, part=after)
    return part_title(section) if section else gettext("(a part that is no longer in the draft)")


def _choices(part: PartRow, section: SectionRow | None, bases: dict[int, str]) -> tuple[PassageChoice, ...]:
    """The passages one can take of a part; those ticked before stay ticked."""
    if part.kind == PartKind.ADD:
        return (_choice(part, 0, redline("", part.source.strip())),)
    if section is None:
        return (_as_sent(part, bases),)
    if part.kind == PartKind.REMOVE:
        return (_choice(part, 0, redline(section.source.strip(), "")),)
    base = bases.get(part.base_text_id or 0, "")
    fitted = fit(part.kind, base=base, source=part.source, current=section.source)
    if fitted.state is PartState.OUTDATED:
        return (_choice(part, 0, shortened(redline(base.strip(), part.source.strip()))),)
    found = passages(section.source, fitted.wanted)
    return tuple(_choice(part, at, _in_paragraph(section.source, found, at)) for at in range(len(found)))


def _choice(part: PartRow, at: int, pieces: tuple[Piece, ...]) -> PassageChoice:
    value = f"{part.id}:{at}"
    is_sent = request.method == "POST" and "act" in request.form
    return PassageChoice(value, pieces, value in request.form.getlist("pick") if is_sent else True)


def _in_paragraph(source: str, found: tuple[Passage, ...], at: int) -> tuple[Piece, ...]:
    """A passage alone, in the paragraphs it reaches over."""
    span = found[at].span
    touched = [
        each
        for each in paragraphs(source)
        if each.start <= span.start < each.end or (each.start < span.end and span.start < each.end)
    ]
    whole = Span(touched[0].start, touched[-1].end) if touched else Span(len(source), len(source))
    after = take(source, found, {at})
    end = len(after) - (len(source) - whole.end)
    return shortened(redline(whole.of(source).strip(), after[whole.start : end].strip()))


def _as_sent(part: PartRow, bases: dict[int, str]) -> PassageChoice:
    """The whole part as it stood last."""
    base = bases.get(part.base_text_id or 0, "")
    wanted = "" if part.kind == PartKind.REMOVE else part.source
    return PassageChoice(f"{part.id}:0", shortened(redline(base.strip(), wanted.strip())))


def _turn(document: DocumentRow, row: TurnRow) -> TurnLine:
    change = (
        Link(
            gettext("change %(number)s", number=row.change_no),
            url_for("documents.change", slug=document.slug, number=row.change_no),
        )
        if row.change_no
        else None
    )
    return TurnLine(row.state, moment(row.at), row.person_name, row.reason, change)


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split("\n\n") if each.strip())
