"""The form a consultation is opened with."""

from __future__ import annotations

from wtforms import DateField, SelectField, StringField, TextAreaField, TimeField

from consult.web.shared.forms import Form


class OpenConsultation(Form):
    version = SelectField(validate_choice=False)
    opens_on = DateField()
    opens_time = TimeField()
    closes_on = DateField()
    closes_time = TimeField()
    legal_basis = StringField(default="resolution")
    summary = TextAreaField()
