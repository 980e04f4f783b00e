"""What forms share: an act without fields, an error of the core beside its field, tokens of forms sent once."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import ClassVar

from flask_babel import gettext
from flask_wtf import FlaskForm
from wtforms import DateField, Field, TimeField

from consult.domain.errors import ConsultError, InvalidInput
from consult.domain.process.windows import require_year
from consult.domain.text.normalise import admit
from consult.web.shared.errors import wording
from consult.web.shared.signatures import read_signed, signed

TOKEN_BYTES = 24

_FORM = "form"

_MARKED = dict.fromkeys((*range(9), 11, *range(14, 32), 127), "�")


class Form(FlaskForm):
    """A form whose errors are worded here, not by the libraries.

    `called` says which field shows the errors the core has about another name.
    """

    called: ClassVar[Mapping[str, str]] = {}

    def is_sent(self) -> bool:
        """Whether the form was sent and came from a page of ours; a form gone stale says so and keeps its text."""
        if not self.is_submitted():
            return False
        self.validate()
        if self.csrf_token.errors:
            self.csrf_token.errors = []
            self.form_errors.append(
                gettext(
                    "This page had been open for too long. Everything you typed is still here: please send it again."
                )
            )
            return False
        return self._is_understood() and self._is_printable()

    def _is_understood(self) -> bool:
        """Whether days and hours could be read as such."""
        is_understood = True
        for field in self:
            if field.process_errors or field.errors:
                unread = InvalidInput("hour") if isinstance(field, TimeField) else InvalidInput("date")
                field.errors = [wording(unread)]
                is_understood = False
            elif isinstance(field, DateField) and field.data is not None:
                try:
                    require_year(field.data, field=field.name)
                except InvalidInput as error:
                    field.errors = [wording(error)]
                    is_understood = False
        return is_understood

    def _is_printable(self) -> bool:
        """Whether every text can be kept; where one cannot, marks show the place in what the page gives back."""
        is_printable = True
        for field in self:
            if not isinstance(field.data, str):
                continue
            try:
                admit(field.data, field=field.name)
            except InvalidInput as error:
                field.data = field.data.translate(_MARKED)
                field.errors = [*field.errors, wording(error)]
                is_printable = False
        return is_printable


class Act(Form):
    """A button that does something."""


def refuse(form: Form, error: ConsultError) -> None:
    """Show an error of the core beside the field it is about, or at the top of the form."""
    name = str(error.facts.get("field") or "")
    name = form.called.get(name, name)
    field: Field | None = form[name] if name in form else None  # noqa: SIM401 (a form has no get)
    if field is None:
        form.form_errors.append(wording(error))
    else:
        field.errors = [*field.errors, wording(error)]


def new_token() -> str:
    """A token that makes sending one form twice one act; signed, so that nobody brings their own."""
    return signed(secrets.token_urlsafe(TOKEN_BYTES), _FORM)


def is_our_token(token: str) -> bool:
    return read_signed(token, _FORM) is not None
