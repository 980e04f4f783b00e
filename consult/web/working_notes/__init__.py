"""The working notes of a group."""
