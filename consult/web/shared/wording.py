"""The words of exported texts and tables in the reader's language."""

from __future__ import annotations

from flask_babel import gettext, lazy_gettext

_ = lazy_gettext

COLUMNS = {
    "row": _("Row"),
    "number": _("Comment no."),
    "received": _("Received on"),
    "channel": _("Channel"),
    "sender": _("Sender"),
    "capacity": _("In whose name"),
    "place": _("Part of the document and version"),
    "passage": _("Provision in the draft"),
    "text": _("Text of the comment"),
    "proposed": _("Proposed wording"),
    "justification": _("Justification"),
    "outcome": _("How it was considered"),
    "answer": _("Reasons of the host"),
    "change": _("Where it was changed"),
    "responsible": _("Responsible"),
    "apart_because": _("Why apart"),
    "apart_decided": _("Decided"),
}
CHANNELS = {
    "web": _("website"),
    "email": _("e-mail"),
    "paper": _("paper"),
    "epuap": _("ePUAP"),
    "edoreczenia": _("e-Doręczenia"),
    "meeting": _("meeting"),
    "duty": _("duty hours"),
    "phone": _("telephone"),
}
CAPACITIES = {
    "resident": _("Resident"),
    "ngo": _("NGO"),
    "office": _("Office"),
    "council": _("Council"),
    "institution": _("Institution"),
    "business": _("Business"),
}
OUTCOMES = {
    "accepted": _("Accepted"),
    "partly": _("Accepted in part"),
    "rejected": _("Not accepted"),
    "explained": _("Explained"),
    "present": _("Already in the text"),
    "out_of_scope": _("Out of scope"),
    "deferred": _("Left for further work"),
    "noted": _("Noted"),
    "unconsidered": _("Left unconsidered"),
    "withdrawn": _("Withdrawn"),
}


APART_REASONS = {
    "late": _("late"),
    "unsigned": _("not signed"),
    "anonymous": _("anonymous"),
    "ineligible": _("from somebody not entitled to take part"),
}
STANDINGS = {
    "waiting": _("not decided yet"),
    "considered": _("considered"),
    "left_out": _("not considered"),
}


class TranslatedWording:
    """Codes in the words of the reader's language; see `services.exports.Wording`."""

    def column(self, code: str) -> str:
        return str(COLUMNS[code])

    def channel(self, code: str) -> str:
        return str(CHANNELS.get(code, code))

    def capacity(self, code: str) -> str:
        return str(CAPACITIES.get(code, code))

    def outcome(self, code: str) -> str:
        return str(OUTCOMES.get(code, code))

    def apart_title(self) -> str:
        return gettext("Comments reported apart")

    def apart_reason(self, code: str) -> str:
        return str(APART_REASONS.get(code, code))

    def standing(self, code: str) -> str:
        return str(STANDINGS.get(code, code))

    def whole(self) -> str:
        return gettext("the whole document")

    def concealed(self, standing: str) -> str:
        if standing == "waiting":
            return gettext("[waits to be published]")
        return gettext("[words hidden by the host]")

    def table_title(self) -> str:
        return gettext("Table of comments")

    def change(self, number: int) -> str:
        return gettext("change %(number)s", number=number)

    def state(self, version_no: int | None, label: str) -> str:
        if version_no is None:
            return gettext("working draft")
        if label:
            return gettext("version %(number)s, %(label)s", number=version_no, label=label)
        return gettext("version %(number)s", number=version_no)
