"""An OpenID Connect issuer on loopback that does what it is told, right or wrong: for what a real one cannot be made to do."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT_ID = "konsultacje"
CLIENT_SECRET = "a secret of tests"


@cache
def key(name: str = "first") -> RSAKey:
    return RSAKey.generate_key(2048, {"kid": name, "use": "sig", "alg": "RS256"})


@dataclass
class Issuer:
    """`claims` change the ID token (None drops a claim), `metadata` what is published, `answers` replace whole answers
    by path: (status, headers, body)."""

    address: str = ""
    now: Callable[[], datetime] = datetime.now
    claims: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    published: list[RSAKey] = field(default_factory=lambda: [key()])
    signs_with: RSAKey = field(default_factory=key)
    algorithm: str = "RS256"
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    id_token: str = ""

    def authorize(self, address: str) -> dict[str, str]:
        """What somebody's browser would be sent back with from the address of a question."""
        query = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{len(self.codes) + 1}"
        self.codes[code] = query
        return {"code": code, "state": query["state"]}

    def openid(self) -> Mapping[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
        } | self.metadata

    def token(self, form: Mapping[str, str], authorization: str) -> tuple[int, Mapping[str, Any]]:
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".replace(" ", "%20").encode()).decode()
        plain = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if authorization not in (f"Basic {expected}", f"Basic {plain}"):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form.get("code", ""), None)  # a code works once
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            asked is None
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form["redirect_uri"]
        ):
            return 400, {"error": "invalid_grant"}
        now = int(self.now().timestamp())
        claims = {
            "iss": self.address,
            "sub": "subject-1",
            "aud": CLIENT_ID,
            "exp": now + 300,
            "iat": now,
            "nonce": asked.get("nonce"),
            "email": "ktos@example.org",
            "email_verified": True,
            "name": "Ktoś",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        header = {"alg": self.algorithm, "kid": self.signs_with.kid}
        token = self.id_token or jwt.encode(header, claims, self.signs_with, algorithms=[self.algorithm])
        return 200, {"access_token": "access", "token_type": "Bearer", "expires_in": 300, "id_token": token}


class _Handler(BaseHTTPRequestHandler):
    issuer: Issuer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.issuer.asked.append(path)
        if path in self.issuer.answers:
            self._send(*self.issuer.answers[path])
        elif path == "/.well-known/openid-configuration":
            self._json(200, self.issuer.openid())
        elif path == "/keys":
            self._json(200, KeySet(self.issuer.published).as_dict(private=False))
        elif path == "/userinfo" and self.headers.get("Authorization") == "Bearer access":
            self._json(200, {"sub": "subject-1"} | self.issuer.userinfo)
        else:
            self._json(404, {})

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        self.issuer.asked.append(path)
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        if path in self.issuer.answers:
            self._send(*self.issuer.answers[path])
            return
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self._json(*self.issuer.token(form, self.headers.get("Authorization", "")))

    def _json(self, status: int, told: Mapping[str, Any]) -> None:
        self._send(status, {"Content-Type": "application/json"}, json.dumps(told).encode())

    def _send(self, status: int, headers: Mapping[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running(now: Callable[[], datetime]) -> Iterator[Issuer]:
    """An issuer that answers until the end of the block."""
    issuer = Issuer(now=now)
    handler = type("Handler", (_Handler,), {"issuer": issuer})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    issuer.address = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield issuer
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
