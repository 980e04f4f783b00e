"""The public proof vectors of transparency logs, most of which must be refused."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

from consult.domain.history.merkle import (
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)
from tests.real_data import real_data


def verdict(family: str, vector: dict[str, Any]) -> bool:
    proof = [b64decode(step) for step in vector["proof"] or ()]
    digest = {key: b64decode(vector[key]) for key in ("root", "root1", "root2", "leafHash") if key in vector}
    match family:
        case "inclusion":
            return verify_inclusion(
                vector["leafIdx"], vector["treeSize"], digest["leafHash"], proof, digest["root"]
            )
        case "consistency":
            return verify_consistency(
                vector["size1"], vector["size2"], digest["root1"], digest["root2"], proof
            )
        case "subtreeinclusion":
            return verify_subtree_inclusion(
                vector["leafIdx"], vector["start"], vector["end"], digest["leafHash"], proof, digest["root"]
            )
        case "subtreeconsistency":
            return verify_subtree_consistency(
                vector["start"], vector["end"], vector["size"], digest["root1"], digest["root2"], proof
            )
    raise AssertionError(f"a family of vectors nobody verifies: {family}")


def vectors() -> list[tuple[str, Path, dict[str, Any]]]:
    folder = real_data("suites", "merkle", "testdata")
    return [
        (path.relative_to(folder).parts[0], path, json.loads(path.read_text("utf-8")))
        for path in sorted(folder.rglob("*.json"))
    ]


def test_every_public_vector_is_answered_as_marked() -> None:
    wrong = [str(path) for family, path, vector in vectors() if verdict(family, vector) == vector["wantErr"]]

    assert wrong == []


def test_the_whole_suite_is_there_and_holds_both_kinds() -> None:
    marked = [vector["wantErr"] for _, _, vector in vectors()]

    assert len(marked) >= 518
    assert 0 < marked.count(False) < marked.count(True)
