"""What the pages of contact data take."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from consult.web.shared.forms import Form


class SetRetention(Form):
    months = StringField()


class EraseSender(Form):
    reason = TextAreaField()
