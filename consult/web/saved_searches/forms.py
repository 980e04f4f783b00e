"""Forms of saved searches."""

from __future__ import annotations

from wtforms import HiddenField, StringField

from consult.web.shared.forms import Form


class SavedSearchForm(Form):
    """`pace` is one of the codes of the service; the template shows it as a choice."""

    asked = HiddenField()
    name = StringField()
    pace = StringField(default="none")
