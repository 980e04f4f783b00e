"""What the index calls things: a kind and an id, `section_text:12`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

BATCH = 500


def ref_of(kind: str, row_id: int | str) -> str:
    return f"{kind}:{row_id}"


def split_refs(refs: Collection[str]) -> dict[str, list[int]]:
    """Ids by kind."""
    found: dict[str, list[int]] = defaultdict(list)
    for ref in refs:
        kind, _, row_id = ref.partition(":")
        if row_id.isdigit():
            found[kind].append(int(row_id))
    return found
