"""The forms a comment is written, and comments are sent, on."""

from __future__ import annotations

from types import MappingProxyType

from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from consult.web.shared.forms import Form


class SenderForm(Form):
    """In whose name, and what of it everybody sees. `website` is a field only programs fill in."""

    called = MappingProxyType({"organisation_name": "organisation"})

    capacity = StringField(default="resident")
    organisation = StringField()
    name = StringField()
    email = StringField()
    shown_as = StringField(default="nothing")
    wants_letter = BooleanField()
    website = StringField()
    token = HiddenField()


class WordsForm(Form):
    """What a comment says and where its first words are; `quote` are these words as the sender saw them."""

    text = TextAreaField()
    proposed = TextAreaField()
    justification = TextAreaField()
    kind = StringField(default="substantive")
    section = HiddenField()
    text_id = HiddenField()
    start = HiddenField()
    end = HiddenField()
    quote = HiddenField()


class NewComment(WordsForm, SenderForm):
    """A comment with its sender: both can be sent at once."""


class ReviewForm(SenderForm):
    """Everything that waits, to be sent together: only the sender is asked for."""

    text = StringField()


class ChangeForm(Form):
    """The words of a comment that was sent, to be corrected."""

    text = TextAreaField()
    proposed = TextAreaField()
    justification = TextAreaField()
