"""The relational database: what we keep and how it is asked."""
