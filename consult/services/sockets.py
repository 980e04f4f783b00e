"""The sockets of the running application, for pages and commands: they open no transactions, but need the
clock, the queue and the renderer."""

from consult.storage.unit_of_work import current_ports

__all__ = ["current_ports"]
