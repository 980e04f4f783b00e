"""Text as the rest of the domain sees it: spans, outlines, markup, projection."""
