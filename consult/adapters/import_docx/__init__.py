"""Word documents in.

The reader works on the document's XML directly. A converter to HTML (mammoth was tried) knows neither the
numbers Word generates, nor what was deleted or left out, nor text boxes, and all of these must come back or
be reported. From the outside in:

* `package`: the file opened safely, XML under short names;
* `styles`, `numbering`: what named styles mean, which numbers are printed;
* `inline`, `inline_markdown`: the runs of a paragraph as pieces, and pieces as Markdown;
* `composition`, `markdown_text`: blocks as Markdown, words as words;
* `reader`, with `structure`: the walk over the document that holds it together; `remarks` what it leaves out.
"""

from consult.adapters.import_docx.package import Limits
from consult.adapters.import_docx.reader import DocxReader

__all__ = ["DocxReader", "Limits"]
