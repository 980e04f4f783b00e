"""Forms of joint submissions."""

from __future__ import annotations

from wtforms import DateField, FileField, HiddenField, SelectField, StringField, TextAreaField

from consult.web.shared.forms import Form


class Day(DateField):
    """A day that may be left out."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if any(text.strip() for text in valuelist):
            super().process_formdata(valuelist)


class Begin(Form):
    organisation = StringField()


class Remarking(Form):
    """The fields of the public form for comments, with a name for those who lead in the place of who one is."""

    text = TextAreaField()
    proposed = TextAreaField()
    kind = StringField(default="substantive")
    name = StringField()
    website = StringField()
    section = HiddenField()
    text_id = HiddenField()
    start = HiddenField()
    end = HiddenField()
    token = HiddenField()


class Rewording(Form):
    text = TextAreaField()
    justification = TextAreaField()
    proposed = TextAreaField()
    kind = StringField()
    no = HiddenField()


class Adopting(Form):
    """The boxes are named ``remarks``; a button of one remark sends its id as ``only``."""

    remarks = StringField()


class Reason(Form):
    reason = TextAreaField()


class Refusing(Form):
    # both may stand on one page with the form of a party
    reason = TextAreaField(id="refusal-reason")


class Inviting(Form):
    organisation = SelectField(validate_choice=False)


class Attaching(Form):
    letter = FileField()


class Settling(Form):
    """The boxes of people are named ``approvers``, what they are ``role-<id>``."""

    rule = StringField(default="named")
    approvers = StringField()
    resolution_no = StringField()
    resolution_on = Day()
    signed_by = TextAreaField()
    authority = TextAreaField()
