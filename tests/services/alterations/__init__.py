"""Ways to alter a document's record behind the product's back, each with the one check that finds it."""

from tests.services.alterations import acts, drafts, files, submissions
from tests.services.alterations.altering import Alteration, run

ALTERATIONS: dict[str, Alteration] = (
    acts.ALTERATIONS | drafts.ALTERATIONS | files.ALTERATIONS | submissions.ALTERATIONS
)
"""By what is altered."""

__all__ = ["ALTERATIONS", "Alteration", "run"]
