"""The receipt of a submission as the values of a printed page."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext

from consult.web.shared.i18n import language
from consult.web.shared.wording import TranslatedWording
from consult.web.submissions.presenters import SubmissionPage

LAYOUT = "comments/receipt"


def printed_receipt(page: SubmissionPage) -> dict[str, Any]:
    """The values of `templates/pdf/comments/receipt.typ`; nothing of the letter, files or flags is in them."""
    wording, line = TranslatedWording(), page.line
    sender = (wording.capacity(line.sender.capacity), line.sender.organisation, line.sender.name)
    facts = [
        [gettext("Consultation"), page.frame.title],
        [gettext("Host"), page.host],
        [gettext("Receipt number"), page.receipt_no],
        [gettext("How it came"), wording.channel(line.channel)],
        [gettext("Day it came"), line.received.text],
        *([[gettext("Postmark"), line.postmark.text]] if line.postmark else []),
        [gettext("From whom"), ", ".join(part for part in sender if part)],
        *([[gettext("Case sign"), line.case_sign]] if line.case_sign else []),
        [gettext("Comments"), ", ".join(str(comment.number) for comment in page.comments)],
    ]
    return {
        "language": language(),
        "title": gettext("Receipt %(number)s", number=line.number),
        "lead": gettext(
            "These comments are in the register. The host will answer every one and give reasons."
        ),
        "facts": facts,
        "about": gettext("About"),
        "proposed": gettext("Proposed wording"),
        "reasons": gettext("Reasons"),
        "page": gettext("Page"),
        "comments": [
            {
                "title": gettext("Comment %(number)s", number=comment.number),
                "quotes": [comment.quote] if comment.quote else [],
                "whole": "" if comment.quote else (comment.place or ""),
                "text": list(comment.paragraphs),
                "proposed": "".join(piece.text for piece in comment.proposed if piece.kind != "del"),
                "reasons": comment.reasons,
            }
            for comment in page.comments
        ],
    }
