"""Forms of documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from flask_wtf.file import FileField
from wtforms import HiddenField, StringField, TextAreaField

from consult.web.shared.editing import WritingForm
from consult.web.shared.forms import Form


class NewDocument(Form):
    title = StringField()
    kind = StringField(default="standard")
    source = TextAreaField()
    host_id = HiddenField()


class ImportFile(Form):
    file = FileField()
    title = StringField()
    kind = StringField(default="standard")
    host_id = HiddenField()


class ArrangeFile(Form):
    """`tracked` says what becomes of tracked changes (take, propose); `shown` for which of the two texts the levels were
    chosen; `then` what the button does (look, make). Levels and authors come in fields named by line and number."""

    called: ClassVar[Mapping[str, str]] = {"file": "title"}

    token = HiddenField()
    title = StringField()
    kind = StringField()
    tracked = StringField(default="take")
    shown = HiddenField(default="take")
    then = StringField()


class EditSection(WritingForm):
    """`was` and `yours` are there when a conflict is being settled: the text the edit began from, and the edit."""

    was = HiddenField()
    yours = HiddenField()
    cause = StringField()


class AddSection(WritingForm):
    title = StringField()
    level = StringField(default="2")
    position = StringField()


class MoveSection(Form):
    """`position` is the section it comes to stand before, after or under, as `relation` says."""

    called: ClassVar[Mapping[str, str]] = {"beside": "position"}

    relation = StringField()
    position = StringField()
    note = StringField()


class RemoveSection(Form):
    note = StringField()


class ReviseWithFile(Form):
    file = FileField()
    note = StringField()


class ConfirmRevision(Form):
    """`tracked` and `shown` as in ArrangeFile."""

    token = HiddenField()
    tracked = StringField(default="take")
    shown = HiddenField(default="take")
    note = StringField()


class PublishVersion(Form):
    label = StringField()
    note = StringField()


class AboutDocument(Form):
    summary = TextAreaField()
    easy_read_url = StringField()
    sign_language_url = StringField()


class ArrangeSection(Form):
    act = HiddenField()
    beside = HiddenField()
    relation = HiddenField()


class SplitSection(Form):
    at = StringField()
    text_id = HiddenField()
    title = StringField()
    level = StringField()
    note = StringField()


class JoinSections(Form):
    neighbour = StringField()
    heading = StringField(default="bold")
    note = StringField()


class TakeBack(Form):
    note = StringField()


class RestoreText(Form):
    note = StringField()
    base = HiddenField()
