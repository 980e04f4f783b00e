"""Consultations: opened on a published version, changed in the open, with an end that is never brought forward."""

from consult.services.consultations.announcing import (
    as_announced,
    departs_in_term,
    export_announcement,
    facts_of,
    is_announced,
    needs_meetings,
    preview_announcement,
    preview_protocol,
    publish_announcement,
    publish_protocol,
    report_due_of,
    require_announceable,
    require_protocol,
)
from consult.services.consultations.changing import (
    Correction,
    cancel_consultation,
    correct_consultation,
    extend_consultation,
    record_effects,
    require_cancellable,
    require_correctable,
    require_extendable,
    require_reported,
)
from consult.services.consultations.details import Details
from consult.services.consultations.opening import check_times, open_consultation, term_of

__all__ = [
    "Correction",
    "Details",
    "as_announced",
    "cancel_consultation",
    "check_times",
    "correct_consultation",
    "departs_in_term",
    "export_announcement",
    "extend_consultation",
    "facts_of",
    "is_announced",
    "needs_meetings",
    "open_consultation",
    "preview_announcement",
    "preview_protocol",
    "publish_announcement",
    "publish_protocol",
    "record_effects",
    "report_due_of",
    "require_announceable",
    "require_cancellable",
    "require_correctable",
    "require_extendable",
    "require_protocol",
    "require_reported",
    "term_of",
]
