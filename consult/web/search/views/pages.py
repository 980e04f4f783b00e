"""The pages of search: everything, one document, the detailed form, the same for machines."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from consult.ports.search import Asking, taken_apart, written
from consult.services import search as service
from consult.services.search import Answer, Facet, Result
from consult.storage.queries import documents as document_queries
from consult.web.search.presenters import Chosen, FacetGroup, FacetValue, SearchPage
from consult.web.search.serialisers import answer_json
from consult.web.search.views.lines import line
from consult.web.search.views.notes import problems
from consult.web.search.views.question import FACETS, LONGEST_SHOWN, SORTS, Question, read_question
from consult.web.shared.addresses import address_with, printable, public
from consult.web.shared.heads import document_head
from consult.web.shared.i18n import day, language
from consult.web.shared.limits import limited
from consult.web.shared.presenters import DocumentHead, Link
from consult.web.shared.saved_searches import save_href
from consult.web.shared.text_times import ends_of, time_of
from consult.web.shared.viewers import current_actor, current_viewer

COMPOSE = "compose"
"""The field by which the detailed form is known."""

FIRST_VALUES = 6
"""Values of a facet shown at once."""


@limited("search")
def results() -> AnyResponse:
    if COMPOSE in request.args:
        return _composed("search.results", {})
    question = read_question()
    if request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json":
        response = _file(question)
    else:
        response = make_response(render_template("search/results.html", page=_page(question)))
    response.vary.add("Accept")
    return response


@limited("search")
def results_file() -> Response:
    return _file(read_question())


@limited("search")
def within(slug: str) -> str | AnyResponse:
    """The same within one document, under its head, so that nobody leaves it to search."""
    document = document_queries.get_document(slug, current_viewer())
    if COMPOSE in request.args:
        return _composed("search.within", {"slug": slug})
    page = _page(read_question(within=slug), head=document_head(document))
    return render_template("search/within.html", page=page)


def _composed(endpoint: str, path: dict[str, str]) -> AnyResponse:
    """To the question the fields of the detailed form mean; what narrowed the search before stays, but for kind and
    outcome, which are words of the question now."""
    args = request.args
    asking = Asking(
        **{name: printable(args.get(name, ""))[:LONGEST_SHOWN] for name in Asking.__dataclass_fields__}
    )
    kept = {name: args.get(name, "") for name in (*FACETS, "state", "as_of", "sort")}
    kept |= {"kind": "", "outcome": "", "q": written(asking, language())}
    return redirect(address_with(endpoint, path, kept), code=303)


def _answered(question: Question) -> Answer:
    return service.search(current_actor(), question.query(), offset=question.offset, after=question.after)


def _page(question: Question, *, head: DocumentHead | None = None) -> SearchPage:
    asking = taken_apart(question.words)
    filters = dict(question.filters)
    kept = tuple(question.kept(q="").items())
    asked = SearchPage(
        query=question.words[:LONGEST_SHOWN],
        action=url_for("search.within", slug=question.within)
        if question.within
        else url_for("search.results"),
        asking=replace(
            asking,
            kind=asking.kind or filters.get("kind", ""),
            outcome=asking.outcome or filters.get("outcome", ""),
        ),
        kept=kept,
        kept_by_form=(
            *((name, value) for name, value in kept if name not in ("kind", "outcome", "state", "as_of")),
            (COMPOSE, "1"),
        ),
        state=question.state,
        as_of=question.as_of,
        chosen=_chosen(question),
        problems=(question.problem,) if question.problem else (),
        is_detailed=not asking.is_plain or bool(question.state or question.as_of),
        everywhere_href=question.elsewhere() if question.within else "",
        head=head,
    )
    if not (question.words.strip() or (question.filters and not question.within)):
        return asked
    answer = _answered(question)
    return _answered_page(asked, question, answer)


def _answered_page(asked: SearchPage, question: Question, answer: Answer) -> SearchPage:
    ends = ends_of(answer.results)
    hits = tuple(
        line(result, is_within=bool(question.within), time=time_of(result, ends)) for result in answer.results
    )
    following = _following(answer)
    before = max(answer.start - service.PAGE_SIZE, 0)
    return replace(
        asked,
        hits=hits,
        is_detailed=asked.is_detailed and not hits,  # the places found stay in sight
        total=answer.total,
        is_at_least=answer.is_at_least,
        first=answer.start + 1,
        last=answer.start + len(hits),
        facets=_facets(question, answer),
        sorts=_sorts(question),
        previous_href=question.address(**_starting(before)) if answer.start else "",
        more_href=question.address(**following) if following else "",
        suggestion=Link(answer.suggestion, question.address(q=answer.suggestion))
        if answer.suggestion
        else None,
        problems=(*asked.problems, *problems(answer.notes, is_slow_way=answer.is_slow_way)),
        tools=(
            Link(gettext("Save this search"), save_href(question.query(), question.address())),
            Link(gettext("The same as data (JSON)"), question.file_address()),
        ),
    )


def _starting(place: int) -> dict[str, str]:
    return {"from": str(place) if place else ""}


def _following(answer: Answer) -> dict[str, str]:
    """What an address says of the next page: behind which record it begins, and at which place should that be gone."""
    last = answer.start + len(answer.results)
    if not answer.results or (last >= answer.total and not answer.is_at_least):
        return {}
    return {**_starting(last), "after": answer.results[-1].row.ref}


def _file(question: Question) -> Response:
    answer = _answered(question)

    def href_of(result: Result) -> str:
        return public(line(result).href)

    following = _following(answer)
    next_href = address_with("search.results_file", {}, question.kept(**following)) if following else ""
    told = answer_json(
        answer,
        query=question.words,
        href_of=href_of,
        next_href=public(next_href) if next_href else "",
        ends=ends_of(answer.results),
    )
    response = make_response(json.dumps(told, ensure_ascii=False, indent=1))
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _chosen(question: Question) -> tuple[Chosen, ...]:
    titles = question.title_of
    chosen = [
        Chosen(name, value, question.address(**{name: ""}), titles.get(name, ""))
        for name, value in question.filters
        if not (question.within and name == "document")
    ]
    if question.state:
        chosen.append(Chosen("state", question.state, question.address(state="")))
    if question.moment:
        chosen.append(Chosen("as_of", day(question.moment).text, question.address(as_of="")))
    return tuple(chosen)


def _facets(question: Question, answer: Answer) -> tuple[FacetGroup, ...]:
    """What the things found can be narrowed by: only where there is a choice."""
    taken = {name for name, _ in question.filters}
    groups = []
    for name in FACETS:
        values = tuple(
            _value(question, one) for one in answer.facets if one.name == name and name not in taken
        )
        if name == "year":
            values = tuple(sorted(values, key=lambda one: one.value, reverse=True))
        if len(values) > 1:
            groups.append(FacetGroup(name, values[:FIRST_VALUES], values[FIRST_VALUES:]))
    return tuple(groups)


def _value(question: Question, facet: Facet) -> FacetValue:
    return FacetValue(
        value=facet.value,
        count=facet.count,
        href=question.address(**{facet.name: facet.slug or facet.value}),
        title=facet.title,
    )


def _sorts(question: Question) -> tuple[Link, ...]:
    words: dict[str, Callable[[], str]] = {
        "relevance": lambda: gettext("best match"),
        "newest": lambda: gettext("newest first"),
        "oldest": lambda: gettext("oldest first"),
        "place": lambda: gettext("in the order of the text"),
    }
    return tuple(
        Link(words[sort](), question.address(sort="" if sort == "relevance" else sort), sort == question.sort)
        for sort in SORTS
    )
