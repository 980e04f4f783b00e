"""The form a picture is sent with."""

from __future__ import annotations

from wtforms import BooleanField, FileField, StringField, TextAreaField

from consult.web.shared.forms import Form


class PictureForm(Form):
    picture = FileField()
    alt = TextAreaField()
    is_decorative = BooleanField()
    caption = StringField()
