"""A Merkle tree proves what it holds, and proves nothing else."""

from __future__ import annotations

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.domain.history.merkle import (
    EMPTY_ROOT,
    consistency_proof,
    inclusion_proof,
    is_subtree,
    leaf_hash,
    node_hash,
    root,
    subtree_consistency_proof,
    verify_consistency,
    verify_inclusion,
    verify_subtree_consistency,
    verify_subtree_inclusion,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(33)]
OTHER = sha256(b"another").digest()


def root_by_definition(leaves: list[bytes]) -> bytes:
    """RFC 9162, section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1
    while split * 2 < len(leaves):
        split *= 2
    return node_hash(root_by_definition(leaves[:split]), root_by_definition(leaves[split:]))


@pytest.mark.parametrize("size", range(len(LEAVES) + 1))
def test_the_root_is_that_of_the_standard(size: int) -> None:
    assert root(LEAVES[:size]) == root_by_definition(LEAVES[:size])


def test_a_leaf_and_a_node_over_the_same_bytes_differ() -> None:
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13, 32, 33])
def test_every_leaf_can_be_proved_and_only_at_its_place(size: int) -> None:
    leaves = LEAVES[:size]
    for index, leaf in enumerate(leaves):
        proof = inclusion_proof(leaves, index)
        assert verify_inclusion(index, size, leaf, proof, root(leaves))
        assert not any(
            verify_inclusion(elsewhere, size, leaf, proof, root(leaves))
            for elsewhere in range(-1, size + 1)
            if elsewhere != index
        )


@pytest.mark.parametrize("new_size", [1, 2, 3, 6, 8, 11, 16, 21])
def test_every_earlier_tree_can_be_proved_unaltered(new_size: int) -> None:
    new = LEAVES[:new_size]
    for old_size in range(1, new_size + 1):
        proof = consistency_proof(new, old_size)
        old_root = root(new[:old_size])
        assert verify_consistency(old_size, new_size, old_root, root(new), proof)
        altered = root([OTHER, *new[1:old_size]])
        assert not verify_consistency(old_size, new_size, altered, root(new), proof)


def subtrees(size: int) -> list[tuple[int, int]]:
    return [(a, b) for a in range(size) for b in range(a + 1, size + 1) if is_subtree(a, b)]


@pytest.mark.parametrize("size", [1, 2, 3, 6, 8, 11, 16, 21])
def test_every_subtree_can_be_proved_part_of_its_tree(size: int) -> None:
    tree = LEAVES[:size]
    for start, end in subtrees(size):
        subtree_root = root(tree[start:end])
        proof = subtree_consistency_proof(tree, start, end)
        assert verify_subtree_consistency(start, end, size, subtree_root, root(tree), proof)
        assert not verify_subtree_consistency(start, end, size, OTHER, root(tree), proof)
        assert not verify_subtree_consistency(start, end, size, subtree_root, OTHER, proof)
        for index in range(start, end):
            steps = inclusion_proof(tree[start:end], index - start)
            assert verify_subtree_inclusion(index, start, end, tree[index], steps, subtree_root)


def test_leaves_that_share_no_node_are_no_subtree() -> None:
    assert not is_subtree(1, 3)
    assert not is_subtree(2, 6)
    assert is_subtree(4, 7)
    with pytest.raises(IndexError):
        subtree_consistency_proof(LEAVES, 1, 3)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 33), st.data())
def test_an_altered_proof_is_refused(size: int, data: st.DataObject) -> None:
    leaves = LEAVES[:size]
    index = data.draw(st.integers(0, size - 1))
    proof = inclusion_proof(leaves, index)
    kind = data.draw(st.sampled_from(["longer", "shorter", "altered"]))
    if kind == "longer" or not proof:
        altered = [*proof, OTHER]
    elif kind == "shorter":
        altered = proof[:-1]
    else:
        at = data.draw(st.integers(0, len(proof) - 1))
        altered = [*proof[:at], OTHER, *proof[at + 1 :]]

    assert not verify_inclusion(index, size, leaves[index], altered, root(leaves))


def test_a_proof_whose_steps_are_not_hashes_is_refused() -> None:
    """Two steps of 31 and 33 bytes could otherwise spell the same node."""
    proof = inclusion_proof(LEAVES[:4], 0)

    assert not verify_inclusion(0, 4, LEAVES[0], [proof[0] + b"x", proof[1]], root(LEAVES[:4]))
    assert not verify_inclusion(0, 4, LEAVES[0][:31], proof, root(LEAVES[:4]))


def test_an_empty_old_tree_proves_nothing_but_an_empty_subtree_is_part_of_all() -> None:
    assert not verify_consistency(0, 4, EMPTY_ROOT, root(LEAVES[:4]), [])
    assert verify_subtree_consistency(2, 2, 4, EMPTY_ROOT, root(LEAVES[:4]), [])
