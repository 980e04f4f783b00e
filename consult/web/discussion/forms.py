"""Forms of a discussion."""

from __future__ import annotations

from wtforms import HiddenField

from consult.web.shared.forms import Form


class SupportForm(Form):
    """`act` is "" or give, and back to support no longer."""

    act = HiddenField()
