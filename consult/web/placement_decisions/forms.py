"""The form on which the place of a comment is decided."""

from __future__ import annotations

from wtforms import HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class PlaceForm(Form):
    """`act` is confirm, reattach or give_up; `from_text`, `start` and `end` come from words selected on the page."""

    act = StringField()
    seen = HiddenField()
    section = HiddenField()
    quote = TextAreaField()
    from_text = HiddenField()
    start = HiddenField()
    end = HiddenField()
