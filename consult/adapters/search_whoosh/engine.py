"""The parts of Whoosh 2.7.4 this plug uses, imported in one place.

Whoosh was written before Python warned of some of its spellings, so its import would fail where warnings are errors.
"""

from __future__ import annotations

import warnings

with warnings.catch_warnings():
    # "\S" in plain strings, and `fixedsize is 0`
    warnings.filterwarnings("ignore", "invalid escape sequence", DeprecationWarning)
    warnings.filterwarnings("ignore", "invalid escape sequence", SyntaxWarning)
    warnings.filterwarnings("ignore", '"is" with .*literal', SyntaxWarning)
    from whoosh import columns, fields, formats, reading
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.filedb.filestore import FileStorage
    from whoosh.index import _DEF_INDEX_NAME as INDEX_NAME
    from whoosh.index import TOC, FileIndex
    from whoosh.util.filelock import FileLock, try_for
    from whoosh.writing import SegmentWriter

__all__ = [
    "INDEX_NAME",
    "TOC",
    "FileIndex",
    "FileLock",
    "FileStorage",
    "SegmentWriter",
    "W3Codec",
    "columns",
    "fields",
    "formats",
    "reading",
    "try_for",
]
