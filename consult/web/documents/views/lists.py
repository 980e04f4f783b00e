"""The list of documents, narrowed by what the address says."""

from __future__ import annotations

import unicodedata

from flask import render_template, request, url_for
from flask_babel import gettext, pgettext

from consult.domain.process.stages import Stage
from consult.services.documents import KINDS
from consult.storage.queries import listings
from consult.storage.queries.listings import WorkRow
from consult.web.documents.presenters import DocumentList, WorkLine
from consult.web.shared.addresses import address_with, printable, whole_number
from consult.web.shared.calls import Choice, Pages, choice
from consult.web.shared.heads import now
from consult.web.shared.i18n import day
from consult.web.shared.places import built
from consult.web.shared.viewers import current_viewer

ON_A_PAGE = 20
LONGEST_QUERY = 200


def list_all() -> str:
    """Documents the reader may know of, twenty on a page, the last changed first."""
    viewer, at = current_viewer(), now()
    works = listings.list_works(viewer)
    words = printable(request.args.get("q", ""))[:LONGEST_QUERY].strip()
    choices = _choices(works)
    chosen = {one.name: one.chosen for one in choices}
    wanted = _folded(words).split()
    shown = [
        (work, stage)
        for work in works
        if chosen["kind"] in ("", work.kind)
        and chosen["host"] in ("", work.host_slug)
        and chosen["stage"] in ("", stage := str(work.stage(at)))
        and _speaks_of(work, wanted)
    ]
    last = max(-(-len(shown) // ON_A_PAGE), 1)
    number = min(max(whole_number(request.args.get("page")) or 1, 1), last)
    is_writer = bool(viewer.host_ids) or viewer.sees_all
    page = DocumentList(
        rows=tuple(
            _line(work, stage) for work, stage in shown[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        ),
        count=len(shown),
        choices=choices,
        query=words,
        is_narrowed=bool(words) or any(chosen.values()),
        pages=_pages(number, last, {**chosen, "q": words}),
        list_href=url_for("documents.list_all"),
        feed_href=built("/feeds/documents.atom"),
        new_href=url_for("documents.new") if is_writer else "",
        import_href=url_for("documents.import_file") if is_writer else "",
    )
    return render_template("documents/list.html", page=page)


def _choices(works: list[WorkRow]) -> tuple[Choice, ...]:
    asked = {name: printable(request.args.get(name, ""))[:200] for name in ("kind", "host", "stage")}
    hosts = sorted({(work.host_slug, work.host_name) for work in works}, key=lambda pair: pair[1])
    return (
        choice("kind", gettext("Kind"), gettext("all kinds"), _kinds(), asked["kind"]),
        choice("host", gettext("Host"), gettext("all hosts"), hosts, asked["host"]),
        choice("stage", gettext("Stage"), gettext("all stages"), _stages(), asked["stage"]),
    )


def _kinds() -> list[tuple[str, str]]:
    words = {
        "standard": gettext("Standard of cooperation"),
        "strategy": gettext("Strategy"),
        "programme": gettext("Programme"),
        "regulation": gettext("Regulation"),
        "model": gettext("Model"),
        "other": gettext("Document"),
    }
    return [(kind, words[kind]) for kind in KINDS]


def _stages() -> list[tuple[str, str]]:
    words = {
        Stage.DRAFTING: pgettext("stage", "Draft"),
        Stage.AGREED: gettext("Agreed in the group"),
        Stage.CONSULTED: gettext("Consultation"),
        Stage.ANSWERING: gettext("Considering comments"),
        Stage.REVISED: gettext("Text after consultation"),
        Stage.ADOPTED: gettext("Adopted"),
        Stage.IN_FORCE: gettext("In force"),
        Stage.REPEALED: gettext("Repealed"),
    }
    return [(str(stage), text) for stage, text in words.items()]


def _folded(words: str) -> str:
    """Words without case and diacritics, so that "zolw" finds "Żółw"."""
    plain = unicodedata.normalize("NFKD", words.casefold().translate({ord("ł"): "l"}))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def _speaks_of(work: WorkRow, wanted: list[str]) -> bool:
    if not wanted:
        return True
    text = _folded(f"{work.title} {work.summary} {work.host_name}")
    return all(word in text for word in wanted)


def _line(work: WorkRow, stage: str) -> WorkLine:
    changed = day(work.changed_at).text
    return WorkLine(
        title=work.title,
        kind=work.kind,
        href=url_for("documents.show", slug=work.slug),
        stage=stage,
        host=work.host_name,
        detail=gettext("version %(number)s · changed %(day)s", number=work.last_version_no, day=changed)
        if work.last_version_no
        else gettext("not published yet · changed %(day)s", day=changed),
        language=work.language,
        summary=work.summary,
        easy_href=work.easy_href,
        sign_href=work.sign_href,
    )


def _pages(number: int, last: int, query: dict[str, str]) -> Pages:
    def href(page: int) -> str:
        return address_with("documents.list_all", {}, {**query, "page": page if page > 1 else ""})

    return Pages(
        number, last, href(number - 1) if number > 1 else "", href(number + 1) if number < last else ""
    )
