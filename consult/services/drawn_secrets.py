"""Secrets drawn for links, cookies and receipts: given once to whom they are for, kept only as hashes.

A secret of 192 random bits cannot be guessed, so a single SHA-256 is enough to keep it: what is slow about hashing a
password guards words people chose.
"""

from __future__ import annotations

import hashlib
import secrets

SECRET_BYTES = 24
STAMP_BYTES = 16


def draw_secret() -> str:
    """A new secret, in letters that may stand in an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def draw_stamp() -> str:
    """A new mark of an account; links and sessions made under another one no longer hold."""
    return secrets.token_hex(STAMP_BYTES)


def hashed(secret: str) -> str:
    """What is kept of a secret. Whatever somebody typed in its place is hashed too, and is simply not found."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
