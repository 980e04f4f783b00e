"""The demonstration: two invented hosts, their people, and three documents in three stages of consultation."""

from consult.cli.demo.cast import DemoAccount
from consult.cli.demo.seeding import seed

__all__ = ["DemoAccount", "seed"]
