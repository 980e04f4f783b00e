"""Pictures in words shown on a page."""

from __future__ import annotations

from collections.abc import Callable

from flask import url_for
from markupsafe import Markup

from consult.services.pictures import with_pictures_in
from consult.storage.queries.documents import DocumentRow

FILE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'"
"""What a browser may do with a file that came from people: show it as what it is, or save it; nothing else."""

FOR_A_YEAR = "public, max-age=31536000, immutable"
"""For what everybody may have, under an address that is given to nothing else."""


def picture_hrefs(document: DocumentRow) -> Callable[[str], str]:
    """Where each picture of a document is, by its name."""
    return lambda name: url_for("pictures.picture", slug=document.slug, name=name)


def words_with_pictures(document: DocumentRow, html: str) -> Markup:
    """Words the renderer gave, ready to stand in a page with their pictures."""
    # the renderer's own sanitised HTML, with addresses of ours put into its pictures
    return Markup(with_pictures_in(document, html, picture_hrefs(document)))  # noqa: S704
