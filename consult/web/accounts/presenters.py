"""What the sign-in page shows.

Form fields of ``accounts/sign_in.html`` (WTForms names): ``email``, ``password``, hidden ``next``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SignInPage:
    """`accounts/sign_in.html`; variables `page`, `form`. `reason` says why one was sent here, if one was."""

    reason: str = ""
