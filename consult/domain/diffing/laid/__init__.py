"""Comparing two sections as they are laid out: paragraph by paragraph, tables cell by cell, with how words are set.

The words decide: a comparison of the plain texts says what stayed, and everything else follows from it. A paragraph of
the old text belongs to the paragraph of the new one that holds most of what stayed of it. Tables that correspond are
taken out and compared row by row and cell by cell, so that a column put in does not make a new table of an old one.
Where words stayed but are set otherwise (in bold, under another link), that is a difference too.
"""

from consult.domain.diffing.laid.lines import Cell, Difference, GridRow, LaidComparison, Line, Reshaped, Words
from consult.domain.diffing.laid.sections import EMPTY, compare_laid, joined

__all__ = [
    "EMPTY",
    "Cell",
    "Difference",
    "GridRow",
    "LaidComparison",
    "Line",
    "Reshaped",
    "Words",
    "compare_laid",
    "joined",
]
