"""Forms of following."""

from __future__ import annotations

from wtforms import HiddenField

from consult.web.shared.forms import Form


class FollowForm(Form):
    kind = HiddenField()
    ref = HiddenField()
    wanted = HiddenField()
