"""OpenID Connect with the authorization code flow and PKCE, by Authlib.

What has to hold (OpenID Connect Core 1.0, 3.1.2 and 3.1.3; RFC 7636; RFC 9207; RFC 9700): the answer carries the state
and, where given, the issuer we asked; the code is exchanged with the verifier only we know; the ID token is signed by a
key the issuer publishes, with an algorithm of public keys, is from that issuer, for us and nobody besides, carries our
nonce and is of now. Nothing is taken from redirects, and nobody is asked over an open line outside of this machine.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import OpenIDProviderMetadata
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from urllib3.exceptions import HTTPError

from consult.ports.identity import BrokerFailed, Identity, Question

SCOPE = "openid email profile"
TIMEOUT_SECONDS = (5, 10)
"""To connect, and between two pieces of an answer."""

LARGEST_ANSWER_BYTES = 1_000_000
KEPT_SECONDS = 3600
"""How long what the issuer publishes about itself is believed without asking again."""

ASKED_ANEW_SECONDS = 60
"""How often an unknown key may make us ask for the keys anew."""

LEEWAY_SECONDS = 60
"""How far the issuer's clock may be from ours."""

OLDEST_TOKEN_SECONDS = 600

ALGORITHMS = [
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
]
"""Signatures with public keys only: neither "none" nor those made with the shared secret."""

MULTI_FACTOR_AMR = "mfa"
"""RFC 8176."""

MULTI_FACTOR_ACR = frozenset(
    {
        "http://eidas.europa.eu/LoA/substantial",
        "http://eidas.europa.eu/LoA/high",
        "https://refeds.org/profile/mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    }
)
"""Levels that cannot be reached with a password alone; eIDAS levels by Regulation (EU) 2015/1502, 2.2.1."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What the issuer publishes about itself, and when it was asked (monotonic seconds)."""

    metadata: Mapping[str, Any]
    keys: KeySet
    asked_at: float


class OidcBroker:
    """One issuer; `clock` gives seconds that only grow."""

    def __init__(
        self,
        *,
        issuer: str,
        client_id: str,
        client_secret: str,
        label: str = "",
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._issuer = issuer
        self._client_id = client_id
        self._client_secret = client_secret
        self._label = label or urlsplit(issuer).hostname or issuer
        self._clock = clock
        self._known: _Known | None = None
        self._lock = threading.Lock()

    @property
    def label(self) -> str:
        return self._label

    def ask(self, callback: str) -> Question:
        metadata = self._published().metadata
        verifier, nonce = secrets.token_urlsafe(48), secrets.token_urlsafe(24)
        with self._client(metadata, callback) as client:
            address, state = client.create_authorization_url(
                metadata["authorization_endpoint"],
                state=secrets.token_urlsafe(24),
                nonce=nonce,
                code_verifier=verifier,
            )
        return Question(address=address, state=state, nonce=nonce, verifier=verifier)

    def identify(
        self, question: Question, callback: str, answer: Mapping[str, str], *, at: datetime
    ) -> Identity:
        if not secrets.compare_digest(answer.get("state", "").encode(), question.state.encode()):
            raise BrokerFailed("mismatched", "state")
        if "iss" in answer and answer["iss"].rstrip("/") != self._issuer.rstrip("/"):
            raise BrokerFailed("mismatched", "issuer of the answer")
        if "error" in answer:
            is_down = answer["error"] in ("server_error", "temporarily_unavailable")
            raise BrokerFailed("unreachable" if is_down else "denied", answer["error"][:100])
        if not answer.get("code"):
            raise BrokerFailed("mismatched", "no code")
        known = self._published()
        token = self._exchanged(known.metadata, callback, answer["code"], question.verifier)
        claims = self._claims(token, question.nonce, at)
        return _identity(self._issuer, claims, self._told(known.metadata, token, claims))

    def _client(self, metadata: Mapping[str, Any], callback: str) -> OAuth2Session:
        offered = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        method = "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"
        client = OAuth2Session(
            client_id=self._client_id,
            client_secret=self._client_secret or None,
            token_endpoint_auth_method=method if self._client_secret else "none",
            scope=SCOPE,
            redirect_uri=callback,
            code_challenge_method="S256",
        )
        _guard(client, str(metadata["token_endpoint"]))
        return client

    def _exchanged(
        self, metadata: Mapping[str, Any], callback: str, code: str, verifier: str
    ) -> Mapping[str, Any]:
        try:
            with self._client(metadata, callback) as client:
                token: Mapping[str, Any] = client.fetch_token(
                    metadata["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=verifier,
                    timeout=TIMEOUT_SECONDS,
                    allow_redirects=False,
                )
        except requests.RequestException as error:
            raise BrokerFailed("unreachable", type(error).__name__) from error
        except AuthlibBaseError as error:  # the code was used before, is out of date, or not ours
            raise BrokerFailed("mismatched", str(error.error)[:100]) from error
        except ValueError as error:
            raise BrokerFailed("unreachable", "the token endpoint answers in no known way") from error
        if not isinstance(token.get("id_token"), str):
            raise BrokerFailed("untrusted", "no ID token")
        return token

    def _claims(self, token: Mapping[str, Any], nonce: str, at: datetime) -> CodeIDToken:
        decoded = self._verified(token["id_token"])
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            options={
                "iss": {"value": self._published().metadata["issuer"]},
                "aud": {"value": self._client_id},
            },
            params={
                "nonce": nonce,
                "client_id": self._client_id,
                "access_token": token.get("access_token"),
            },
        )
        now = int(at.timestamp())
        try:
            claims.validate(now=now, leeway=LEEWAY_SECONDS)
        except (JoseError, AuthlibBaseError, ValueError, TypeError) as error:
            raise BrokerFailed("untrusted", str(error)[:200]) from error
        audience = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if audience != [self._client_id]:
            raise BrokerFailed("untrusted", "the token is for others as well")
        if now - int(claims["iat"]) > OLDEST_TOKEN_SECONDS:
            raise BrokerFailed("untrusted", "the token is old")
        if not isinstance(claims["sub"], str) or not 0 < len(claims["sub"]) <= 255:
            raise BrokerFailed("untrusted", "no subject")
        return claims

    def _verified(self, id_token: str) -> jwt.Token:
        """The token, if a key the issuer publishes signed it; an unknown key makes us ask for the keys anew."""
        for is_second_try in (False, True):
            keys = self._published(anew=is_second_try).keys
            try:
                return jwt.decode(id_token, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError, TypeError, KeyError) as error:
                if is_second_try:
                    raise BrokerFailed("untrusted", f"signature: {error}"[:200]) from error
        raise AssertionError("unreachable")

    def _told(
        self, metadata: Mapping[str, Any], token: Mapping[str, Any], claims: CodeIDToken
    ) -> Mapping[str, Any]:
        """What the issuer tells of the person: the ID token's claims, the rest from the userinfo endpoint."""
        address = metadata.get("userinfo_endpoint")
        if "email" in claims or not address or not token.get("access_token"):
            return claims
        told = self._fetched(address, {"Authorization": f"Bearer {token['access_token']}"})
        if told.get("sub") != claims["sub"]:
            raise BrokerFailed("untrusted", "userinfo is about somebody else")
        return {**told, **claims}

    def _published(self, *, anew: bool = False) -> _Known:
        """What the issuer publishes about itself. Raises BrokerFailed."""
        with self._lock:
            known, now = self._known, self._clock()
            age = now - known.asked_at if known else None
            if known is not None and age is not None and age < (ASKED_ANEW_SECONDS if anew else KEPT_SECONDS):
                return known
            metadata = OpenIDProviderMetadata(
                self._fetched(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            )
            if str(metadata.get("issuer", "")).rstrip("/") != self._issuer.rstrip("/"):
                raise BrokerFailed("untrusted", "another issuer is published at this address")
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                _check_line(str(metadata.get(name, "")))
            try:
                keys = KeySet.import_key_set(self._fetched(metadata["jwks_uri"]))  # type: ignore[arg-type]
            except (JoseError, ValueError, TypeError, KeyError) as error:
                raise BrokerFailed("untrusted", "no keys") from error
            self._known = _Known(metadata, keys, now)
            return self._known

    def _fetched(self, address: str, headers: Mapping[str, str] | None = None) -> dict[str, Any]:
        """The JSON object at an address. Raises BrokerFailed."""
        _check_line(address)
        try:
            with requests.Session() as session:
                _guard(session, address)
                with session.get(
                    address,
                    headers={"Accept": "application/json", **(headers or {})},
                    timeout=TIMEOUT_SECONDS,
                    allow_redirects=False,
                    stream=True,
                ) as answer:
                    if answer.status_code != 200:
                        raise BrokerFailed("unreachable", f"{address} answers {answer.status_code}")
                    body = answer.raw.read(LARGEST_ANSWER_BYTES + 1, decode_content=True)
        except (OSError, HTTPError) as error:
            raise BrokerFailed("unreachable", type(error).__name__) from error
        try:
            told = json.loads(body) if len(body) <= LARGEST_ANSWER_BYTES else None
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise BrokerFailed("unreachable", f"{address} answers in no known way")
        return told


def _identity(issuer: str, claims: Mapping[str, Any], told: Mapping[str, Any]) -> Identity:
    email, name = told.get("email"), told.get("name")
    amr = claims.get("amr") or []
    return Identity(
        issuer=issuer.rstrip("/"),
        subject=claims["sub"],
        email=email.strip() if isinstance(email, str) else "",
        # some brokers write booleans as words
        is_email_verified=told.get("email_verified") is True or told.get("email_verified") == "true",
        name=name.strip() if isinstance(name, str) else "",
        is_multi_factor=MULTI_FACTOR_AMR in amr or str(claims.get("acr")) in MULTI_FACTOR_ACR,
    )


def _guard(session: requests.Session, address: str) -> None:
    """Take no password from the machine's .netrc, but leave by its proxy where it has one."""
    session.trust_env = False
    if not _is_loopback(urlsplit(address).hostname or ""):
        session.proxies.update(requests.utils.get_environ_proxies(address))


def _check_line(address: str) -> None:
    """Nobody is asked over an open line, but for this machine itself. Raises BrokerFailed."""
    parts = urlsplit(address)
    if parts.scheme == "https" and parts.hostname:
        return
    if parts.scheme == "http" and _is_loopback(parts.hostname or ""):
        return
    raise BrokerFailed("untrusted", f"no safe address: {address[:200]}")


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
