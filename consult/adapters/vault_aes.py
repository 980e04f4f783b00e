"""Secrets encrypted with AES-256-GCM (NIST SP 800-38D) under a key derived from the installation's by HKDF (RFC 5869)."""

from __future__ import annotations

import base64
import binascii
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from consult.ports.vault import Unreadable

FORMAT = "v1."
PURPOSE = b"consult vault 1"
KEY_BYTES = 32
NONCE_BYTES = 12


class AesVault:
    """`secret_key` is the installation's key; what belongs to one thing cannot be read as another's."""

    def __init__(self, secret_key: str) -> None:
        derive = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE)
        self._cipher = AESGCM(derive.derive(secret_key.encode()))

    def lock(self, text: str, *, about: str) -> str:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return FORMAT + base64.urlsafe_b64encode(
            nonce + self._cipher.encrypt(nonce, text.encode(), about.encode())
        ).decode("ascii")

    def unlock(self, locked: str, *, about: str) -> str:
        if not locked.startswith(FORMAT):
            raise Unreadable
        try:
            kept = base64.urlsafe_b64decode(locked.removeprefix(FORMAT))
            return self._cipher.decrypt(kept[:NONCE_BYTES], kept[NONCE_BYTES:], about.encode()).decode()
        except (InvalidTag, ValueError, binascii.Error) as error:
            raise Unreadable from error
