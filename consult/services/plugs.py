"""The plugs the application was built with, for pages and commands that need the moment, a decorator or kept files."""

from __future__ import annotations

from consult.storage.unit_of_work import current_ports

__all__ = ["current_ports"]
