"""Forms of administration."""

from __future__ import annotations

from wtforms import HiddenField, SelectField, StringField, TextAreaField

from consult.web.shared.forms import Form


class Reason(Form):
    """An act that needs saying why."""

    reason = TextAreaField()


class OrganisationAct(Reason):
    """`seen` is what the organisation said of itself when the page was opened."""

    seen = HiddenField()


class NewMembership(Form):
    """Somebody put into an organisation."""

    organisation = SelectField(validate_choice=False)
    role = SelectField(validate_choice=False)


class Decision(Form):
    """What becomes of a request about personal data."""

    decision = StringField()
    reason = TextAreaField()
