"""How words would read in a document, before anybody saves them."""

from __future__ import annotations

from dataclasses import replace

from consult.domain.errors import InvalidInput
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.text.normalise import admit
from consult.ports.rendering import Rendered
from consult.services.authority import of_document, require
from consult.services.cross_references import with_numbers_of_draft
from consult.services.drafting import LONGEST_SOURCE
from consult.storage.queries import documents as document_queries
from consult.storage.queries import drafting as queries
from consult.storage.queries.viewers import Viewer
from consult.storage.unit_of_work import current_ports


def preview_words(actor: Actor, slug: str, *, source: str) -> Rendered:
    """Markdown as a section of this document would show it, with the footnotes and links defined elsewhere in it.

    Nothing is kept. Raises InvalidInput for words that could not be kept either.
    """
    document = document_queries.get_document(slug, Viewer.of(actor))
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    words = admit(source, field="source")
    if len(words) > LONGEST_SOURCE:
        raise InvalidInput("text_too_long", field="source", limit=LONGEST_SOURCE)
    definitions = "\n".join(text for _, text in queries.list_definitions(document.id))
    rendered = current_ports().renderer.render(words, definitions=definitions)
    return replace(rendered, html=with_numbers_of_draft(document, rendered.html))
