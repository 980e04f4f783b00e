"""The register of submissions: what came by another way than the web, what came with it, what stands apart and why."""

from consult.services.submissions.apart import apart_in, apart_in_document
from consult.services.submissions.deciding import decide_submission
from consult.services.submissions.entering import (
    Entry,
    checked_letter,
    consultation_to_register,
    ending_of,
    enter_submission,
    entered_remark,
    require_dates,
    require_enterable,
)
from consult.services.submissions.files import (
    NewFile,
    add_scans,
    checked_file,
    read_file,
    submissions_with,
)
from consult.services.submissions.flags import flag_submission
from consult.services.submissions.receipts import send_receipt

__all__ = [
    "Entry",
    "NewFile",
    "add_scans",
    "apart_in",
    "apart_in_document",
    "checked_file",
    "checked_letter",
    "consultation_to_register",
    "decide_submission",
    "ending_of",
    "enter_submission",
    "entered_remark",
    "flag_submission",
    "read_file",
    "require_dates",
    "require_enterable",
    "send_receipt",
    "submissions_with",
]
