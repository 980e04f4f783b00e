"""Words for the kinds of changes and of causes one may narrow a timeline by."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

KINDS = {
    "edit": (_("edits of words"), ("save", "take")),
    "outline": (
        _("parts added, removed or moved"),
        ("add", "move", "remove", "split", "join", "promote", "demote", "bring_back", "annex"),
    ),
    "file": (_("files taken in"), ("import", "revise", "create")),
    "back": (_("changes taken back"), ("undo", "restore")),
}
"""By code: what it is called, and the kinds of changes it stands for."""

CAUSES = {
    "comment": _("a comment"),
    "proposal": _("a proposal"),
    "decision": _("a decision of a meeting"),
    "none": _("no cause on record"),
}
