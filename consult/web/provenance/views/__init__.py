"""Where words come from: those of a whole text or one part of it, or some that were selected."""

from __future__ import annotations

from flask import Response, make_response, request

from consult.storage.queries import documents as queries
from consult.web.provenance.views.gutter import show_text
from consult.web.provenance.views.passage import show_passage
from consult.web.provenance.views.texts import asked_text
from consult.web.shared.addresses import whole_number
from consult.web.shared.viewers import current_viewer


def origins(slug: str) -> Response:
    document = queries.get_document(slug, current_viewer())
    asked = asked_text(document)
    spans = [whole_number(request.args.get(name)) for name in ("from", "to")]
    if "section" in request.args and None not in spans:
        return make_response(show_passage(asked))
    return show_text(asked)
