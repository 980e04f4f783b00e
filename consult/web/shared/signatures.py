"""Values that travel through browsers signed, so that nobody brings their own."""

from __future__ import annotations

from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer


def signed(value: object, purpose: str) -> str:
    """JSON of `value` with a signature that holds for one purpose, fit for an address."""
    return str(_signer(purpose).dumps(value))


def read_signed(text: str, purpose: str) -> Any:
    """The value in such words; None where they are none of ours or were signed for another purpose."""
    try:
        return _signer(purpose).loads(text)
    except BadSignature:
        return None


def _signer(purpose: str) -> URLSafeSerializer:
    return URLSafeSerializer(current_app.secret_key or "", salt=purpose)
