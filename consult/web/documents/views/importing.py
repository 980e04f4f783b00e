"""A file taken in: first what it would become, arranged by a person, then the document itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from consult.domain.errors import ConsultError
from consult.ports.imports import Remark
from consult.services.exports import labelled
from consult.services.imports import (
    Choices,
    Preview,
    Said,
    TakenIn,
    may_take_over_margin,
    preview_import,
    take_in_file,
)
from consult.services.sockets import current_ports
from consult.storage.queries import documents as queries
from consult.storage.queries import organisations as organisation_queries
from consult.web.documents.forms import ArrangeFile, ImportFile
from consult.web.documents.import_presenters import (
    ArrangedHeading,
    ArrangePage,
    ImportResult,
    MarginAuthor,
    SuggestionAuthor,
)
from consult.web.documents.views.outline import outline_of
from consult.web.documents.views.uploads import own_host, remarks_of, uploaded
from consult.web.shared.addresses import whole_number
from consult.web.shared.forms import refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import moment
from consult.web.shared.site import say
from consult.web.shared.viewers import current_actor, current_viewer

MOST_AUTHORS = 30
"""Authors of comments in the margin a page asks about; the comments of further ones stay in the file."""


def import_file() -> ResponseReturnValue:
    """First a file, then, from the page it leads to, the document."""
    host_id = own_host()
    if "token" in request.form:
        return _arranged(host_id)
    form = ImportFile()
    if form.is_sent():
        try:
            content, name = uploaded(form.file.data)
            preview = preview_import(content, name)
        except ConsultError as error:
            refuse(form, error)
        else:
            arranging = ArrangeFile(formdata=None)
            arranging.token.data = current_ports().files.keep(content, name=name)
            arranging.title.data = form.title.data or preview.title
            arranging.kind.data = form.kind.data
            arranging.tracked.data = arranging.shown.data = "take"
            return _arrange(arranging, preview, _first_levels(preview), name, host_id)
    page = render_template("documents/import.html", form=form)
    return (page, 422) if form.errors else page


def _first_levels(preview: Preview) -> dict[int, int]:
    """Levels as the file has them; where it has no headings at all, as its lines look."""
    has_any = any(heading.level for heading in preview.headings)
    return {heading.line: heading.level if has_any else heading.likely for heading in preview.headings}


def _arranged(host_id: int | None) -> ResponseReturnValue:
    form = ArrangeFile()
    files = current_ports().files
    kept = files.find(form.token.data or "")
    if kept is None:
        say("warning", gettext("The file was kept for a day only. Please choose it again."))
        return redirect(url_for("documents.import_file"), code=303)
    content, name = kept
    is_sent = form.is_sent()
    choices = _choices(form)
    if form.tracked.data != form.shown.data:
        # the other text has other lines: it is shown before anything is made of it
        preview = preview_import(content, name, Choices({}, keeps_proposals=choices.keeps_proposals))
        form.shown.data = form.tracked.data
        return _arrange(form, preview, _first_levels(preview), name, host_id)
    if is_sent and form.then.data == "make":
        try:
            made = take_in_file(
                current_actor(),
                content=content,
                filename=name,
                title=form.title.data or "",
                kind=form.kind.data or "",
                host_id=host_id,
                choices=choices,
                wording=_Wording(),
                now=now(),
            )
        except ConsultError as error:
            refuse(form, error)
        else:
            files.drop(form.token.data or "")
            return _made(made)
    preview = preview_import(content, name, choices)
    return _arrange(form, preview, dict(choices.levels), name, host_id)


def _choices(form: ArrangeFile) -> Choices:
    """What the form says, as far as it can be read."""
    levels: dict[int, int] = {}
    for field, value in request.form.items():
        line = whole_number(field.removeprefix("level-")) if field.startswith("level-") else None
        level = whole_number(value)
        if line is not None and level is not None and level <= 6:
            levels[line] = level
    said = {
        request.form.get(f"author-{at}", ""): Said(
            request.form.get(f"capacity-{at}", ""), request.form.get(f"organisation-{at}", "")
        )
        for at in range(MOST_AUTHORS)
        if f"take-{at}" in request.form
    }
    return Choices(levels, keeps_proposals=form.tracked.data == "propose", said=said)


class _Wording:
    """Implements `services.imports.Wording`."""

    def suggestion_title(self, author: str, filename: str) -> str:
        if not author:
            return gettext("Tracked changes in %(filename)s", filename=filename)[:200]
        return gettext("Tracked changes in %(filename)s: %(author)s", filename=filename, author=author)[:200]

    def suggestion_rationale(self, author: str, filename: str, at: datetime | None) -> str:
        words = gettext(
            "Taken over from the changes tracked in the file %(filename)s; the author as the file says: %(author)s.",
            filename=filename,
            author=author or gettext("not given"),
        )
        if at is None:
            return words
        last = gettext("The last of them was made on %(moment)s.", moment=moment(at).text)
        return f"{words} {last}"


def _arrange(
    form: ArrangeFile, preview: Preview, levels: dict[int, int], name: str, host_id: int | None
) -> ResponseReturnValue:
    page = ArrangePage(
        filename=name,
        section_count=preview.sections,
        headings=tuple(
            ArrangedHeading(
                line=heading.line,
                words=heading.words or gettext("(no heading)"),
                level=levels.get(heading.line, heading.level),
                is_guess=not heading.level,
            )
            for heading in preview.headings
        ),
        suggestions=tuple(
            SuggestionAuthor(one.author or gettext("author not given"), moment(one.at) if one.at else None)
            for one in preview.text.suggestions
        ),
        margin=_margin(preview, host_id),
        margin_count=len(preview.text.margin),
        remarks=remarks_of(tuple(_worth_saying(preview))),
    )
    shown = render_template("documents/arrange.html", page=page, form=form)
    return (shown, 422) if form.errors else shown


def _worth_saying(preview: Preview) -> Iterable[Remark]:
    """The remarks the page does not answer with a choice of its own."""
    answered = {"tracked_insertions", "tracked_deletions"} if preview.text.suggestions else set()
    answered |= {"comments"} if preview.text.margin else set()
    return (remark for remark in preview.text.remarks if remark.code not in answered)


def _margin(preview: Preview, host_id: int | None) -> tuple[MarginAuthor, ...]:
    """Whose comments stand in the margin, for those who may enter them; what was typed about them before is kept."""
    if not may_take_over_margin(current_actor(), host_id):
        return ()
    counts: dict[str, int] = {}
    examples: dict[str, str] = {}
    for comment in preview.text.margin:
        counts[comment.author] = counts.get(comment.author, 0) + 1
        examples.setdefault(comment.author, " ".join(comment.text.split())[:140])
    host = organisation_queries.get_host(host_id)
    was_asked = "author-0" in request.form
    return tuple(
        MarginAuthor(
            at=at,
            author=author,
            count=count,
            example=examples[author],
            is_taken=f"take-{at}" in request.form if was_asked else True,
            capacity=request.form.get(f"capacity-{at}", "office"),
            organisation=request.form.get(f"organisation-{at}", host.name),
        )
        for at, (author, count) in enumerate(list(counts.items())[:MOST_AUTHORS])
    )


def _made(made: TakenIn) -> ResponseReturnValue:
    slug = made.imported.slug
    document = queries.get_document(slug, current_viewer())
    sections = labelled(queries.list_draft_sections(document.id))
    page = ImportResult(
        title=document.title,
        document_href=url_for("documents.draft", slug=slug),
        section_count=made.imported.sections,
        remarks=remarks_of(
            tuple(
                remark
                for remark in made.imported.remarks
                if not (made.comments and remark.code == "comments")
                and not (made.proposals and remark.code.startswith("tracked_"))
            )
        ),
        outline=outline_of(sections, {}),
        proposal_count=len(made.proposals),
        proposals_href=url_for("proposals.list_all", slug=slug) if made.proposals else "",
        comment_count=len(made.comments),
        comments_href=url_for("comments.list_all", slug=slug) if made.comments else "",
    )
    return render_template("documents/imported.html", page=page)
