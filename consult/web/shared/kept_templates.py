"""Compiled templates, kept in the store's folder: what one web process has compiled, the others and the next start need not.

To compile all of them takes a process some seconds, and readers wait for it page by page. What is kept is code: the folder
is open to nobody but the store's owner, as the store is. What cannot be read is compiled, and what cannot be kept, say on
a full disk, is compiled by every process, as it would be without all this.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from flask import Flask
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket


class KeptTemplates(FileSystemBytecodeCache):
    """Compiled templates in files of a folder; one that has changed since is compiled anew."""

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):
            super().dump_bytecode(bucket)


def keep_templates(app: Flask, folder: Path) -> None:
    """Keep what an application compiles in a folder, which is made if need be; one of others is left alone."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)
        if not folder.stat().st_mode & 0o077:
            app.jinja_env.bytecode_cache = KeptTemplates(str(folder))
