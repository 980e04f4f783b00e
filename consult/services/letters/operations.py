"""Letters about the installation itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from consult.services.letters.recipients import Gatherer, Recipient


def gather_test(_recipient: Recipient, _ref: Mapping[str, Any], now: datetime) -> Mapping[str, Any]:
    """The letter `consult mail test` sends."""
    return {"sent_at": now}


GATHERERS: dict[str, Gatherer] = {"operations/test": gather_test}
