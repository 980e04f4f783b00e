"""Forms of accounts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from wtforms import BooleanField, HiddenField, PasswordField, StringField, TextAreaField

from consult.web.shared.forms import Form


class SignIn(Form):
    email = StringField()
    password = PasswordField()
    next = HiddenField()


class Register(Form):
    name = StringField()
    email = StringField()
    password = PasswordField()


class AskForLetter(Form):
    """An address a letter with a link is sent to."""

    email = StringField()


class Confirm(Form):
    """Asks for the password only where the button alone is not enough."""

    password = PasswordField()


class NewPassword(Form):
    password = PasswordField()


class ChangePassword(Form):
    current = PasswordField()
    new = PasswordField()


class ChangeAddress(Form):
    called: ClassVar[Mapping[str, str]] = {"email": "address"}

    address = StringField()
    current = PasswordField()


class Account(Form):
    name = StringField()
    is_name_public = BooleanField()
    language = StringField()


class AskForCorrection(Form):
    words = TextAreaField()


class AskForErasure(Form):
    words = TextAreaField()


class SignInCode(Form):
    """A code of the app, or a recovery code."""

    code = StringField()


class ConfirmSecondFactor(Form):
    code = StringField()
    next = HiddenField()


class TurnOffSecondFactor(Form):
    password = PasswordField()
    code = StringField()


class Onward(Form):
    """A button that goes on to where one was going."""

    next = HiddenField()


class EndSession(Form):
    """One session by its id, or "others"."""

    session = HiddenField()


class Unlink(Form):
    identity = HiddenField()


class LinkIdentity(Form):
    password = PasswordField()


class RegisterWithIdentity(Form):
    name = StringField()
