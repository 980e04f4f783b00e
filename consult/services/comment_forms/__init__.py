"""Comment forms of consultations: made in the formats people fill in, and read when they come back."""

from consult.services.comment_forms.making import FORMATS, comment_form, write_comment_form
from consult.services.comment_forms.reading import ReadEntry, ReadForm, read_returned_form

__all__ = [
    "FORMATS",
    "ReadEntry",
    "ReadForm",
    "comment_form",
    "read_returned_form",
    "write_comment_form",
]
