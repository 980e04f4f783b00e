"""The standing texts of a host: each publication is a new numbered version, and the old ones stay as they were.

What somebody was told when they handed in a comment can thus be shown years later: a submission keeps the version of
the information clause (RODO art. 13) in force at that moment.
"""

from __future__ import annotations

import json
import re
from datetime import datetime

from consult.domain.errors import InvalidInput
from consult.domain.history.events import HostTextPublished
from consult.domain.organisations.declarations import (
    WORDS,
    Declaration,
    as_particulars,
    checked_declaration,
)
from consult.domain.policy.actors import Actor
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.domain.text.normalise import admit
from consult.domain.text.typed import typed_words
from consult.services.authority import require
from consult.services.sockets import current_ports
from consult.storage.models import HostText, SubmissionClause
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import HostPageRow
from consult.storage.unit_of_work import Work, unit_of_work

RULES, CLAUSE, ACCESSIBILITY, PRIVACY = "rules", "clause", "accessibility", "privacy"
TEXT_KINDS = (RULES, CLAUSE, ACCESSIBILITY, PRIVACY)
LONGEST_TEXT = 100_000
LONGEST_LINE = 300

_PLACEHOLDER = re.compile(r"\[\[[^\[\]]{0,200}\]\]")
_HEADING = re.compile(r"^(#{1,6})(?=\s)", re.MULTILINE)


def publish_text(actor: Actor, slug: str, kind: str, source: str, *, now: datetime) -> int:
    """Publish a version of the rules, the clause or the privacy notice; returns its number.

    Raises InvalidInput for an empty text, one that still has a place to fill in, and one that changes nothing.
    """
    if kind not in (RULES, CLAUSE, PRIVACY):
        raise InvalidInput("text_kind")
    words = _checked(source, "source")
    if not words:
        raise InvalidInput("standing_text_empty", field="source")
    with unit_of_work() as work:
        host = _managed(actor, slug)
        return _publish(work, actor, host, kind, source=words, html=_html(words), particulars="", now=now)


def publish_declaration(actor: Actor, slug: str, declaration: Declaration, *, now: datetime) -> int:
    """Publish a version of the accessibility declaration; returns its number. Raises as `publish_text`."""
    words = {name: _checked(value, name) for name, value in as_particulars(declaration).items()}
    for name, value in words.items():
        if name not in WORDS and (len(value) > LONGEST_LINE or "\n" in value):
            raise InvalidInput("too_long", field=name, limit=LONGEST_LINE)
    checked = as_particulars(checked_declaration(Declaration(**words)))
    shown = {f"{name}_html": _html(checked[name]) for name in WORDS}
    with unit_of_work() as work:
        host = _managed(actor, slug)
        return _publish(
            work,
            actor,
            host,
            ACCESSIBILITY,
            source=checked["not_accessible"],
            html=shown["not_accessible_html"],
            particulars=json.dumps(checked | shown, ensure_ascii=False, sort_keys=True),
            now=now,
        )


def preview_text(actor: Actor, slug: str, source: str) -> str:
    """The HTML of a text that is not published yet. Raises InvalidInput for signs that cannot be kept."""
    _managed(actor, slug)
    return _html(admit(source, field="source")[:LONGEST_TEXT])


def note_clause(work: Work, submission_id: int, host_id: int) -> None:
    """Keep which information clause was in force when comments were handed in, inside their transaction."""
    clause = queries.find_text_in_force(host_id, CLAUSE)
    if clause is not None:
        work.add(SubmissionClause(submission_id=submission_id, clause_id=clause.id))


def _managed(actor: Actor, slug: str) -> HostPageRow:
    host = queries.get_host_page(slug)
    require(actor, Permission.MANAGE_HOST, Target(host_id=host.id))
    return host


def _checked(text: str, field: str) -> str:
    words = typed_words(text, field, LONGEST_TEXT)
    left = _PLACEHOLDER.search(words)
    if left:
        raise InvalidInput("text_unfilled", field=field, words=left[0])
    return words


def _html(source: str) -> str:
    """The text for readers; its headings stand under the title of the page, whatever level they begin at."""
    highest = min((len(found[1]) for found in _HEADING.finditer(source)), default=2)
    if highest < 2:
        source = _HEADING.sub(lambda found: "#" * min(6, len(found[1]) + 1), source)
    return current_ports().renderer.render(source).html if source else ""


def _publish(
    work: Work,
    actor: Actor,
    host: HostPageRow,
    kind: str,
    *,
    source: str,
    html: str,
    particulars: str,
    now: datetime,
) -> int:
    queries.lock_organisation(host.id)
    before = queries.find_text_in_force(host.id, kind)
    if before is not None and (before.source, before.particulars) == (source, particulars):
        raise InvalidInput("text_unchanged", field="source")
    number = before.number + 1 if before else 1
    text = HostText(
        host_id=host.id,
        kind=kind,
        number=number,
        source=source,
        html=html,
        particulars=particulars,
        published_at=now,
        published_by=actor.id,
    )
    work.add(text)
    work.flush()
    work.record(HostTextPublished(str(host.id), str(text.id)), at=now, actor_ref=actor.id)
    return number
