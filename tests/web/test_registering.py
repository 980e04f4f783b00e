"""Making an account: nobody learns who has one, and only who owns the address gets it."""

from __future__ import annotations

import itertools
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from werkzeug.test import TestResponse

from consult.services.accounts import forget_unconfirmed
from consult.services.accounts.administration import disable_person
from consult.storage.queries.accounts import find_person_by_email
from tests.factories.records import new_person
from tests.web.mailboxes import letters_to, link_to
from tests.web.visitors import Site, Visitor, kept, words_of

PASSWORD = "cztery słowa bez związku"
_NUMBERS = itertools.count(1)
_TOKENS = re.compile(r'value="[^"]{40,}"')


def new_address() -> str:
    return f"mieszkanka-{next(_NUMBERS)}@example.org"


def known_address(site: Site) -> str:
    """The address of an account that is confirmed."""
    with site.records() as store:
        actor = new_person(store)
        from consult.storage.queries.accounts import find_person

        person = find_person(actor.id or 0)
        assert person is not None
        return person.email


def register(
    visitor: Visitor, email: str, *, name: str = "Mieszkanka", password: str = PASSWORD, expect: int = 303
) -> TestResponse:
    return visitor.send("/register", {"name": name, "email": email, "password": password}, expect=expect)


def sign_in(visitor: Visitor, email: str, password: str = PASSWORD, expect: int = 303) -> TestResponse:
    return visitor.send("/sign-in", {"email": email, "password": password}, expect=expect)


def test_an_account_works_once_its_address_is_confirmed(site: Site) -> None:
    email, visitor = new_address(), site.visitor()
    sent = visitor.follow(register(visitor, email))
    assert "Sprawdź pocztę" in sent.text
    assert email in sent.text
    waiting = sign_in(visitor, email, expect=422)
    assert "nie został jeszcze potwierdzony" in words_of(waiting)
    assert 'href="/confirm"' in waiting.text
    assert kept(visitor.get("/confirm").text, "email") == email
    answer = visitor.send(link_to(site, email, "/confirm/"), {})
    assert "potwierdzony" in visitor.follow(answer).text
    sign_in(visitor, email)
    assert "Mieszkanka" in visitor.get("/account").text


def test_only_who_knows_the_password_hears_that_the_address_waits_to_be_confirmed(site: Site) -> None:
    email = new_address()
    register(site.visitor(), email)
    wrong = words_of(sign_in(site.visitor(), email, "another password", expect=422))
    nobody = words_of(sign_in(site.visitor(), new_address(), "another password", expect=422))
    assert "potwierdzony" not in wrong
    assert "Wyślij wiadomość ponownie" not in wrong
    assert wrong == nobody


@pytest.mark.parametrize("language", ["pl", "en"])
def test_registering_looks_the_same_with_an_address_that_has_an_account(site: Site, language: str) -> None:
    """Status, place, page, cookies and letters: what differs is read in the mailbox only."""
    seen = []
    for email in (new_address(), known_address(site)):
        visitor = site.visitor(language=language)
        before = len(letters_to(site, email))
        answer = register(visitor, email)
        page = visitor.follow(answer)
        seen.append(
            (
                answer.status_code,
                answer.location,
                sorted(name.lower() for name, _ in answer.headers),
                len(answer.headers.get("Set-Cookie", "")) // 40,
                page.text.replace(email, "…"),
                len(letters_to(site, email)) - before,
            )
        )
    assert seen[0] == seen[1]
    assert seen[0][-1] == 1


def test_the_owner_of_a_known_address_gets_a_letter_and_keeps_name_and_password(site: Site) -> None:
    email = known_address(site)
    register(site.visitor(), email, name="Ktoś obcy", password="hasło kogoś obcego")
    letter = letters_to(site, email)[-1]
    assert letter.subject == "Masz już konto"
    assert "Ktoś obcy" not in letter.text + letter.html
    sign_in(site.visitor(), email, "a long enough password")
    sign_in(site.visitor(), email, "hasło kogoś obcego", expect=422)


def test_registering_hashes_a_password_whether_or_not_there_is_an_account(site: Site) -> None:
    class Counting:
        hashed = 0

        def hash(self, password: str) -> str:
            self.hashed += 1
            return f"plain:{password}"

        def verify(self, hashed: str, password: str) -> bool:
            return hashed == f"plain:{password}"

    counts = []
    for email in (new_address(), known_address(site)):
        counting = Counting()
        with site.store.replaced(passwords=counting):
            register(site.visitor(), email)
        counts.append(counting.hashed)
    assert counts == [1, 1]


@pytest.mark.parametrize("page", ["/register", "/forgot", "/confirm"])
def test_who_has_a_closed_account_is_told_by_letter_and_nobody_else(site: Site, page: str) -> None:
    email = known_address(site)
    with site.records() as store:
        person = find_person_by_email(email)
        administrator = new_person(store, is_administrator=True)
        assert person is not None
        disable_person(administrator, person.id, reason="Na prośbę.", now=store.now)
    visitor = site.visitor()
    fields = {"name": "Mieszkanka", "email": email, "password": PASSWORD}
    shown = visitor.follow(visitor.send(page, fields))
    assert "Sprawdź pocztę" in shown.text
    assert [letter.subject for letter in letters_to(site, email)] == ["Twoje konto jest zamknięte"]


@pytest.mark.parametrize("page", ["/forgot", "/confirm"])
def test_asking_for_a_letter_looks_the_same_whoever_has_an_account(site: Site, page: str) -> None:
    unconfirmed = new_address()
    register(site.visitor(), unconfirmed)
    seen = []
    for email in (new_address(), known_address(site), unconfirmed):
        visitor, before = site.visitor(), len(letters_to(site, email))
        answer = visitor.send(page, {"email": email})
        shown = visitor.follow(answer)
        seen.append((answer.location, shown.text.replace(email, "…"), len(letters_to(site, email)) - before))
    assert seen[0] == seen[1] == seen[2]
    assert seen[0][-1] == 1


def test_a_stranger_who_asked_for_an_account_with_my_address_does_not_get_mine(site: Site) -> None:
    """The stranger's password stands; the owner, in another browser, is asked for it and cannot give it."""
    email = new_address()
    register(site.visitor(), email, name="Ktoś obcy", password="hasło kogoś obcego")
    owner = site.visitor()
    page = owner.get(link_to(site, email, "/confirm/"))
    assert 'name="password"' in page.text
    owner.send(link_to(site, email, "/confirm/"), {"password": PASSWORD}, expect=422)
    sign_in(site.visitor(), email, "hasło kogoś obcego", expect=422)
    # the owner sets a password through the mailbox, and the stranger's is gone
    owner.send("/forgot", {"email": email})
    owner.send(link_to(site, email, "/reset/"), {"password": PASSWORD})
    sign_in(owner, email)
    sign_in(site.visitor(), email, "hasło kogoś obcego", expect=422)


def test_who_registered_last_confirms_and_an_earlier_browser_no_longer_does_by_a_button(site: Site) -> None:
    email, stranger, owner = new_address(), site.visitor(), site.visitor()
    register(stranger, email, password="hasło kogoś obcego")
    register(owner, email)
    link = link_to(site, email, "/confirm/")
    assert 'name="password"' in stranger.get(link).text
    assert 'name="password"' not in owner.get(link).text
    stranger.send(link, {}, expect=422)
    owner.send(link, {})
    sign_in(owner, email)


def test_on_the_phone_the_password_confirms(site: Site) -> None:
    email = new_address()
    register(site.visitor(), email)
    phone = site.visitor()
    phone.send(link_to(site, email, "/confirm/"), {"password": PASSWORD})
    sign_in(phone, email)


def test_the_letter_can_be_sent_again_and_both_links_work_until_one_is_used(site: Site) -> None:
    email, visitor = new_address(), site.visitor()
    register(visitor, email)
    first = link_to(site, email, "/confirm/")
    visitor.send("/confirm", {"email": email})
    second = link_to(site, email, "/confirm/")
    assert first != second
    visitor.get(first)
    visitor.send(second, {})
    visitor.get(first, expect=410)


def test_nobody_gets_more_than_a_few_letters_whoever_asks(site: Site) -> None:
    for email in (new_address(), known_address(site)):
        answers = {site.visitor().send("/forgot", {"email": email}).location for _ in range(6)}
        assert answers == {"/check-mail?about=forgot"}
        assert len(letters_to(site, email)) == 3
        site.clock.advance(hours=2)
        site.visitor().send("/forgot", {"email": email})
        assert len(letters_to(site, email)) == 4


def test_registration_can_be_closed(site: Site) -> None:
    settings = site.app.config["SETTINGS"]
    site.app.config["SETTINGS"] = settings.model_copy(update={"registration": False})
    try:
        site.visitor().get("/register", expect=404)
    finally:
        site.app.config["SETTINGS"] = settings


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{ 7 * 7 }}",
        "Anna\tMaria\u00a0Nowa",
        "O’Neill-Śćż 李小龍",
    ],
)
def test_a_name_with_markup_is_a_name_wherever_it_stands(site: Site, name: str) -> None:
    email, visitor = new_address(), site.visitor()
    register(visitor, email, name=name)
    visitor.send(link_to(site, email, "/confirm/"), {})
    sign_in(visitor, email)
    page = visitor.get("/account")
    assert kept(page.text, "name") == " ".join(name.split())
    assert "<script>alert" not in page.text
    assert "<img" not in page.text


@pytest.mark.parametrize(
    "name",
    ["", "   ", "\u202eaksnakzseiM", "Anna\u2066\u2069", "Anna\u200b", "x" * 10_000, "—", "Anna\x00"],
)
def test_a_name_that_is_none_is_refused_beside_the_field_and_nothing_typed_is_lost(
    site: Site, name: str
) -> None:
    email = new_address()
    page = register(site.visitor(), email, name=name, expect=422)
    assert kept(page.text, "email") == email
    assert "name-error" in page.text
    assert letters_to(site, email) == []


@pytest.mark.parametrize(
    "typed",
    [
        " {0}@EXAMPLE.org ",
        "{0}@example.org.",
        "{0}@Example.Org",
        "\ufeff{0}@example.org",
    ],
)
def test_one_mailbox_has_one_account_however_it_is_written(site: Site, typed: str) -> None:
    local = new_address().partition("@")[0]
    register(site.visitor(), f"{local}@example.org")
    assert find_count(site, local) == 1
    register(site.visitor(), typed.format(local.upper()))
    assert find_count(site, local) == 1


def find_count(site: Site, local: str) -> int:
    with site.records():
        return int(find_person_by_email(f"{local}@example.org") is not None)


def test_a_domain_with_polish_letters_is_one_domain(site: Site) -> None:
    local = new_address().partition("@")[0]
    register(site.visitor(), f"{local}@żółć.example")
    register(site.visitor(), f"{local}@XN--KDA4B0KOI.example")
    assert len(letters_to(site, f"{local}@xn--kda4b0koi.example")) == 2


@pytest.mark.parametrize(
    "email",
    [
        "",
        "x",
        "@example.org",
        "a@b",
        "a b@example.org",
        "a@exa mple.org",
        "a@@example.org",
        ".a@example.org",
        "a..b@example.org",
        "a@-example.org",
        "a@example..org",
        '"a b"@example.org',
        "a@[127.0.0.1]",
        "a@127.0.0.1",
        "zażółć@example.org",
        "a\u202eb@example.org",
        "a,b@example.org",
        "a@example.org,b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a<b>@example.org",
        "x" * 65 + "@example.org",
        "a@" + "x" * 300 + ".org",
        "a@" + "ż" * 10_000 + ".org",
    ],
)
def test_what_is_no_address_is_refused_and_no_letter_leaves(site: Site, email: str) -> None:
    before = len(site.store.ports.mailer.sent)  # type: ignore[attr-defined]
    for page in ("/register", "/forgot", "/confirm"):
        fields = {"name": "Mieszkanka", "email": email, "password": PASSWORD}
        answer = site.visitor().send(page, fields, expect=422)
        assert "email-error" in answer.text
    assert len(site.store.ports.mailer.sent) == before  # type: ignore[attr-defined]


@pytest.mark.parametrize("email", ["o'neill+konsultacje@example.org", "a_b.c-d=e@sub.example.co.uk"])
def test_unusual_addresses_that_mail_takes_are_taken(site: Site, email: str) -> None:
    register(site.visitor(), email)
    assert len(letters_to(site, email)) == 1


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("krótkie", "znaków: 12"),
        ("x" * 201, "najwyżej 200"),
        ("aaaaaaaaaaaaaa", "ktoś obcy"),
        ("abcabcabcabcabc", "ktoś obcy"),
        ("123456789012", "ktoś obcy"),
        ("qwertyuiopasdf", "ktoś obcy"),
        ("Polska123456", "ktoś obcy"),
        ("password1234", "ktoś obcy"),
        ("Mieszkanka Nowa", "nazwiska lub adresu"),
        ("mieszkanka12", "nazwiska lub adresu"),
    ],
)
def test_a_password_strangers_would_try_is_refused_with_the_reason(
    site: Site, password: str, reason: str
) -> None:
    email = new_address()
    page = register(site.visitor(), email, name="Mieszkanka Nowa", password=password, expect=422)
    assert reason in words_of(page)
    assert password not in page.text.replace("Mieszkanka Nowa", "")
    assert letters_to(site, email) == []


def test_the_rules_of_passwords_stand_before_one_types(site: Site) -> None:
    assert "Co najmniej 12 znaków" in words_of(site.visitor().get("/register"))


def test_a_letter_typed_in_two_ways_is_one_password(site: Site) -> None:
    email, visitor = new_address(), site.visitor()
    register(visitor, email, password="zażółć gęślą jaźń")
    visitor.send(link_to(site, email, "/confirm/"), {})
    import unicodedata

    sign_in(visitor, email, unicodedata.normalize("NFD", "zażółć gęślą jaźń"))


def test_two_who_race_for_one_address_get_one_account_and_a_friendly_page(site: Site) -> None:
    email = new_address()
    visitors = [site.visitor() for _ in range(4)]
    forms = [visitor.token("/register") for visitor in visitors]

    def race(pair: tuple[Visitor, str]) -> int:
        visitor, token = pair
        fields = {"csrf_token": token, "name": "Mieszkanka", "email": email, "password": PASSWORD}
        return visitor.client.post("/register", data=fields).status_code

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(race, zip(visitors, forms, strict=True))) == [303] * 4
    assert 1 <= len(letters_to(site, email)) <= 3


def test_accounts_nobody_confirms_are_removed_after_a_week(site: Site) -> None:
    email, confirmed = new_address(), known_address(site)
    register(site.visitor(), email)
    link = link_to(site, email, "/confirm/")
    site.clock.advance(days=6, hours=23)
    with site.records() as store:
        forget_unconfirmed(store.now)
        assert find_person_by_email(email) is not None
    site.clock.advance(hours=2)
    with site.records() as store:
        assert forget_unconfirmed(store.now) >= 1
        assert find_person_by_email(email) is None
        assert find_person_by_email(confirmed) is not None
    site.visitor().get(link, expect=410)
    register(site.visitor(), email)
    assert link_to(site, email, "/confirm/") != link


def test_the_language_of_the_page_is_that_of_the_letter(site: Site) -> None:
    email = new_address()
    register(site.visitor(language="en"), email)
    assert letters_to(site, email)[-1].subject == "Confirm your e-mail address"
    nobody = new_address()
    site.visitor(language="en").send("/forgot", {"email": nobody})
    assert letters_to(site, nobody)[-1].subject == "There is no account with this address"
