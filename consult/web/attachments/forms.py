"""The forms of attached files."""

from __future__ import annotations

from wtforms import FileField, StringField, TextAreaField

from consult.web.shared.forms import Form


class AttachmentForm(Form):
    """A file with its words; `reason` where there was one before."""

    file = FileField()
    title = StringField()
    description = TextAreaField()
    reason = TextAreaField()


class RemovalForm(Form):
    reason = TextAreaField()
