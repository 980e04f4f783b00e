"""What reached the host by another way than the web: entered into the register of its consultation, late or not.

A letter is kept whole beside the comments made of it; what no comment was made of has to be looked at before anything is
sent. Scans and returned forms are kept with it, and so is what an official found amiss.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from consult.domain.errors import InvalidInput, RuleBroken
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.process.comments import MOST_COMMENTS
from consult.domain.process.fields import Decides
from consult.domain.process.legal_bases import LEGAL_BASES
from consult.domain.process.submissions import (
    ENTERED,
    LONGEST_CASE_SIGN,
    LONGEST_LETTER,
    Flag,
    unassigned,
)
from consult.domain.process.windows import WARSAW, first_moment, last_moment, require_year
from consult.domain.text.normalise import admit, normalise
from consult.domain.text.spans import Span
from consult.services.authority import require
from consult.services.comments import Pointing, Receipt, Remark, Sender, submit_comments
from consult.services.comments.checking import checked_remark
from consult.services.submissions.files import NewFile, checked_files, keep_files
from consult.services.submissions.flags import checked_flags, raise_flags
from consult.storage.models import LetterPassage, SubmissionLetter, SubmissionMeeting
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries import documents as document_queries
from consult.storage.queries import meetings as meeting_queries
from consult.storage.queries import submissions as queries
from consult.storage.queries.consultations import ConsultationRow
from consult.storage.queries.documents import SectionRow
from consult.storage.queries.submissions import Ending
from consult.storage.unit_of_work import unit_of_work


@dataclass(frozen=True, slots=True)
class Entry:
    """A comment as an official entered it; `passage` are its words in the letter, None where it was typed."""

    remark: Remark
    passage: Span | None = None


def consultation_to_register(actor: Actor, consultation_id: int) -> ConsultationRow:
    """The consultation whose register the actor keeps. Raises NotFound, NotPermitted."""
    consultation = consultation_queries.get_consultation(consultation_id)
    require(actor, Permission.ANSWER_COMMENTS, Target(host_id=consultation.host_id))
    return consultation


def require_enterable(consultation: ConsultationRow, now: datetime) -> None:
    """Raises RuleBroken before comments are taken, once the consultation is cancelled, and once its account is public:
    what is published says how many comments there were."""
    if consultation.is_cancelled:
        raise RuleBroken("consultation_cancelled")
    if now < consultation.opens_at:
        raise RuleBroken("consultation_not_open_yet", opens_at=consultation.opens_at.isoformat())
    if consultation.is_answered:
        raise RuleBroken("submissions_over")


def ending_of(consultation: ConsultationRow) -> Ending:
    """What makes a submission late in a consultation, by its legal basis or its host's word."""
    decides = LEGAL_BASES[consultation.legal_basis].decides(consultation.decides)
    return Ending(last_moment(consultation.closes_at).date(), by_postmark=decides == Decides.POSTMARK)


def entered_remark(remark: Remark, sections: Sequence[SectionRow], section_id: str, quote: str) -> Remark:
    """A comment with what it points at found in `sections`, the text consulted: the whole for no section and no words.

    Words may stand in other white space than in the text. Raises InvalidInput beside "section", "quote", "proposed" and
    the fields of a comment: "quote_not_found" for words that are not there, "quote_ambiguous" for such as stand there
    several times, "proposed_without_place" for wording proposed for nothing in particular.
    """
    words = normalise(quote).split()
    if section_id and all(section.section_id != section_id for section in sections):
        raise InvalidInput("section_unknown", field="section")
    pointing: Pointing | None = None
    if words:
        pointing = _pointing_at(words, sections, section_id)
    elif section_id:
        standing = next(section for section in sections if section.section_id == section_id)
        pointing = Pointing(section_id, standing.text_id)
    proposed = remark.proposed if remark.proposed and remark.proposed.strip() else None
    if proposed is not None and pointing is None:
        raise InvalidInput("proposed_without_place", field="proposed")
    return checked_remark(
        Remark(remark.text, remark.kind, remark.justification, proposed, (pointing,) if pointing else ())
    )


def _pointing_at(words: Sequence[str], sections: Sequence[SectionRow], section_id: str) -> Pointing:
    pattern = re.compile(r"\s+".join(map(re.escape, words)))
    found = [
        Pointing(section.section_id, section.text_id, Span(*match.span()), quote=match[0])
        for section in sections
        if section_id in ("", section.section_id)
        for match in pattern.finditer(section.plain)
    ]
    if not found:
        raise InvalidInput("quote_not_found", field="quote")
    if len(found) > 1:
        raise InvalidInput("quote_ambiguous", field="quote", count=len(found))
    return found[0]


def checked_letter(letter: str) -> str:
    """The text of a letter as it is kept. Raises InvalidInput."""
    text = admit(letter, field="letter")
    if len(text) > LONGEST_LETTER:
        raise InvalidInput("letter_too_long", field="letter", limit=LONGEST_LETTER)
    return text if text.strip() else ""


def require_dates(consultation: ConsultationRow, sender: Sender, now: datetime) -> None:
    """Raises InvalidInput for a day that is missing, has not come yet, or lies before comments were taken."""
    if sender.received_on is None:
        raise InvalidInput("received_missing", field="received_on")
    require_year(sender.received_on, field="received_on")
    if sender.received_on > now.astimezone(WARSAW).date():
        raise InvalidInput("received_in_future", field="received_on")
    if first_moment(sender.received_on + timedelta(1)) <= consultation.opens_at:
        raise InvalidInput("received_before_opening", field="received_on")
    if len(sender.case_sign) > LONGEST_CASE_SIGN:
        raise InvalidInput("case_sign_too_long", field="case_sign", limit=LONGEST_CASE_SIGN)


def enter_submission(
    actor: Actor,
    consultation_id: int,
    entries: Sequence[Entry],
    sender: Sender,
    *,
    letter: str = "",
    rest_is_no_comment: bool = False,
    files: Sequence[NewFile] = (),
    flags: Mapping[Flag, str] | None = None,
    meeting_id: int | None = None,
    elsewhere: Sequence[Span] = (),
    form_token: str = "",
    now: datetime,
) -> Receipt:
    """Enter what somebody handed in by another way than the web; all comments are numbered at once or none.

    `letter` is its whole text where there is one, `passage` of each entry a span of code points in it. What neither a
    passage nor `elsewhere` (words of the note of `meeting_id` that other submissions hold) covers needs
    `rest_is_no_comment`, else InvalidInput("letter_rest"). `flags` are reasons by what is amiss. Raises NotPermitted,
    InvalidInput, RuleBroken (see `require_enterable`), and Conflict when the same form was sent before with other words.
    """
    consultation = consultation_to_register(actor, consultation_id)
    if sender.channel not in ENTERED:
        raise InvalidInput("channel", field="channel")
    require_dates(consultation, sender, now)
    if len(entries) > MOST_COMMENTS:
        raise InvalidInput("too_many_comments", field="text", limit=MOST_COMMENTS)
    text = checked_letter(letter)
    passages = [entry.passage for entry in entries if entry.passage is not None]
    if any(passage.is_empty or passage.end > len(text) for passage in passages):
        raise InvalidInput("letter_passage", field="letter")
    noted = dict(flags or {})
    checked_flags(noted, sender)
    kept = checked_files(files)
    if meeting_id is not None and (
        meeting_queries.get_meeting(meeting_id).consultation_id != consultation_id
    ):
        raise InvalidInput("meeting_of_another", field="channel")
    left = sum(len(span) for span in unassigned(text, [*passages, *elsewhere]))
    if left and not rest_is_no_comment:
        raise InvalidInput("letter_rest", field="rest", count=left)
    with unit_of_work() as work:
        document_queries.lock_document(consultation.document_id)
        consultation = consultation_queries.get_consultation(consultation_id)
        require_enterable(consultation, now)
        receipt = submit_comments(
            actor,
            consultation.slug,
            [entry.remark for entry in entries],
            sender,
            consultation_id=consultation.id,
            form_token=form_token,
            now=now,
        )
        if receipt.is_repeat:
            return receipt
        submission = queries.get_submission(receipt.register_id, receipt.receipt_no, ending_of(consultation))
        keep_files(work, actor, consultation, submission.id, kept, now=now)
        raise_flags(work, actor, consultation, submission.id, noted, now=now)
        if meeting_id is not None:
            work.add(SubmissionMeeting(submission_id=submission.id, meeting_id=meeting_id))
        if text:
            work.add(SubmissionLetter(submission_id=submission.id, text_seal_id=work.seal(text).id))
            work.flush()
            work.add(
                *(
                    LetterPassage(
                        comment_id=comment_id,
                        submission_id=submission.id,
                        start=entry.passage.start,
                        end=entry.passage.end,
                    )
                    for comment_id, entry in zip(receipt.comment_ids, entries, strict=True)
                    if entry.passage is not None
                )
            )
        return receipt
