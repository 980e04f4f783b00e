"""The register of submissions, narrowed and in pages."""

from __future__ import annotations

from flask import render_template, request, url_for
from flask_babel import gettext

from consult.domain.process.comments import CAPACITIES, CHANNELS
from consult.domain.process.contact_views import Place
from consult.domain.process.submissions import STANDINGS, Standing
from consult.services.submissions import ending_of
from consult.storage.queries import submissions as queries
from consult.web.shared.addresses import address_with, printable, whole_number
from consult.web.shared.calls import Choice, Pages, choice
from consult.web.submissions.presenters import RegisterPage, Sums
from consult.web.submissions.views.shared import consultation_in_hand, frame_of, line_of, note_view
from consult.web.submissions.views.words import capacity_words, channel_words, standing_words

ON_A_PAGE = 50


def list_all(consultation_id: int) -> str:
    consultation = consultation_in_hand(consultation_id)
    choices = _choices()
    asked = {one.name: one.chosen for one in choices}
    words = printable(request.args.get("q", ""))[:200].strip()
    ending = ending_of(consultation)
    number = max(whole_number(request.args.get("page")) or 1, 1)
    rows, found = queries.list_submissions(
        consultation.register_id,
        ending,
        **asked,
        words=words,
        limit=ON_A_PAGE,
        offset=(number - 1) * ON_A_PAGE,
    )
    shown = [row for row in rows if row.name]
    if shown:
        note_view(consultation, Place.REGISTER, *shown)
    sums = queries.count_standings(consultation.register_id, ending)
    query = {**asked, "q": words}
    page = RegisterPage(
        frame=frame_of(consultation),
        href=url_for("submissions.list_all", consultation_id=consultation.id),
        lines=tuple(line_of(consultation, row) for row in rows),
        found=found,
        sums=Sums(
            sums[Standing.IN_TIME],
            sums[Standing.WAITING],
            sums[Standing.CONSIDERED],
            sums[Standing.LEFT_OUT],
        ),
        choices=choices,
        words=words,
        is_narrowed=any(query.values()),
        pages=_pages(consultation.id, number, -(-found // ON_A_PAGE), query),
    )
    return render_template("submissions/list_all.html", page=page)


def _choices() -> tuple[Choice, ...]:
    return (
        choice(
            "channel",
            gettext("How it came"),
            gettext("any way"),
            [(str(code), channel_words(code)) for code in CHANNELS],
            request.args.get("channel", ""),
        ),
        choice(
            "capacity",
            gettext("In whose name"),
            gettext("anybody’s"),
            [(str(code), capacity_words(code)) for code in CAPACITIES],
            request.args.get("capacity", ""),
        ),
        choice(
            "standing",
            gettext("In time?"),
            gettext("all of them"),
            [(str(code), standing_words(code)) for code in STANDINGS],
            request.args.get("standing", ""),
        ),
    )


def _pages(consultation_id: int, number: int, count: int, query: dict[str, str]) -> Pages:
    def href(page: int) -> str:
        path = {"consultation_id": consultation_id}
        return (
            address_with("submissions.list_all", path, {**query, "page": page}) if 1 <= page <= count else ""
        )

    return Pages(number, count, href(number - 1), href(number + 1))
