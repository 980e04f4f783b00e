"""One's own account: name, language, password, address."""

from __future__ import annotations

from flask import redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import force_locale, gettext

from consult.domain.errors import InvalidInput, NotFound
from consult.services.accounts import SHORTEST_PASSWORD
from consult.services.accounts import keeping as service
from consult.services.sockets import current_ports
from consult.storage.queries.accounts import PersonRow
from consult.storage.queries.accounts.links import find_waiting_address
from consult.web.accounts.forms import Account, ChangeAddress, ChangePassword
from consult.web.accounts.presenters import AccountPage, AddressPage, OrganisationLine, PasswordPage
from consult.web.accounts.views.private import account_menu, sealed_page
from consult.web.shared.forms import Act, refuse
from consult.web.shared.i18n import COOKIE, LANGUAGES, moment
from consult.web.shared.limits import limited
from consult.web.shared.site import say, say_stale
from consult.web.shared.viewers import current_actor, current_person, current_session


def own_person() -> PersonRow:
    """The signed-in person, whom the row of the table promises."""
    person = current_person()
    if person is None:
        raise NotFound("person")
    return person


def account() -> ResponseReturnValue:
    person = own_person()
    form = Account()
    if form.is_sent():
        try:
            service.change_account(
                current_actor(),
                name=form.name.data or "",
                is_name_public=bool(form.is_name_public.data),
                language=form.language.data or "",
                now=current_ports().clock.now(),
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            session.pop(COOKIE, None)  # what is chosen here wins over what was switched to
            with force_locale(form.language.data):
                say("done", gettext("Your account is saved."))
            return redirect(url_for("accounts.account"), code=303)
    elif not form.is_submitted():
        form.name.data = person.name
        form.is_name_public.data = person.is_name_public
        form.language.data = person.language
    page = AccountPage(
        menu=account_menu("accounts.account"),
        address=person.email,
        waiting=find_waiting_address(person.id, current_ports().clock.now()),
        has_password=bool(person.password_hash),
        changed=moment(person.password_changed_at) if person.password_changed_at else None,
        since=moment(person.created_at) if person.created_at else None,
        organisations=organisation_lines(person),
        languages=tuple(LANGUAGES.items()),
        links=tuple(link for link in account_menu("") if link.href != url_for("accounts.account")),
        join_href=url_for("organisations.list_all"),
    )
    shown = render_template("accounts/account.html", page=page, form=form)
    return sealed_page(shown, 422 if form.errors else 200)


def organisation_lines(person: PersonRow) -> tuple[OrganisationLine, ...]:
    return tuple(
        OrganisationLine(
            name=member.organisation_name,
            href=url_for("organisations.show", slug=member.organisation_slug),
            role=member.role,
        )
        for member in person.memberships
    )


@limited("sign_in")
def password() -> ResponseReturnValue:
    person = own_person()
    form = ChangePassword()
    if form.is_sent():
        found = current_session()
        try:
            service.change_password(
                current_actor(),
                current=form.current.data or "",
                new=form.new.data or "",
                keep=found.id if found else None,
                now=current_ports().clock.now(),
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            say("done", gettext("The new password is set. You have been signed out everywhere else."))
            return redirect(url_for("accounts.account"), code=303)
    page = PasswordPage(
        menu=account_menu("accounts.password"),
        shortest=SHORTEST_PASSWORD,
        has_password=bool(person.password_hash),
        address=person.email,
        forgot_href=url_for("accounts.forgot"),
    )
    shown = render_template("accounts/password.html", page=page, form=form)
    return sealed_page(shown, 422 if form.errors else 200)


@limited("sign_in")
def email() -> ResponseReturnValue:
    person = own_person()
    now = current_ports().clock.now()
    form = ChangeAddress()
    if form.is_sent():
        try:
            address = service.ask_new_address(
                current_actor(), email=form.address.data or "", current=form.current.data or "", now=now
            )
        except InvalidInput as error:
            refuse(form, error)
        else:
            say("note", gettext("A letter is on its way to %(address)s.", address=address))
            return redirect(url_for("accounts.email"), code=303)
    page = AddressPage(
        menu=account_menu("accounts.email"),
        address=person.email,
        waiting=find_waiting_address(person.id, now),
        has_password=bool(person.password_hash),
        password_href=url_for("accounts.password"),
        keep_href=url_for("accounts.keep_email"),
    )
    shown = render_template("accounts/email.html", page=page, form=form, act=Act())
    return sealed_page(shown, 422 if form.errors else 200)


def keep_email() -> ResponseReturnValue:
    if Act().is_sent():
        service.drop_new_address(current_actor(), now=current_ports().clock.now())
        say("done", gettext("Your address stays as it is."))
    else:
        say_stale()
    return redirect(url_for("accounts.email"), code=303)
