"""A host's own pages, as everybody sees them."""

from __future__ import annotations

import json
from datetime import date

from flask import Response, make_response, render_template, request, url_for
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.organisations.colours import Tones, look_of
from consult.domain.policy.permissions import Permission
from consult.storage.queries import listings
from consult.storage.queries import organisations as queries
from consult.storage.queries.listings import CallFilter
from consult.storage.queries.organisations import HostPageRow, HostTextRow
from consult.web.organisations.presenters import Call, DeclarationPage, FinishedCall, HostPage, StandingText
from consult.web.organisations.views.shared import document_rows, host_head, lines_of, may
from consult.web.shared.addresses import address_with, public, whole_number
from consult.web.shared.heads import now
from consult.web.shared.hosts import look_tag
from consult.web.shared.i18n import day, deadline, moment
from consult.web.shared.presenters import Link, Moment

FINISHED_SHOWN = 5
FOR_A_YEAR = "public, max-age=31536000, immutable"
FOR_A_WHILE = "public, max-age=300"
PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"


def host(slug: str) -> str:
    row = queries.get_host_page(slug)
    at = now()
    calls = []
    for call in queries.list_calls(row.id, at):
        is_open = call.opens_at <= at
        calls.append(
            Call(
                title=call.title,
                href=url_for("consultations.show", consultation_id=call.id),
                summary=call.summary,
                is_open=is_open,
                opens=moment(call.opens_at),
                closes=deadline(call.closes_at),
                comment_href=url_for("comments.new", slug=call.slug) if is_open else "",
            )
        )
    past = listings.list_calls(CallFilter(host=slug, is_over=True), at, limit=FINISHED_SHOWN)
    page = HostPage(
        head=host_head(row, "host"),
        summary=row.summary,
        calls=tuple(calls),
        documents=document_rows(queries.list_hosted(row.id), row.short_name or row.name),
        finished=tuple(
            FinishedCall(
                title=one.title,
                href=url_for("consultations.show", consultation_id=one.id),
                state=str(one.state(at)),
                closes=deadline(one.closes_at),
                report_kind=one.report_kind,
            )
            for one in past
        ),
        all_calls_href=address_with("consultations.list_all", {}, {"host": slug}),
        seat=lines_of(row.seat),
        duty_address=lines_of(row.duty_address),
        duty_hours=lines_of(row.duty_hours),
        phone=row.phone,
        email=row.email,
        e_delivery=row.e_delivery,
        website=row.website,
        bip=row.bip,
        easy_href=row.easy_to_read,
        sign_href=row.sign_language,
        organisation_href=url_for("organisations.show", slug=slug),
        feed_href=url_for("feeds.host_feed", slug=slug),
        calendar_href=url_for("feeds.host_calendar", slug=slug),
    )
    return render_template("organisations/host.html", page=page)


def rules(slug: str) -> str:
    return _standing(slug, "rules")


def clause(slug: str) -> str:
    return _standing(slug, "clause")


def privacy(slug: str) -> str:
    return _standing(slug, "privacy")


def accessibility(slug: str) -> str:
    row = queries.get_host_page(slug)
    text = _chosen(row, "accessibility")
    shown = _text(row, "accessibility", text)
    said: dict[str, str] = json.loads(text.particulars) if text and text.particulars else {}
    page = DeclarationPage(
        text=shown,
        status=said.get("status", ""),
        method=said.get("method", ""),
        judged_by=said.get("judged_by", ""),
        site_href=public(url_for("organisations.host", slug=slug)),
        site=_day(said.get("site_on", "")),
        changed=_day(said.get("changed_on", "")),
        prepared=_day(said.get("prepared_on", "")),
        reviewed=_day(said.get("reviewed_on", "")),
        contact=said.get("contact", ""),
        email=said.get("email", ""),
        phone=said.get("phone", ""),
        not_accessible=_safe(said.get("not_accessible_html", "")),
        procedure=_safe(said.get("procedure_html", "")),
        building=_safe(said.get("building_html", "")),
        interpreter=_safe(said.get("interpreter_html", "")),
    )
    return render_template("organisations/accessibility.html", page=page)


def crest(slug: str) -> Response:
    """The crest: made here of what was sent, and served as nothing but a picture."""
    content, tag = queries.get_crest(slug)
    response = make_response(content)
    response.headers["Content-Type"] = "image/png"
    response.headers["Content-Security-Policy"] = PICTURE_POLICY
    response.headers["Content-Disposition"] = "inline"
    return _kept(response, tag, is_named=request.args.get("v") == tag[:16])


def look(slug: str) -> Response:
    """A style sheet with the host's colour in the place of the product's; nothing in it where it has none."""
    accent = queries.get_host_page(slug).accent
    response = make_response(_sheet(accent) if accent else "/* */\n")
    response.headers["Content-Type"] = "text/css; charset=utf-8"
    tag = look_tag(accent)
    return _kept(response, tag, is_named=request.args.get("v") == tag)


def _sheet(accent: str) -> str:
    """The words are ours and the values are colours we computed: nothing anybody typed stands in it."""
    tones = look_of(accent)
    light = f":root {{\n{_declared(tones.light)}}}\n"
    dark = f"@media screen and (prefers-color-scheme: dark) {{\n:root {{\n{_declared(tones.dark)}}}\n}}\n"
    return light + dark


def _declared(tones: Tones) -> str:
    values = {
        "--brand": tones.brand,
        "--brand-strong": tones.strong,
        "--brand-wash": tones.wash,
        "--on-brand": tones.on_brand,
    }
    return "".join(f"  {name}: {value};\n" for name, value in values.items())


def _kept(response: Response, tag: str, *, is_named: bool) -> Response:
    """Kept for a year under the address that names the content, else for a few minutes."""
    response.headers["Cache-Control"] = FOR_A_YEAR if is_named else FOR_A_WHILE
    response.set_etag(tag)
    response.make_conditional(request)
    return response


def _standing(slug: str, kind: str) -> str:
    row = queries.get_host_page(slug)
    page = _text(row, kind, _chosen(row, kind))
    return render_template("organisations/standing_text.html", page=page)


def _chosen(row: HostPageRow, kind: str) -> HostTextRow | None:
    """The version asked for, else the one in force."""
    number = whole_number(request.args.get("version"))
    if number is not None:
        return queries.get_host_text(row.id, kind, number)
    return queries.find_text_in_force(row.id, kind)


def _text(row: HostPageRow, kind: str, text: HostTextRow | None) -> StandingText:
    versions = queries.list_text_versions(row.id, kind)
    endpoint = f"organisations.{kind}"
    last = versions[0][0] if versions else 0
    return StandingText(
        head=host_head(row, kind),
        kind=kind,
        html=_safe(text.html) if text else _safe(""),
        number=text.number if text else 0,
        published=moment(text.published_at) if text else None,
        newer_href=url_for(endpoint, slug=row.slug) if text and text.number != last else "",
        versions=tuple(
            Link(
                gettext("version %(number)s of %(day)s", number=number, day=day(at).text),
                url_for(endpoint, slug=row.slug, version=number),
                is_current=text is not None and number == text.number,
            )
            for number, at in versions
        ),
        edit_href=_edit_href(row, kind) if may(Permission.MANAGE_HOST, row.id) else "",
        kept_months=row.retention_months if kind == "clause" else 0,
    )


def _edit_href(row: HostPageRow, kind: str) -> str:
    if kind == "accessibility":
        return url_for("organisations.edit_accessibility", slug=row.slug)
    return url_for("organisations.edit_text", slug=row.slug, kind=kind)


def _safe(html: str) -> Markup:
    return Markup(html)  # noqa: S704 (sanitised by the rendering port when published)


def _day(iso: str) -> Moment | None:
    return day(date.fromisoformat(iso)) if iso else None
