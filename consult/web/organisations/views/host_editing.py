"""The pages with which officials look after their host's pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from markupsafe import Markup

from consult.domain.errors import ConsultError, InvalidInput, NotFound
from consult.domain.organisations.declarations import WORDS, Declaration
from consult.domain.policy.permissions import Permission
from consult.domain.policy.predicates import Target
from consult.services import hosts as service
from consult.services.authority import require
from consult.services.hosts import Contact
from consult.storage.queries import organisations as queries
from consult.storage.queries.organisations import HostPageRow
from consult.web.organisations.forms import EditContact, EditDeclaration, EditLook, EditText, SendCrest
from consult.web.organisations.presenters import HostEditing, HostParts, Part
from consult.web.organisations.views.shared import host_head
from consult.web.shared.addresses import public
from consult.web.shared.forms import Act, Form, refuse
from consult.web.shared.heads import now
from consult.web.shared.i18n import HOME, day
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor

CONTACT = ("phone", "duty_address", "duty_hours", "e_delivery", "bip")
DAYS = ("site_on", "prepared_on", "reviewed_on")
TEXTS = ("rules", "clause", "privacy")
STARTERS = {
    "rules": "organisations/starters/rules.txt",
    "clause": "organisations/starters/clause.txt",
    "privacy": "organisations/starters/privacy.txt",
    "not_accessible": "organisations/starters/accessibility_not_accessible.txt",
    "procedure": "organisations/starters/accessibility_procedure.txt",
    "building": "organisations/starters/accessibility_building.txt",
    "interpreter": "organisations/starters/accessibility_interpreter.txt",
}
"""Texts in Polish, as they are law of this country: an official only fills them in."""


def _managed(slug: str) -> HostPageRow:
    row = queries.get_host_page(slug)
    require(current_actor(), Permission.MANAGE_HOST, Target(host_id=row.id))
    return row


def _editing(row: HostPageRow, **more: object) -> HostEditing:
    back = url_for("organisations.edit_host", slug=row.slug)
    return HostEditing(head=host_head(row), back_href=back, **more)  # type: ignore[arg-type]


def edit_host(slug: str) -> str:
    row = _managed(slug)
    missing = gettext("not published yet")

    def text(kind: str, title: str) -> Part:
        last = queries.find_text_in_force(row.id, kind)
        href = (
            url_for("organisations.edit_accessibility", slug=slug)
            if kind == "accessibility"
            else url_for("organisations.edit_text", slug=slug, kind=kind)
        )
        state = (
            gettext("version %(number)s of %(day)s", number=last.number, day=day(last.published_at).text)
            if last
            else missing
        )
        return Part(title, href, state, is_missing=last is None)

    has_contact = bool(row.phone or row.duty_address or row.e_delivery)
    page = HostParts(
        head=host_head(row),
        parts=(
            Part(
                gettext("Name, summary, seat and e-mail"),
                url_for("organisations.edit", slug=slug),
                gettext("filled in") if row.summary and row.seat and row.email else gettext("incomplete"),
                is_missing=not (row.summary and row.seat and row.email),
            ),
            Part(
                gettext("Contact and duty hours"),
                url_for("organisations.edit_contact", slug=slug),
                gettext("filled in") if has_contact else gettext("empty"),
                is_missing=not has_contact,
            ),
            Part(
                gettext("Crest and colour"),
                url_for("organisations.edit_look", slug=slug),
                gettext("filled in") if row.crest_hash else gettext("no crest"),
                is_missing=not row.crest_hash,
            ),
            text("rules", gettext("Rules of consultations")),
            text("clause", gettext("Information clause (GDPR)")),
            text("accessibility", gettext("Accessibility declaration")),
            text("privacy", gettext("Privacy notice")),
        ),
        contact_views_href=url_for("contact_views.list_all", slug=slug),
    )
    return render_template("organisations/edit_host.html", page=page)


def edit_contact(slug: str) -> ResponseReturnValue:
    row = _managed(slug)
    form = EditContact()
    if not form.is_submitted():
        for name in CONTACT:
            form[name].data = getattr(row, name)
    elif form.is_sent():
        contact = Contact(**{name: form[name].data or "" for name in CONTACT})
        if _done(form, lambda: service.change_contact(current_actor(), slug, contact, now=now())):
            return _saved(slug)
    return _shown("organisations/edit_contact.html", _editing(row), form)


def edit_look(slug: str) -> ResponseReturnValue:
    row = _managed(slug)
    form, sent = EditLook(), SendCrest()
    if not form.is_submitted():
        form.accent.data = row.accent
    elif form.is_sent() and _done(
        form,
        lambda: service.change_look(current_actor(), slug, accent=form.accent.data or "", now=now()),
    ):
        return _saved(slug)
    return _look_page(row, form, sent)


def send_crest(slug: str) -> ResponseReturnValue:
    row = _managed(slug)
    form = SendCrest()
    if form.is_sent():
        upload = request.files.get("crest")
        content = upload.read() if upload else b""
        if _done(form, lambda: service.change_crest(current_actor(), slug, content, now=now())):
            say("done", gettext("This is the crest now."))
            return redirect(url_for("organisations.edit_look", slug=slug), code=303)
    accent = EditLook(formdata=None, accent=row.accent)
    return _look_page(row, accent, form)


def drop_crest(slug: str) -> ResponseReturnValue:
    if Act().is_sent():
        service.drop_crest(current_actor(), slug, now=now())
        say("done", gettext("The crest was taken away."))
    else:
        say_stale()
    return redirect(url_for("organisations.edit_look", slug=slug), code=303)


def _look_page(row: HostPageRow, form: EditLook, sent: SendCrest) -> ResponseReturnValue:
    head = host_head(row)
    page = _editing(
        row,
        crest_href=head.crest_href,
        crest_action=url_for("organisations.send_crest", slug=row.slug),
        drop_action=url_for("organisations.drop_crest", slug=row.slug) if row.crest_hash else "",
    )
    shown = render_template("organisations/edit_look.html", page=page, form=form, crest_form=sent)
    return (shown, 422) if form.errors or sent.errors else shown


def edit_text(slug: str, kind: str) -> ResponseReturnValue:
    if kind not in TEXTS:
        raise NotFound("host_text")
    row = _managed(slug)
    last = queries.find_text_in_force(row.id, kind)
    form = EditText()
    preview, is_starter = Markup(), False
    if not form.is_submitted():
        is_starter = last is None
        form.source.data = last.source if last else _starter(row, kind)
    elif form.is_sent():
        source = form.source.data or ""
        if form.act.data == "preview":
            html = service.preview_text(current_actor(), slug, source)
            preview = Markup(html)  # noqa: S704 (sanitised by the rendering port)
        elif _done(form, lambda: service.publish_text(current_actor(), slug, kind, source, now=now())):
            say("done", _published(last is not None))
            return redirect(url_for(f"organisations.{kind}", slug=slug), code=303)
    page = _editing(
        row, kind=kind, number=last.number + 1 if last else 1, preview=preview, is_starter=is_starter
    )
    return _shown("organisations/edit_text.html", page, form)


def edit_accessibility(slug: str) -> ResponseReturnValue:
    row = _managed(slug)
    last = queries.find_text_in_force(row.id, "accessibility")
    form = EditDeclaration()
    if not form.is_submitted():
        _fill_declaration(form, row, json.loads(last.particulars) if last else {})
    elif form.is_sent() and _done(
        form,
        lambda: service.publish_declaration(current_actor(), slug, _declaration(form), now=now()),
    ):
        say("done", _published(last is not None))
        return redirect(url_for("organisations.accessibility", slug=slug), code=303)
    page = _editing(row, kind="accessibility", number=last.number + 1 if last else 1, is_starter=last is None)
    return _shown("organisations/edit_accessibility.html", page, form)


def _fill_declaration(form: EditDeclaration, row: HostPageRow, said: dict[str, str]) -> None:
    """What was said before; else what an official only has to fill in and check."""
    if said:
        for field in form:
            value = said.get(field.name)
            if value is None:
                continue
            field.data = date.fromisoformat(value) if field.name in DAYS else value
        return
    today = now().astimezone(HOME).date()
    form.status.data = "partly"
    form.site_on.data = form.prepared_on.data = form.reviewed_on.data = today
    form.email.data, form.phone.data = row.email, row.phone
    for name in WORDS:
        form[name].data = _starter(row, name)


def _declaration(form: EditDeclaration) -> Declaration:
    values = {field: form[field].data or "" for field in Declaration.__dataclass_fields__}
    for name in DAYS:
        if form[name].data is None:
            raise InvalidInput("date", field=name)
        values[name] = form[name].data.isoformat()
    return Declaration(**values)


def _starter(row: HostPageRow, name: str) -> str:
    """A text an official only fills in: what is known stands in it, the rest in double brackets."""
    return render_template(
        STARTERS[name],
        name=row.name,
        seat=", ".join(line.strip() for line in row.seat.splitlines() if line.strip()),
        email=row.email,
        phone=row.phone,
        e_delivery=row.e_delivery,
        site=public(url_for("organisations.host", slug=row.slug)),
    )


def _done(form: Form, act: Callable[[], object]) -> bool:
    """Whether the act went through; if not, its error stands in the form."""
    try:
        act()
    except ConsultError as error:
        refuse(form, error)
        return False
    return True


def _published(there_was_one: bool) -> str:
    return (
        gettext("Published. The version before stays where it is.")
        if there_was_one
        else gettext("Published. This is the first version.")
    )


def _saved(slug: str) -> ResponseReturnValue:
    say("done", gettext("Saved."))
    return redirect(url_for("organisations.edit_host", slug=slug), code=303)


def _shown(template: str, page: HostEditing, form: Form) -> ResponseReturnValue:
    shown = render_template(template, page=page, form=form)
    return (shown, 422) if form.errors else shown
