"""Consultations: opened on a published version, changed in the open, with an end that is never brought forward."""

from consult.services.consultations.opening import open_consultation

__all__ = ["open_consultation"]
