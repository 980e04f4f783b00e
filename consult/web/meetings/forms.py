"""The forms of meetings, opinions and explanations."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from wtforms import BooleanField, DateField, HiddenField, StringField, TextAreaField, TimeField

from consult.domain.errors import InvalidInput
from consult.domain.process.meetings import Access
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import Form


class Day(DateField):
    """A day that may be left out."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata([value for value in valuelist if value.strip()])


class Hour(TimeField):
    """An hour that may be left out; the service says when it may not."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata([value for value in valuelist if value.strip()])


class SeenForm(Form):
    """A form about a meeting; `seen` is the state of it the official saw."""

    seen = HiddenField()


class MeetingForm(SeenForm):
    """A meeting as it is announced or changed."""

    kind = StringField(default="meeting")
    title = StringField()
    day = Day()
    starts = Hour()
    ends = Hour()
    weeks = StringField(default="1")
    place = StringField()
    room = StringField()
    link = StringField()
    series = StringField()
    block = StringField()
    capacity = StringField()
    programme = TextAreaField()
    access_step_free = BooleanField()
    access_lift = BooleanField()
    access_toilet = BooleanField()
    access_loop = BooleanField()
    access_signs = BooleanField()
    access_contact = StringField()
    access_until = Day()
    access_note = TextAreaField()
    reason = TextAreaField()

    def access(self) -> tuple[str, ...]:
        """Codes of what was ticked."""
        return tuple(str(code) for code in Access if self[f"access_{code}"].data)


class CancelForm(SeenForm):
    reason = TextAreaField()


class NoteForm(SeenForm):
    """`act` is "keep" for the button that keeps a note unpublished."""

    note = TextAreaField()
    act = StringField(default="publish")


class AttendanceForm(SeenForm):
    resident = StringField()
    ngo = StringField()
    office = StringField()
    council = StringField()
    institution = StringField()
    business = StringField()
    reason = TextAreaField()


class OpinionForm(Form):
    called = MappingProxyType({"state": "outcome"})

    body_kind = StringField(default="council")
    body = StringField()
    legal_basis = TextAreaField()
    delivered_on = Day()
    term_days = StringField()
    is_silence_waiver = BooleanField()
    outcome = StringField(default="")
    given_on = Day()
    summary = TextAreaField()
    source = TextAreaField()


class ExplanationForm(Form):
    text = TextAreaField()


class WithdrawalForm(Form):
    reason = TextAreaField()


def number_in(text: str | None, field: str) -> int | None:
    """The whole number somebody typed, None for nothing. Raises InvalidInput beside the field."""
    typed = "".join((text or "").split())
    if not typed:
        return None
    number = whole_number(typed)
    if number is None:
        raise InvalidInput("whole_number", field=field)
    return number
