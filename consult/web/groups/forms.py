"""Forms of working groups."""

from __future__ import annotations

from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from consult.web.shared.forms import Form


class Checks(SelectMultipleField):
    """Several of a list, a box for each."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class GroupForm(Form):
    host_id = StringField()
    name = StringField()
    block = StringField()
    summary = TextAreaField()
    easy_read_url = StringField()
    sign_language_url = StringField()
    visibility = StringField(default="public")
    documents = Checks(validate_choice=False)


class AddMember(Form):
    """Somebody new: `way` is letter, link or organisation."""

    role = StringField(default="member")
    organisation_id = StringField()
    way = StringField(default="letter")
    email = StringField()
    most_uses = StringField(default="1")


class ChangeInvitation(Form):
    """What is done with an invitation: `act` is resend or withdraw."""

    act = HiddenField()


class AcceptSeat(Form):
    shows_name = BooleanField()


class ChangeSeat(Form):
    """What is done with a seat: `act` is role or remove."""

    act = HiddenField()
    seat = HiddenField()
    role = HiddenField()


class OwnSeat(Form):
    """What somebody does with their own seat: `act` is show, hide or leave."""

    act = HiddenField()


class Course(Form):
    """Whether the group's work goes on: `act` is end or resume."""

    act = HiddenField()
