"""The sockets of the running application, for pages and commands: they open no transactions, but need the
clock, the queue and the renderer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from consult.ports.bundle import Ports
from consult.storage.unit_of_work import PORTS_KEY, current_ports

__all__ = ["current_ports", "ports_among"]


def ports_among(extensions: Mapping[str, Any]) -> Ports:
    """The sockets of an application, outside of any of its contexts, among what it was extended with."""
    ports: Ports = extensions[PORTS_KEY]
    return ports
