"""Where officials see who sent something: the places a view of contact data is noted at."""

from __future__ import annotations

from enum import StrEnum


class Place(StrEnum):
    """The page or file; it says at once what the data were looked at for."""

    REGISTER = "register"
    SUBMISSION = "submission"
    RECEIPT = "receipt"
    FILE = "file"
    ANSWER = "answer"
    TABLE = "table"
    SIGNATURES = "signatures"
    JOINT_LETTER = "joint_letter"
    ORIGINAL = "original"
