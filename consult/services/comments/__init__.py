"""Comments: handed in together as one submission, numbered inside the transaction, anchored to their words."""

from consult.services.comments.revising import (
    may_still_change,
    require_changeable,
    revise_comment,
    withdraw_comment,
)
from consult.services.comments.sealing import COMMENT_FORMAT, sender_record
from consult.services.comments.submitting import get_receipt, submit_comments
from consult.services.comments.values import Pointing, Receipt, Remark, Sender

__all__ = [
    "COMMENT_FORMAT",
    "Pointing",
    "Receipt",
    "Remark",
    "Sender",
    "get_receipt",
    "may_still_change",
    "require_changeable",
    "revise_comment",
    "sender_record",
    "submit_comments",
    "withdraw_comment",
]
