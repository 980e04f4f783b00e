"""Files attached to a document: listed, attached, replaced, put in order, removed, given out."""
