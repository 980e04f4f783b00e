"""Files kept aside in a folder of the store."""

from __future__ import annotations

import errno
import json
import re
import secrets
import shutil
import tempfile
import time
from contextlib import suppress
from pathlib import Path

DAY_SECONDS = 86_400
_TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")

SMALLEST_ROOM = 100_000_000
"""Bytes free below which the disk counts as full: the database and its log need room to go on."""


class LocalFiles:
    """One file for the content and one beside it for the name; what is older than a day goes when another comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes, *, name: str) -> str:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.tidy()
        token = secrets.token_urlsafe(24)
        (self._folder / f"{token}.json").write_text(json.dumps({"name": name}))
        (self._folder / token).write_bytes(content)
        return token

    def find(self, token: str) -> tuple[bytes, str] | None:
        if not _TOKEN.fullmatch(token):
            return None
        try:
            name = json.loads((self._folder / f"{token}.json").read_text())["name"]
            return (self._folder / token).read_bytes(), str(name)
        except OSError:
            return None

    def drop(self, token: str) -> None:
        if _TOKEN.fullmatch(token):
            (self._folder / token).unlink(missing_ok=True)
            (self._folder / f"{token}.json").unlink(missing_ok=True)

    def problem(self) -> str:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self._folder) as probe:
                probe.write(b"probe")
            return "" if shutil.disk_usage(self._folder).free > SMALLEST_ROOM else "full"
        except OSError as error:
            return "full" if error.errno == errno.ENOSPC else "not_writable"

    def tidy(self) -> None:
        if not self._folder.exists():
            return
        limit = time.time() - DAY_SECONDS
        for path in self._folder.iterdir():
            with suppress(OSError):
                if path.stat().st_mtime < limit:
                    path.unlink()
