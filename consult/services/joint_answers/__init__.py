"""Answers organisations put together: members remark, a lead puts together, the board approves, it is sent once.

Until it is sent it belongs to the organisations concerned alone; then it is a submission in the register as any other.
"""

from consult.services.joint_answers.approving import (
    Settlement,
    approve_answer,
    ask_approval,
    refuse_answer,
    reopen_answer,
)
from consult.services.joint_answers.beginning import (
    begin_answer,
    drop_answer,
    make_code,
    take_the_lead,
    withdraw_code,
)
from consult.services.joint_answers.collating import (
    add_point,
    adopt_remarks,
    change_point,
    remove_point,
    set_remark_aside,
    take_remark_up,
)
from consult.services.joint_answers.letter import attach_letter, drop_letter, read_letter
from consult.services.joint_answers.parties import (
    approve_for_party,
    invite_party,
    remove_party,
    withdraw_party,
)
from consult.services.joint_answers.remarking import (
    NewRemark,
    admitted,
    erase_remark,
    look_at_code,
    withdraw_own_remark,
    write_remark,
)
from consult.services.joint_answers.sending import names_of, send_answer, standing_to_send
from consult.services.joint_answers.standing import (
    Part,
    leading,
    part_in,
    part_of_reader,
    require_leading,
    trail_of,
)

__all__ = [
    "NewRemark",
    "Part",
    "Settlement",
    "add_point",
    "admitted",
    "adopt_remarks",
    "approve_answer",
    "approve_for_party",
    "ask_approval",
    "attach_letter",
    "begin_answer",
    "change_point",
    "drop_answer",
    "drop_letter",
    "erase_remark",
    "invite_party",
    "leading",
    "look_at_code",
    "make_code",
    "names_of",
    "part_in",
    "part_of_reader",
    "read_letter",
    "refuse_answer",
    "remove_party",
    "remove_point",
    "reopen_answer",
    "require_leading",
    "send_answer",
    "set_remark_aside",
    "standing_to_send",
    "take_remark_up",
    "take_the_lead",
    "trail_of",
    "withdraw_code",
    "withdraw_own_remark",
    "withdraw_party",
    "write_remark",
]
