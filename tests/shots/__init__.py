"""Pictures of every page of the demonstration: `python -m tests.shots`, called by `make shots`."""
