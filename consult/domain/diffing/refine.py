"""Letter-level changes within a short replaced run; the only file that knows diff-match-patch.

Its cost grows with the square of the number of differing letters, so it is handed only short runs that are mostly
alike (an inflected ending, a corrected typing error). It runs without its clock (``Diff_Timeout = 0``): the same
two texts give the same result on any machine.
"""

from __future__ import annotations

from diff_match_patch import diff_match_patch

from consult.domain.diffing.edits import Match
from consult.domain.diffing.lcs import similarity

LONGEST_RUN = 400
"""Code points, on either side, above which a replaced run is left whole."""
MOST_LETTERS = 24
"""Letters added and removed above which a run is left whole: two words that differ in more have nothing to show."""
LEAST_ALIKE = 0.6
LEAST_KEPT = 3
"""Letters below which a run found at the edge of its replacement is chance; twice as many within it."""

_engine = diff_match_patch()
_engine.Diff_Timeout = 0


def refined(old: str, new: str) -> list[Match]:
    """What two replaced runs keep of one another, cleaned up so that no stray letters match; may be nothing."""
    if grown := _grown(old, new):
        return grown
    if max(len(old), len(new)) > LONGEST_RUN:
        return []
    alike = similarity(old, new)
    if alike < LEAST_ALIKE or (1 - alike) * (len(old) + len(new)) > MOST_LETTERS:
        return []
    diffs = _engine.diff_main(old, new, False)
    _engine.diff_cleanupSemantic(diffs)
    matches: list[Match] = []
    i = j = 0
    for operation, text in diffs:
        if operation == 0:
            matches.append((i, j, len(text)))
        i += len(text) if operation <= 0 else 0
        j += len(text) if operation >= 0 else 0
    return matches


def _grown(old: str, new: str) -> list[Match]:
    """The one match when either run is the other with something written before, behind or around it."""
    shorter, longer = sorted((old, new), key=len)
    if len(shorter) < LEAST_KEPT:
        return []
    if longer.startswith(shorter):
        at = 0
    elif longer.endswith(shorter):
        at = len(longer) - len(shorter)
    elif len(shorter) >= 2 * LEAST_KEPT and longer.count(shorter) == 1:
        at = longer.index(shorter)
    else:
        return []
    return [(0, at, len(shorter)) if shorter is old else (at, 0, len(shorter))]
