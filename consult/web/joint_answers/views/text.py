"""The version consulted as members read it, every paragraph with a way to remark on it."""

from __future__ import annotations

import re

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import RuleBroken
from consult.domain.process.joint_answers import AnswerState
from consult.domain.text.numbering import printed_title, title_without_label
from consult.domain.text.plain import read
from consult.ports.rendering import BlockControl
from consult.services import joint_answers as service
from consult.services.joint_answers.remarking import is_own
from consult.services.sockets import current_ports
from consult.storage.queries import documents as document_queries
from consult.storage.queries import joint_answers as queries
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.joint_answers import AnswerRow
from consult.web.joint_answers.presenters import Part, Said, TextPage
from consult.web.joint_answers.views.codes import gone
from consult.web.joint_answers.views.shared import (
    code_in_hand,
    consultation_of,
    frame_of,
    key_in_hand,
    private,
    said_remark,
    words_of,
)
from consult.web.shared.blocks import Unit, blocks_of, named
from consult.web.shared.forms import Act
from consult.web.shared.heads import now
from consult.web.shared.i18n import language, tongue
from consult.web.shared.presenters import OutlineEntry
from consult.web.shared.viewers import current_actor

_HEADING = re.compile(r"\s*<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)


def text(answer_id: int) -> ResponseReturnValue:
    actor = current_actor()
    try:
        answer = service.admitted(actor, answer_id, code_in_hand(answer_id))
    except RuleBroken:
        return gone()
    part = service.part_of_reader(actor, answer)
    consultation = consultation_of(answer)
    is_open = consultation.is_open(now()) and answer.state is AnswerState.COLLECTING
    document = document_queries.get_document_by_id(consultation.document_id)
    sections = document_queries.list_version_sections(consultation.version_id)
    spoken_in = language() if tongue(document.language) else ""
    page = TextPage(
        frame=frame_of(answer, part, here="text"),
        by_code=part is None,
        is_open=is_open,
        composer_href=url_for("joint_answers.remark", answer_id=answer_id) if is_open else "",
        outline=tuple(
            OutlineEntry(
                section.label, title_without_label(section.heading, section.label), f"#{anchor_of(section)}"
            )
            for section in sections
            if section.heading
        ),
        parts=tuple(_part(answer, section, is_open, spoken_in) for section in sections),
        mine=_mine(answer),
    )
    return private(render_template("joint_answers/text.html", page=page, form=Act()))


def anchor_of(section: SectionRow) -> str:
    return f"s-{section.section_id[:12]}"


def _mine(answer: AnswerRow) -> tuple[Said, ...]:
    """What the reader has said so far."""
    actor, key = current_actor(), key_in_hand(answer.id)
    own = [
        one for one in queries.list_remarks(answer.id) if one.withdrawn_at is None and is_own(actor, one, key)
    ]
    words = words_of(answer, (), own)
    return tuple(
        said_remark(
            one,
            words,
            with_name=False,
            erase_href=url_for("joint_answers.withdraw_remark", answer_id=answer.id, remark_id=one.id)
            if answer.is_live
            else "",
        )
        for one in own
    )


def _part(answer: AnswerRow, section: SectionRow, is_open: bool, spoken_in: str) -> Part:
    controls = _controls(answer, section, spoken_in) if is_open else []
    html = current_ports().decorator.decorate(section.html, marks=(), controls=controls)
    found = _HEADING.match(html)
    heading, body = "", html
    if found:
        level = min(6, max(2, section.depth + 1))
        carries_own = title_without_label(section.heading, section.label) != section.heading
        number = (
            Markup('<span class="num" data-generated="">{}</span> ').format(section.label)
            if section.label and not carries_own
            else ""
        )
        heading = f"<h{level}>{number}{html[found.start(2) : found.end(2)]}</h{level}>"
        body = html[found.end() :]
    return Part(
        section_id=section.section_id,
        text_id=section.text_id,
        anchor=anchor_of(section),
        depth=section.depth,
        # html is what the renderer sanitised and the decorator marked: the one source of safe HTML
        heading=Markup(heading),  # noqa: S704
        body=Markup(body),  # noqa: S704
        title=printed_title(section.label, section.heading),
        remark_href=url_for(
            "joint_answers.remark",
            answer_id=answer.id,
            section=section.section_id,
            text_id=section.text_id,
        )
        if is_open
        else "",
    )


def _controls(answer: AnswerRow, section: SectionRow, spoken_in: str) -> list[BlockControl]:
    """A way to remark on every heading, paragraph, entry, row and figure without selecting words."""
    return [
        BlockControl(
            ordinal=block.ordinal,
            href=url_for(
                "joint_answers.remark",
                answer_id=answer.id,
                section=section.section_id,
                text_id=section.text_id,
                start=block.span.start,
                end=block.span.end,
            ),
            text=block.number if block.is_numbered else "¶",
            label=gettext("%(name)s, write a remark", name=named(block)),
            classes=() if block.is_numbered else ("own",),
            language=spoken_in,
        )
        for block in blocks_of(section, read(section.html))
        if block.unit is not Unit.HEADING
    ]
