"""The glossary of a text: its defined terms."""
