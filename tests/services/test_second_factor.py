"""A code counts once and for half a minute, guesses are counted, and a lost phone locks nobody out for good."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pyotp
import pytest

from consult.adapters.one_time_codes_pyotp import PyotpCodes
from consult.adapters.vault_aes import AesVault
from consult.domain.errors import InvalidInput, NotFound, NotPermitted, RuleBroken
from consult.domain.policy.actors import Actor
from consult.ports.vault import Unreadable
from consult.services.accounts import second_factor as service
from consult.services.accounts import sessions
from consult.services.accounts.sessions import Device
from consult.services.drawn_secrets import hashed
from consult.storage.database import db
from consult.storage.models import Event, OutgoingLetter, RecoveryCode, SecondFactor
from consult.storage.queries import second_factors as queries
from consult.storage.queries.sessions import find_session
from tests.factories.apps import Store
from tests.factories.records import new_person

PASSWORD = "a long enough password"


class Phone:
    """An app with the key."""

    def __init__(self, store: Store, secret: str) -> None:
        self.store = store
        self.secret = secret

    def code(self, **off: float) -> str:
        return pyotp.TOTP(self.secret).at(self.store.now + timedelta(**off))


def set_up(store: Store, person: Actor) -> tuple[Phone, tuple[str, ...]]:
    service.begin_second_factor(person, now=store.now)
    shown = service.find_setting_up(person)
    assert shown is not None
    phone = Phone(store, shown.secret)
    codes = service.confirm_second_factor(person, phone.code(), keep=None, now=store.now)
    store.clock.advance(seconds=60)
    return phone, codes


@pytest.fixture
def person(store: Store) -> Actor:
    return new_person(store)


def waiting(store: Store, person: Actor) -> str:
    begun = sessions.begin_session(person.id or 0, means="password", device=Device(), now=store.now)
    assert begun.awaits_code
    return begun.token


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises((InvalidInput, RuleBroken)) as caught:
        act()
    return caught.value.code


def test_it_counts_only_once_a_code_was_given(store: Store, person: Actor) -> None:
    service.begin_second_factor(person, now=store.now)
    assert not queries.has_second_factor(person.id or 0)
    assert not sessions.begin_session(
        person.id or 0, means="password", device=Device(), now=store.now
    ).awaits_code
    wrong = refusal(lambda: service.confirm_second_factor(person, "000000", keep=None, now=store.now))
    assert wrong == "invalid.first_code"
    set_up(store, person)
    assert queries.has_second_factor(person.id or 0)
    assert service.find_setting_up(person) is None, "the key is shown while it is set up only"
    assert refusal(lambda: service.begin_second_factor(person, now=store.now)) == "rule.second_factor_on"


def test_the_picture_and_the_key_are_the_same_thing(store: Store, person: Actor) -> None:
    service.begin_second_factor(person, now=store.now)
    first = service.find_setting_up(person)
    assert first is not None
    assert first == service.find_setting_up(person), "looking again draws no other key"
    assert len(first.secret) == 32
    assert first.picture.startswith("data:image/svg+xml")
    address = PyotpCodes().address(first.secret, account="a@example.org", installation="Consult")
    assert address.startswith("otpauth://totp/Consult:")
    assert first.secret in address


def test_setting_it_up_signs_every_other_browser_out(store: Store, person: Actor) -> None:
    tokens = [
        sessions.begin_session(person.id or 0, means="password", device=Device(), now=store.now).token
        for _ in range(2)
    ]
    this = find_session(hashed(tokens[0]))
    assert this is not None
    service.begin_second_factor(person, now=store.now)
    shown = service.find_setting_up(person)
    assert shown is not None
    service.confirm_second_factor(person, pyotp.TOTP(shown.secret).at(store.now), keep=this.id, now=store.now)
    assert find_session(hashed(tokens[0])) is not None
    assert find_session(hashed(tokens[1])) is None


def test_the_password_alone_signs_nobody_in(store: Store, person: Actor) -> None:
    phone, _ = set_up(store, person)
    token = waiting(store, person)
    found = find_session(hashed(token))
    assert found is not None
    assert found.is_pending
    done = service.complete_sign_in(token, phone.code(), now=store.now)
    assert done.person_id == person.id
    assert done.token != token, "what was known before the code is worth nothing after it"
    assert find_session(hashed(token)) is None
    complete = find_session(hashed(done.token))
    assert complete is not None
    assert not complete.is_pending
    assert complete.is_strong


@pytest.mark.parametrize("seconds", [-30, 0, 30])
def test_a_clock_half_a_minute_off_does_no_harm(store: Store, person: Actor, seconds: int) -> None:
    phone, _ = set_up(store, person)
    store.clock.advance(minutes=5)
    assert service.complete_sign_in(waiting(store, person), phone.code(seconds=seconds), now=store.now)


@pytest.mark.parametrize("seconds", [-90, -61, 61, 90])
def test_a_code_of_another_minute_is_wrong(store: Store, person: Actor, seconds: int) -> None:
    phone, _ = set_up(store, person)
    store.clock.advance(minutes=5)
    token = waiting(store, person)
    code = phone.code(seconds=seconds)
    assert refusal(lambda: service.complete_sign_in(token, code, now=store.now)) == "invalid.one_time_code"


def test_a_code_counts_once_and_none_before_it_afterwards(store: Store, person: Actor) -> None:
    phone, _ = set_up(store, person)
    store.clock.advance(minutes=5)
    code, before = phone.code(), phone.code(seconds=-30)
    service.complete_sign_in(waiting(store, person), code, now=store.now)
    for replayed in (code, before):
        token = waiting(store, person)
        found = refusal(
            lambda token=token, code=replayed: service.complete_sign_in(token, code, now=store.now)
        )
        assert found == "invalid.one_time_code_used"
    store.clock.advance(seconds=30)
    assert service.complete_sign_in(waiting(store, person), phone.code(), now=store.now)


def test_the_code_it_was_set_up_with_does_not_sign_in(store: Store, person: Actor) -> None:
    service.begin_second_factor(person, now=store.now)
    shown = service.find_setting_up(person)
    assert shown is not None
    code = pyotp.TOTP(shown.secret).at(store.now)
    service.confirm_second_factor(person, code, keep=None, now=store.now)
    token = waiting(store, person)
    assert (
        refusal(lambda: service.complete_sign_in(token, code, now=store.now)) == "invalid.one_time_code_used"
    )


@pytest.mark.parametrize(
    "pattern", ["{}{}{} {}{}{}", " {}{}{}{}{}{} ", "{}{}{}-{}{}{}", "{}\u00a0{}{}{}{}{}"]
)
def test_spaces_in_a_code_do_not_matter(store: Store, person: Actor, pattern: str) -> None:
    phone, _ = set_up(store, person)
    assert service.complete_sign_in(waiting(store, person), pattern.format(*phone.code()), now=store.now)


@pytest.mark.parametrize(
    "code", ["", " ", "12345", "1234567", "abcdef", "１２３４５６", "\x00", "-" * 50, "9" * 100_000, "0x1F60"]
)
def test_what_is_no_code_is_wrong(store: Store, person: Actor, code: str) -> None:
    set_up(store, person)
    token = waiting(store, person)
    assert refusal(lambda: service.complete_sign_in(token, code, now=store.now)) == "invalid.one_time_code"


def test_guesses_are_counted_for_the_account_from_wherever_they_come(store: Store, person: Actor) -> None:
    phone, codes = set_up(store, person)
    tokens = [waiting(store, person) for _ in range(6)]
    found = [
        refusal(lambda token=token: service.complete_sign_in(token, "000000", now=store.now))
        for token in tokens[:5]
    ]
    assert found == ["invalid.one_time_code"] * 4 + ["rule.too_many_codes"]
    for right in (phone.code(), codes[0]):
        assert (
            refusal(lambda code=right: service.complete_sign_in(tokens[5], code, now=store.now))
            == "rule.too_many_codes"
        ), "not even the right code is looked at"
    store.clock.advance(minutes=15)
    assert service.complete_sign_in(waiting(store, person), phone.code(), now=store.now)


def test_a_right_code_ends_the_count(store: Store, person: Actor) -> None:
    phone, _ = set_up(store, person)
    for _ in range(3):
        for _ in range(4):
            token = waiting(store, person)
            refusal(lambda token=token: service.complete_sign_in(token, "000000", now=store.now))
        service.complete_sign_in(waiting(store, person), phone.code(), now=store.now)
        store.clock.advance(seconds=30)


def test_a_recovery_code_takes_the_place_of_the_phone_once(store: Store, person: Actor) -> None:
    _, codes = set_up(store, person)
    assert len(set(codes)) == 10
    written = codes[3].upper().replace("-", " ").replace("0", "o").replace("1", "l")
    assert service.complete_sign_in(waiting(store, person), written, now=store.now).codes_left == 9
    token = waiting(store, person)
    assert (
        refusal(lambda: service.complete_sign_in(token, codes[3], now=store.now)) == "invalid.one_time_code"
    )
    assert service.complete_sign_in(waiting(store, person), codes[4], now=store.now).codes_left == 8


def test_recovery_codes_are_nobody_elses(store: Store, person: Actor) -> None:
    _, codes = set_up(store, person)
    other = new_person(store)
    set_up(store, other)
    token = waiting(store, other)
    assert (
        refusal(lambda: service.complete_sign_in(token, codes[0], now=store.now)) == "invalid.one_time_code"
    )


def test_new_recovery_codes_end_the_old_ones(store: Store, person: Actor) -> None:
    phone, old = set_up(store, person)
    assert refusal(lambda: service.renew_recovery_codes(person, "000000", now=store.now))
    new = service.renew_recovery_codes(person, phone.code(), now=store.now)
    assert not set(new) & set(old)
    assert queries.count_recovery_codes(person.id or 0) == 10
    token = waiting(store, person)
    assert refusal(lambda: service.complete_sign_in(token, old[0], now=store.now))
    assert service.complete_sign_in(token, new[0], now=store.now)


def test_it_takes_ten_minutes_at_most_to_give_the_code(store: Store, person: Actor) -> None:
    phone, _ = set_up(store, person)
    token = waiting(store, person)
    store.clock.advance(minutes=10)
    with pytest.raises(NotFound):
        service.complete_sign_in(token, phone.code(), now=store.now)
    with pytest.raises(NotFound):
        service.complete_sign_in("nobody's token", phone.code(), now=store.now)


def test_it_is_turned_off_with_the_password_and_a_code_only(store: Store, person: Actor) -> None:
    phone, codes = set_up(store, person)

    def off(password: str, code: str) -> Callable[[], object]:
        return lambda: service.turn_off_second_factor(person, password=password, code=code, now=store.now)

    assert refusal(off("wrong", phone.code())) == "invalid.password_wrong"
    assert refusal(off(PASSWORD, "000000")) == "invalid.one_time_code"
    assert queries.has_second_factor(person.id or 0)
    off(PASSWORD, codes[0])()
    assert not queries.has_second_factor(person.id or 0)
    assert db.session.query(RecoveryCode).count() == 0
    assert not sessions.begin_session(
        person.id or 0, means="password", device=Device(), now=store.now
    ).awaits_code


def test_an_administrator_removes_it_and_the_person_is_told(store: Store, person: Actor) -> None:
    administrator = new_person(store, is_administrator=True)
    set_up(store, person)
    token = waiting(store, person)
    with pytest.raises(NotPermitted):
        service.remove_second_factor(person, person.id or 0, now=store.now)
    service.remove_second_factor(administrator, person.id or 0, now=store.now)
    assert not queries.has_second_factor(person.id or 0)
    assert find_session(hashed(token)) is None
    assert [row.letter for row in db.session.query(OutgoingLetter).filter_by(person_id=person.id)] == [
        "accounts/second_factor_removed"
    ]
    with pytest.raises(NotFound):
        service.remove_second_factor(administrator, person.id or 0, now=store.now)


def test_every_act_is_on_record_and_no_secret_with_it(store: Store, person: Actor) -> None:
    phone, codes = set_up(store, person)
    service.renew_recovery_codes(person, phone.code(), now=store.now)
    store.clock.advance(seconds=30)
    service.turn_off_second_factor(person, password=PASSWORD, code=phone.code(), now=store.now)
    kinds = [row.kind for row in db.session.query(Event).order_by(Event.id) if row.kind.startswith("second")]
    assert kinds == ["second_factor.turned_on", "second_factor.codes_renewed", "second_factor.turned_off"]
    refs = " ".join(row.ref for row in db.session.query(Event))
    assert phone.secret not in refs
    assert not any(code in refs for code in codes)


def test_what_is_kept_gives_neither_key_nor_codes_away(store: Store, person: Actor) -> None:
    phone, codes = set_up(store, person)
    kept = db.session.query(SecondFactor).one()
    assert phone.secret not in kept.secret
    hashes = {row.code_hash for row in db.session.query(RecoveryCode)}
    assert not hashes & set(codes)
    with pytest.raises(Unreadable):
        AesVault("another key").unlock(kept.secret, about=f"second factor of {person.id}")
    with pytest.raises(Unreadable):
        store.ports.vault.unlock(kept.secret, about="second factor of 999")


@pytest.mark.parametrize("locked", ["", "v1.", "v1.AAAA", "v1.!!!!", "v2.AAAA", "ą", "v1." + "A" * 100_000])
def test_what_was_never_locked_is_unreadable(locked: str) -> None:
    with pytest.raises(Unreadable):
        AesVault("a key").unlock(locked, about="x")


def test_after_a_change_of_the_installations_key_recovery_codes_still_work(
    store: Store, person: Actor
) -> None:
    phone, codes = set_up(store, person)
    with store.replaced(vault=AesVault("another key")):
        token = waiting(store, person)
        assert refusal(lambda: service.complete_sign_in(token, phone.code(), now=store.now))
        assert service.complete_sign_in(token, codes[0], now=store.now)


def test_one_code_given_twice_at_once_counts_once(any_store: Store) -> None:
    person = new_person(any_store)
    phone, _ = set_up(any_store, person)
    tokens = [waiting(any_store, person) for _ in range(4)]
    code, barrier = phone.code(), threading.Barrier(4)
    found: list[str] = []

    def give(token: str) -> None:
        with any_store.app.app_context():
            barrier.wait(10)
            try:
                service.complete_sign_in(token, code, now=any_store.now)
                found.append("in")
            except InvalidInput as error:
                found.append(error.code)
            finally:
                db.session.remove()

    threads = [threading.Thread(target=give, args=(token,)) for token in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(found) == ["in", *["invalid.one_time_code_used"] * 3]
