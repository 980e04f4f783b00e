"""`python -m consult.cli` is `consult`."""

from consult.cli import main

main()
