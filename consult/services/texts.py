"""The Markdown of a document as it stands, stood, or was published."""

from __future__ import annotations

from consult.domain.errors import NotFound
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.services.authority import of_document, require
from consult.storage.queries import documents as queries
from consult.storage.queries.viewers import Viewer


def text_at(actor: Actor, slug: str, *, version_no: int | None = None, change_no: int | None = None) -> str:
    """The sources of the sections in reading order: of a version, of the draft after a change, or of the draft.

    Raises NotFound for a version or change there is not, NotPermitted for a draft the actor may not see.
    """
    document = queries.get_document(slug, Viewer.of(actor))
    if version_no is not None:
        version = queries.get_version(document.id, version_no)
        return "".join(section.source for section in queries.list_version_sections(version.id))
    require(actor, Permission.SEE_UNPUBLISHED, of_document(document))
    if change_no is not None:
        if not 1 <= change_no <= document.last_change_no:
            raise NotFound("change", number=change_no)
        return "".join(section.source for section in queries.list_sections_at(document.id, change_no))
    return "".join(section.source for section in queries.list_draft_sections(document.id))
