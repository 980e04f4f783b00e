"""The page on which two edits of the same words meet, and what was decided on it.

Nothing of either edit is taken for granted: every disputed place shows what was, what each side wants and a joined
wording where one is to be had, and one is chosen for each. Or the whole text is mended by hand. The page needs no
script: it brings your edit and the text it began from along, and the places are worked out again from these.
"""

from __future__ import annotations

from hashlib import sha256

from flask import render_template, request

from consult.domain.errors import InvalidInput, NotFound
from consult.domain.merging.conflicts import Choice, Excerpt, Side, Wording, both, excerpts, resolve
from consult.domain.merging.threeway import MergeResult, merge
from consult.domain.text.normalise import admit
from consult.services.drafting import Conflicted
from consult.storage.queries import documents as queries
from consult.storage.queries import drafting as drafting_queries
from consult.storage.queries.documents import DocumentRow, SectionRow
from consult.web.documents.forms import EditSection
from consult.web.documents.presenters import ConflictPage, Dispute
from consult.web.documents.views.outline import title_of
from consult.web.documents.views.sections import back_to, draft_head
from consult.web.shared.addresses import whole_number
from consult.web.shared.i18n import moment
from consult.web.shared.redlines import redline

CHOICES = "choices"
"""Value of the button that saves what was chosen place by place; the other one saves the whole text."""

REMNANT = 3
"""Words of a paragraph before the next that say nothing by themselves, at most."""


def is_settled_by_choices() -> bool:
    return request.form.get("settle") == CHOICES


def settled(section: SectionRow, form: EditSection) -> str:
    """The text that follows from what was chosen for every place.

    Raises InvalidInput when a place has no choice, and when the whole text was mended by hand as well.
    """
    sides = _sides(section, form, whole_number(form.was.data) or 0)
    if sides is None:
        raise NotFound("text")
    if admit(form.source.data or "") != sides.merged.text:
        raise InvalidInput("two_ways_at_once", field="source")
    return resolve(sides.merged, [_choice(at) for at in range(len(sides.merged.conflicts))])


def _choice(at: int) -> Choice:
    chosen = request.form.get(f"choice-{at}", "")
    if chosen == "own":
        return Wording(admit(request.form.get(f"own-{at}", ""), field="source"))
    try:
        return Side(chosen)
    except ValueError:
        raise InvalidInput("conflicts_undecided") from None


def _sides(section: SectionRow, form: EditSection, was: int) -> Conflicted | None:
    """The conflict that is being settled, worked out anew; None when a text it names is none of this section."""
    ids = (was, whole_number(form.base.data) or 0)
    texts = {row.id: row for row in queries.list_texts(ids) if row.section_id == section.section_id}
    if set(ids) - set(texts):
        return None
    base, theirs = (texts[text_id].source for text_id in ids)
    yours = admit(form.yours.data or "")
    return Conflicted(base, theirs, yours, ids[1], merge(base, yours, theirs))


def conflict_page(
    document: DocumentRow, section: SectionRow, form: EditSection, conflict: Conflicted | None, *, was: int
) -> str:
    """The page; with no `conflict` the one that was being settled once more, with every choice. "" if there is none.

    `was` is the text your edit began from.
    """
    is_new = conflict is not None
    conflict = conflict or _sides(section, form, was)
    if conflict is None or not conflict.merged.conflicts:
        return ""
    if is_new:
        form.source.data = conflict.merged.text
        form.base.data = str(conflict.theirs_text_id)
        form.was.data, form.yours.data = str(was), conflict.yours
    last = drafting_queries.list_changes_of_section(section.section_id, limit=1)
    page = ConflictPage(
        head=draft_head(document),
        section_title=title_of(section),
        back_href=back_to(document.slug, section),
        theirs_by=(last[0].author or "") if last else "",
        theirs_at=moment(last[0].at if last else document.changed_at),
        base=conflict.base,
        theirs=redline(conflict.base, conflict.theirs),
        yours=redline(conflict.base, conflict.yours),
        disputes=_disputes(conflict.merged, keeps_choices=not is_new),
        kept_name=_kept_name(was, conflict),
    )
    return render_template("documents/conflict.html", page=page, form=form)


def _kept_name(was: int, conflict: Conflicted) -> str:
    """Tells this conflict from any other of the same section: words written for its places belong to no other's."""
    sides = f"{was}:{conflict.theirs_text_id}:{conflict.yours}"
    return f"conflict-{sha256(sides.encode()).hexdigest()[:12]}"


def _disputes(merged: MergeResult, *, keeps_choices: bool) -> tuple[Dispute, ...]:
    joined = [both(conflict) for conflict in merged.conflicts]
    return tuple(
        _dispute(at, excerpt, joined[at], keeps_choices=keeps_choices)
        for at, excerpt in enumerate(excerpts(merged))
    )


def _dispute(at: int, excerpt: Excerpt, joined: str, *, keeps_choices: bool) -> Dispute:
    sides = (excerpt.ours, excerpt.theirs)
    proposed = excerpt.proposed if excerpt.proposed not in sides else None
    own = request.form.get(f"own-{at}") if keeps_choices else None
    return Dispute(
        before=_without_remnant(excerpt.before),
        after=excerpt.after,
        base=excerpt.base,
        theirs=redline(excerpt.base, excerpt.theirs),
        yours=redline(excerpt.base, excerpt.ours),
        proposed=proposed,
        both=joined if joined not in (*sides, proposed) else None,
        own=excerpt.proposed or excerpt.ours if own is None else own,
        choice=request.form.get(f"choice-{at}", "") if keeps_choices else _first(excerpt),
    )


def _without_remnant(before: str) -> str:
    """The words before a place, without the last word or two of a paragraph that holds the place before it."""
    head, cut, rest = before.partition("\n\n")
    return (
        rest if cut and rest.strip() and not head.startswith("#") and len(head.split()) <= REMNANT else before
    )


def _first(excerpt: Excerpt) -> str:
    """What is chosen to begin with: the joined wording, where one is to be had, and nothing otherwise."""
    if excerpt.proposed is None:
        return ""
    by_words = {excerpt.ours: "ours", excerpt.theirs: "theirs"}
    return by_words.get(excerpt.proposed, "proposed")
