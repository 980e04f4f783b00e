"""Forms of submissions: one sender and any number of comments on one page, and a decision about what came late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from types import MappingProxyType

from flask_wtf.file import FileField, MultipleFileField
from wtforms import BooleanField, DateField, Field, HiddenField, StringField, TextAreaField

from consult.domain.process.comments import MOST_COMMENTS
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import Form

MOST_SHOWN = 2 * MOST_COMMENTS
"""Comments a form shows, so that one that holds too many still loses none of them."""


class Day(DateField):
    """A day that may be left out; the service says when it may not."""

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        super().process_formdata([value for value in valuelist if value.strip()])


@dataclass(frozen=True, slots=True)
class Typed:
    """One comment as it was typed; `start` and `end` name its words in the letter, "" where it is not taken from one. `was`
    is what its part was called in the form it came on, `state` is lost, renamed or added where somebody should look."""

    text: str = ""
    section: str = ""
    quote: str = ""
    kind: str = "substantive"
    proposed: str = ""
    justification: str = ""
    start: str = ""
    end: str = ""
    was: str = ""
    state: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.text.strip() or self.quote.strip() or self.proposed.strip() or self.section)


PARTS = tuple(field.name for field in fields(Typed))


class SubmissionForm(Form):
    """The sender and the letter; the fields of each comment are added by `submission_form`."""

    called = MappingProxyType({"organisation_name": "organisation", "text": "text_0", "letter": "pasted"})

    count = HiddenField()
    token = HiddenField()
    letter = HiddenField()
    mark_start = HiddenField()
    mark_end = HiddenField()
    channel = StringField(default="paper")
    received_on = Day()
    postmark_on = Day()
    case_sign = StringField()
    name = StringField()
    email = StringField()
    capacity = StringField(default="resident")
    organisation = StringField()
    verified = BooleanField()
    pasted = TextAreaField()
    rest = BooleanField()
    kept = HiddenField()
    meeting = HiddenField()
    scan = MultipleFileField()
    again = BooleanField()
    is_unsigned = BooleanField()
    flag_unsigned = TextAreaField()
    is_anonymous = BooleanField()
    flag_anonymous = TextAreaField()
    is_ineligible = BooleanField()
    flag_ineligible = TextAreaField()

    def typed(self) -> list[Typed]:
        """The comments as they were typed, in their order."""
        return [
            Typed(**{part: str(self[f"{part}_{place}"].data or "") for part in PARTS})
            for place in range(shown(self.count.data))
        ]

    def show(self, entries: Sequence[Typed]) -> None:
        """Fill the fields of the comments."""
        self.count.data = str(len(entries))
        for place, entry in enumerate(entries):
            for part in PARTS:
                self[f"{part}_{place}"].data = getattr(entry, part)


def submission_form(count: int) -> SubmissionForm:
    """A form for so many comments, filled with what was sent."""
    kinds: dict[str, type[Field]] = {"text": TextAreaField, "quote": TextAreaField, "proposed": TextAreaField}
    kinds |= {"justification": TextAreaField, "start": HiddenField, "end": HiddenField}
    kinds |= {"was": HiddenField, "state": HiddenField}
    parts = {f"{part}_{place}": kinds.get(part, StringField)() for place in range(count) for part in PARTS}
    made: SubmissionForm = type("FilledSubmissionForm", (SubmissionForm,), parts)()
    return made


def shown(count: str | None) -> int:
    """How many comments a form says it holds, at least one and no more than are shown."""
    return min(max(whole_number(count) or 1, 1), MOST_SHOWN)


class ReturnedForm(Form):
    """A form somebody filled in."""

    file = FileField()


class DecisionForm(Form):
    """`act` is consider, leave, flag, unflag, scan or letter; `reason` is of a decision, `flag_reason` of a flag."""

    act = StringField()
    reason = TextAreaField()
    flag = StringField()
    flag_reason = TextAreaField()
    scan = MultipleFileField()
    email = StringField()
