"""What tells whether the installation works."""
