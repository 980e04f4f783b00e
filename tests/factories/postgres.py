"""A throw-away PostgreSQL server for tests: TEST_DATABASE_URL, else Debian's programs, else a reason to skip."""

from __future__ import annotations

import atexit
import functools
import importlib.util
import itertools
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

_NUMBERS = itertools.count(1)


def new_postgres() -> str:
    """The address of a fresh, migrated PostgreSQL database; skips the test with a reason where there is none."""
    if importlib.util.find_spec("psycopg") is None:
        pytest.skip("PostgreSQL: the driver psycopg is not installed")
    return _copy(_migrated(_found_server()))


def copy_of(url: str) -> str:
    """The address of a copy of a database made by `new_postgres`, to which nobody is connected."""
    return _copy(url.rsplit("/", 1)[1])


def _copy(template: str) -> str:
    server, name = _found_server(), f"consult_{os.getpid()}_{next(_NUMBERS)}"
    _admin(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return _address(server, name)


def _found_server() -> str:
    server = os.environ.get("TEST_DATABASE_URL") or _server()
    if server is None:
        pytest.skip("PostgreSQL: no TEST_DATABASE_URL and no /usr/lib/postgresql/*/bin")
    return server


def _address(server: str, database: str) -> str:
    return f"{server.rsplit('/', 1)[0]}/{database}"


@functools.cache
def _migrated(server: str) -> str:
    from consult.storage.migrate import upgrade_database
    from tests.factories.apps import opened

    name = f"consult_{os.getpid()}_schema"
    _admin(server, f'CREATE DATABASE "{name}"')
    with opened(_address(server, name)):
        upgrade_database()
    return name


def _admin(server: str, statement: str) -> None:
    import psycopg

    with psycopg.connect(
        server.replace("postgresql+psycopg://", "postgresql://"), autocommit=True
    ) as connection:
        connection.execute(statement)


@functools.cache
def _server() -> str | None:
    """The address of a server started for this process and stopped with it."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not programs:
        return None
    bin_folder = programs[-1].parent
    folder = Path(tempfile.mkdtemp(prefix="consult-postgres-"))
    user = _unprivileged(folder)
    subprocess.run(
        [bin_folder / "initdb", "-D", folder / "data", "-U", "consult", "-A", "trust", "-E", "UTF8"],
        check=True,
        capture_output=True,
        user=user,
        cwd=folder,
    )
    port = _free_port()
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    pg_ctl = [bin_folder / "pg_ctl", "-D", folder / "data", "-w"]
    subprocess.run(
        [*pg_ctl, "-l", folder / "log", "-o", options, "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        user=user,
        cwd=folder,
    )

    def stop() -> None:
        subprocess.run([*pg_ctl, "-m", "immediate", "stop"], capture_output=True, user=user, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)

    atexit.register(stop)
    return f"postgresql+psycopg://consult@127.0.0.1:{port}/postgres"


def _unprivileged(folder: Path) -> str | None:
    """The user the server runs as: initdb refuses root."""
    if os.getuid() != 0:
        return None
    user = pwd.getpwnam("postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return "postgres"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
