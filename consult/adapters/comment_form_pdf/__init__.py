"""Comment forms as PDF with fields to fill in, and what was filled in read back.

The page is typeset and tagged first; then each box that the layout reports gets a field, with a name a screen reader says,
and an element in the tree of tags after the heading it stands under.
"""

from consult.adapters.comment_form_pdf.reading import PdfFormReader
from consult.adapters.comment_form_pdf.writing import PdfFormWriter

__all__ = ["PdfFormReader", "PdfFormWriter"]
