"""Files kept by their content: pictures and attachments alike."""

from __future__ import annotations

import hashlib
from datetime import datetime

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.history.events import KeptFileErased
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services.authority import require
from consult.storage.models import KeptFile
from consult.storage.queries import pictures as queries
from consult.storage.unit_of_work import Work, unit_of_work


def digest_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def keep_file(work: Work, content: bytes, *, field: str) -> str:
    """Keep a file, once however often it is sent; its digest. Raises InvalidInput for one whose content was erased:
    what the law wanted gone does not come back by being sent again."""
    digest = digest_of(content)
    held = queries.find_kept(digest)
    if held is None:
        work.add(KeptFile(digest=digest, size=len(content), content=content))
        work.flush()
    elif not held[1]:
        raise InvalidInput("file_erased", field=field)
    return digest


def erase_file(actor: Actor, digest: str, *, now: datetime) -> None:
    """Erase the content of a file everywhere it is shown or attached, for good: a court's decision, somebody's personal
    data. Its digest stays, so that the record goes on verifying. Raises NotFound."""
    require(actor, Permission.ADMINISTER, Target())
    with unit_of_work() as work:
        held = queries.find_kept(digest)
        if held is None or not held[1]:
            raise NotFound("file")
        queries.erase_content(digest)
        work.record(KeptFileErased(digest), at=now, actor_ref=actor.id)
