"""Forms about the parts of a draft and the stage of a document."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class StatusForm(Form):
    status = StringField()
    note = TextAreaField()


class DissentForm(Form):
    text = TextAreaField()
    is_public = BooleanField()


class OwnDissent(Form):
    """What somebody does with their own opinion: `act` is publish, hide or withdraw."""

    act = HiddenField()


class StageForm(Form):
    to = StringField()
    note = TextAreaField()
    is_confirmed = BooleanField()
