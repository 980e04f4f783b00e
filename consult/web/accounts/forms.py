"""Forms of accounts."""

from __future__ import annotations

from wtforms import HiddenField, PasswordField, StringField

from consult.web.shared.forms import Form


class SignIn(Form):
    email = StringField()
    password = PasswordField()
    next = HiddenField()
