"""Merkle trees over ordered records: one hash for all of them, and short proofs about it.

Hashes are SHA-256, 32 bytes. A leaf is hashed behind the byte 0x00 and an inner node behind 0x01, so that no node
can be passed off as a leaf. A tree of n leaves is split at the largest power of two below n: trees grow at their
right edge only, which is what lets a later tree prove that it contains an earlier one unaltered.

Trees, inclusion and consistency follow RFC 9162, section 2.1. Subtrees follow "Merkle Tree Certificates"
(draft-ietf-plants-merkle-tree-certs): the leaves [start, end) form a subtree when `start` is a multiple of the
smallest power of two that is not less than their number, so that their root is a node of, or at the right edge
of, every tree that holds them.

Verifying never raises: whatever a stranger hands in, the answer is True or False.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

HASH_SIZE = 32
EMPTY_ROOT = sha256(b"").digest()
"""The root of a tree without leaves."""

_LEAF = b"\x00"
_NODE = b"\x01"


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one record as a leaf."""
    return sha256(_LEAF + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node over the hashes of its two halves."""
    return sha256(_NODE + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root of the tree over `leaves`, which are leaf hashes (see leaf_hash) in order."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        # An odd one at the right edge rises unhashed: the same tree as splitting at powers of two from the top.
        paired = [node_hash(level[at], level[at + 1]) for at in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def inclusion_proof(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The hashes that lead from leaf `index` up to the root of the tree over `leaves`."""
    if not 0 <= index < len(leaves):
        raise IndexError(f"no leaf {index} among {len(leaves)}")
    if len(leaves) == 1:
        return []
    split = _split(len(leaves))
    if index < split:
        return [*inclusion_proof(leaves[:split], index), root(leaves[split:])]
    return [*inclusion_proof(leaves[split:], index - split), root(leaves[:split])]


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], expected_root: bytes
) -> bool:
    """Whether `leaf` (a leaf hash) is number `index`, from 0, of the `size` leaves under `expected_root`."""
    if not 0 <= index < size or not _are_hashes(leaf, *proof):
        return False
    node, last, climbed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if node % 2 or node == last:
            climbed = node_hash(sibling, climbed)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            climbed = node_hash(climbed, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and climbed == expected_root


def consistency_proof(leaves: Sequence[bytes], old_size: int) -> list[bytes]:
    """The hashes that show that the first `old_size` leaves of the tree over `leaves` are an earlier tree, unaltered."""
    return subtree_consistency_proof(leaves, 0, old_size)


def verify_consistency(
    old_size: int, new_size: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the tree under `new_root` begins with the whole tree under `old_root`.

    An empty old tree proves nothing about a new one and is refused.
    """
    if old_size == 0:
        return False
    return verify_subtree_consistency(0, old_size, new_size, old_root, new_root, proof)


def is_subtree(start: int, end: int) -> bool:
    """Whether the leaves [start, end) stand under one node, now or while the tree grew."""
    return 0 <= start < end and start % _power_not_below(end - start) == 0


def verify_subtree_inclusion(
    index: int, start: int, end: int, leaf: bytes, proof: Sequence[bytes], subtree_root: bytes
) -> bool:
    """Whether `leaf` is number `index` of its whole tree and lies in the subtree [start, end) under `subtree_root`."""
    if not is_subtree(start, end):
        return False
    return verify_inclusion(index - start, end - start, leaf, proof, subtree_root)


def subtree_consistency_proof(leaves: Sequence[bytes], start: int, end: int) -> list[bytes]:
    """The hashes that show that the subtree [start, end) is part of the tree over `leaves`."""
    if not is_subtree(start, end) or end > len(leaves):
        raise IndexError(f"no subtree {start}..{end} among {len(leaves)} leaves")
    return _subtree_proof(leaves, start, end, root_known=True)


def verify_subtree_consistency(
    start: int, end: int, size: int, subtree_root: bytes, tree_root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether the subtree [start, end) under `subtree_root` is part of the tree of `size` leaves under `tree_root`.

    An empty subtree is part of every tree: true when its root is EMPTY_ROOT and nothing is offered as proof.
    """
    if not 0 <= start <= end <= size or not _are_hashes(*proof):
        return False
    if start == end:
        return not proof and subtree_root == EMPTY_ROOT
    if not is_subtree(start, end):
        return False

    # The three edges are climbed together: the subtree's left and right edge, and the tree's right edge. First up
    # to the largest node that ends where the subtree ends: the proof starts there, or at the root already known.
    left, right, last = start, end - 1, size - 1
    while left != right and (right == last or right % 2):
        left, right, last = left >> 1, right >> 1, last >> 1
    if left == right:
        start_hash, rest = subtree_root, proof
    elif proof:
        start_hash, rest = proof[0], proof[1:]
    else:
        return False

    climbed_subtree = climbed_tree = start_hash
    for sibling in rest:
        if last == 0:
            return False
        if right % 2 or right == last:
            if left < right:
                climbed_subtree = node_hash(sibling, climbed_subtree)
            climbed_tree = node_hash(sibling, climbed_tree)
            while right % 2 == 0 and right:
                left, right, last = left >> 1, right >> 1, last >> 1
        else:
            climbed_tree = node_hash(climbed_tree, sibling)
        left, right, last = left >> 1, right >> 1, last >> 1
    return last == 0 and climbed_subtree == subtree_root and climbed_tree == tree_root


def _subtree_proof(leaves: Sequence[bytes], start: int, end: int, *, root_known: bool) -> list[bytes]:
    """`root_known`: the verifier holds the root of [start, end), so it need not be sent."""
    if start == 0 and end == len(leaves):
        return [] if root_known else [root(leaves)]
    split = _split(len(leaves))
    if end <= split:
        return [*_subtree_proof(leaves[:split], start, end, root_known=root_known), root(leaves[split:])]
    if start >= split:
        inner = _subtree_proof(leaves[split:], start - split, end - split, root_known=root_known)
        return [*inner, root(leaves[:split])]
    # A subtree across the split begins at 0, so its left part is all of the left half.
    inner = _subtree_proof(leaves[split:], 0, end - split, root_known=False)
    return [*inner, root(leaves[:split])]


def _split(size: int) -> int:
    """The largest power of two below `size`, for a size of at least two."""
    return int(1 << (size - 1).bit_length() - 1)


def _power_not_below(size: int) -> int:
    return int(1 << (size - 1).bit_length())


def _are_hashes(*candidates: bytes) -> bool:
    return all(len(candidate) == HASH_SIZE for candidate in candidates)
