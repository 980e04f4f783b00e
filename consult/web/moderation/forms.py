"""Forms of moderation."""

from __future__ import annotations

from wtforms import HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class RuleForm(Form):
    """`rule` is before or after."""

    rule = StringField(default="after")


class CaseForm(Form):
    """`act` is what the button pressed says: publish, hide, restore or uphold; `reason` is a code."""

    act = HiddenField()
    reason = StringField(default="")
    words = TextAreaField()


class AppealForm(Form):
    words = TextAreaField()
