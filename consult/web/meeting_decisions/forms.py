"""The form on which a decision of a meeting is noted."""

from __future__ import annotations

from wtforms import TextAreaField

from consult.web.shared.forms import Form


class DecisionForm(Form):
    text = TextAreaField()
