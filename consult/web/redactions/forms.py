"""What the pages of redaction take."""

from __future__ import annotations

from wtforms import StringField, TextAreaField

from consult.web.shared.forms import Form


class Redact(Form):
    words = TextAreaField()
    reason = StringField()
    note = TextAreaField()
    act = StringField()


class Undo(Form):
    note = TextAreaField()
