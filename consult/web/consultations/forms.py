"""The forms consultations are opened, announced and changed with."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)

from consult.domain.errors import InvalidInput
from consult.domain.process.announcing import CHANNELS
from consult.services.consultations import Details
from consult.storage.queries.consultations import ConsultationRow
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import Form

CHANNEL_CODES = tuple(CHANNELS)


class DetailsForm(Form):
    """What a host says of its consultation besides its times."""

    summary = TextAreaField()
    purpose = TextAreaField()
    addressees = TextAreaField()
    area = StringField()
    fields = SelectMultipleField(validate_choice=False)
    local_rule = StringField()
    paper = StringField()
    email = StringField()
    epuap = StringField()
    edoreczenia = StringField()
    duty = StringField()
    phone = StringField()
    reading_place = StringField()
    contact = TextAreaField()
    easy_href = StringField()
    sign_href = StringField()

    def channels(self) -> dict[str, str]:
        """Addresses by code of the channel."""
        return {code: self[code].data or "" for code in CHANNEL_CODES}

    def fill(self, row: ConsultationRow) -> None:
        """The facts as they stand."""
        for name in ("summary", "purpose", "addressees", "area", "local_rule", "reading_place", "contact"):
            self[name].data = getattr(row, name)
        self.easy_href.data, self.sign_href.data = row.easy_href, row.sign_href
        self.fields_chosen(row.fields)
        for code, address in row.channels:
            if code in CHANNEL_CODES:
                self[code].data = address

    def fields_chosen(self, codes: Iterable[str]) -> None:
        self["fields"].data = list(codes)

    def details(self) -> Details:
        return Details(
            purpose=self.purpose.data or "",
            addressees=self.addressees.data or "",
            fields=tuple(self["fields"].data or ()),
            area=self.area.data or "",
            local_rule=self.local_rule.data or "",
            channels=self.channels(),
            reading_place=self.reading_place.data or "",
            contact=self.contact.data or "",
            easy_href=self.easy_href.data or "",
            sign_href=self.sign_href.data or "",
        )


class OpenConsultation(DetailsForm):
    """`then` is "check" for the button that counts the term and saves nothing, "earliest" for the one that also moves
    the end to the day offered; `counted_basis` is the legal basis it was counted for before."""

    called = MappingProxyType({"departure": "departure_reason"})

    title = StringField()
    version = SelectField(validate_choice=False)
    opens_on = DateField()
    opens_time = TimeField()
    closes_on = DateField()
    closes_time = TimeField()
    legal_basis = StringField(default="resolution")
    own_days = StringField()
    decides = StringField(default="receipt")
    forms = SelectMultipleField(validate_choice=False)
    departure_reason = TextAreaField()
    departure_confirmed = BooleanField()
    counted_basis = HiddenField()
    then = StringField(default="open")

    def own_term(self) -> int | None:
        """The host's own shortest term. Raises InvalidInput unless it is a number or nothing."""
        words = (self.own_days.data or "").strip()
        if not words:
            return None
        number = whole_number(words)
        if number is None:
            raise InvalidInput("own_term", field="own_days", limit=366)
        return number


class ExtendForm(Form):
    closes_on = DateField()
    closes_time = TimeField()
    reason = TextAreaField()
    token = HiddenField()


class CorrectForm(DetailsForm):
    erratum = TextAreaField()
    reason = TextAreaField()
    token = HiddenField()


class CancelForm(Form):
    reason = TextAreaField()
    token = HiddenField()


class EffectsForm(Form):
    effects = TextAreaField()
    token = HiddenField()


class AnnounceForm(Form):
    """`then` is "look" for the button that shows the announcement and publishes nothing, "earliest" for the one that
    also moves the end to the day offered. The end and the departure are asked for before the first announcement."""

    called = MappingProxyType({"departure": "departure_reason"})

    act = StringField(default="notice")
    introduction = TextAreaField()
    body = StringField()
    act_number = StringField()
    closes_on = DateField()
    closes_time = TimeField()
    departure_reason = TextAreaField()
    departure_confirmed = BooleanField()
    then = StringField(default="publish")
    token = HiddenField()


class ProtocolForm(Form):
    closing = TextAreaField()
    body = StringField()
    then = StringField(default="publish")
    token = HiddenField()
