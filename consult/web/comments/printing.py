"""A receipt as its layout prints it: every word of it, in the reader's language, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from consult.storage.queries.comments import CommentRow, PlacedRow, ReceiptRow
from consult.storage.queries.documents import DocumentRow
from consult.web.shared.cards import author_of, card_of
from consult.web.shared.i18n import language, moment
from consult.web.shared.wording import TranslatedWording

LAYOUT = "comments/receipt"


def printed_receipt(
    receipt: ReceiptRow,
    comments: Sequence[CommentRow],
    document: DocumentRow,
    places: Mapping[int, Sequence[PlacedRow]],
) -> dict[str, Any]:
    """The values of `templates/pdf/comments/receipt.typ`; what people wrote is in them as it is."""
    author = author_of(comments[0])
    by = ", ".join(
        part
        for part in (TranslatedWording().capacity(author.capacity), author.organisation, author.name)
        if part
    )
    return {
        "language": language(),
        "title": gettext("Receipt %(number)s", number=receipt.name),
        "lead": gettext(
            "These comments are in the register. The host will answer every one and give reasons."
        ),
        "facts": [
            [gettext("Document"), document.title],
            [gettext("Host"), document.host_name],
            [gettext("Receipt number"), receipt.name],
            [gettext("Received"), str(moment(receipt.received_at).text)],
            [gettext("Shown as"), by],
            [gettext("Comments"), ", ".join(str(number) for number in receipt.numbers)],
            [gettext("Seal of the receipt"), receipt.receipt_hash],
        ],
        "about": gettext("About"),
        "proposed": gettext("Proposed wording"),
        "reasons": gettext("Reasons"),
        "page": gettext("Page"),
        "comments": [_printed(comment, places[comment.id]) for comment in comments],
    }


def _printed(comment: CommentRow, places: Sequence[PlacedRow]) -> dict[str, Any]:
    card = card_of(comment, None)
    return {
        "title": gettext("Comment %(number)s", number=comment.number),
        "quotes": [place.exact if place.scope == "passage" else "" for place in places][:20],
        "whole": "" if places else gettext("The whole document"),
        "text": list(card.paragraphs),
        "proposed": comment.proposed or "",
        "reasons": card.reasons,
    }
