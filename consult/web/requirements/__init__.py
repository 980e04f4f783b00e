"""The register of requirements of a text."""
