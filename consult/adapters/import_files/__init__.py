"""Files in that people wrote elsewhere: Word documents, OpenDocument texts, web pages.

The readers work on a document's own markup. A converter to HTML (mammoth was tried) knows neither the numbers Word
generates, nor what was deleted or left out, nor text boxes, and all of these must come back or be reported. From the
outside in:

* `package`: a file opened safely, its markup under short names;
* `word` (`reader`, `styles`, `numbering`, `inline`, `structure`), `opendocument`, `web_page`: what each format says;
* `inline_markdown`, `composition`, `markdown_text`: pieces of a paragraph as Markdown, blocks as Markdown, words as words;
* `remarks`: what was left out;
* `returned`: comment forms that come back.
"""

from consult.adapters.import_files.opendocument.reader import OdtReader
from consult.adapters.import_files.package import Limits
from consult.adapters.import_files.returned.sheets import SheetFormReader
from consult.adapters.import_files.returned.word import WordFormReader
from consult.adapters.import_files.web_page import HtmlReader
from consult.adapters.import_files.word.reader import DocxReader

__all__ = ["DocxReader", "HtmlReader", "Limits", "OdtReader", "SheetFormReader", "WordFormReader"]
