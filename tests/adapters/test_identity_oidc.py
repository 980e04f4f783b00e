"""A broker is believed when everything it says holds together, and never otherwise."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from consult.adapters.identity_oidc import OidcBroker
from consult.ports.identity import BrokerFailed, Identity
from tests.brokers.hostile import CLIENT_ID, CLIENT_SECRET, Issuer, key, running

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CALLBACK = "https://konsultacje.example.org/sign-in/broker/back"
Break = Callable[[Issuer], object]


class Ticking:
    def __init__(self) -> None:
        self.at = 0.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def ticking() -> Ticking:
    return Ticking()


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    with running(lambda: NOW) as made:
        yield made


@pytest.fixture
def broker(issuer: Issuer, ticking: Ticking) -> OidcBroker:
    return OidcBroker(issuer=issuer.address, client_id=CLIENT_ID, client_secret=CLIENT_SECRET, clock=ticking)


def signed_in(broker: OidcBroker, issuer: Issuer, at: datetime = NOW) -> Identity:
    question = broker.ask(CALLBACK)
    return broker.identify(question, CALLBACK, issuer.authorize(question.address), at=at)


def failure(broker: OidcBroker, issuer: Issuer, at: datetime = NOW) -> str:
    with pytest.raises(BrokerFailed) as caught:
        signed_in(broker, issuer, at)
    return caught.value.case


def test_who_signs_in_is_who_the_token_says(broker: OidcBroker, issuer: Issuer) -> None:
    assert signed_in(broker, issuer) == Identity(
        issuer=issuer.address,
        subject="subject-1",
        email="ktos@example.org",
        is_email_verified=True,
        name="Ktoś",
        is_multi_factor=False,
    )


def test_the_question_carries_what_makes_its_answer_ours_alone(broker: OidcBroker, issuer: Issuer) -> None:
    first, second = broker.ask(CALLBACK), broker.ask(CALLBACK)
    for name in ("state", "nonce", "verifier"):
        assert len(getattr(first, name)) >= 32
        assert getattr(first, name) != getattr(second, name)
    assert first.verifier not in first.address
    assert "code_challenge_method=S256" in first.address
    assert "client_secret" not in first.address
    assert CLIENT_SECRET not in first.address


DISBELIEVED: dict[str, Break] = {
    "a token of another issuer": lambda issuer: issuer.claims.update(iss="https://evil.example"),
    "a token for another audience": lambda issuer: issuer.claims.update(aud="somebody-else"),
    "a token for others as well": lambda issuer: issuer.claims.update(
        aud=[CLIENT_ID, "somebody-else"], azp=CLIENT_ID
    ),
    "a token given to somebody else": lambda issuer: issuer.claims.update(azp="somebody-else"),
    "no audience": lambda issuer: issuer.claims.update(aud=None),
    "an expired token": lambda issuer: issuer.claims.update(
        exp=int((NOW - timedelta(minutes=2)).timestamp())
    ),
    "a token without an end": lambda issuer: issuer.claims.update(exp=None),
    "an old token that has not expired": lambda issuer: issuer.claims.update(
        iat=int((NOW - timedelta(hours=1)).timestamp())
    ),
    "a token of the future": lambda issuer: issuer.claims.update(
        iat=int((NOW + timedelta(hours=1)).timestamp())
    ),
    "a token not valid yet": lambda issuer: issuer.claims.update(
        nbf=int((NOW + timedelta(hours=1)).timestamp())
    ),
    "the nonce of another question": lambda issuer: issuer.claims.update(nonce="of another question"),
    "no nonce": lambda issuer: issuer.claims.update(nonce=None),
    "no subject": lambda issuer: issuer.claims.update(sub=None),
    "an empty subject": lambda issuer: issuer.claims.update(sub=""),
    "a subject that is a number": lambda issuer: issuer.claims.update(sub=7),
    "an endless subject": lambda issuer: issuer.claims.update(sub="x" * 256),
    "another access token": lambda issuer: issuer.claims.update(at_hash="AAAAAAAAAAAAAAAAAAAAAA"),
    "a key nobody publishes": lambda issuer: setattr(issuer, "signs_with", key("second")),
    "no signature": lambda issuer: setattr(issuer, "id_token", _unsigned(issuer)),
    "a signature with the shared secret": lambda issuer: setattr(issuer, "id_token", _with_secret(issuer)),
    "a signature with the public key as a secret": lambda issuer: setattr(
        issuer, "id_token", _with_public_key(issuer)
    ),
    "words that are no token": lambda issuer: setattr(issuer, "id_token", "x.y.z"),
    "userinfo about somebody else": lambda issuer: (
        issuer.claims.update(email=None),
        issuer.userinfo.update(sub="subject-2", email="ofiara@example.org", email_verified=True),
    ),
}


@pytest.mark.parametrize("what", DISBELIEVED)
def test_a_token_that_does_not_hold_together_is_disbelieved(
    broker: OidcBroker, issuer: Issuer, what: str
) -> None:
    DISBELIEVED[what](issuer)
    assert failure(broker, issuer) == "untrusted"


def _claims(issuer: Issuer) -> dict[str, object]:
    now = int(NOW.timestamp())
    return {"iss": issuer.address, "sub": "subject-1", "aud": CLIENT_ID, "iat": now, "exp": now + 300}


def _unsigned(issuer: Issuer) -> str:
    import base64

    def part(value: object) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()

    return f"{part({'alg': 'none'})}.{part(_claims(issuer))}."


def _with_secret(issuer: Issuer) -> str:
    return jwt.encode({"alg": "HS256"}, _claims(issuer), OctKey.import_key(CLIENT_SECRET * 3))


def _with_public_key(issuer: Issuer) -> str:
    secret = OctKey.import_key(b"n" + key().as_bytes(encoding="DER", private=False))
    return jwt.encode({"alg": "HS256", "kid": key().kid}, _claims(issuer), secret)


def test_a_clock_that_is_a_little_off_does_no_harm(broker: OidcBroker, issuer: Issuer) -> None:
    assert signed_in(broker, issuer, NOW - timedelta(seconds=30)).subject == "subject-1"
    assert failure(broker, issuer, NOW + timedelta(minutes=20)) == "untrusted"


def test_an_answer_to_another_question_is_refused(broker: OidcBroker, issuer: Issuer) -> None:
    question, other = broker.ask(CALLBACK), broker.ask(CALLBACK)
    answer = issuer.authorize(question.address)
    for wrong in (
        answer | {"state": other.state},
        answer | {"state": ""},
        {"code": answer["code"]},
        {"state": question.state},
        answer | {"iss": "https://evil.example"},
        answer | {"state": question.state + "ą"},
    ):
        with pytest.raises(BrokerFailed, match="mismatched"):
            broker.identify(question, CALLBACK, wrong, at=NOW)
    assert "/token" not in issuer.asked
    assert broker.identify(question, CALLBACK, answer | {"iss": issuer.address}, at=NOW)


def test_a_code_counts_once_and_for_the_browser_that_asked(broker: OidcBroker, issuer: Issuer) -> None:
    question = broker.ask(CALLBACK)
    answer = issuer.authorize(question.address)
    stolen = issuer.authorize(question.address)
    thief = replace(broker.ask(CALLBACK), state=question.state)
    broker.identify(question, CALLBACK, answer, at=NOW)
    for asker, given in ((question, answer), (thief, stolen), (question, answer | {"code": "made up"})):
        with pytest.raises(BrokerFailed, match="mismatched"):
            broker.identify(asker, CALLBACK, given, at=NOW)


@pytest.mark.parametrize(
    ("error", "case"),
    [
        ("access_denied", "denied"),
        ("login_required", "denied"),
        ("temporarily_unavailable", "unreachable"),
        ("server_error", "unreachable"),
    ],
)
def test_a_refusal_of_the_broker_is_told_from_its_failure(
    broker: OidcBroker, issuer: Issuer, error: str, case: str
) -> None:
    question = broker.ask(CALLBACK)
    with pytest.raises(BrokerFailed) as caught:
        broker.identify(question, CALLBACK, {"state": question.state, "error": error}, at=NOW)
    assert caught.value.case == case
    assert "/token" not in issuer.asked


BROKEN: dict[str, tuple[str, tuple[int, dict[str, str], bytes]]] = {
    "no metadata": ("/.well-known/openid-configuration", (500, {}, b"")),
    "metadata that are no JSON": ("/.well-known/openid-configuration", (200, {}, b"<html>")),
    "metadata that are a list": ("/.well-known/openid-configuration", (200, {}, b"[]")),
    "metadata somewhere else": (
        "/.well-known/openid-configuration",
        (302, {"Location": "http://169.254.169.254/"}, b""),
    ),
    "endless metadata": ("/.well-known/openid-configuration", (200, {}, b" " * 1_100_000 + b"{}")),
    "no keys": ("/keys", (404, {}, b"{}")),
    "a token endpoint that breaks": ("/token", (500, {}, b"")),
    "a token endpoint that speaks of something else": ("/token", (200, {}, b"<html>")),
}


@pytest.mark.parametrize("what", BROKEN)
def test_a_broker_that_does_not_answer_as_one_is_unreachable(
    broker: OidcBroker, issuer: Issuer, what: str
) -> None:
    path, answer = BROKEN[what]
    issuer.answers[path] = answer
    assert failure(broker, issuer) == "unreachable"


def test_a_broker_that_is_not_there_is_unreachable() -> None:
    with running(lambda: NOW) as issuer:
        gone = issuer.address
    broker = OidcBroker(issuer=gone, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
    with pytest.raises(BrokerFailed, match="unreachable"):
        broker.ask(CALLBACK)


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
        {"token_endpoint": ""},
    ],
)
def test_a_broker_is_not_followed_to_unsafe_places(
    broker: OidcBroker, issuer: Issuer, metadata: dict[str, str]
) -> None:
    issuer.metadata.update(metadata)
    assert failure(broker, issuer) == "untrusted"


def test_an_issuer_on_an_open_line_is_not_asked() -> None:
    broker = OidcBroker(issuer="http://sso.example.org", client_id="x", client_secret="")
    with pytest.raises(BrokerFailed, match="untrusted"):
        broker.ask(CALLBACK)


def test_the_broker_may_change_its_keys(broker: OidcBroker, issuer: Issuer, ticking: Ticking) -> None:
    signed_in(broker, issuer)
    issuer.signs_with = key("second")
    issuer.published = [key("second")]
    assert failure(broker, issuer) == "untrusted", "asked anew too often"
    ticking.at += 61
    assert signed_in(broker, issuer)


def test_what_the_broker_publishes_is_not_asked_for_at_every_sign_in(
    broker: OidcBroker, issuer: Issuer, ticking: Ticking
) -> None:
    for _ in range(3):
        signed_in(broker, issuer)
    assert issuer.asked.count("/keys") == 1
    ticking.at += 3601
    signed_in(broker, issuer)
    assert issuer.asked.count("/keys") == 2


def test_an_address_told_at_the_userinfo_endpoint_counts_too(broker: OidcBroker, issuer: Issuer) -> None:
    issuer.claims.update(email=None, email_verified=None, name=None)
    issuer.userinfo.update(email="ktos@example.org", email_verified="true", name="Ktoś")
    found = signed_in(broker, issuer)
    assert (found.email, found.is_email_verified, found.name) == ("ktos@example.org", True, "Ktoś")


@pytest.mark.parametrize(
    ("claims", "is_verified"),
    [
        ({"email_verified": True}, True),
        ({"email_verified": "true"}, True),
        ({"email_verified": False}, False),
        ({"email_verified": "false"}, False),
        ({"email_verified": None}, False),
        ({"email_verified": 1}, False),
        ({"email_verified": ["yes"]}, False),
        ({"email": ["a@example.org"]}, True),
    ],
)
def test_only_an_address_said_to_be_verified_is(
    broker: OidcBroker, issuer: Issuer, claims: dict[str, object], is_verified: bool
) -> None:
    issuer.claims.update(claims)
    assert signed_in(broker, issuer).is_email_verified is is_verified


@pytest.mark.parametrize(
    ("claims", "is_multi_factor"),
    [
        ({"amr": ["pwd"]}, False),
        ({"amr": ["pwd", "otp", "mfa"]}, True),
        ({"acr": "1"}, False),
        ({"acr": "http://eidas.europa.eu/LoA/low"}, False),
        ({"acr": "http://eidas.europa.eu/LoA/substantial"}, True),
        ({"acr": "https://refeds.org/profile/mfa"}, True),
        ({"acr": ["https://refeds.org/profile/mfa"]}, False),
    ],
)
def test_a_second_factor_counts_when_the_broker_says_it_saw_one(
    broker: OidcBroker, issuer: Issuer, claims: dict[str, object], is_multi_factor: bool
) -> None:
    issuer.claims.update(claims)
    assert signed_in(broker, issuer).is_multi_factor is is_multi_factor
