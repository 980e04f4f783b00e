"""Forms of proposals. Those about several parts have fields for each, made when the page knows how many there are."""

from __future__ import annotations

from flask import request
from wtforms import BooleanField, HiddenField, StringField, TextAreaField

from consult.services.proposals.making import MOST_PARTS
from consult.web.shared.addresses import whole_number
from consult.web.shared.editing import WritingForm
from consult.web.shared.forms import Form


class ProposalForm(WritingForm):
    """A proposal of several parts, one of which stands in the editor: the part numbered `opened`, with its words in
    `source`; those of the others are in fields of their own.

    `act` is send, show (the preview), open-3 (put that part into the editor) or more (another part, of the kind and
    section chosen in `more_…`).
    """

    title = StringField()
    rationale = TextAreaField()
    act = StringField()
    count = HiddenField(default="0")
    opened = HiddenField()
    more_kind = StringField(default="reword")
    more_section = StringField()


class ReplyForm(Form):
    text = TextAreaField()


class WithdrawForm(Form):
    # the reasons for declining may stand on the same page
    reason = TextAreaField(id="withdrawal-reason")


class DecisionForm(Form):
    """`act` is take, decline or reopen; what is taken of each part are boxes named ``pick``."""

    act = HiddenField()
    note = StringField()
    reason = TextAreaField()


class RenewForm(Form):
    """The author's wordings, one field for each part."""


def proposal_form(count: int | None = None) -> ProposalForm:
    """The form with fields for as many parts as were sent, or as many as are asked for."""
    sent = (whole_number(request.form.get("count")) or 0) if request.method == "POST" else 0
    number = min(sent if count is None else count, MOST_PARTS)
    fields: dict[str, object] = {}
    for at in range(number):
        fields |= {
            f"kind_{at}": HiddenField(),
            f"section_{at}": HiddenField(),
            f"base_{at}": HiddenField(),
            f"title_{at}": StringField(),
            f"source_{at}": TextAreaField(),
            f"drop_{at}": BooleanField(),
        }
    made: ProposalForm = type("FilledProposalForm", (ProposalForm,), fields)()
    made.count.data = str(number)
    return made


def decision_form(part_ids: tuple[int, ...] = ()) -> DecisionForm:
    """The form with a joined text for each of these parts."""
    fields: dict[str, object] = {f"source_{part_id}": TextAreaField() for part_id in part_ids}
    fields |= {f"base_{part_id}": HiddenField() for part_id in part_ids}
    made: DecisionForm = type("FilledDecisionForm", (DecisionForm,), fields)()
    return made


def renew_form(part_ids: tuple[int, ...]) -> RenewForm:
    fields: dict[str, object] = {f"source_{part_id}": TextAreaField() for part_id in part_ids}
    fields |= {f"base_{part_id}": HiddenField() for part_id in part_ids}
    made: RenewForm = type("FilledRenewForm", (RenewForm,), fields)()
    return made
