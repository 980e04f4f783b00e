"""What others say to a comment."""

from __future__ import annotations

from flask import redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import RuleBroken
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import discussion as service
from consult.services.authority import require
from consult.storage.queries import consultations as consultation_queries
from consult.storage.queries.comments import CommentRow
from consult.storage.queries.documents import DocumentRow
from consult.web.discussion.forms import SupportForm
from consult.web.discussion.presenters import SupportPage
from consult.web.shared.cards import card_of, comment_href
from consult.web.shared.discussion import get_shown_comment, keep_secret, kept_secret, support_state
from consult.web.shared.heads import document_head, now
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor


@limited("support")
def support(register_id: int, number: int) -> ResponseReturnValue:
    """The page with the button for guests, and where the buttons of everybody lead."""
    comment, document = get_shown_comment(register_id, number)
    _require_open(comment, document)
    form = SupportForm()
    back = comment_href(register_id, number)
    if form.is_submitted():
        if not form.is_sent():
            say_stale()
            return redirect(back, code=303)
        if form.act.data == "back":
            _take_back(comment)
        else:
            _give(comment)
        return redirect(back, code=303)
    keep_secret()
    state = support_state(comment, is_open=True)
    page = SupportPage(
        head=document_head(document, tab="comments"),
        comment=card_of(comment),
        back_href=back,
        count=state.count,
        is_mine=state.is_mine,
    )
    return render_template("discussion/support.html", page=page, form=form)


def _give(comment: CommentRow) -> None:
    if service.support_comment(current_actor(), comment.id, secret=kept_secret(), now=now()):
        say("done", gettext("You support this comment."))
    else:
        say("note", gettext("You support this comment already. Everybody is counted once."))


def _take_back(comment: CommentRow) -> None:
    service.take_support_back(current_actor(), comment.id, secret=kept_secret(), now=now())
    say("done", gettext("You no longer support this comment."))


def _require_open(comment: CommentRow, document: DocumentRow) -> None:
    """Raises RuleBroken where nothing can be supported (any more)."""
    consultation = (
        consultation_queries.get_consultation(comment.consultation_id) if comment.consultation_id else None
    )
    is_open = consultation is not None and consultation.is_open(now())
    if not service.is_supportable(comment, is_open=is_open):
        raise RuleBroken("support_over")
    require(current_actor(), Permission.SUPPORT, Target(host_id=document.host_id, is_open=is_open))
