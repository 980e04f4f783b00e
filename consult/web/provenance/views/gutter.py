"""A whole text, or one part of it, with where its words come from in the margin."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Response, abort, make_response, render_template, request
from flask_babel import format_percent, gettext
from markupsafe import Markup

from consult.domain.consolidation.provenance import Stretch
from consult.domain.diffing.tokens import words
from consult.domain.text.plain import read
from consult.domain.text.spans import Span
from consult.ports.rendering import BlockControl, Mark
from consult.services.causes import Behind
from consult.services.cross_references import with_present_numbers
from consult.services.pictures import with_pictures
from consult.services.provenance.asking import trace_texts
from consult.services.sockets import current_ports
from consult.storage.queries.deliveries import last_event
from consult.storage.queries.documents import SectionRow
from consult.web.provenance.presenters import GutterPage, LegendEntry, TracedPart
from consult.web.provenance.views.texts import (
    AskedText,
    Sources,
    anchor_of,
    asking_of,
    gather_sources,
    label_and_title,
    read_phrases,
    source_of,
    title_of,
)
from consult.web.shared.cards import comment_href
from consult.web.shared.causes import who_asked
from consult.web.shared.heads import document_head, now
from consult.web.shared.i18n import day, language, tongue
from consult.web.shared.kept_pages import answer_kept
from consult.web.shared.pictures import picture_hrefs
from consult.web.shared.presenters import Link, OutlineEntry

KEPT_AT_MOST = timedelta(minutes=5)

AGES = 4
"""Shades from the oldest changes to the latest; the text one began with has none."""

SHORT_BLOCK = 90
"""Code points of a paragraph beside which only one line fits."""

_HEADING = re.compile(r"\s*<h([1-6])[^>]*>(.*?)</h\1>", re.DOTALL)

Code = dict[int, str]
"""The code of the colour of each change's words, by number."""


def show_text(asked: AskedText) -> Response:
    if asked.version is None:
        return make_response(_compose(asked))
    # any act of anybody makes it anew: whatever else the page depends on
    key = (request.full_path, language(), asked.version.id, asked.sight, last_event())
    return answer_kept(key, lambda: _compose(asked), until=now() + KEPT_AT_MOST)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the parts of a page are shown with."""

    asked: AskedText
    sources: Sources
    codes: Code
    only_comments: bool
    is_one_part: bool = False

    def behind(self, number: int) -> Behind:
        return self.sources.origins[number].cause.behind


def _compose(asked: AskedText) -> str:
    by_age = request.args.get("by") == "age"
    only_comments = request.args.get("only") == "comments"
    wanted = request.args.get("section", "")
    # references bear the numbers of this text; its plain words, and every span in them, stay the same
    whole = with_present_numbers(asked.document, asked.sections())
    sections = [row for row in whole if row.section_id == wanted] if wanted else whole
    if wanted and not sections:
        abort(404)
    runs = trace_texts(asked.document, sections)
    traced = {row.text_id: read_phrases(row.source, row.plain, runs[row.text_id]) for row in sections}
    counts: Counter[int] = Counter()
    for row in sections:
        for stretch in traced[row.text_id]:
            counts[stretch.origin] += len(words(row.plain, stretch.start, stretch.end))
    sources = gather_sources(asked, counts)
    codes = (
        _ages(sources)
        if by_age
        else {number: str(origin.cause.behind) for number, origin in sources.origins.items()}
    )
    shown = _Shown(asked, sources, codes, only_comments, is_one_part=bool(wanted))
    from_comments = {
        row.section_id: sum(
            len(words(row.plain, stretch.start, stretch.end))
            for stretch in traced[row.text_id]
            if shown.behind(stretch.origin) is Behind.COMMENT
        )
        for row in sections
    }
    kept = [row for row in sections if from_comments[row.section_id]] if only_comments else sections
    kept = with_pictures(asked.document, kept, picture_hrefs(asked.document))
    ordered = sorted(counts, reverse=True)
    page = GutterPage(
        head=document_head(asked.document, version=asked.version, state_text=asked.state_text),
        outline=()
        if wanted
        else tuple(_entry(row, from_comments[row.section_id]) for row in kept if row.heading),
        parts=tuple(_part(shown, row, traced[row.text_id]) for row in kept),
        sources=tuple(
            source_of(asked, sources, number, words=counts[number])
            for number in ordered
            if not only_comments or shown.behind(number) is Behind.COMMENT
        ),
        legend=_legend(shown, counts, by_age=by_age),
        views=(
            Link(gettext("by what stands behind them"), _here(asked, by=None), not by_age),
            Link(gettext("by age"), _here(asked, by="age"), by_age),
        ),
        filters=(
            Link(gettext("all words"), _here(asked, only=None), not only_comments),
            Link(gettext("only words that came from comments"), _here(asked, only="comments"), only_comments),
        ),
        all_words=sum(counts.values()),
        comment_words=sum(from_comments.values()),
        by_age=by_age,
        read_href=asked.read_href,
        passage_href=asked.href(),
        only_title=title_of(sections[0]) if wanted else "",
        around=_around(asked, whole, wanted) if wanted else (),
    )
    return render_template("provenance/text.html", page=page)


def _here(asked: AskedText, **changed: str | None) -> str:
    """This page with one choice made otherwise."""
    query = {name: request.args.get(name) for name in ("section", "by", "only")} | changed
    return asked.href(**query)


def _around(asked: AskedText, whole: Sequence[SectionRow], wanted: str) -> tuple[Link, ...]:
    at = next(at for at, row in enumerate(whole) if row.section_id == wanted)
    links = []
    if at:
        before = whole[at - 1]
        links.append(
            Link(
                gettext("Previous: %(title)s", title=title_of(before)), asked.href(section=before.section_id)
            )
        )
    if at + 1 < len(whole):
        after = whole[at + 1]
        links.append(
            Link(gettext("Next: %(title)s", title=title_of(after)), asked.href(section=after.section_id))
        )
    links.append(Link(gettext("The whole text"), asked.href()))
    return tuple(links)


def _entry(section: SectionRow, count: int) -> OutlineEntry:
    label, title = label_and_title(section)
    return OutlineEntry(label=label, title=title, href=f"#{anchor_of(section)}", count=count)


# Colours


def _ages(sources: Sources) -> Code:
    """Shades by the day of the change, the changes cut into groups of about equal size."""
    later = sorted(
        number for number, origin in sources.origins.items() if origin.cause.behind is not Behind.START
    )
    shades = {number: f"age-{1 + at * AGES // len(later)}" for at, number in enumerate(later)}
    return {number: shades.get(number, "start") for number in sources.origins}


def _legend(shown: _Shown, counts: Mapping[int, int], *, by_age: bool) -> tuple[LegendEntry, ...]:
    total = sum(counts.values()) or 1
    found = []
    order = (
        ["start", *(f"age-{shade}" for shade in range(1, AGES + 1))]
        if by_age
        else [str(code) for code in Behind]
    )
    for code in order:
        numbers = [number for number in counts if shown.codes[number] == code]
        if not numbers:
            continue
        moments: list[datetime] = [shown.sources.origins[number].change.at for number in numbers]
        count = sum(counts[number] for number in numbers)
        found.append(
            LegendEntry(
                code,
                count,
                format_percent(count / total, "0.0%" if 0 < count / total < 0.1 else "0%"),
                first=day(min(moments)) if by_age else None,
                last=day(max(moments)) if by_age else None,
            )
        )
    return tuple(found)


# Parts


def _part(shown: _Shown, section: SectionRow, traced: Sequence[Stretch]) -> TracedPart:
    spoken_in = language() if tongue(shown.asked.document.language) else ""
    html = current_ports().decorator.decorate(
        section.html,
        marks=_marks(shown, traced, spoken_in),
        controls=_margin(shown, section, traced, spoken_in),
    )
    found = _HEADING.match(html)
    heading, body = (found.group(0), html[found.end() :]) if found else ("", html)
    if found:
        # a part shown alone stands right under what the page itself says
        deepest = 3 if shown.is_one_part else 6
        level = min(deepest, max(2, section.depth + 1))
        number = Markup('<span class="num" data-generated="">{}</span> ').format(section.label)
        carries_own = label_and_title(section) == ("", section.heading) or not section.label
        inside = f"{'' if carries_own else number}{heading[found.start(2) : found.end(2)]}"
        heading = f"<h{level}>{inside}</h{level}>"
    return TracedPart(
        section_id=section.section_id,
        text_id=section.text_id,
        anchor=anchor_of(section),
        depth=section.depth,
        # html is what the renderer sanitised and the decorator marked
        heading=Markup(heading),  # noqa: S704
        body=Markup(body),  # noqa: S704
        title=title_of(section),
        href=shown.asked.href(section=section.section_id),
    )


def _marks(shown: _Shown, traced: Sequence[Stretch], spoken_in: str) -> list[Mark]:
    """The words that were not there from the beginning; those from comments lead to the comment."""
    marks = []
    for stretch in traced:
        behind = shown.behind(stretch.origin)
        if behind is Behind.START or (shown.only_comments and behind is not Behind.COMMENT):
            continue
        comments = asking_of(shown.sources, stretch.origin)
        first = comments[0] if comments else None
        marks.append(
            Mark(
                span=Span(stretch.start, stretch.end),
                ref=f"z{stretch.origin}",
                classes=("o", f"o-{shown.codes[stretch.origin]}"),
                href=comment_href(first.register_id, first.number) if first else "",
                label=_asked_for(first.number, who_asked(first)) if first else "",
                text=str(first.number) if first else "",
                language=spoken_in,
            )
        )
    return marks


def _asked_for(number: int, who: str) -> str:
    if who:
        return gettext("These words were asked for in comment %(number)s (%(who)s)", number=number, who=who)
    return gettext("These words were asked for in comment %(number)s", number=number)


def _margin(
    shown: _Shown, section: SectionRow, traced: Sequence[Stretch], spoken_in: str
) -> list[BlockControl]:
    """Beside every paragraph the change that last touched its words; what is the same as above in two words."""
    controls = []
    said = 0
    for at, block in enumerate(read(section.html).blocks):
        latest = max(
            (one.origin for one in traced if one.start < block.end and block.start < one.end), default=0
        )
        if not latest or block.is_empty or (section.level and at == 0):
            continue
        lines = _said_of(shown, latest)
        is_same = latest == said
        said = latest
        controls.append(
            BlockControl(
                ordinal=at,
                href=shown.asked.href(
                    section=section.section_id, text=section.text_id, to=block.end, **{"from": block.start}
                ),
                text=gettext("as above")
                if is_same
                else ("\n".join(lines) if len(block) > SHORT_BLOCK else lines[0]),
                label=gettext("Where these words come from: %(said)s", said=", ".join(lines)),
                classes=("origin", f"o-{shown.codes[latest]}", *(("same",) if is_same else ())),
                language=spoken_in,
            )
        )
    return controls


def _said_of(shown: _Shown, number: int) -> tuple[str, str]:
    """Two lines on a change: what stands behind it, and when it was made."""
    origin, cause = shown.sources.origins[number], shown.sources.causes[number]
    made = gettext("change %(number)s, %(day)s", number=number, day=day(origin.change.at).text)
    if cause.comments:
        who = cause.comments[0][1]
        numbers = ", ".join(str(asked) for asked, _, _ in cause.comments)
        named = (
            gettext("Comment %(number)s, %(who)s", number=numbers, who=who)
            if who
            else gettext("Comment %(number)s", number=numbers)
        )
        return named, made
    if origin.cause.behind is Behind.START:
        return gettext("There from the beginning"), made
    if cause.kind in ("meeting", "decision", "proposal", "editorial", "back"):
        return cause.text, made
    return gettext("The group's own work"), made
