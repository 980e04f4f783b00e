"""What a password must be."""

from __future__ import annotations

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200
