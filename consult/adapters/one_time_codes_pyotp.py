"""Time-based one-time codes (RFC 6238) computed by pyotp."""

from __future__ import annotations

import hmac
from datetime import datetime

import pyotp

STEP_SECONDS = 30
TOLERANCE = 1
"""How many steps the phone's clock may be off, either way."""


class PyotpCodes:
    def new_secret(self) -> str:
        return pyotp.random_base32()  # 160 bits, as RFC 4226 recommends

    def step_of(self, secret: str, code: str, at: datetime) -> int | None:
        codes = pyotp.TOTP(secret, interval=STEP_SECONDS)
        now = int(at.timestamp()) // STEP_SECONDS
        found = None
        for step in range(now - TOLERANCE, now + TOLERANCE + 1):
            if hmac.compare_digest(codes.at(step * STEP_SECONDS).encode(), code.encode()):
                found = step
        return found

    def address(self, secret: str, *, account: str, installation: str) -> str:
        return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(
            name=account, issuer_name=installation
        )
