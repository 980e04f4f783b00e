"""Entering what came on paper, by mail or by word of mouth: the sender, the comments, a letter cut into comments.

Every button but the last only rearranges the form: it comes back with all that was typed, and nothing is kept yet.
"""

from __future__ import annotations

from dataclasses import replace

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError, InvalidInput, RuleBroken
from consult.domain.process.submissions import FLAGS, joined, paragraphs, trimmed, unassigned
from consult.domain.process.windows import WARSAW
from consult.domain.text.normalise import normalise
from consult.domain.text.numbering import printed_title
from consult.domain.text.spans import Span
from consult.services import submissions as service
from consult.services.comment_forms import ReadForm
from consult.services.comments import Receipt, Remark, Sender
from consult.services.comments.submitting import find_repeated
from consult.services.sockets import current_ports
from consult.services.submissions import Entry
from consult.storage.queries import documents as document_queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import SectionRow
from consult.web.shared.addresses import whole_number
from consult.web.shared.errors import wording
from consult.web.shared.forms import is_our_token, new_token, refuse
from consult.web.shared.heads import now
from consult.web.shared.limits import limited
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor
from consult.web.submissions.forms import MOST_SHOWN, SubmissionForm, Typed, shown, submission_form
from consult.web.submissions.presenters import EnteredBefore, EnteringPage, KeptFile
from consult.web.submissions.views.notes import form_of_note, link_to, meeting_of, used_before
from consult.web.submissions.views.returned import read_kept
from consult.web.submissions.views.shared import consultation_in_hand, frame_of, letter_pieces
from consult.web.submissions.views.uploads import take_scans, waiting_in, written

DROP = "drop-"
"""Before the place of the comment a button takes away."""

DROP_FILE = "drop-file-"
"""Before the place of the file a button takes away."""


@limited("submissions")
def new(consultation_id: int) -> ResponseReturnValue:
    consultation = consultation_in_hand(consultation_id)
    try:
        service.require_enterable(consultation, now())
    except RuleBroken as error:
        if request.method != "GET":
            raise
        say("warning", wording(error))
        return redirect(url_for("submissions.list_all", consultation_id=consultation_id), code=303)
    sections = document_queries.list_version_sections(consultation.version_id)
    form = submission_form(shown(request.form.get("count")))
    read: ReadForm | None = None
    if not form.is_submitted():
        try:
            form, read = _begun(consultation, sections)
        except InvalidInput as error:
            say("warning", wording(error))
            return redirect(url_for("submissions.returned", consultation_id=consultation_id), code=303)
        page = _page(consultation, form, sections, read)
        return render_template("submissions/new.html", page=page, form=form)
    if form.is_sent():
        act = request.form.get("act", "")
        form.kept.data = written(take_scans(form, [one for one, _ in waiting_in(form.kept.data or "")]))
        if act == "send":
            receipt = _send(consultation, form, sections)
            if receipt is not None:
                return redirect(
                    url_for(
                        "submissions.show", consultation_id=consultation_id, receipt_no=receipt.receipt_no
                    ),
                    code=303,
                )
        else:
            form = _rearranged(form, act)
    page = _page(consultation, form, sections, None)
    answer = render_template("submissions/new.html", page=page, form=form)
    return (answer, 422) if form.errors else answer


def _begun(
    consultation: ConsultationRow, sections: list[SectionRow]
) -> tuple[SubmissionForm, ReadForm | None]:
    """The form as it is first shown: empty, filled from a form that came back, or with the note of a meeting."""
    token = request.args.get("file", "")
    if token:
        found = read_kept(consultation, token)
        if found is None:
            raise InvalidInput("form_gone", field="file")
        form, read = found
        for place, one in enumerate(form.typed()):
            _show_faults(form, place, one, sections)
        return form, read
    meeting = meeting_of(consultation, request.args.get("meeting"))
    if meeting is not None and meeting.note:
        return form_of_note(meeting), None
    form = submission_form(1)
    form.token.data = new_token()
    form.received_on.data = now().astimezone(WARSAW).date()
    form.show([Typed()])
    return form, None


def _show_faults(form: SubmissionForm, place: int, typed: Typed, sections: list[SectionRow]) -> None:
    """What has to be mended in a comment, beside its fields."""
    try:
        service.entered_remark(_remark(typed), sections, typed.section, typed.quote)
    except InvalidInput as error:
        name = f"{error.facts.get('field')}_{place}"
        field = form[name] if name in form else form[f"text_{place}"]
        field.errors = [*field.errors, wording(error)]


# --- rearranging -------------------------------------------------------------------------------------------------


def _rearranged(form: SubmissionForm, act: str) -> SubmissionForm:
    """The form after a button that sends nothing; where it cannot do what it says, the form says why."""
    entries, letter = form.typed(), normalise(form.letter.data or "")
    try:
        if act == "add":
            entries = [*entries, Typed()]
        elif act == "split":
            letter = service.checked_letter(form.pasted.data or "")
            if not letter:
                raise InvalidInput("letter_empty", field="pasted")
        elif act == "paste-anew":
            form.pasted.data, letter = letter, ""
            entries = [replace(entry, start="", end="") for entry in entries]
        elif act == "make":
            entries = _with(entries, letter, _ticked(letter))
        elif act == "mark":
            marked = trimmed(
                letter, whole_number(form.mark_start.data) or 0, whole_number(form.mark_end.data) or 0
            )
            entries = _with(entries, letter, [marked] if marked else [])
        elif act.startswith(DROP_FILE):
            place = whole_number(act.removeprefix(DROP_FILE))
            waiting = [one for one, _ in waiting_in(form.kept.data or "")]
            form.kept.data = written([one for at, one in enumerate(waiting) if at != place])
        elif act.startswith(DROP):
            place = whole_number(act.removeprefix(DROP))
            entries = [entry for at, entry in enumerate(entries) if at != place] or [Typed()]
    except InvalidInput as error:
        if error.facts.get("field") == "letter":
            form.pasted.errors = [*form.pasted.errors, wording(error)]
        else:
            refuse(form, error)
        return form
    arranged = submission_form(min(len(entries), MOST_SHOWN))
    arranged.show(entries[:MOST_SHOWN])
    arranged.scan.errors, arranged.kept.data = form.scan.errors, form.kept.data
    arranged.letter.data, arranged.pasted.data = letter, form.pasted.data
    arranged.mark_start.data = arranged.mark_end.data = ""
    arranged.rest.data = False
    return arranged


def _ticked(letter: str) -> list[Span]:
    ticked = {whole_number(place) for place in request.form.getlist("paragraph")}
    return joined(paragraphs(letter), {place for place in ticked if place is not None})


def _with(entries: list[Typed], letter: str, spans: list[Span]) -> list[Typed]:
    """The comments with new ones made of these words of the letter; empty ones make room for them."""
    if not spans:
        raise InvalidInput("letter_nothing_chosen", field="rest")
    made = [Typed(text=span.of(letter), start=str(span.start), end=str(span.end)) for span in spans]
    return [*(entry for entry in entries if not entry.is_blank), *made]


# --- sending -----------------------------------------------------------------------------------------------------


def _send(consultation: ConsultationRow, form: SubmissionForm, sections: list[SectionRow]) -> Receipt | None:
    """What was entered; None when the form says what has to be mended."""
    typed = form.typed()
    letter = normalise(form.letter.data or "")
    if not letter and (form.pasted.data or "").strip():
        form.pasted.errors = [
            *form.pasted.errors,
            gettext("This letter was not cut into comments yet. Cut it, or take its text away."),
        ]
    entries = []
    for place, one in enumerate(typed):
        if one.is_blank and len(typed) > 1:
            continue
        try:
            entries.append(_entry(one, sections, letter))
        except InvalidInput as error:
            name = f"{error.facts.get('field')}_{place}"
            field = form[name] if name in form else form[f"text_{place}"]
            field.errors = [*field.errors, wording(error)]
    waiting = waiting_in(form.kept.data or "")
    if not form.again.data and _entered_before(consultation, form):
        form.again.errors = [
            gettext("This very file is in the register already. Confirm that it is another submission.")
        ]
    if form.errors:
        return None
    token = form.token.data or ""
    try:
        meeting = meeting_of(consultation, form.meeting.data)
        receipt = service.enter_submission(
            current_actor(),
            consultation.id,
            entries,
            _sender(form),
            letter=letter,
            rest_is_no_comment=bool(form.rest.data),
            files=[file for _, file in waiting],
            flags={flag: form[f"flag_{flag}"].data or "" for flag in FLAGS if form[f"is_{flag}"].data},
            meeting_id=meeting.id if meeting else None,
            elsewhere=[span for _, span in used_before(meeting, letter)],
            form_token=token if is_our_token(token) else "",
            now=now(),
        )
    except ConsultError as error:
        refuse(form, error)
        return None
    for held, _ in waiting:
        current_ports().files.drop(held.token)
    if receipt.is_repeat:
        say("note", gettext("This form had been sent already; nothing was entered twice."))
    else:
        say("done", gettext("The submission is in the register."))
    return receipt


def _entry(typed: Typed, sections: list[SectionRow], letter: str) -> Entry:
    remark = _remark(typed)
    start, end = whole_number(typed.start), whole_number(typed.end)
    passage = None
    if letter and start is not None and end is not None:
        passage = trimmed(letter, start, end)
        if passage is None:
            raise InvalidInput("letter_passage", field="text")
    return Entry(service.entered_remark(remark, sections, typed.section, typed.quote), passage)


def _remark(typed: Typed) -> Remark:
    return Remark(
        text=typed.text,
        kind=typed.kind,
        justification=typed.justification,
        proposed=typed.proposed or None,
    )


def _entered_before(consultation: ConsultationRow, form: SubmissionForm) -> list[int]:
    """Receipts of other submissions that hold one of the files; none where this very form made it."""
    token = form.token.data or ""
    done = find_repeated(token) if is_our_token(token) else None
    found = {
        number
        for _, file in waiting_in(form.kept.data or "")
        for number in service.submissions_with(consultation, file.digest)
    }
    return sorted(found - ({done.receipt_no} if done else set()))


def _sender(form: SubmissionForm) -> Sender:
    return Sender(
        capacity=form.capacity.data or "",
        name=form.name.data or "",
        email=form.email.data or "",
        organisation_name=form.organisation.data or "",
        is_verified=bool(form.verified.data),
        channel=form.channel.data or "",
        received_on=form.received_on.data,
        postmark_on=form.postmark_on.data,
        case_sign=(form.case_sign.data or "").strip(),
    )


# --- the page ----------------------------------------------------------------------------------------------------


def _page(
    consultation: ConsultationRow, form: SubmissionForm, sections: list[SectionRow], read: ReadForm | None
) -> EnteringPage:
    letter = normalise(form.letter.data or "")
    entries = form.typed()
    meeting = meeting_of(consultation, form.meeting.data)
    elsewhere = used_before(meeting, letter)
    passages = []
    for place, entry in enumerate(entries, start=1):
        start, end = whole_number(entry.start), whole_number(entry.end)
        span = trimmed(letter, start, end) if start is not None and end is not None else None
        if span is not None:
            passages.append((place, span))
    return EnteringPage(
        frame=frame_of(consultation),
        sections=tuple(
            (one.section_id, "– " * max(one.depth - 1, 0) + printed_title(one.label, one.heading))
            for one in sections
        ),
        entries=tuple(range(len(entries))),
        letter=letter_pieces(letter, passages, elsewhere),
        left=sum(
            len(span)
            for span in unassigned(letter, [span for _, span in passages] + [span for _, span in elsewhere])
        ),
        files=tuple(
            KeptFile(place, file.name, bool(one.form_kind))
            for place, (one, file) in enumerate(waiting_in(form.kept.data or ""))
        ),
        is_read=read is not None,
        remarks=(*read.remarks, *(("earlier",) if read.is_earlier else ())) if read else (),
        before=tuple(
            EnteredBefore(
                number,
                url_for("submissions.show", consultation_id=consultation.id, receipt_no=number),
            )
            for number in _entered_before(consultation, form)
        ),
        meeting=link_to(meeting) if meeting else None,
    )
