"""Issuers of identities that run as processes of their own: a real one, and one that misbehaves."""
