"""The form a comment is written on."""

from __future__ import annotations

from types import MappingProxyType

from wtforms import HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class NewComment(Form):
    called = MappingProxyType({"organisation_name": "organisation"})

    text = TextAreaField()
    proposed = TextAreaField()
    kind = StringField(default="substantive")
    capacity = StringField(default="resident")
    organisation = StringField()
    name = StringField()
    email = StringField()
    website = StringField()
    section = HiddenField()
    text_id = HiddenField()
    start = HiddenField()
    end = HiddenField()
    token = HiddenField()
