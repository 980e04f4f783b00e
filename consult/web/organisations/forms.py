"""Forms of organisations and of hosts' pages."""

from __future__ import annotations

from types import MappingProxyType

from wtforms import BooleanField, DateField, FileField, StringField, TextAreaField

from consult.web.shared.forms import Form


class EditOrganisation(Form):
    called = MappingProxyType({"unit_of_id": "unit_of"})

    name = StringField()
    short_name = StringField()
    kind = StringField(default="ngo")
    krs = StringField()
    regon = StringField()
    nip = StringField()
    unit_of = StringField()
    seat = TextAreaField()
    website = StringField()
    email = StringField()
    summary = TextAreaField()
    easy_to_read = StringField()
    sign_language = StringField()
    is_another = BooleanField()


class AskToJoin(Form):
    words = TextAreaField()


class ChangeMember(Form):
    role = StringField()
    is_speaker = BooleanField()


class Invite(Form):
    role = StringField(default="member")
    is_speaker = BooleanField()
    email = StringField()
    most_uses = StringField(default="1")


class EditContact(Form):
    phone = StringField()
    duty_address = TextAreaField()
    duty_hours = TextAreaField()
    e_delivery = StringField()
    bip = StringField()


class EditLook(Form):
    accent = StringField()


class SendCrest(Form):
    crest = FileField()


class EditText(Form):
    source = TextAreaField()
    act = StringField()


class EditDeclaration(Form):
    status = StringField()
    site_on = DateField()
    changed_on = StringField()
    prepared_on = DateField()
    reviewed_on = DateField()
    method = StringField(default="self")
    judged_by = StringField()
    contact = StringField()
    email = StringField()
    phone = StringField()
    not_accessible = TextAreaField()
    procedure = TextAreaField()
    building = TextAreaField()
    interpreter = TextAreaField()
