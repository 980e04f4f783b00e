"""Comments: handed in together as one submission, numbered inside the transaction, anchored to their words."""

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
    "sender_record",
    "submit_comments",
]
